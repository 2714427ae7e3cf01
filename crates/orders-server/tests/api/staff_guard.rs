//! What keeps staff to what is theirs: roles and shops, for every call of the console.

use orders_domain::{Permission, Role};
use serde_json::{Value, json};

use crate::guard::{ask, body_for, calls, everything, filled};
use crate::staff_given::{NOT_DONE, done, given, orders};
use crate::world::{World, read};

/// Every call of the console that takes a permission: method, path, whether it takes a body, the permission.
fn console() -> Vec<(String, String, bool, Permission)> {
    let document: Value = serde_json::from_str(&orders_server::openapi()).expect("a document");
    let mut console = Vec::new();
    for (method, path, body, tag) in calls() {
        if tag != "staff" {
            continue;
        }
        let call = &document["paths"][&path][method.to_lowercase()];
        match call["x-permission"].as_str() {
            Some(code) => {
                let what = Permission::from_code(code);
                let what = what.unwrap_or_else(|| panic!("{method} {path}: {code}"));
                console.push((method, path, body, what));
            }
            // Who is logged in may always know it, and leave.
            None => assert!(
                path.ends_with("/staff/session"),
                "{method} {path} says not what it takes"
            ),
        }
    }
    assert!(console.len() >= 14, "{console:?}");
    console
}

#[tokio::test]
async fn every_call_of_the_console_is_done_for_exactly_those_whose_role_may_and_refused_to_others()
{
    for (id, role) in [
        ("wang", Role::Agent),
        ("zhou", Role::Supervisor),
        ("admin", Role::Admin),
    ] {
        let world = World::with(&orders()).await;
        let staff = world.staff(id).await;
        let given = given(&world, &staff, role).await;
        let mut wrong = Vec::new();
        for (method, path, body, what) in console() {
            let (there, said) = given.asked(&method, &path, body);
            let request = staff.request(&method, &there);
            let answer = read(match &said {
                Some(said) => request.json(said),
                None => request,
            })
            .await;
            let call = format!("{id} {method} {path}: {}", answer.text);
            let mut excused = NOT_DONE.iter();
            let excused = excused.find(|(of, below, ..)| *of == method && path.ends_with(below));
            if !role.may(what) {
                assert_eq!(answer.status, 403, "{call}");
                answer.is_problem(403, "not_permitted");
                assert_eq!(answer.json()["reason"], what.code(), "{call}");
            } else if let Some((_, _, status, code, _)) = excused {
                assert_eq!(answer.status, *status, "{call}");
                answer.is_problem(*status, code);
            } else if !done(&answer) {
                wrong.push(call);
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn what_is_not_done_for_those_who_may_is_a_call_of_the_console() {
    let console = console();
    for (method, below, ..) in NOT_DONE {
        let mut named = console.iter();
        assert!(
            named.any(|(of, path, ..)| of == method && path.ends_with(below)),
            "{method} {below}"
        );
    }
}

#[tokio::test]
async fn every_call_of_the_console_asks_for_the_permission_that_its_description_names() {
    // No role is below those that may most of it: only where none may anything it shows who forgot to ask.
    let bound = |config: &mut orders_server::Config| config.staff_may_nothing = true;
    let world = World::configured(&everything(), bound).await;
    let staff = world.staff("admin").await;
    for (method, path, body, what) in console() {
        let answer = ask(&staff, &method, &filled(&path), body).await;
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
        answer.is_problem(403, "not_permitted");
        assert_eq!(answer.json()["reason"], what.code(), "{method} {path}");
    }
}

/// What is asked for beside what a call says, by what it finds: of an appeal, and of what a supervisor has.
const BESIDE: [Permission; 2] = [Permission::DecideAppeal, Permission::DecideDispute];
/// What only commands take, which need the machine (`tepai staff`).
const COMMAND_LINE: [Permission; 1] = [Permission::ManageStaff];

#[test]
fn every_permission_guards_a_call_or_is_for_the_command_line_alone() {
    let guarding: Vec<_> = console().into_iter().map(|(.., what)| what).collect();
    for what in Permission::ALL {
        let elsewhere = BESIDE.contains(&what) || COMMAND_LINE.contains(&what);
        assert_ne!(guarding.contains(&what), elsewhere, "{what:?}");
    }
}

#[tokio::test]
async fn an_order_of_another_shop_does_not_exist_for_any_call_of_the_console() {
    let world = World::with(&everything()).await;
    // Of another shop, with every permission there is.
    let boss = world.staff("boss").await;
    let admin = world.staff("admin").await;
    let before = admin.get("/api/v1/staff/orders/o1").await.json();
    for (method, path, body, _) in console() {
        if !path.contains('{') {
            continue;
        }
        let mut problems = Vec::new();
        let there = filled(&path);
        let nowhere = ["there-is-no-such", "%00", "%2e%2e%2f", "x%27%20OR%201=1"];
        let nowhere = nowhere.map(|id| {
            let names = ["{id}", "{case}", "{refund}", "{complaint}"];
            names
                .iter()
                .fold(path.clone(), |path, name| path.replace(name, id))
        });
        for path in std::iter::once(there).chain(nowhere) {
            let answer = ask(&boss, &method, &path, body).await;
            answer.is_problem(404, "not_found");
            let mut problem = answer.json();
            problem["request_id"].take();
            problems.push(problem);
        }
        problems.dedup();
        assert_eq!(
            problems.len(),
            1,
            "{method} {path} tells apart what is not there and not yours"
        );
    }
    assert_eq!(admin.get("/api/v1/staff/orders/o1").await.json(), before);
    for path in [
        "cases",
        "complaints",
        "refunds",
        "orders?q=N1",
        "orders?q=13800000001",
    ] {
        let listed = boss.get(&format!("/api/v1/staff/{path}")).await;
        assert_eq!(listed.json()["items"], json!([]), "{path}");
    }
}

#[tokio::test]
async fn who_it_was_cannot_be_said_in_a_body_of_the_console() {
    let world = World::with(&everything()).await;
    let zhou = world.staff("zhou").await;
    for (method, path, body, _) in console() {
        if !body {
            continue;
        }
        let mut named = body_for(&path);
        named["staff"] = json!("wang");
        let request = zhou.request(&method, &filled(&path)).json(&named);
        let answer = read(request).await;
        answer.is_problem(422, "invalid_fields");
    }
}
