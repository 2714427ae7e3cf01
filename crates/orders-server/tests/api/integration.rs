//! What the shop tells us and asks us for.

use chrono::{DateTime, TimeDelta, Utc};
use orders_testkit::usual_now;
use serde_json::{Value, json};

use crate::world::{KEY, World, cup, named, read};

const PATH: &str = "/api/v1/integration/orders/e9";

fn cny(amount: i64) -> Value {
    json!({"amount": amount, "currency": "CNY"})
}

/// A paid order as a shop sends it.
pub fn sent() -> Value {
    json!({
        "shop": "tepai", "shopper": "lin", "number": "N9", "placed_at": usual_now(),
        "lines": [{"id": "L1", "title": {"zh-CN": "杯子", "en": "Cup"}, "quantity": 2,
                   "unit_price": cny(500), "kind": "physical"}],
        "amounts": {"goods": cny(1000), "freight": cny(200), "total": cny(1200)},
        "address": {"recipient": "林小满", "phone": "13800000001", "region": "杭州", "street": "文一路"},
        "payments": [{"channel": "wechat_pay", "account": {"zh-CN": "微信零钱"},
                      "amount": cny(1200), "paid_at": usual_now()}],
    })
}

/// The same order, unpaid, to be paid within an hour of `now`.
fn unpaid(now: DateTime<Utc>) -> Value {
    let mut order = sent();
    order["payments"] = json!([]);
    order["pay_by"] = json!(now + TimeDelta::hours(1));
    order["pay_url"] = json!("https://pay.example.com/9");
    order
}

#[tokio::test]
async fn the_integration_api_exists_only_with_a_key() {
    let world = World::configured(&[], |config| config.integration_key = None).await;
    world
        .shop()
        .send("PUT", PATH, &sent())
        .await
        .is_problem(404, "not_found");

    let world = World::with(&[]).await;
    read(world.request("PUT", PATH).json(&sent()))
        .await
        .is_problem(401, "invalid_key");
    let wrong = world
        .request("PUT", PATH)
        .bearer_auth("wrong")
        .json(&sent());
    read(wrong).await.is_problem(401, "invalid_key");
    let lin = world.lin().await;
    lin.send("PUT", PATH, &sent())
        .await
        .is_problem(401, "invalid_key");
}

#[tokio::test]
async fn an_order_is_created_once_and_updated_after_that() {
    let world = World::with(&[]).await;
    let created = world.shop().send("PUT", PATH, &sent()).await;
    assert_eq!(created.status, 201, "{}", created.text);
    assert_eq!(created.json()["state"], "unpacked");
    let again = world.shop().send("PUT", PATH, &sent()).await;
    assert_eq!((again.status, &again.text), (200, &created.text));

    let mut renamed = sent();
    renamed["lines"][0]["title"]["en"] = json!("Mug");
    let updated = world.shop().send("PUT", PATH, &renamed).await.json();
    assert_eq!(updated["version"], 2);
    let mut dearer = sent();
    dearer["amounts"] = json!({"goods": cny(1000), "freight": cny(300), "total": cny(1300)});
    dearer["payments"][0]["amount"] = cny(1300);
    let refused = world.shop().send("PUT", PATH, &dearer).await;
    refused.is_problem(422, "invalid_fields");
    assert_eq!(refused.json()["errors"], json!({"amounts": "not_allowed"}));

    let lin = world.lin().await;
    assert_eq!(lin.get("/api/v1/orders").await.json()["counts"]["all"], 1);
    // A repeated PUT never takes an order back.
    assert_eq!(world.event("e9", "packing_started").await.status, 200);
    let late = world.shop().send("PUT", PATH, &sent()).await.json();
    assert_eq!(late["state"], "packing");
}

#[tokio::test]
async fn an_order_that_does_not_add_up_is_refused() {
    let world = World::with(&[]).await;
    let with = |path: &str, value: Value| {
        let mut order = sent();
        *order.pointer_mut(path).expect("a field") = value;
        order
    };
    for (order, field) in [
        (with("/shop", json!("nobody")), "shop"),
        (with("/amounts/goods", cny(1)), "amounts"),
        (
            with("/amounts/total", json!({"amount": 1200, "currency": "USD"})),
            "lines[0].unit_price",
        ),
        (with("/amounts/total", cny(i64::MAX)), "amounts"),
        (with("/lines", json!([])), "lines"),
        (with("/lines/0/quantity", json!(0)), "lines[0]"),
        (with("/lines/0/title", json!("x")), "lines[0].title"),
        (with("/lines/0/kind", json!("other")), "lines[0].kind"),
        (with("/placed_at", json!("yesterday")), "placed_at"),
        (
            with("/placed_at", json!("9999-01-01T00:00:00Z")),
            "placed_at",
        ),
        (with("/number", json!("")), "number"),
        (with("/number", json!("a\u{0}b")), "number"),
        (
            with("/payments/0/channel", json!("cash")),
            "payments[0].channel",
        ),
    ] {
        let answer = world.shop().send("PUT", PATH, &order).await;
        answer.is_problem(422, "invalid_fields");
        let errors = answer.json()["errors"].clone();
        let named = errors
            .as_object()
            .expect("errors")
            .keys()
            .any(|key| key.starts_with(field));
        assert!(named, "{field}: {errors}");
    }
    let mut state = sent();
    state["state"] = json!("shipped");
    world
        .shop()
        .send("PUT", PATH, &state)
        .await
        .is_problem(422, "invalid_fields");
    let lin = world.lin().await;
    assert_eq!(lin.get("/api/v1/orders").await.json()["counts"]["all"], 0);
}

#[tokio::test]
async fn an_event_counts_once() {
    let world = World::with(&[cup().build()]).await;
    let first = world.event("e1", "packing_started").await;
    assert_eq!(first.json()["applied"], true);
    let again = world.event("e1", "packing_started").await;
    assert_eq!(again.text, first.text);
    let renamed =
        json!({"event_id": "other", "type": "packing_started", "occurred_at": usual_now()});
    assert_eq!(
        world.event_of("e1", &renamed).await.json()["applied"],
        false
    );
    let misused =
        json!({"event_id": "packing_started", "type": "confirmed", "occurred_at": usual_now()});
    world
        .event_of("e1", &misused)
        .await
        .is_problem(422, "idempotency_key_reused");
    world
        .event("nothing", "packing_started")
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn an_event_with_a_mistake_names_the_field() {
    let world = World::with(&[cup().build()]).await;
    let event = |kind: &str| json!({"event_id": "x", "type": kind, "occurred_at": usual_now()});
    for (body, field, code) in [
        (event("teleported"), "type", "unknown"),
        (
            json!({"type": "confirmed", "occurred_at": usual_now()}),
            "event_id",
            "required",
        ),
        (
            json!({"event_id": "x", "type": "confirmed", "occurred_at": 7}),
            "occurred_at",
            "invalid",
        ),
        (
            json!({"event_id": "a b", "type": "confirmed", "occurred_at": usual_now()}),
            "event_id",
            "invalid",
        ),
        (event("shipped"), "parcel", "required"),
        (event("paid"), "payments", "required"),
        (event("held"), "cause", "required"),
        (json!([]), "body", "invalid"),
    ] {
        let answer = world.event_of("e1", &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{body}");
    }
}

#[tokio::test]
async fn a_cancelled_order_must_not_be_packed_and_the_shop_learns_what_to_do() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let lin = world.lin().await;
    lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    world
        .event("e1", "packing_started")
        .await
        .is_problem(409, "order_cancelled");

    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    let of = |kind: &str| items.iter().find(|item| item["type"] == kind);
    let refund = of("make_refund").unwrap_or_else(|| panic!("{outbox}"));
    assert_eq!(
        (&refund["external_id"], &refund["amount"]),
        (&json!("e1"), &cny(1000))
    );
    assert!(
        of("release_stock").is_some() && of("order_cancelled").is_some(),
        "{outbox}"
    );
    let last = items.last().map(|item| item["seq"].clone()).expect("one");
    let rest = world
        .shop()
        .get(&format!("/api/v1/integration/outbox?after={last}"))
        .await
        .json();
    assert_eq!(rest, json!({"items": [], "next_cursor": null}));
    let page = world
        .shop()
        .get("/api/v1/integration/outbox?limit=1")
        .await
        .json();
    assert_eq!(page["next_cursor"], items[0]["seq"].to_string());
}

#[tokio::test]
async fn an_unpaid_order_closes_by_itself_even_if_the_server_was_down() {
    let mut world = World::with(&[]).await;
    let order = unpaid(usual_now());
    assert_eq!(
        world.shop().send("PUT", PATH, &order).await.json()["state"],
        "awaiting_payment"
    );
    world.stop().await;
    let url = format!(
        "sqlite://{}",
        world.folder.path().join("tepai.db").display()
    );
    let two_hours_later = usual_now() + TimeDelta::hours(2);
    let later = World::started(two_hours_later, &[], |config| config.database_url = url).await;
    let lin = later.lin().await;
    let list = lin.get("/api/v1/orders").await.json();
    assert_eq!(list["items"][0]["state"], "cancelled");
    assert_eq!(list["items"][0]["cancellation"]["by"], "timeout");

    // The payment comes after all, and goes back by itself.
    let paid = json!({"event_id": "p", "type": "paid", "occurred_at": usual_now() + TimeDelta::hours(2),
                      "payments": sent()["payments"]});
    let answer = later.event_of("e9", &paid).await;
    assert_eq!(
        (answer.status, answer.json()["state"].clone()),
        (200, json!("cancelled"))
    );
    let list = lin.get("/api/v1/orders").await.json();
    assert_eq!(list["items"][0]["refunding"], cny(1200));
}

#[tokio::test]
async fn a_shopper_is_created_and_can_log_in() {
    let world = World::with(&[]).await;
    let path = "/api/v1/integration/shoppers/s7";
    let body =
        json!({"display_name": "七", "email": "Seven@Example.com", "password": "long enough"});
    for _ in 0..2 {
        let answer = world.shop().send("PUT", path, &body).await;
        assert_eq!(
            (answer.status, answer.json()),
            (200, json!({"id": "s7", "display_name": "七"}))
        );
    }
    assert_eq!(
        world
            .log_in("seven@example.com", "long enough")
            .await
            .status,
        200
    );
    let renamed = json!({"display_name": "Seven", "phone": "+86 139 0000 0007"});
    assert_eq!(world.shop().send("PUT", path, &renamed).await.status, 200);
    assert_eq!(world.log_in("13900000007", "long enough").await.status, 200);
    world
        .log_in("seven@example.com", "long enough")
        .await
        .is_problem(401, "invalid_credentials");
    for (body, field) in [
        (json!({"display_name": ""}), "display_name"),
        (json!({"display_name": "x", "email": "no address"}), "email"),
        (
            json!({"display_name": "x", "email": "lin@example.com"}),
            "email",
        ),
        (json!({"display_name": "x", "phone": "call me"}), "phone"),
        (
            json!({"display_name": "x", "password": "short"}),
            "password",
        ),
    ] {
        let answer = world.shop().send("PUT", path, &body).await;
        answer.is_problem(422, "invalid_fields");
        assert!(answer.json()["errors"][field].is_string(), "{body}");
    }
    assert_ne!(KEY, "");
}
