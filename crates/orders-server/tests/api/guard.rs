//! What keeps others out: ownership, other sites, bad input; and the document that all of it is checked by.

use std::io::{Read, Write};
use std::net::TcpStream;

use orders_domain::Order;
use serde_json::{Value, json};

use crate::world::{Caller, World, cup, named, read, refunded, with_case, with_complaint};

/// Every call of the document: method, path, whether it takes a body of JSON, its tag.
pub fn calls() -> Vec<(String, String, bool, String)> {
    let document: Value = serde_json::from_str(&orders_server::openapi()).expect("a document");
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, call) in item.as_object().expect("calls") {
            let body = !call["requestBody"]["content"]["application/json"].is_null();
            let tag = call["tags"][0].as_str().unwrap_or_default().to_owned();
            calls.push((method.to_uppercase(), path.clone(), body, tag));
        }
    }
    assert!(calls.len() >= 14, "{calls:?}");
    calls
}

/// A body that the call would accept, were the order there.
pub fn body_for(path: &str) -> Value {
    match path.rsplit('/').next() {
        Some("conversations") => crate::chatting::first_words("o1"),
        Some("notes") => json!({"text": "已电话联系"}),
        Some("replies") => json!({"code": "thanks", "title": "致谢", "zh": "谢谢"}),
        Some(_) if path.contains("/staff/replies/") => {
            json!({"revision": 1, "code": "thanks", "title": "致谢", "zh": "谢谢"})
        }
        Some("enquiries" | "who") => {
            json!({"confirmed_by": "number_and_phone", "topic": "refund"})
        }
        Some("look-up") => json!({}),
        Some("answer") => json!({"answer": "explained", "text": "已说明"}),
        Some("claim") => json!({"take_over": false}),
        Some("transfer") => json!({"to": "wang"}),
        Some("messages")
            if path.contains("/v1/conversations/") || path.contains("/staff/conversations/") =>
        {
            json!({"client_id": "a", "text": "在吗"})
        }
        Some("read") if path.contains("/conversations/") => json!({"seq": 1}),
        Some("rating") => json!({"rating": 5}),
        Some("way") => json!({
            "channel": "alipay", "account": "lin@example.com", "holder": "林", "password": crate::world::PASSWORD,
        }),
        Some("cases") => json!({
            "kind": "return_and_refund", "reason": "no_longer_wanted", "condition": "unused",
            "lines": [{"line": "L1", "quantity": 1}],
        }),
        Some("complaints") => json!({"topic": "service", "wish": "apology", "text": "没有人回电"}),
        Some("proposals") if path.contains("/integration/") => json!({
            "staff": "wang", "proposal": {"kind": "none", "reason": "已核实"},
        }),
        Some("proposals") => json!({"kind": "none", "reason": "已核实"}),
        Some("approvals") if path.contains("/integration/") => {
            json!({"staff": "wang", "decision": "approve"})
        }
        Some("approvals") => json!({"decision": "approve"}),
        Some("lifting") => json!({"note": "误会"}),
        Some("messages") if path.contains("/integration/") => {
            json!({"staff": "wang", "text": "在"})
        }
        Some("session") => json!({"login": "wang", "password": "x", "code": "000000"}),
        Some("decisions") if path.contains("/staff/") => json!({"decision": "approve"}),
        Some("cancellation") if path.contains("/staff/") => json!({"reason": "out_of_stock"}),
        Some("messages" | "appeal" | "dispute") => json!({"text": "请再看看"}),
        Some("parcel") => json!({"courier": "顺丰", "tracking_number": "SF1"}),
        Some("cancellation") => json!({"reason": "changed_mind"}),
        Some("evidence") => json!({"bytes": 1}),
        Some("draft") => json!({"text": "shop = 1", "revision": 0}),
        Some("publication") => json!({"revision": 1, "version": "2", "since": "2026-03-01"}),
        _ => {
            json!({"recipient": "林", "phone": "13800000001", "region": "杭州", "street": "文一路"})
        }
    }
}

/// The id that is there for what the path names: the order `o1`, the refund of another, the case of a third.
pub fn named_by(path: &str) -> &'static str {
    if path.contains("/refunds/") {
        "o2-R1"
    } else if path.contains("/cases/") {
        "o3-C1"
    } else if path.contains("/complaints/") {
        "o4-K1"
    } else {
        "o1"
    }
}

/// A path with ids that are there.
pub fn filled(path: &str) -> String {
    path.replace("{id}", named_by(path))
        .replace("{external_id}", "e1")
        .replace("{refund}", "o2-R1")
        .replace("{case}", "o3-C1")
        .replace("{complaint}", "o4-K1")
}

/// Orders with everything that a path can name.
pub fn everything() -> [Order; 4] {
    [
        cup().build(),
        refunded("2"),
        with_case("3"),
        with_complaint("4"),
    ]
}

pub async fn ask(
    caller: &Caller<'_>,
    method: &str,
    path: &str,
    body: bool,
) -> crate::world::Answer {
    let request = caller.request(method, path);
    read(if body {
        request.json(&body_for(path))
    } else {
        request
    })
    .await
}

#[tokio::test]
async fn somebody_else_s_order_does_not_exist_for_any_call() {
    let theirs = named("1").shopper("zhao").build();
    let (mut refund, mut case) = (refunded("2"), with_case("3"));
    let mut complaint = with_complaint("4");
    refund.shopper = "zhao".into();
    case.shopper = "zhao".into();
    complaint.shopper = "zhao".into();
    let world = World::with(&[theirs, refund, case, complaint]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    let upload = crate::evidence::send(&zhao, &crate::evidence::photo(), 512 * 1024).await;
    let upload = upload["id"].as_str().expect("an id");
    let talk = crate::chatting::open(&zhao, "o1").await;
    let before = zhao.order("o1").await;
    for (method, path, body, tag) in calls() {
        // The console's calls have a test of their own (see `staff_guard`).
        if matches!(tag.as_str(), "integration" | "staff") || !path.contains("{id}") {
            continue;
        }
        let mut problems = Vec::new();
        for id in [
            if path.contains("/evidence/") {
                upload
            } else if path.contains("/conversations/") {
                &talk
            } else {
                named_by(&path)
            },
            "there-is-no-such-order",
            "%00",
            "%2e%2e%2f",
            "x%27%20OR%201=1",
        ] {
            let answer = ask(&lin, &method, &path.replace("{id}", id), body).await;
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
    assert_eq!(zhao.order("o1").await, before);
}

#[tokio::test]
async fn every_call_asks_who_is_calling() {
    let world = World::with(&everything()).await;
    for (method, path, body, tag) in calls() {
        // Payment providers have no key of ours: they sign (see `refunding`).
        let open = matches!(tag.as_str(), "system" | "providers" | "help" | "guest")
            || path.contains("/session");
        if open {
            continue;
        }
        let nobody = Caller {
            world: &world,
            token: "0".repeat(64),
        };
        let path = filled(&path);
        let code = if tag == "integration" {
            "invalid_key"
        } else {
            "not_logged_in"
        };
        ask(&nobody, &method, &path, body)
            .await
            .is_problem(401, code);
    }
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing() {
    let world = World::with(&[cup().build()]).await;
    let token = world.token_of("lin").await;
    let cookie = format!("tepai_session={token}");
    let send = |headers: &[(&str, &str)]| {
        let mut request = world.request("POST", "/api/v1/orders/o1/cancellation");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(
            request
                .header("cookie", &cookie)
                .json(&json!({"reason": "changed_mind"})),
        )
    };
    for headers in [
        [("sec-fetch-site", "cross-site")].as_slice(),
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ] {
        send(headers).await.is_problem(403, "cross_site_request");
    }
    let own = world.base.clone();
    let answer = send(&[("sec-fetch-site", "same-origin"), ("origin", &own)]).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test]
async fn a_host_app_with_a_bearer_token_is_no_other_site() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let request = lin.request("POST", "/api/v1/orders/o1/cancellation");
    let request = request.header("sec-fetch-site", "cross-site");
    assert_eq!(
        read(request.json(&json!({"reason": "changed_mind"})))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn bad_bodies_are_refused_by_every_call_and_nothing_happens() {
    let world = World::with(&everything()).await;
    let (lin, admin) = (world.lin().await, world.staff("admin").await);
    let before = lin.order("o1").await;
    let huge = format!("{{\"reason\": \"{}\"}}", "x".repeat(70_000));
    let deep = format!("{}{}", "[".repeat(2000), "]".repeat(2000));
    for (method, path, body, tag) in calls() {
        // Payment providers write what they like, and sign it; a piece of a file is no JSON.
        if !body {
            continue;
        }
        let caller = match tag.as_str() {
            "integration" => world.shop(),
            "staff" => Caller {
                world: &world,
                token: admin.token.clone(),
            },
            _ => Caller {
                world: &world,
                token: lin.token.clone(),
            },
        };
        let path = filled(&path);
        for (kind, bytes, status) in [
            ("application/json", "{", 400),
            ("application/json", "", 400),
            ("application/json", "{\"a\": 1}}", 400),
            ("application/json", &deep, 400),
            ("application/json", "\u{feff}{}", 400),
            ("application/json", "[]", 422),
            ("application/json", "null", 422),
            ("application/json", "\"text\"", 422),
            ("application/json", "{\"<script>\": \"' OR 1=1 --\"}", 422),
            ("application/json", &huge, 413),
            ("text/plain", "{}", 415),
            (
                "application/x-www-form-urlencoded",
                "reason=changed_mind",
                415,
            ),
        ] {
            let request = caller.request(&method, &path).header("content-type", kind);
            let answer = read(request.body(bytes.to_owned())).await;
            assert_eq!(
                answer.status, status,
                "{method} {path} {bytes:.30}: {}",
                answer.text
            );
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
        let bare = read(caller.request(&method, &path)).await;
        bare.is_problem(415, "unsupported_media_type");
    }
    assert_eq!(lin.order("o1").await, before);
}

#[tokio::test]
async fn sql_and_html_in_texts_are_only_texts() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let nasty = "'); DROP TABLE orders; -- <img src=x onerror=alert(1)> \u{202e} 😀";
    let body = json!({"reason": "other", "note": nasty});
    let answer = lin.cancel("o1", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(lin.order("o1").await["cancellation"]["note"], nasty);
    for bad in ["a\u{0}b", "a\u{1b}[31mb", "\u{7f}"] {
        let answer = lin
            .cancel("o1", &json!({"reason": "other", "note": bad}))
            .await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({"note": "invalid"}));
    }
}

#[tokio::test]
async fn an_idempotency_key_of_another_form_is_refused_by_every_mutation() {
    let world = World::with(&everything()).await;
    let (lin, admin) = (world.lin().await, world.staff("admin").await);
    for (method, path, body, tag) in calls() {
        if method == "GET" || tag == "providers" {
            continue;
        }
        let caller = match tag.as_str() {
            "integration" => world.shop(),
            "staff" => Caller {
                world: &world,
                token: admin.token.clone(),
            },
            _ => Caller {
                world: &world,
                token: lin.token.clone(),
            },
        };
        let path = filled(&path);
        for key in ["", "two words", "ключ", &"k".repeat(65)] {
            let request = caller
                .request(&method, &path)
                .header("idempotency-key", key);
            let request = if body {
                request.json(&body_for(&path))
            } else {
                request
            };
            let answer = read(request).await;
            answer.is_problem(422, "invalid_fields");
            assert_eq!(
                answer.json()["errors"],
                json!({"idempotency-key": "invalid"}),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_of_the_api_are_problems_too() {
    let world = World::with(&[]).await;
    world
        .get("/api/v1/nothing")
        .await
        .is_problem(404, "not_found");
    world.get("/api").await.is_problem(404, "not_found");
    let answer = read(world.request("DELETE", "/api/v1/orders")).await;
    answer.is_problem(405, "method_not_allowed");
    assert!(
        answer.header("allow").contains("GET"),
        "{}",
        answer.header("allow")
    );
    let lin = world.lin().await;
    lin.get("/api/v1/orders/%FF%FE")
        .await
        .is_problem(400, "bad_request");
}

#[tokio::test]
async fn every_answer_of_the_api_carries_its_headers_and_an_id() {
    let world = World::with(&[]).await;
    let given = read(
        world
            .request("GET", "/api/v1/session")
            .header("x-request-id", "abc-1"),
    )
    .await;
    assert_eq!(given.header("x-request-id"), "abc-1");
    assert_eq!(given.json()["request_id"], "abc-1");
    let odd = read(
        world
            .request("GET", "/api/v1/session")
            .header("x-request-id", "a b\"c"),
    )
    .await;
    assert_eq!(odd.header("x-request-id").len(), 24);
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
    ] {
        assert_eq!(given.header(name), value);
    }
    assert_eq!(given.header("strict-transport-security"), "");
}

#[tokio::test]
async fn those_who_run_it_can_ask_how_it_is() {
    let world = World::with(&[]).await;
    assert_eq!(world.get("/healthz").await.text, "ok\n");
    assert_eq!(world.get("/readyz").await.text, "ok\n");
    let metrics = world.get("/metrics").await.text;
    assert!(
        metrics.contains("tepai_requests_seconds_count{route=\"/healthz\""),
        "{metrics}"
    );
}

#[test]
fn the_document_is_the_one_in_the_repository() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let now = orders_server::openapi();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(kept, &now).expect("the snapshot is written");
    }
    let kept = std::fs::read_to_string(kept).unwrap_or_default();
    assert!(
        kept == now,
        "the API changed: look at it, then run with UPDATE_OPENAPI=1"
    );
    assert!(now.contains("\"openapi\": \"3.1.0\""));
    for reference in now.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(
            now.contains(&format!("      \"{name}\": {{")),
            "{name} is not described"
        );
    }
}

#[tokio::test]
async fn paths_cannot_climb_out_of_the_storefront() {
    let world = World::with(&[]).await;
    let host = world.base.trim_start_matches("http://").to_owned();
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/%00.txt",
    ] {
        let host = host.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(&host).expect("a connection");
            let request =
                format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).expect("a request");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            answer
        });
        let answer = answer.await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}
