//! Logging in and out.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::{PASSWORD, World, cup, read};

#[tokio::test]
async fn a_shopper_logs_in_and_out() {
    let world = World::with(&[]).await;
    let answer = world.log_in(" LIN@example.com ", PASSWORD).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({"shopper": {"id": "lin", "display_name": "LIN"}})
    );
    let cookie = answer.header("set-cookie").to_owned();
    for part in [
        "tepai_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=2592000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");

    let pair = cookie.split(';').next().expect("a pair");
    let session = || {
        world
            .request("GET", "/api/v1/session")
            .header("cookie", pair)
    };
    assert_eq!(read(session()).await.json()["shopper"]["id"], "lin");
    let out = read(
        world
            .request("DELETE", "/api/v1/session")
            .header("cookie", pair),
    )
    .await;
    assert_eq!((out.status, out.text.as_str()), (204, ""));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    read(session()).await.is_problem(401, "not_logged_in");
}

#[tokio::test]
async fn a_telephone_number_is_known_in_any_spelling() {
    let world = World::with(&[]).await;
    for login in ["13800000001", "+86 138-0000-0001", "138 0000 0001"] {
        assert_eq!(world.log_in(login, PASSWORD).await.status, 200, "{login}");
    }
}

#[tokio::test]
async fn logging_in_or_out_again_with_the_same_key_is_harmless_and_repeats_no_secret() {
    let world = World::with(&[]).await;
    let log_in = |login: &str, password: &str| {
        let body = json!({"login": login, "password": password});
        world
            .request("POST", "/api/v1/session")
            .header("idempotency-key", "the-same")
            .json(&body)
    };
    let mut pairs = Vec::new();
    let mut bodies = Vec::new();
    // A mistyped password takes no key.
    read(log_in("lin@example.com", "wrong"))
        .await
        .is_problem(401, "invalid_credentials");
    for _ in 0..2 {
        let answer = read(log_in("lin@example.com", PASSWORD)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let cookie = answer.header("set-cookie");
        pairs.push(cookie.split(';').next().expect("a pair").to_owned());
        bodies.push(answer.text);
    }
    // Two sessions, each its own: no secret was kept.
    assert_ne!(pairs[0], pairs[1]);
    assert_eq!(bodies[0], bodies[1]);
    for (login, password) in [
        ("lin@example.com", "wrong"),
        ("zhao@example.com", PASSWORD),
        ("zhao@example.com", "wrong"),
    ] {
        read(log_in(login, password))
            .await
            .is_problem(422, "idempotency_key_reused");
    }
    let with = |method: &str, pair: &str| {
        world
            .request(method, "/api/v1/session")
            .header("idempotency-key", "the-same")
            .header("cookie", pair)
    };
    for _ in 0..2 {
        assert_eq!(read(with("DELETE", &pairs[0])).await.status, 204);
    }
    read(with("GET", &pairs[0]))
        .await
        .is_problem(401, "not_logged_in");
    assert_eq!(read(with("GET", &pairs[1])).await.status, 200);
}

#[tokio::test]
async fn https_makes_the_cookie_secure_and_bound_to_the_host() {
    let world = World::configured(&[], |config| {
        config.public_url = Some("https://orders.example.com".to_owned());
    })
    .await;
    let answer = world.log_in("lin@example.com", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-tepai_session=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[tokio::test]
async fn every_wrong_pair_gets_the_same_answer() {
    let world = World::with(&[]).await;
    let mut answers = Vec::new();
    for (login, password) in [
        ("lin@example.com", "wrong"),
        ("nobody@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("' OR 1=1 --", "<script>"),
    ] {
        let answer = world.log_in(login, password).await;
        answer.is_problem(401, "invalid_credentials");
        let mut problem = answer.json();
        problem["request_id"].take();
        answers.push(problem);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn guessing_is_stopped_for_known_and_unknown_accounts_alike() {
    let world = World::with(&[]).await;
    for login in ["lin@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            world
                .log_in(login, "wrong")
                .await
                .is_problem(401, "invalid_credentials");
        }
        // The right password does not help now: nothing tells that it is right.
        let answer = world.log_in(login, PASSWORD).await;
        answer.is_problem(429, "too_many_attempts");
        let wait: i64 = answer.header("retry-after").parse().expect("seconds");
        assert!((800..=901).contains(&wait), "{wait}");
    }
    world.clock.advance(TimeDelta::minutes(16));
    assert_eq!(world.log_in("lin@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_success_forgets_the_account_s_failures() {
    let world = World::with(&[]).await;
    for _ in 0..3 {
        for _ in 0..4 {
            world
                .log_in("lin@example.com", "wrong")
                .await
                .is_problem(401, "invalid_credentials");
        }
        assert_eq!(world.log_in("lin@example.com", PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn one_address_cannot_go_through_many_accounts() {
    let world = World::with(&[]).await;
    for n in 0..50 {
        let login = format!("{n}@example.com");
        world
            .log_in(&login, "wrong")
            .await
            .is_problem(401, "invalid_credentials");
    }
    world
        .log_in("zhao@example.com", PASSWORD)
        .await
        .is_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn forwarded_addresses_count_only_behind_trusted_proxies() {
    for (proxies, status) in [(0, 429), (1, 401)] {
        let world = World::configured(&[], |config| config.trusted_proxies = proxies).await;
        let mut last = 0;
        for n in 0..51 {
            let body = json!({"login": format!("{n}@example.com"), "password": "wrong"});
            let request = world.request("POST", "/api/v1/session").json(&body);
            let forged = request.header("x-forwarded-for", format!("6.6.6.6, 10.0.0.{n}"));
            last = read(forged).await.status;
        }
        assert_eq!(last, status, "{proxies} proxies");
    }
}

#[tokio::test]
async fn a_session_lasts_thirty_days_after_its_last_use() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    for _ in 0..3 {
        world.clock.advance(TimeDelta::days(29));
        assert_eq!(lin.get("/api/v1/session").await.status, 200);
    }
    world.clock.advance(TimeDelta::days(31));
    lin.get("/api/v1/session")
        .await
        .is_problem(401, "not_logged_in");
}
