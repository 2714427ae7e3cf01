//! After-sale cases as their shopper asks for them, and everything the shopper may do in them.

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::line;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, named, read};

/// Lin's order `o{n}`, signed for an hour ago: two cups at 10 yuan, a bottle made to order, and a set of which a part
/// stays.
fn received(n: &str) -> Order {
    named(n)
        .with(line("台灯", 2, 3000))
        .with(line("刻字杯", 1, 700).custom())
        .with(
            line("茶具", 1, 4000)
                .part("pot", orders_domain::LocalText::new("茶壶", "Pot"), 3, true)
                .part("cup", orders_domain::LocalText::new("茶杯", "Cup"), 1, true)
                .part(
                    "gift",
                    orders_domain::LocalText::new("赠品", "Gift"),
                    0,
                    false,
                ),
        )
        .freight(800)
        .delivered()
        .build()
}

fn wish(lines: &Value) -> Value {
    json!({
        "kind": "return_and_refund", "reason": "no_longer_wanted", "condition": "opened", "lines": lines,
        "note": "颜色不喜欢",
    })
}

async fn open(caller: &Caller<'_>, order: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/orders/{order}/cases");
    caller.send("POST", &path, body).await
}

async fn options(caller: &Caller<'_>, order: &str) -> Value {
    let path = format!("/api/v1/orders/{order}/after-sale");
    caller.get(&path).await.json()
}

fn asks(order: &Value) -> bool {
    let actions = order["actions"].as_array().expect("actions");
    actions.contains(&json!("ask_after_sale"))
}

#[tokio::test]
async fn what_may_be_asked_for_is_said_line_by_line() {
    let world = World::with(&[received("1")]).await;
    let lin = world.lin().await;
    let found = options(&lin, "o1").await;
    let not: Vec<_> = (0..4)
        .map(|at| {
            let line = &found["lines"][at];
            (
                line["quantity"].clone(),
                line["not"].clone(),
                line["not_even_faulty"].clone(),
            )
        })
        .collect();
    let may = |quantity: u32| (json!(quantity), Value::Null, Value::Null);
    assert_eq!(
        not,
        [
            may(1),
            may(2),
            (json!(1), json!("made_to_order"), Value::Null),
            may(1)
        ]
    );
    assert_eq!(
        found["lines"][3]["components"][2],
        json!({"id": "gift", "title": "赠品", "refundable": false, "quantity": 0})
    );
    assert_eq!(
        found["window"]["until"],
        lin.order("o1").await["after_sale"]["until"]
    );
    assert_eq!(found["on_its_way"], false);
    let reasons: Vec<_> = found["reasons"]
        .as_array()
        .expect("reasons")
        .iter()
        .collect();
    assert!(
        reasons
            .iter()
            .all(|reason| reason["code"] != "refused_parcel")
    );
    assert_eq!(reasons[0]["label"], "不想要了");
    assert_eq!(
        found["conditions"],
        json!([
            {"condition": "unused", "deduction": 0}, {"condition": "opened", "deduction": 10},
            {"condition": "used", "deduction": null},
        ])
    );
    assert_eq!(
        (
            &found["merchant_hours"],
            &found["silence"],
            &found["evidence_at_once"]
        ),
        (&json!(48), &json!("refund"), &json!(9))
    );
}

#[tokio::test]
async fn what_was_shown_before_is_what_the_case_comes_to() {
    let world = World::with(&[received("1")]).await;
    let lin = world.lin().await;
    assert!(asks(&lin.order("o1").await));
    let preview = "/api/v1/orders/o1/after-sale/preview?kind=return_and_refund&reason=no_longer_wanted\
                   &condition=opened&line=L2:1&line=L4:1&component=L4:pot";
    let preview = lin.get(preview).await.json();
    assert_eq!(preview["settlement"]["goods"]["amount"], 6000);
    assert_eq!(preview["settlement"]["deduction"]["amount"], 600);
    assert_eq!(preview["settlement"]["freight"]["amount"], 0);
    assert_eq!(preview["settlement"]["amount"]["amount"], 5400);
    assert_eq!(preview["refunds"][0]["amount"]["amount"], 5400);
    assert!(preview["refunds"][0]["arrives_by"].is_string());
    assert_eq!(
        (&preview["send_back"], &preview["pays_return"]),
        (&json!(true), &json!(true))
    );

    let lines = json!([{"line": "L2", "quantity": 1}, {"line": "L4", "quantity": 1, "components": ["pot"]}]);
    let opened = open(&lin, "o1", &wish(&lines)).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let case = opened.json();
    assert_eq!(case["settlement"], preview["settlement"]);
    assert_eq!(
        (&case["id"], &case["state"], &case["turn"]),
        (&json!("o1-C1"), &json!("open"), &json!("merchant"))
    );
    assert_eq!(
        (&case["then"], &case["reason"]),
        (&json!("refund"), &json!("不想要了"))
    );
    assert_eq!(case["lines"][1]["components"], json!(["茶壶"]));
    assert_eq!(case["thread"][0]["text"], "颜色不喜欢");
    assert_eq!(case["actions"], json!(["say", "withdraw"]));
    assert_eq!(lin.get("/api/v1/cases/o1-C1").await.json(), case);

    // The order says so, and is found where after-sale is.
    let order = lin.order("o1").await;
    assert_eq!(order["cases"][0]["id"], "o1-C1");
    assert_eq!(order["cases"][0]["amount"]["amount"], 5400);
    let tab = lin.get("/api/v1/orders?tab=after_sale").await.json();
    assert_eq!(tab["counts"]["after_sale"], 1);
    assert_eq!(tab["items"][0]["id"], "o1");
    // What is asked for cannot be asked for twice.
    let left = options(&lin, "o1").await;
    assert_eq!(left["lines"][1]["quantity"], 1);
    assert_eq!(left["lines"][3]["components"][0]["quantity"], 0);
    assert_eq!(left["lines"][3]["components"][1]["quantity"], 1);
}

#[tokio::test]
async fn a_fault_of_the_seller_costs_the_shopper_nothing() {
    let world = World::with(&[received("1")]).await;
    let lin = world.lin().await;
    // Shown before there is evidence; needed to ask.
    let preview = "/api/v1/orders/o1/after-sale/preview?kind=return_and_refund&reason=quality&condition=used&line=L1:1";
    let preview = lin.get(preview).await.json();
    assert_eq!(preview["settlement"]["deduction"]["amount"], 0);
    assert!(preview["settlement"]["freight"]["amount"].as_i64() > Some(0));
    assert_eq!(
        (&preview["send_back"], &preview["pays_return"]),
        (&json!(true), &json!(false))
    );
    let mut body = wish(&json!([{"line": "L1", "quantity": 1}]));
    body["reason"] = json!("quality");
    let refused = open(&lin, "o1", &body).await;
    refused.is_problem(422, "invalid_fields");
    assert_eq!(refused.json()["errors"], json!({"evidence": "required"}));
}

#[tokio::test]
async fn a_case_is_opened_once_however_often_it_is_sent() {
    let world = World::with(&[received("1")]).await;
    let lin = world.lin().await;
    let body = wish(&json!([{"line": "L2", "quantity": 1}]));
    let send = |body: &Value| {
        let request = lin.request("POST", "/api/v1/orders/o1/cases");
        read(request.header("idempotency-key", "k1").json(body))
    };
    let first = send(&body).await;
    assert_eq!(first.status, 201, "{}", first.text);
    for _ in 0..3 {
        let again = send(&body).await;
        assert_eq!((again.status, &again.text), (201, &first.text));
    }
    let (a, b) = tokio::join!(send(&body), send(&body));
    assert_eq!((&a.text, &b.text), (&first.text, &first.text));
    let other = wish(&json!([{"line": "L2", "quantity": 2}]));
    send(&other).await.is_problem(422, "idempotency_key_reused");
    assert_eq!(
        lin.order("o1").await["cases"].as_array().map(Vec::len),
        Some(1)
    );
    // A move in it, too.
    let withdraw = || {
        let request = lin.request("POST", "/api/v1/cases/o1-C1/withdrawal");
        read(request.header("idempotency-key", "k2"))
    };
    let withdrawn = withdraw().await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    assert_eq!(withdraw().await.text, withdrawn.text);
}

#[tokio::test]
async fn a_wish_that_makes_no_sense_is_refused_by_field() {
    let world = World::with(&[received("1")]).await;
    let lin = world.lin().await;
    let with = |field: &str, value: Value| {
        let mut body = wish(&json!([{"line": "L1", "quantity": 1}]));
        body[field] = value;
        body
    };
    let line = |line: Value| with("lines", json!([{"line": "L2", "quantity": 1}, line]));
    for (body, field, code) in [
        (with("lines", json!([])), "lines", "required"),
        (
            line(json!({"line": "L2", "quantity": 1})),
            "lines",
            "invalid",
        ),
        (
            line(json!({"line": "L9", "quantity": 1})),
            "lines[1].line",
            "unknown",
        ),
        (
            line(json!({"line": "L1", "quantity": 2})),
            "lines[1].quantity",
            "out_of_range",
        ),
        (
            line(json!({"line": "L1", "quantity": 0})),
            "lines[1].quantity",
            "out_of_range",
        ),
        (
            line(json!({"line": "L4", "quantity": 1, "components": ["pot", "gift"]})),
            "lines[1].components[1]",
            "not_allowed",
        ),
        (with("reason", json!("weather")), "reason", "unknown"),
        (with("reason", json!("refused_parcel")), "reason", "unknown"),
        (with("kind", json!("refund_only")), "reason", "unknown"),
        (with("kind", json!("gift")), "kind", "unknown"),
        (with("condition", Value::Null), "condition", "required"),
        (with("condition", json!("used")), "condition", "not_allowed"),
        (with("note", json!("长".repeat(501))), "note", "too_long"),
        (
            with("evidence", json!(["no-such-photo"])),
            "evidence",
            "unknown",
        ),
        (with("evidence", json!(["a", "a"])), "evidence", "invalid"),
        (
            with("evidence", json!(vec!["a"; 51])),
            "evidence",
            "too_long",
        ),
    ] {
        let answer = open(&lin, "o1", &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{body}");
    }
    assert_eq!(lin.order("o1").await["cases"], json!([]));
    let preview = "/api/v1/orders/o1/after-sale/preview";
    for (query, field, code) in [
        ("", "kind", "required"),
        ("kind=gift&reason=quality", "kind", "unknown"),
        ("kind=refund_only", "reason", "required"),
        (
            "kind=refund_only&reason=quality&condition=new",
            "condition",
            "unknown",
        ),
        ("kind=refund_only&reason=quality", "lines", "required"),
        ("kind=refund_only&reason=quality&line=L1", "line", "invalid"),
        (
            "kind=refund_only&reason=quality&line=L1:x",
            "line",
            "invalid",
        ),
        (
            "kind=refund_only&reason=quality&line=L1:1&component=L4:pot",
            "component",
            "invalid",
        ),
        (
            "kind=refund_only&reason=quality&line=L4:1&component=L4:gift",
            "lines[0].components[0]",
            "not_allowed",
        ),
    ] {
        let answer = lin.get(&format!("{preview}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{query}");
    }
}

#[tokio::test]
async fn what_takes_no_case_says_why_with_the_order_as_it_is() {
    let unpacked = named("2").build();
    let issued = named("3")
        .shop("wanfu")
        .with(line("点卡", 1, 500).digital())
        .delivered()
        .build();
    let world = World::with(&[received("1"), unpacked, issued]).await;
    let lin = world.lin().await;
    let ask = async |order: &str, line: &str, reason: &str| {
        assert!(order.starts_with('o'));
        let kind = if reason == "quality" {
            "refund_only"
        } else {
            "return_and_refund"
        };
        let query = format!("kind={kind}&reason={reason}&condition=unused&line={line}:1");
        lin.get(&format!(
            "/api/v1/orders/{order}/after-sale/preview?{query}"
        ))
        .await
    };
    let refused = async |order: &str, line: &str, reason: &str, why: &str| {
        let answer = ask(order, line, reason).await;
        answer.is_problem(409, "case_not_possible");
        assert_eq!(answer.json()["reason"], why, "{order} {line} {reason}");
        assert_eq!(answer.json()["order"]["id"], order);
    };
    refused("o1", "L3", "no_longer_wanted", "made_to_order").await;
    assert_eq!(
        ask("o1", "L3", "quality").await.status,
        200,
        "a fault is a fault"
    );
    refused("o2", "L1", "no_longer_wanted", "not_received").await;
    assert!(!asks(&lin.order("o2").await));
    assert_eq!(options(&lin, "o3").await["lines"][1]["not"], "issued");
    let all = wish(&json!([{"line": "L1", "quantity": 1}]));
    assert_eq!(open(&lin, "o1", &all).await.status, 201);
    refused("o1", "L1", "quality", "nothing_left").await;
    open(&lin, "o1", &all)
        .await
        .is_problem(409, "case_not_possible");
    // After seven days only for a fault, after fifteen not at all.
    world.clock.advance(TimeDelta::days(8));
    refused("o1", "L2", "no_longer_wanted", "window_closed").await;
    assert!(asks(&lin.order("o1").await));
    world.clock.advance(TimeDelta::days(8));
    refused("o1", "L2", "quality", "window_closed").await;
    assert!(!asks(&lin.order("o1").await));
}

#[tokio::test]
async fn a_parcel_on_its_way_can_only_be_refused_at_the_door() {
    let world = World::with(&[named("1").freight(500).shipped().build()]).await;
    let lin = world.lin().await;
    let found = options(&lin, "o1").await;
    assert_eq!(
        (&found["on_its_way"], &found["window"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(found["conditions"], json!([]));
    let codes: Vec<_> = found["reasons"]
        .as_array()
        .expect("reasons")
        .iter()
        .map(|reason| &reason["code"])
        .collect();
    assert_eq!(codes, ["refused_parcel"]);
    let preview = "/api/v1/orders/o1/after-sale/preview?kind=return_and_refund&reason=refused_parcel&line=L1:1";
    let preview = lin.get(preview).await.json();
    assert_eq!(
        (&preview["send_back"], &preview["pays_return"]),
        (&json!(false), &json!(false))
    );
    // Whatever is said of goods that nobody has seen.
    let body = json!({
        "kind": "return_and_refund", "reason": "refused_parcel", "condition": "opened",
        "lines": [{"line": "L1", "quantity": 1}],
    });
    let case = open(&lin, "o1", &body).await.json();
    assert_eq!(
        (&case["condition"], &case["settlement"]),
        (&Value::Null, &preview["settlement"])
    );
    let decision = json!({"decision": "approve", "staff": "wang"});
    let path = "/api/v1/integration/cases/o1-C1/decisions";
    let granted = world.shop().send("POST", path, &decision).await;
    assert_eq!(granted.json()["state"], "refunded", "{}", granted.text);
    assert_eq!(
        lin.order("o1").await["refunds"][0]["amount"]["amount"],
        1000
    );
}
