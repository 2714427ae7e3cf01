//! The console's log-in: password and code together, and a session that ends soon.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::{Caller, PASSWORD, World, cup, read};

const SESSION: &str = "/api/v1/staff/session";

#[tokio::test]
async fn password_and_code_open_a_session_that_says_who_it_is_and_what_they_may_do() {
    let world = World::with(&[]).await;
    let answer = world.log_in_staff(" ZHOU ", PASSWORD, &world.code()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("tepai_staff="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Max-Age=36000; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.header("x-tepai-shopper"), "");
    let session = answer.json();
    assert_eq!(session["staff"], json!({"id": "zhou", "name": "ZHOU"}));
    assert_eq!(session["role"], "supervisor");
    let permissions = session["permissions"].as_array().expect("permissions");
    assert!(permissions.contains(&json!("decide_appeal")));
    assert!(!permissions.contains(&json!("manage_staff")));
    let shops: Vec<_> = session["shops"]
        .as_array()
        .expect("shops")
        .iter()
        .map(|shop| shop["id"].clone())
        .collect();
    assert_eq!(shops, ["tepai", "wanfu"]);

    let pair = cookie.split(';').next().expect("a pair").to_owned();
    let shown = read(world.request("GET", SESSION).header("cookie", &pair)).await;
    assert_eq!(shown.json(), session);
    assert_eq!(shown.header("x-tepai-shopper"), "");
    let gone = read(world.request("DELETE", SESSION).header("cookie", &pair)).await;
    assert_eq!(gone.status, 204);
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    read(world.request("GET", SESSION).header("cookie", &pair))
        .await
        .is_problem(401, "not_logged_in");
    let li = world.staff("li").await;
    let shops = li.get(SESSION).await.json()["shops"].clone();
    assert_eq!(shops.as_array().map(Vec::len), Some(1));
    assert_eq!(shops[0]["id"], "tepai");
}

#[tokio::test]
async fn under_https_the_cookie_is_bound_to_this_host() {
    let world = World::configured(&[], |config| {
        config.public_url = Some("https://orders.example".to_owned());
    })
    .await;
    let answer = world.log_in_staff("wang", PASSWORD, &world.code()).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-tepai_staff=") && cookie.ends_with("; SameSite=Strict; Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn everything_wrong_gets_the_same_answer() {
    let world = World::with(&[]).await;
    let code = world.code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let (late, early) = (world.code_at(2), world.code_at(-2));
    let mut answers = Vec::new();
    for (login, password, code) in [
        ("wang", "wrong", code.as_str()),
        ("wang", PASSWORD, wrong),
        ("wang", PASSWORD, &late),
        ("wang", PASSWORD, &early),
        ("li", PASSWORD, "12345"),
        ("li", PASSWORD, "no code"),
        ("nobody", PASSWORD, &code),
        ("lin@example.com", PASSWORD, &code),
        ("zhou", "wrong", "wrong"),
    ] {
        let answer = world.log_in_staff(login, password, code).await;
        answer.is_problem(401, "invalid_credentials");
        assert_eq!(answer.header("set-cookie"), "");
        let mut problem = answer.json();
        problem["request_id"].take();
        answers.push(problem);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    for body in [
        json!({"login": "wang", "password": PASSWORD}),
        json!({"login": "wang", "password": PASSWORD, "code": ""}),
    ] {
        let answer = read(world.request("POST", SESSION).json(&body)).await;
        assert_eq!(answer.json()["errors"], json!({"code": "required"}));
    }
}

#[tokio::test]
async fn a_code_is_used_once_and_only_when_all_fits() {
    let world = World::with(&[]).await;
    let code = world.code();
    // A wrong password beside it does not use it up.
    world
        .log_in_staff("wang", "wrong", &code)
        .await
        .is_problem(401, "invalid_credentials");
    assert_eq!(
        world.log_in_staff("wang", PASSWORD, &code).await.status,
        200
    );
    world
        .log_in_staff("wang", PASSWORD, &code)
        .await
        .is_problem(401, "invalid_credentials");
    // Nor is the one before it any good by now.
    world
        .log_in_staff("wang", PASSWORD, &world.code_at(-1))
        .await
        .is_problem(401, "invalid_credentials");
    world.clock.advance(TimeDelta::seconds(30));
    let next = world.code();
    assert_eq!(
        world.log_in_staff("wang", PASSWORD, &next).await.status,
        200
    );
    // Somebody else's same code is their own.
    assert_eq!(
        world.log_in_staff("zhou", PASSWORD, &next).await.status,
        200
    );
}

#[tokio::test]
async fn guessing_is_slowed_down_for_the_account_and_nobody_else() {
    let world = World::with(&[]).await;
    for _ in 0..5 {
        world
            .log_in_staff("wang", PASSWORD, "no code")
            .await
            .is_problem(401, "invalid_credentials");
    }
    let answer = world.log_in_staff(" Wang", PASSWORD, &world.code()).await;
    answer.is_problem(429, "too_many_attempts");
    assert!(answer.header("retry-after").parse::<u64>().is_ok());
    assert_eq!(world.log_in("lin@example.com", PASSWORD).await.status, 200);
    world.staff("zhou").await;
    world.clock.advance(TimeDelta::minutes(16));
    world.staff("wang").await;
}

#[tokio::test]
async fn of_many_who_guess_at_once_no_more_are_heard_than_have_a_turn() {
    let world = World::with(&[]).await;
    let tries = (0..40).map(|_| world.log_in_staff("wang", "wrong", "no code"));
    let answers = futures_util::future::join_all(tries).await;
    let heard = answers.iter().filter(|answer| answer.status == 401).count();
    // Five, and who had the other of two turns when the fifth was counted.
    assert!((5..=6).contains(&heard), "{heard}");
}

#[tokio::test]
async fn a_session_ends_after_twenty_minutes_without_use_and_after_ten_hours() {
    let world = World::with(&[]).await;
    let wang = world.staff("wang").await;
    for _ in 0..2 {
        world.clock.advance(TimeDelta::minutes(19));
        assert_eq!(wang.get(SESSION).await.status, 200);
    }
    world.clock.advance(TimeDelta::minutes(20));
    wang.get(SESSION).await.is_problem(401, "not_logged_in");
    let wang = world.staff("wang").await;
    for _ in 0..39 {
        world.clock.advance(TimeDelta::minutes(15));
        assert_eq!(wang.get(SESSION).await.status, 200);
    }
    world.clock.advance(TimeDelta::minutes(15));
    wang.get(SESSION).await.is_problem(401, "not_logged_in");
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once() {
    let world = World::with(&[]).await;
    let wang = world.staff("wang").await;
    let store = world.store().await;
    let now = orders_domain::Clock::now(&world.clock);
    assert!(
        store
            .disable_staff(&"wang".into(), now)
            .await
            .expect("an answer")
    );
    store.close().await;
    wang.get(SESSION).await.is_problem(401, "not_logged_in");
    world.clock.advance(TimeDelta::seconds(30));
    world
        .log_in_staff("wang", PASSWORD, &world.code())
        .await
        .is_problem(401, "invalid_credentials");
}

#[tokio::test]
async fn no_token_opens_another_door_than_its_own() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let with_cookie = async |name: &str, token: &str, path: &str| {
        let request = world.request("GET", path);
        read(request.header("cookie", format!("{name}={token}"))).await
    };
    for path in [SESSION, "/api/v1/staff/orders/o1"] {
        lin.get(path).await.is_problem(401, "not_logged_in");
        world
            .shop()
            .get(path)
            .await
            .is_problem(401, "not_logged_in");
        for name in ["tepai_session", "tepai_staff"] {
            with_cookie(name, &lin.token, path)
                .await
                .is_problem(401, "not_logged_in");
        }
        with_cookie("tepai_session", &wang.token, path)
            .await
            .is_problem(401, "not_logged_in");
        assert_eq!(
            with_cookie("tepai_staff", &wang.token, path).await.status,
            200
        );
    }
    for path in ["/api/v1/session", "/api/v1/orders/o1"] {
        wang.get(path).await.is_problem(401, "not_logged_in");
        with_cookie("tepai_session", &wang.token, path)
            .await
            .is_problem(401, "not_logged_in");
    }
    wang.get("/api/v1/integration/cases")
        .await
        .is_problem(401, "invalid_key");
}

#[tokio::test]
async fn pages_of_other_sites_decide_nothing_in_the_console() {
    let world = World::with(&[cup().build()]).await;
    let zhou = world.staff("zhou").await;
    let send = |site: &'static str| {
        let request = world.request("POST", "/api/v1/staff/orders/o1/cancellation");
        let request = request
            .header("cookie", format!("tepai_staff={}", zhou.token))
            .header("sec-fetch-site", site);
        read(request.json(&json!({"reason": "out_of_stock"})))
    };
    for site in ["cross-site", "same-site"] {
        send(site).await.is_problem(403, "cross_site_request");
    }
    assert_eq!(send("same-origin").await.status, 200);
    let other = Caller {
        world: &world,
        token: "0".repeat(64),
    };
    other.get(SESSION).await.is_problem(401, "not_logged_in");
}
