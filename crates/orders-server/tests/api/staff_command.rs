//! `tepai staff` and `tepai audit`: the accounts, and the trails, for whoever runs the server.

use std::process::{Command, Output};

use orders_store::testing::TestDatabase;
use serde_json::json;

use crate::world::{World, cup};

/// The program, beside the world's server.
fn tepai(world: &World, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tepai"));
    command
        .args(arguments)
        .env("TEPAI_DATABASE_URL", &world.config.database_url);
    command.output().expect("the program")
}

/// What it prints when all is well.
fn printed(world: &World, arguments: &[&str]) -> String {
    let output = tepai(world, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Password and secret of what was printed.
fn issued(text: &str) -> (String, String) {
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.expect("a line").trim().to_owned()
    };
    let uri = line("codes:");
    assert!(uri.starts_with("otpauth://totp/Tepai:hu?secret="), "{uri}");
    let secret = uri.split(['=', '&']).nth(1).expect("a secret");
    (line("password:"), secret.to_owned())
}

async fn gets_in(world: &World, (password, secret): &(String, String)) -> u16 {
    let code = world.code_of(secret, 0);
    world.log_in_staff("hu", password, &code).await.status
}

#[tokio::test]
async fn who_is_taken_on_logs_in_with_what_was_printed_until_they_are_reset_or_disabled() {
    let world = World::with(&[]).await;
    let add = [
        "staff", "add", "hu", "--name", "胡", "--role", "agent", "--shop", "wanfu",
    ];
    let first = issued(&printed(&world, &add));
    assert_eq!(gets_in(&world, &first).await, 200);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("hu\tagent\twanfu\t胡\n"), "{list}");

    let again = tepai(&world, &add);
    assert!(!again.status.success(), "an id is given out once");
    let second = issued(&printed(&world, &["staff", "reset", "hu"]));
    assert_eq!(gets_in(&world, &first).await, 401);
    assert_eq!(gets_in(&world, &second).await, 200);
    printed(&world, &["staff", "disable", "hu"]);
    world.clock.advance(chrono::TimeDelta::seconds(30));
    assert_eq!(gets_in(&world, &second).await, 401);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("hu\tagent\twanfu\t胡\tdisabled\n"), "{list}");
}

#[tokio::test]
async fn who_is_changed_is_logged_out_and_comes_back_as_what_they_are_now() {
    let world = World::with(&[]).await;
    let li = world.staff("li").await;
    let change = ["staff", "change", "li", "--role", "supervisor"];
    printed(&world, &change);
    let session = "/api/v1/staff/session";
    assert_eq!(li.get(session).await.status, 401);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("li\tsupervisor\ttepai\tLI\n"), "{list}");
    let change = ["staff", "change", "li", "--name", "李", "--all-shops"];
    printed(&world, &change);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("li\tsupervisor\tall shops\t李\n"), "{list}");
    world.clock.advance(chrono::TimeDelta::seconds(30));
    let li = world.staff("li").await.get(session).await.json();
    assert_eq!(li["role"], "supervisor", "{li}");
}

#[tokio::test]
async fn a_mistake_is_told_and_nothing_is_done() {
    let world = World::with(&[]).await;
    for (arguments, told) in [
        (
            ["staff", "add", "Hu", "--name", "胡", "--role", "agent"].as_slice(),
            "lower-case",
        ),
        (
            &["staff", "add", "hu", "--name", "胡", "--role", "chief"],
            "a role is",
        ),
        (
            &[
                "staff", "add", "hu", "--name", "胡", "--role", "agent", "--shop", "wanfuu",
            ],
            "there is no shop wanfuu, only tepai, wanfu",
        ),
        (
            &["staff", "change", "hu", "--role", "admin"],
            "there is nobody",
        ),
        (&["staff", "change", "wang", "--role", "chief"], "a role is"),
        (
            &["staff", "change", "wang", "--shop", "x"],
            "there is no shop x",
        ),
        (&["staff", "change", "wang"], "say what changes"),
        (&["staff", "reset", "hu"], "there is nobody"),
        (&["staff", "disable", "hu"], "there is nobody"),
    ] {
        let output = tepai(&world, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8(output.stderr).expect("text");
        assert!(errors.contains(told), "{errors}");
        assert!(output.stdout.is_empty());
    }
    let list = printed(&world, &["staff", "list"]);
    assert!(!list.contains("胡"), "{list}");
}

#[tokio::test]
async fn trails_that_hold_are_counted() {
    let world = World::with(&[cup().build()]).await;
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    let told = printed(&world, &["audit", "verify"]);
    assert_eq!(told, "1 orders, 1 changes, 0 enquiries, 0 broken\n");
    assert_eq!(printed(&world, &["audit", "verify", "o1"]), told);
}

#[tokio::test]
async fn a_trail_that_does_not_hold_fails_and_names_its_order() {
    let database = TestDatabase::sqlite();
    let world = World::configured(&[cup().build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    database.break_trails().await;
    for arguments in [["audit", "verify"].as_slice(), &["audit", "verify", "o1"]] {
        let output = tepai(&world, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = String::from_utf8(output.stdout).expect("text");
        assert_eq!(
            told,
            "o1: broken at 1\n1 orders, 1 changes, 0 enquiries, 1 broken\n"
        );
    }
}

#[tokio::test]
async fn an_enquiry_that_was_meddled_with_or_cannot_be_read_fails_and_is_named() {
    let database = TestDatabase::sqlite();
    let world = World::configured(&[cup().build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let wang = world.staff("wang").await;
    let who = json!({"confirmed_by": "called_back", "topic": "refund"});
    let path = "/api/v1/staff/orders/o1/enquiries";
    let begun = wang.send("POST", path, &who).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let told = printed(&world, &["audit", "verify"]);
    assert_eq!(told, "0 orders, 0 changes, 1 enquiries, 0 broken\n");
    for garbled in [false, true] {
        if garbled {
            database.garble_enquiries().await;
        } else {
            database.break_enquiries().await;
        }
        for (arguments, orders) in [
            (["audit", "verify"].as_slice(), 0),
            (&["audit", "verify", "o1"], 1),
        ] {
            let output = tepai(&world, arguments);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let told = String::from_utf8(output.stdout).expect("text");
            let sum = format!("{orders} orders, 0 changes, 1 enquiries, 1 broken\n");
            assert_eq!(told, format!("enquiry {id}: broken\n{sum}"), "{garbled}");
        }
    }
}

#[tokio::test]
async fn an_order_that_is_not_there_has_no_trail_that_holds() {
    let world = World::with(&[cup().build()]).await;
    let output = tepai(&world, &["audit", "verify", "o2"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).expect("text");
    assert!(
        errors.contains("there is no order of the id o2"),
        "{errors}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn a_database_that_is_not_there_is_created_by_who_takes_somebody_on_and_by_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("other.db");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tepai"));
        let url = format!("sqlite://{}", file.display());
        command.args(arguments).env("TEPAI_DATABASE_URL", url);
        command.output().expect("the program")
    };
    for arguments in [
        ["audit", "verify"].as_slice(),
        &["staff", "list"],
        &["staff", "reset", "hu"],
        &["staff", "disable", "hu"],
        &["staff", "change", "hu", "--name", "胡"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8(output.stderr).expect("text");
        assert!(errors.contains("other.db"), "{errors}");
        assert!(!file.exists(), "{arguments:?}");
    }
    let add = ["staff", "add", "hu", "--name", "胡", "--role", "agent"];
    assert!(run(&add).status.success());
    assert!(run(&["staff", "list"]).status.success());
}
