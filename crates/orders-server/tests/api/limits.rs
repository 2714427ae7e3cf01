//! Cancelling too often: counted, warned, limited, over; told to the shopper, shown to staff, lifted by them.

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::{line, order};
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, named, read};

/// So many late cancels are ordinary at tepai; with so many more the warning, and the limit, come.
const FREE: usize = 20;
const LIMIT: usize = FREE + 3;

async fn world(orders: usize) -> World {
    let orders: Vec<Order> = (1..=orders)
        .map(|n| named(&n.to_string()).build())
        .collect();
    World::with(&orders).await
}

async fn cancel(caller: &Caller<'_>, n: usize) -> Answer {
    caller
        .cancel(&format!("o{n}"), &json!({"reason": "changed_mind"}))
        .await
}

async fn cancel_all(caller: &Caller<'_>, orders: std::ops::RangeInclusive<usize>) {
    for n in orders {
        let answer = cancel(caller, n).await;
        assert_eq!(answer.status, 201, "{n}: {}", answer.text);
    }
}

async fn preview(caller: &Caller<'_>, n: usize) -> Value {
    let path = format!("/api/v1/orders/o{n}/cancellation/preview");
    let answer = caller.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn told(caller: &Caller<'_>) -> Vec<Value> {
    let list = caller.get("/api/v1/notifications").await.json();
    let items = list["items"].as_array().expect("items").iter();
    let of_ladder = |what: &Value| what.as_str() != Some("cancelled");
    items
        .map(|item| item["what"].clone())
        .filter(of_ladder)
        .collect()
}

async fn standing(staff: &Caller<'_>, n: usize) -> Value {
    let path = format!("/api/v1/staff/orders/o{n}");
    staff.get(&path).await.json()["standing"].clone()
}

async fn lift(staff: &Caller<'_>, n: usize, body: &Value) -> Answer {
    let path = format!("/api/v1/staff/orders/o{n}/limit/lifting");
    staff.send("POST", &path, body).await
}

#[tokio::test]
async fn who_cancels_too_often_is_warned_then_limited_and_it_passes_by_itself() {
    let world = world(FREE + 8).await;
    let lin = world.lin().await;
    cancel_all(&lin, 1..=FREE).await;
    assert_eq!(told(&lin).await, [] as [Value; 0], "that is ordinary");

    // Said before it is done, and told when it is.
    let said = preview(&lin, FREE + 1).await;
    assert_eq!(said["outcome"], "cancelled");
    assert_eq!(
        said["counting"],
        json!({
            "counted": 1, "leads_to": "warning", "limit_at": 3, "limit_days": 30, "free": 20, "forget_days": 30,
            "never_for": ["too_slow", "description_mismatch"],
        })
    );
    cancel_all(&lin, FREE + 1..=FREE + 2).await;
    assert_eq!(told(&lin).await, ["cancel_warned"]);
    assert_eq!(
        preview(&lin, FREE + 3).await["counting"]["leads_to"],
        "limit"
    );
    cancel_all(&lin, FREE + 3..=FREE + 3).await;
    assert_eq!(told(&lin).await, ["cancel_limited", "cancel_warned"]);

    // From now on staff decide, and the page says why and until when.
    let order = lin.order("o24").await;
    assert_eq!(order["cancellation"]["kind"], "by_request");
    assert_eq!(order["actions"][0], "request_cancellation");
    let limit = json!({"until": "2026-04-17T07:00:00.000Z", "free": 20, "forget_days": 30});
    assert_eq!(order["limit"], limit);
    let said = preview(&lin, FREE + 4).await;
    assert_eq!(
        (&said["outcome"], &said["limit"]),
        (&json!("requested"), &limit)
    );
    assert!(said.get("counting").is_none(), "a request never counts");
    let list = lin.get("/api/v1/orders").await.json();
    let mut listed = list["items"].as_array().expect("items").iter();
    let o24 = listed.rfind(|item| item["id"] == "o24");
    let o24 = o24.expect("o24");
    assert_eq!(o24["actions"][0], "request_cancellation");
    assert!(o24.get("limit").is_none(), "the list carries no more");
    assert_eq!(cancel(&lin, FREE + 4).await.status, 202);

    world.clock.advance(TimeDelta::days(30));
    let lin = world.lin().await;
    let order = lin.order("o25").await;
    assert_eq!(order["cancellation"]["kind"], "self_service");
    assert!(order.get("limit").is_none());
    cancel_all(&lin, FREE + 5..=FREE + 8).await;
    assert_eq!(
        told(&lin).await,
        ["cancel_limited", "cancel_warned"],
        "all that led to it is settled"
    );
}

#[tokio::test]
async fn it_is_told_in_the_shoppers_language_with_the_day() {
    let world = world(LIMIT).await;
    let lin = world.lin().await;
    cancel_all(&lin, 1..=LIMIT).await;
    let path = "/api/v1/notifications";
    let list = read(lin.request("GET", path).header("accept-language", "en")).await;
    let list = list.json();
    assert_eq!(list["items"][0]["detail"], "Until 17 Apr 2026");
    // How many there were, how many of them are ordinary, and with which number what follows.
    let mut items = list["items"].as_array().expect("items").iter();
    let warned = items.find(|item| item["what"] == "cancel_warned");
    let warned = warned.expect("the warning");
    assert_eq!(
        warned["detail"],
        "21 late cancellations within 30 days (20 are ordinary). With number 23, staff decide yours here for 30 days."
    );
    let order = lin.order(warned["order"].as_str().expect("an id")).await;
    assert_eq!(
        order["timeline"][0]["detail"],
        "30 天内较晚的取消已有 21 次（20 次以内不计）。到第 23 次，之后 30 天里您在这家店的取消由客服决定。"
    );
    let order = lin.order("o23").await;
    assert_eq!(order["timeline"][0]["what"], "cancel_limited");
    assert_eq!(order["timeline"][0]["detail"], "到2026年4月17日为止");
}

#[tokio::test]
async fn another_shop_and_another_shopper_are_not_concerned() {
    let mut orders: Vec<Order> = (1..=LIMIT).map(|n| named(&n.to_string()).build()).collect();
    let one_tap = order()
        .id("o90")
        .external_id("e90")
        .number("N90")
        .shopper("lin");
    let goods = line("会员月卡", 1, 1000).digital().one_tap();
    orders.push(one_tap.shop("wanfu").with(goods).build());
    orders.push(named("91").shopper("zhao").build());
    let world = World::with(&orders).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    cancel_all(&lin, 1..=LIMIT).await;
    for (caller, order) in [(&lin, "o90"), (&zhao, "o91")] {
        let order = caller.order(order).await;
        assert_eq!(order["cancellation"]["kind"], "self_service", "{order}");
        assert!(order.get("limit").is_none());
    }
    let chen = world.staff("zhou").await;
    assert_eq!(standing(&chen, 91).await["late"], 0);
    assert_eq!(standing(&chen, 90).await["late"], 0);
}

#[tokio::test]
async fn two_cancels_at_once_count_twice_and_the_last_step_is_taken_once() {
    let world = world(LIMIT + 2).await;
    let lin = world.lin().await;
    cancel_all(&lin, 1..=LIMIT - 2).await;
    let (a, b) = tokio::join!(cancel(&lin, LIMIT - 1), cancel(&lin, LIMIT));
    assert_eq!((a.status, b.status), (201, 201), "{} {}", a.text, b.text);
    assert_eq!(told(&lin).await, ["cancel_limited", "cancel_warned"]);
    let zhou = world.staff("zhou").await;
    let now = standing(&zhou, LIMIT).await;
    assert_eq!((&now["late"], &now["counted"]), (&json!(23), &json!(3)));
    // Of two that come when one is left, one is done and staff decide the other.
    lift(&zhou, 1, &json!({"note": "A misunderstanding."})).await;
    let other = world.lin().await;
    let (a, b) = tokio::join!(cancel(&lin, LIMIT + 1), cancel(&other, LIMIT + 1));
    let mut both = [a.status, b.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409], "the same order is cancelled once");
    assert_eq!(standing(&zhou, LIMIT).await["late"], 1);
}

#[tokio::test]
async fn of_two_at_once_of_which_one_is_left_staff_decide_the_other() {
    let world = world(LIMIT + 1).await;
    let lin = world.lin().await;
    cancel_all(&lin, 1..=LIMIT - 1).await;
    let (a, b) = tokio::join!(cancel(&lin, LIMIT), cancel(&lin, LIMIT + 1));
    let mut both = [a.status, b.status];
    both.sort_unstable();
    assert_eq!(both, [201, 202], "{} {}", a.text, b.text);
}

#[tokio::test]
async fn the_same_cancel_sent_twice_counts_once() {
    let world = world(1).await;
    let lin = world.lin().await;
    let send = async || {
        let request = lin.request("POST", "/api/v1/orders/o1/cancellation");
        let request = request.header("idempotency-key", "k1");
        read(request.json(&json!({"reason": "changed_mind"}))).await
    };
    let (a, b) = tokio::join!(send(), send());
    assert_eq!((a.status, &a.text), (201, &b.text));
    let wang = world.staff("wang").await;
    assert_eq!(standing(&wang, 1).await["late"], 1);
}

#[tokio::test]
async fn staff_see_the_standing_and_a_supervisor_lifts_the_limit_with_a_reason() {
    let world = world(LIMIT + 1).await;
    let lin = world.lin().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    cancel_all(&lin, 1..=LIMIT).await;
    assert_eq!(
        standing(&wang, 24).await,
        json!({
            "late": 23, "counted": 3, "warned": true, "limited_until": "2026-04-17T07:00:00.000Z", "free": 20,
            "forget_days": 30, "limit_at": 3,
        })
    );
    let why = json!({"note": "It was our stock."});
    let refused = lift(&wang, 24, &why).await;
    refused.is_problem(403, "not_permitted");
    assert_eq!(refused.json()["reason"], "lift_limit");
    let too_long = "x".repeat(501);
    // Of control characters alone nothing would be left for the shopper to read.
    for wrong in [" ", "\u{1}\u{7f}", &too_long].map(|note| json!({ "note": note })) {
        let refused = lift(&zhou, 24, &wrong).await;
        refused.is_problem(422, "invalid_fields");
        assert!(refused.json()["errors"]["note"].is_string());
    }
    let path = "/api/v1/staff/orders/o24/limit/lifting";
    let send = async || {
        let request = zhou.request("POST", path);
        read(request.header("idempotency-key", "k1").json(&why)).await
    };
    let lifted = send().await;
    assert_eq!(lifted.status, 200, "{}", lifted.text);
    let order = lifted.json();
    assert_eq!(order["standing"]["late"], 0);
    assert_eq!(order["standing"]["limited_until"], Value::Null);
    assert_eq!(order["order"]["cancellation"]["kind"], "self_service");
    assert_eq!(order["actions"], json!(["cancel_for_seller"]));
    assert_eq!(order["decisions"][0]["what"], json!(["limit_lifted"]));
    assert_eq!(order["decisions"][0]["staff"], "zhou");
    assert_eq!(send().await.text, lifted.text, "repeated byte for byte");
    let again = lift(&zhou, 24, &why).await;
    again.is_problem(409, "no_limit");
    assert_eq!(again.json()["order"]["id"], "o24");

    // The shopper hears why, never by whom; the trail says by whom.
    let list = lin.get("/api/v1/notifications").await.json();
    assert_eq!(list["items"][0]["what"], "limit_lifted");
    assert_eq!(list["items"][0]["detail"], "It was our stock.");
    assert!(!list.to_string().contains("zhou"));
    let trail = zhou.get("/api/v1/staff/orders/o24/audit").await.json();
    assert_eq!(trail["items"][0]["what"], json!(["limit_lifted"]));
    assert_eq!(trail["whole"], true);
    cancel_all(&lin, 24..=24).await;
}
