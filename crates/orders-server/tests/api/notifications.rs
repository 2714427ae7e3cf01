//! What shoppers are told: in their language, about their orders as they are, read up to where they have seen.

use chrono::TimeDelta;
use orders_domain::{OrderState, TimelineEvent};
use orders_testkit::usual_now;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, cup, named, read, refunded};

const LIST: &str = "/api/v1/notifications";
const UNREAD: &str = "/api/v1/notifications/unread";
const READ: &str = "/api/v1/notifications/read";

async fn list(caller: &Caller<'_>) -> Vec<Value> {
    let answer = caller.get(LIST).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json();
    assert_eq!(list["unread"], unread(caller).await);
    list["items"].as_array().expect("items").clone()
}

async fn list_in(caller: &Caller<'_>, language: &str) -> Vec<Value> {
    let request = caller.request("GET", LIST);
    let answer = read(request.header("accept-language", language)).await;
    answer.json()["items"].as_array().expect("items").clone()
}

async fn unread(caller: &Caller<'_>) -> Value {
    caller.get(UNREAD).await.json()["unread"].clone()
}

async fn mark(caller: &Caller<'_>, up_to: &str) -> Answer {
    caller.send("POST", READ, &json!({"up_to": up_to})).await
}

async fn event(world: &World, order: &str, body: Value) {
    let mut body = body;
    body["occurred_at"] = json!(usual_now());
    body["event_id"] = json!(format!("{}-{}", body["type"], body["state"]));
    let answer = world.event_of(order, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn cancelled(caller: &Caller<'_>, order: &str) {
    let answer = caller
        .cancel(order, &json!({"reason": "changed_mind"}))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test]
async fn what_happened_is_told_newest_first_in_the_shoppers_language() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let lin = world.lin().await;
    assert_eq!(list(&lin).await, [] as [Value; 0]);
    cancelled(&lin, "o1").await;
    event(
        &world,
        "e2",
        json!({"type": "seller_cancelled", "reason": "out_of_stock"}),
    )
    .await;
    event(
        &world,
        "e2",
        json!({"type": "refund_progressed", "refund": "o2-R1", "state": "arrived"}),
    )
    .await;
    let items = list(&lin).await;
    let seen: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|item| {
            let text = |name: &str| item[name].as_str().expect("a text");
            (text("what"), text("by"), text("number"))
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("refund_arrived", "provider", "N2"),
            ("cancelled", "seller", "N2"),
            ("cancelled", "shopper", "N1"),
        ],
        "each cancel once, with its refund"
    );
    assert_eq!(items[0]["subject"], "o2-R1");
    assert_eq!(
        items[0]["amount"],
        json!({"amount": 1000, "currency": "CNY"})
    );
    assert_eq!(items[0]["order"], "o2");
    assert_eq!(items[0]["title"], "杯子");
    assert_eq!(items[0]["shop"], json!({"id": "tepai", "name": "B特派"}));
    assert_eq!(items[1]["detail"], "商品缺货");
    assert_eq!(items[1]["subject"], Value::Null);
    assert!(items.iter().all(|item| item["read"] == false));
    assert!(items.iter().all(|item| item["urgent"] == false));
    assert_eq!(unread(&lin).await, 3);
    let english = list_in(&lin, "en").await;
    assert_eq!(english[1]["detail"], "Out of stock");
}

#[tokio::test]
async fn what_needs_the_shopper_is_urgent_until_it_is_done() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let held = json!({"type": "held", "cause": "incomplete_info", "missing": ["phone"]});
    event(&world, "e1", held).await;
    let items = list(&lin).await;
    assert_eq!(items[0]["what"], "held");
    assert_eq!(items[0]["urgent"], true);
    assert_eq!(items[0]["detail"], "收货信息不完整");
    let address =
        json!({"recipient": "林", "phone": "13800000001", "region": "杭州", "street": "文一路"});
    let answer = lin.send("PUT", "/api/v1/orders/o1/address", &address).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let items = list(&lin).await;
    assert_eq!(items.len(), 1, "nobody is told what they did themselves");
    assert_eq!(items[0]["urgent"], false);
}

#[tokio::test]
async fn a_refund_that_failed_says_why_and_is_urgent() {
    let mut order = refunded("1");
    order.refunds[0].course.failure = Some(orders_domain::RefundFailure::AccountClosed);
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    event(
        &world,
        "e1",
        json!({"type": "refund_progressed", "refund": "o1-R1", "state": "failed"}),
    )
    .await;
    let items = list(&lin).await;
    assert_eq!(items[0]["what"], "refund_failed");
    assert_eq!(items[0]["urgent"], true);
    let why = items[0]["detail"].as_str().expect("why");
    assert!(why.starts_with("收款账户不能入账"), "{why}");
}

#[tokio::test]
async fn a_request_that_was_declined_says_why_in_staffs_words() {
    let mut order = named("1").in_state(OrderState::Packing).build();
    order.body.request = Some(orders_domain::CancellationRequest {
        at: usual_now(),
        reason: "changed_mind".to_owned(),
        note: None,
        lines: Vec::new(),
        declined: None,
        until: None,
    });
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    let declined = json!({"type": "cancellation_declined", "note": "已经交给快递"});
    event(&world, "e1", declined).await;
    let items = list(&lin).await;
    assert_eq!(items[0]["what"], "cancellation_declined");
    assert_eq!(items[0]["detail"], "已经交给快递");
}

#[tokio::test]
async fn what_was_seen_is_read_and_what_came_after_is_not() {
    let world = World::with(&[cup().build(), named("2").build(), named("3").build()]).await;
    let lin = world.lin().await;
    cancelled(&lin, "o1").await;
    cancelled(&lin, "o2").await;
    let seen = list(&lin).await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    // While the page is open, something older is told.
    world.clock.advance(TimeDelta::hours(-1));
    cancelled(&lin, "o3").await;
    let answer = mark(&lin, &seen).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json(), json!({"unread": 1}));
    let items = list(&lin).await;
    let read: Vec<bool> = items.iter().map(|item| item["read"] == true).collect();
    assert_eq!(read, [false, true, true]);
    assert_eq!(items[0]["order"], "o3");
    let oldest = items[2]["id"].as_str().expect("an id");
    assert_eq!(mark(&lin, oldest).await.json(), json!({"unread": 1}));
    for unknown in ["o1-N999", "o9-N1", "nonsense", "o1-N-1"] {
        let answer = mark(&lin, unknown).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({"up_to": "unknown"}));
    }
    let empty = mark(&lin, "").await;
    assert_eq!(empty.json()["errors"], json!({"up_to": "required"}));
}

#[tokio::test]
async fn a_request_that_is_sent_again_gets_the_same_answer() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let lin = world.lin().await;
    cancelled(&lin, "o1").await;
    let first = list(&lin).await[0]["id"].clone();
    let send = |body: Value| {
        let request = lin.request("POST", READ).header("idempotency-key", "k1");
        read(request.json(&body))
    };
    let answer = send(json!({"up_to": first})).await;
    assert_eq!(answer.text, "{\"unread\":0}");
    cancelled(&lin, "o2").await;
    let again = send(json!({"up_to": first})).await;
    assert_eq!(
        (again.status, again.text),
        (200, "{\"unread\":0}".to_owned())
    );
    assert_eq!(unread(&lin).await, 1, "the new one is not read by that");
    let second = list(&lin).await[0]["id"].clone();
    send(json!({"up_to": second}))
        .await
        .is_problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn somebody_elses_notifications_cannot_be_seen_counted_or_read() {
    let theirs = named("2").shopper("zhao").build();
    let world = World::with(&[cup().build(), theirs]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    cancelled(&zhao, "o2").await;
    assert_eq!(list(&lin).await, [] as [Value; 0]);
    let id = list(&zhao).await[0]["id"].clone();
    mark(&lin, id.as_str().expect("an id"))
        .await
        .is_problem(422, "invalid_fields");
    cancelled(&lin, "o1").await;
    assert_eq!(unread(&zhao).await, 1);
    assert_eq!(unread(&lin).await, 1);
}

#[tokio::test]
async fn pages_follow_one_another_and_odd_ones_are_refused() {
    let orders: Vec<_> = (1..=5).map(|n| named(&n.to_string()).build()).collect();
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    for n in 1..=5 {
        cancelled(&lin, &format!("o{n}")).await;
    }
    let mut seen = Vec::new();
    let mut path = format!("{LIST}?limit=2");
    loop {
        let page = lin.get(&path).await.json();
        assert_eq!(page["unread"], 5);
        for item in page["items"].as_array().expect("items") {
            seen.push(item["order"].as_str().expect("an order").to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("{LIST}?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, ["o5", "o4", "o3", "o2", "o1"]);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=-1", "cursor"),
        ("cursor=999999999999999999999", "cursor"),
        ("cursor=1&cursor=2", "cursor"),
    ] {
        let answer = lin.get(&format!("{LIST}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert!(answer.json()["errors"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn what_is_half_a_year_old_is_forgotten() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    cancelled(&lin, "o1").await;
    let later = usual_now() + TimeDelta::days(181);
    let mut world = world;
    world.stop().await;
    let store =
        orders_store::Store::connect(&crate::world::config(world.folder.path()).database_url)
            .await
            .expect("a database");
    let kept = store
        .notifications(&"lin".into(), None, 10)
        .await
        .expect("notifications");
    let what = |item: &orders_store::Notification| item.entry().map(|entry| entry.what);
    assert_eq!(what(&kept.items[0]), Some(TimelineEvent::Cancelled));
    // The next server tidies up when it starts.
    let clock = orders_testkit::FixedClock::at(later);
    let config = crate::world::config(world.folder.path());
    let server = orders_server::Server::start(config, std::sync::Arc::new(clock))
        .await
        .expect("a server");
    let mut is_left = true;
    for _ in 0..400 {
        let page = store.notifications(&"lin".into(), None, 10).await;
        let items = page.expect("notifications").items;
        // That the refund is late by then is news.
        is_left = items
            .iter()
            .any(|item| what(item) == Some(TimelineEvent::Cancelled));
        if !is_left {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert!(!is_left);
    server.stop().await;
    store.close().await;
}
