//! After-sale cases on the shop's side: listed, decided, answered, and followed until the money is back.

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::usual_now;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, looks, named, read, with_case};

const CASES: &str = "/api/v1/integration/cases";

async fn decide(world: &World, case: &str, body: &Value) -> Answer {
    let path = format!("{CASES}/{case}/decisions");
    world.shop().send("POST", &path, body).await
}

fn by_wang(decision: &str) -> Value {
    by("wang", decision)
}

fn by(staff: &str, decision: &str) -> Value {
    let mut body = json!({"decision": decision, "staff": staff});
    match decision {
        "approve" => body["return_to"] = json!("上海市 徐汇区 漕溪路 1 号 退货组"),
        "reject" | "dismiss" => body["note"] = json!("吊牌已剪"),
        _ => {}
    }
    body
}

/// What an outbox asked for, of cases and refunds.
async fn outbox(world: &World) -> Vec<String> {
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    let kinds = items.iter().filter_map(|item| item["type"].as_str());
    kinds
        .filter(|kind| kind.starts_with("case_") || *kind == "make_refund")
        .map(str::to_owned)
        .collect()
}

async fn send_parcel(caller: &Caller<'_>, case: &str) -> Answer {
    let body = json!({"courier": "顺丰", "tracking_number": "SF1380000040301"});
    let path = format!("/api/v1/cases/{case}/parcel");
    caller.send("PUT", &path, &body).await
}

/// A server that makes refunds itself, by the sandbox.
async fn with_sandbox(orders: &[Order]) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("payments.toml");
    let text = "[providers.sandbox]\nkind = \"sandbox\"\nclearing_seconds = 20\n\
                [shops.tepai]\nwechat_pay = \"sandbox\"\n";
    std::fs::write(&file, text).expect("a payments file");
    World::configured(orders, |config| config.payments = Some(file)).await
}

#[tokio::test]
async fn a_return_goes_from_the_wish_to_the_money() {
    let world = with_sandbox(&[named("1").line("台灯", 2, 500).delivered().build()]).await;
    let lin = world.lin().await;
    let body = json!({
        "kind": "return_and_refund", "reason": "no_longer_wanted", "condition": "unused",
        "lines": [{"line": "L2", "quantity": 1}],
    });
    let opened = lin.send("POST", "/api/v1/orders/o1/cases", &body).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let nowhere = json!({"decision": "approve", "staff": "wang"});
    let refused = decide(&world, "o1-C1", &nowhere).await;
    refused.is_problem(422, "invalid_fields");
    assert_eq!(refused.json()["errors"], json!({"return_to": "required"}));
    let mut approve = by_wang("approve");
    approve["note"] = json!("请勿到付");
    let granted = decide(&world, "o1-C1", &approve).await;
    assert_eq!(granted.status, 200, "{}", granted.text);
    assert_eq!(granted.json()["state"], "awaiting_return");

    let case = lin.get("/api/v1/cases/o1-C1").await.json();
    assert_eq!(
        (&case["turn"], &case["then"]),
        (&json!("shopper"), &json!("close"))
    );
    assert_eq!(case["return_to"], approve["return_to"]);
    assert_eq!(case["actions"][0], "send_parcel");
    assert_eq!(case["thread"][2]["text"], "请勿到付");
    assert_eq!(case["refunds"], json!([]));
    let sent = send_parcel(&lin, "o1-C1").await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    assert_eq!(
        (&sent.json()["state"], &sent.json()["turn"]),
        (&json!("returning"), &json!("merchant"))
    );
    assert_eq!(sent.json()["parcel"]["tracking_number"], "SF1380000040301");
    send_parcel(&lin, "o1-C1")
        .await
        .is_problem(409, "case_not_now");
    let withdraw = read(lin.request("POST", "/api/v1/cases/o1-C1/withdrawal")).await;
    withdraw.is_problem(409, "case_not_now");

    let received = decide(&world, "o1-C1", &by_wang("receive")).await;
    assert_eq!(received.json()["state"], "refunded", "{}", received.text);
    assert_eq!(received.json()["refunds"], json!(["o1-R1"]));
    let case = lin.get("/api/v1/cases/o1-C1").await.json();
    assert_eq!(case["refunds"][0]["amount"]["amount"], 500);
    assert_eq!(
        (&case["turn"], &case["until"]),
        (&json!("nobody"), &Value::Null)
    );
    let order = lin.order("o1").await;
    assert_eq!(order["refunds"], case["refunds"]);
    assert_eq!(order["cases"][0]["state"], "refunded");
    // What was refunded cannot be asked for again; the rest can.
    let options = lin.get("/api/v1/orders/o1/after-sale").await.json();
    assert_eq!(
        (
            &options["lines"][0]["quantity"],
            &options["lines"][1]["quantity"]
        ),
        (&json!(1), &json!(1))
    );

    // Tepai makes it, like any other.
    let under_way = world.shop().get("/api/v1/integration/refunds").await.json();
    assert_eq!(under_way["items"][0]["refund"], "o1-R1");
    let state = |wanted: &'static str| move |refund: &Value| refund["refund"]["state"] == wanted;
    for (seconds, wanted) in [(10, "sent"), (25, "in_clearing"), (120, "arrived")] {
        world.clock.advance(TimeDelta::seconds(seconds));
        looks(&lin, "/api/v1/refunds/o1-R1", state(wanted)).await;
    }
    let case = lin.get("/api/v1/cases/o1-C1").await.json();
    assert_eq!(case["refunds"][0]["state"], "arrived");
    assert_eq!(
        outbox(&world).await,
        ["case_opened", "case_sent"],
        "no make_refund"
    );
}

#[tokio::test]
async fn without_a_provider_the_shop_is_asked_to_make_the_refund() {
    let world = World::with(&[named("1").shipped().build()]).await;
    let lin = world.lin().await;
    let body = json!({
        "kind": "return_and_refund", "reason": "refused_parcel", "lines": [{"line": "L1", "quantity": 1}],
    });
    let opened = lin.send("POST", "/api/v1/orders/o1/cases", &body).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let approve = json!({"decision": "approve", "staff": "wang"});
    assert_eq!(decide(&world, "o1-C1", &approve).await.status, 200);
    assert_eq!(outbox(&world).await, ["case_opened", "make_refund"]);
    let event = json!({
        "event_id": "1", "type": "refund_progressed", "occurred_at": usual_now(), "refund": "o1-R1", "state": "arrived",
    });
    assert_eq!(world.event_of("e1", &event).await.status, 200);
    let case = lin.get("/api/v1/cases/o1-C1").await.json();
    assert_eq!(case["refunds"][0]["state"], "arrived");
}

#[tokio::test]
async fn who_decided_is_on_record_and_not_the_shoppers_to_know() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let message = json!({"staff": "li", "text": "正在核实"});
    let said = world
        .shop()
        .send("POST", &format!("{CASES}/o3-C1/messages"), &message)
        .await;
    assert_eq!(said.status, 201, "{}", said.text);
    assert_eq!(
        decide(&world, "o3-C1", &by_wang("reject")).await.status,
        200
    );
    let shown = world.shop().get(&format!("{CASES}/o3-C1")).await.json();
    let thread: Vec<_> = shown["thread"]
        .as_array()
        .expect("a thread")
        .iter()
        .map(|entry| {
            (
                entry["what"].clone(),
                entry["by"].clone(),
                entry["staff"].clone(),
            )
        })
        .collect();
    assert_eq!(
        thread,
        [
            (json!("opened"), json!("shopper"), Value::Null),
            (json!("said"), json!("seller"), json!("li")),
            (json!("rejected"), json!("seller"), json!("wang")),
        ]
    );
    assert_eq!(
        (&shown["external_id"], &shown["number"], &shown["shopper"]),
        (&json!("e3"), &json!("N3"), &json!("lin"))
    );
    for path in ["/api/v1/cases/o3-C1", "/api/v1/orders/o3"] {
        let seen = lin.get(path).await.text;
        assert!(
            !seen.contains("wang") && !seen.contains("staff\""),
            "{seen}"
        );
    }
    let case = lin.get("/api/v1/cases/o3-C1").await.json();
    assert_eq!(case["thread"][2]["text"], "吊牌已剪");
}

#[tokio::test]
async fn a_rejection_is_appealed_and_staff_have_the_last_word() {
    let world = World::with(&[with_case("3"), with_case("4")]).await;
    let lin = world.lin().await;
    for case in ["o3-C1", "o4-C1"] {
        assert_eq!(decide(&world, case, &by_wang("reject")).await.status, 200);
        // The merchant has said it; nobody else was asked yet.
        decide(&world, case, &by_wang("approve"))
            .await
            .is_problem(409, "case_not_now");
        decide(&world, case, &by_wang("dismiss"))
            .await
            .is_problem(409, "case_not_now");
        let body = json!({"text": "吊牌没有剪，请看照片"});
        let appealed = lin
            .send("POST", &format!("/api/v1/cases/{case}/appeal"), &body)
            .await;
        assert_eq!(appealed.status, 201, "{}", appealed.text);
        assert_eq!(appealed.json()["turn"], "staff");
        decide(&world, case, &by_wang("reject"))
            .await
            .is_problem(409, "case_not_now");
        let message = json!({"staff": "zhou", "text": "平台已介入"});
        let said = world
            .shop()
            .send("POST", &format!("{CASES}/{case}/messages"), &message)
            .await;
        assert_eq!(said.json()["thread"][3]["by"], "staff", "{}", said.text);
    }
    // Who said no does not say it twice, nor anything else.
    for decision in ["dismiss", "approve"] {
        decide(&world, "o3-C1", &by_wang(decision))
            .await
            .is_problem(409, "second_person_needed");
    }
    let dismissed = decide(&world, "o3-C1", &by("zhou", "dismiss")).await.json();
    assert_eq!(
        (&dismissed["state"], &dismissed["turn"]),
        (&json!("closed"), &json!("nobody"))
    );
    decide(&world, "o3-C1", &by_wang("approve"))
        .await
        .is_problem(409, "case_closed");
    assert_eq!(lin.order("o3").await["refunds"], json!([]));
    let options = lin.get("/api/v1/orders/o3/after-sale").await.json();
    assert_eq!(
        options["lines"][0]["quantity"], 1,
        "closed: may be asked for again"
    );
    let granted = decide(&world, "o4-C1", &by("zhou", "approve")).await.json();
    assert_eq!(granted["state"], "awaiting_return");
    assert_eq!(granted["thread"][4]["by"], "staff");
    assert_eq!(outbox(&world).await, ["case_appealed", "case_appealed"]);
}

#[tokio::test]
async fn what_came_back_can_be_rejected_with_a_reason() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    assert_eq!(
        decide(&world, "o3-C1", &by_wang("approve")).await.status,
        200
    );
    decide(&world, "o3-C1", &by_wang("receive"))
        .await
        .is_problem(409, "case_not_now");
    assert_eq!(send_parcel(&lin, "o3-C1").await.status, 200);
    let silent = json!({"decision": "reject", "staff": "wang"});
    let refused = decide(&world, "o3-C1", &silent).await;
    assert_eq!(refused.json()["errors"], json!({"note": "required"}));
    let rejected = decide(&world, "o3-C1", &by_wang("reject")).await.json();
    assert_eq!(rejected["state"], "rejected");
    // Staff need not send it on its way again.
    let body = json!({"text": "寄出时完好"});
    let appealed = lin.send("POST", "/api/v1/cases/o3-C1/appeal", &body).await;
    assert_eq!(appealed.status, 201, "{}", appealed.text);
    let granted = json!({"decision": "approve", "staff": "zhou"});
    let granted = decide(&world, "o3-C1", &granted).await.json();
    assert_eq!(granted["state"], "refunded");
}

#[tokio::test]
async fn a_decision_is_made_once_and_its_fields_are_checked() {
    let world = World::with(&[with_case("3")]).await;
    for (body, field, code) in [
        (
            json!({"decision": "maybe", "staff": "wang"}),
            "decision",
            "unknown",
        ),
        (json!({"decision": "approve"}), "staff", "required"),
        (
            json!({"decision": "approve", "staff": "王 五"}),
            "staff",
            "invalid",
        ),
        (
            json!({"decision": "approve", "staff": "w".repeat(65)}),
            "staff",
            "too_long",
        ),
        (
            json!({"decision": "reject", "staff": "wang", "note": " "}),
            "note",
            "required",
        ),
        (
            json!({"decision": "reject", "staff": "wang", "note": "长".repeat(501)}),
            "note",
            "too_long",
        ),
        (
            json!({"decision": "receive", "staff": "wang", "return_to": "上海"}),
            "return_to",
            "not_allowed",
        ),
        (
            json!({"decision": "approve", "staff": "wang", "return_to": "长".repeat(201)}),
            "return_to",
            "too_long",
        ),
    ] {
        let answer = decide(&world, "o3-C1", &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{body}");
    }
    let shop = world.shop();
    let send = |decision: &str| {
        let request = shop.request("POST", &format!("{CASES}/o3-C1/decisions"));
        read(
            request
                .header("idempotency-key", "d1")
                .json(&by_wang(decision)),
        )
    };
    let first = send("reject").await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(send("reject").await.text, first.text);
    send("approve")
        .await
        .is_problem(422, "idempotency_key_reused");
    decide(&world, "o3-C1", &by_wang("reject"))
        .await
        .is_problem(409, "case_not_now");
    for case in ["o3-C2", "o9-C1", "o3", "x"] {
        decide(&world, case, &by_wang("reject"))
            .await
            .is_problem(404, "not_found");
        world
            .shop()
            .get(&format!("{CASES}/{case}"))
            .await
            .is_problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_shop_sees_what_is_due_next_first_page_by_page() {
    let mut orders: Vec<Order> = ["1", "2", "3"].map(with_case).into();
    let earlier = usual_now() - TimeDelta::hours(5);
    orders[1].body.cases[0].until = Some(earlier + TimeDelta::hours(48));
    let world = World::with(&orders).await;
    assert_eq!(
        decide(&world, "o3-C1", &by_wang("reject")).await.status,
        200
    );
    let ids = |page: &Value| -> Vec<Value> {
        let items = page["items"].as_array().expect("items");
        items.iter().map(|item| item["case"].clone()).collect()
    };
    let shop = world.shop();
    let all = shop.get(CASES).await.json();
    assert_eq!(ids(&all), ["o2-C1", "o1-C1", "o3-C1"]);
    assert_eq!(all["next_cursor"], Value::Null);
    let first = &all["items"][0];
    assert_eq!(
        (
            &first["turn"],
            &first["then"],
            &first["reason"],
            &first["amount"]["amount"]
        ),
        (
            &json!("merchant"),
            &json!("refund"),
            &json!("no_longer_wanted"),
            &json!(1000)
        )
    );
    let open = shop
        .get(&format!("{CASES}?state=open&limit=1"))
        .await
        .json();
    assert_eq!(ids(&open), ["o2-C1"]);
    let cursor = open["next_cursor"].as_str().expect("a cursor");
    let next = shop
        .get(&format!("{CASES}?state=open&limit=1&cursor={cursor}"))
        .await
        .json();
    assert_eq!(ids(&next), ["o1-C1"]);
    assert_eq!(next["next_cursor"], Value::Null);
    assert_eq!(
        ids(&shop.get(&format!("{CASES}?state=rejected")).await.json()),
        ["o3-C1"]
    );
    for (query, field) in [
        ("state=lost", "state"),
        ("cursor=x", "cursor"),
        ("limit=0", "limit"),
    ] {
        let answer = shop.get(&format!("{CASES}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert!(answer.json()["errors"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn an_order_that_is_completed_with_an_open_case_is_still_followed() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let completed = world.event("e3", "completed").await;
    assert_eq!(completed.json()["state"], "completed", "{}", completed.text);
    assert_eq!(
        decide(&world, "o3-C1", &by_wang("approve")).await.status,
        200
    );
    assert_eq!(send_parcel(&lin, "o3-C1").await.status, 200);
    let received = decide(&world, "o3-C1", &by_wang("receive")).await;
    assert_eq!(received.json()["state"], "refunded", "{}", received.text);
    let tab = lin.get("/api/v1/orders?tab=after_sale").await.json();
    assert_eq!(tab["items"][0]["state"], "completed");
    assert_eq!(
        lin.order("o3").await["refunds"][0]["amount"]["amount"],
        1000
    );
}
