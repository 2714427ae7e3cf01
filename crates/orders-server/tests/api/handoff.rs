//! A host app hands its log-in to a page.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{Answer, World, cup, read};

/// RFC 7636, appendix B.
const SECRET: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const BINDING: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn issue(world: &World, body: Value) -> Answer {
    let path = "/api/v1/integration/handoff-codes";
    world.shop().send("POST", path, &body).await
}

async fn code_for_lin(world: &World) -> String {
    let answer = issue(world, json!({"shopper": "lin", "binding": BINDING})).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["code"].as_str().expect("a code").to_owned()
}

async fn hand_off(world: &World, code: &str, secret: &str) -> Answer {
    let body = json!({"code": code, "secret": secret});
    read(world.request("POST", "/api/v1/session/handoff").json(&body)).await
}

#[tokio::test]
async fn a_code_logs_in_the_page_that_it_is_bound_to() {
    let world = World::with(&[cup().build()]).await;
    let answer = issue(&world, json!({"shopper": "lin", "binding": BINDING})).await;
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let issued = answer.json();
    let expires: chrono::DateTime<chrono::Utc> =
        serde_json::from_value(issued["expires_at"].clone()).expect("an instant");
    assert_eq!(
        expires - orders_testkit::usual_now(),
        TimeDelta::seconds(60)
    );

    let code = issued["code"].as_str().expect("a code");
    let answer = hand_off(&world, code, SECRET).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.json(),
        json!({"shopper": {"id": "lin", "display_name": "LIN"}})
    );
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    let order = world.request("GET", "/api/v1/orders/o1");
    assert_eq!(read(order.header("cookie", pair)).await.status, 200);
}

#[tokio::test]
async fn every_code_of_no_use_gets_the_same_answer() {
    let world = World::with(&[]).await;
    let used = code_for_lin(&world).await;
    assert_eq!(hand_off(&world, &used, SECRET).await.status, 200);
    let others = code_for_lin(&world).await;
    let old = code_for_lin(&world).await;
    let mut answers = vec![
        hand_off(&world, &used, SECRET).await,
        hand_off(&world, &others, "another-page-s-secret").await,
        // One wrong try, and it is of no use to the right page either.
        hand_off(&world, &others, SECRET).await,
        hand_off(&world, &"0".repeat(64), SECRET).await,
        hand_off(&world, BINDING, BINDING).await,
    ];
    world.clock.advance(TimeDelta::seconds(60));
    answers.push(hand_off(&world, &old, SECRET).await);
    let mut problems = Vec::new();
    for answer in answers {
        answer.is_problem(401, "invalid_handoff_code");
        assert_eq!(answer.header("set-cookie"), "");
        let mut problem = answer.json();
        problem["request_id"].take();
        problems.push(problem);
    }
    problems.dedup();
    assert_eq!(problems.len(), 1);
}

#[tokio::test]
async fn guessing_codes_is_stopped_and_keeps_nobody_from_logging_in() {
    let world = World::with(&[]).await;
    for n in 0..50 {
        hand_off(&world, &n.to_string(), SECRET)
            .await
            .is_problem(401, "invalid_handoff_code");
    }
    let code = code_for_lin(&world).await;
    let answer = hand_off(&world, &code, SECRET).await;
    answer.is_problem(429, "too_many_attempts");
    assert_ne!(answer.header("retry-after"), "");
    world.token_of("lin").await;
}

#[tokio::test]
async fn a_page_of_another_site_logs_nobody_in() {
    let world = World::with(&[]).await;
    let code = code_for_lin(&world).await;
    let request = world
        .request("POST", "/api/v1/session/handoff")
        .header("sec-fetch-site", "cross-site")
        .json(&json!({"code": code, "secret": SECRET}));
    read(request).await.is_problem(403, "cross_site_request");
    assert_eq!(hand_off(&world, &code, SECRET).await.status, 200);
}

#[tokio::test]
async fn a_code_is_asked_for_somebody_and_with_a_binding() {
    let world = World::with(&[]).await;
    for (body, field, code) in [
        (
            json!({"shopper": "nobody", "binding": BINDING}),
            "shopper",
            "unknown",
        ),
        (
            json!({"shopper": "", "binding": BINDING}),
            "shopper",
            "required",
        ),
        (json!({"shopper": "lin"}), "binding", "required"),
        (
            json!({"shopper": "lin", "binding": SECRET.repeat(2)}),
            "binding",
            "invalid",
        ),
        (
            json!({"shopper": "lin", "binding": "="}),
            "binding",
            "invalid",
        ),
    ] {
        let answer = issue(&world, body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}));
    }
    let lin = world.lin().await;
    let body = json!({"shopper": "zhao", "binding": BINDING});
    lin.send("POST", "/api/v1/integration/handoff-codes", &body)
        .await
        .is_problem(401, "invalid_key");
}

#[tokio::test]
async fn hosts_are_named_to_the_page_and_may_show_it_in_a_frame() {
    let world = World::configured(&[], |config| {
        config.host_origins = "https://App.example.com/ http://127.0.0.1:9".to_owned();
    })
    .await;
    let hosts = world.get("/api/v1/hosts").await;
    assert_eq!(
        hosts.json(),
        json!(["https://app.example.com", "http://127.0.0.1:9"])
    );
    let page = world.get("/").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.ends_with("frame-ancestors 'self' https://app.example.com http://127.0.0.1:9"),
        "{policy}"
    );
    let none = World::with(&[]).await;
    assert_eq!(none.get("/api/v1/hosts").await.json(), json!([]));
}
