//! The staff's queue over HTTP: listed, taken in hand, decided; and nobody decides what a colleague has in hand.

use chrono::TimeDelta;
use orders_domain::PendingCause;
use orders_testkit::usual_now;
use serde_json::{Value, json};

use crate::chatting::open;
use crate::refund_way::{ask, card, failed};
use crate::world::{Answer, Caller, PASSWORD, World, named, read, with_case, with_complaint};

const WORK: &str = "/api/v1/staff/work";
/// In minutes.
const DAY: i64 = 24 * 60;

async fn claim(caller: &Caller<'_>, id: &str, take_over: bool) -> Answer {
    let path = format!("{WORK}/{id}/claim");
    let body = json!({"take_over": take_over});
    caller.send("PUT", &path, &body).await
}

/// A request to cancel, a case, an order that waits, and a conversation.
async fn world() -> World {
    let orders = [
        named("1").shop("wanfu").build(),
        with_case("3"),
        named("4").pending(PendingCause::NoCourier).build(),
    ];
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    open(&lin, "o4").await;
    world
}

fn kinds(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("items");
    let mut kinds: Vec<_> = items
        .iter()
        .filter_map(|item| item["kind"].as_str())
        .collect();
    kinds.sort_unstable();
    kinds
}

#[tokio::test]
async fn staff_see_what_waits_in_their_shops_and_what_the_policy_says_about_it() {
    let world = world().await;
    let (wang, li) = (world.staff("wang").await, world.staff("li").await);
    let all = wang.get(WORK).await.json();
    let everything = [
        "after_sale_case",
        "cancellation_request",
        "conversation",
        "pending_confirmation",
    ];
    assert_eq!(kinds(&all), everything);
    assert_eq!(
        all["items"][0]["kind"], "cancellation_request",
        "it is due first"
    );
    let of = |kind: &str| {
        let items = all["items"].as_array().expect("items");
        items.iter().find(|item| item["kind"] == kind).expect("one")
    };
    let case = of("after_sale_case");
    assert_eq!(case["subject"], "o3-C1");
    assert_eq!(case["order"], json!({"id": "o3", "number": "N3"}));
    assert_eq!(case["shopper_name"], "LIN");
    assert_eq!(case["advice"]["in_time"], true);
    assert_eq!(case["advice"]["turn"], "merchant");
    assert_eq!(
        of("cancellation_request")["advice"],
        json!({"kind": "cancellation_request", "outcome": "by_request", "reason": null, "drafted_by": null})
    );
    let waits = &of("pending_confirmation")["advice"];
    assert_eq!(waits["cause"], "no_courier");
    assert_eq!(of("conversation")["advice"]["topic"], "refund");
    assert_eq!(of("conversation")["claim"], Value::Null);

    let seen = li.get(WORK).await.json();
    assert_eq!(kinds(&seen).len(), 3, "not the other shop's");
    let one = wang
        .get(&format!("{WORK}?kind=conversation&sort=age"))
        .await;
    assert_eq!(kinds(&one.json()), ["conversation"]);
    let counts = one.json()["counts"].clone();
    let cases = json!({"kind": "after_sale_case", "count": 1, "more": false});
    assert!(
        counts.as_array().expect("counts").contains(&cases),
        "{counts}"
    );
    let shop = wang.get(&format!("{WORK}?shop=wanfu")).await.json();
    assert_eq!(kinds(&shop), ["cancellation_request"]);
    for (query, field) in [
        ("kind=x", "kind"),
        ("claim=x", "claim"),
        ("sort=x", "sort"),
        ("limit=0", "limit"),
        ("cursor=x", "cursor"),
    ] {
        let answer = wang.get(&format!("{WORK}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        let errors = answer.json()["errors"].clone();
        assert!(errors[field].is_string(), "{query}: {errors}");
    }
}

#[tokio::test]
async fn what_a_colleague_has_in_hand_is_decided_only_after_taking_it_over() {
    let world = world().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let claimed = claim(&wang, "q-o1", false).await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    assert_eq!(claimed.json()["claim"]["by"]["name"], "WANG");
    let decide = json!({"decision": "approve"});
    let path = "/api/v1/staff/orders/o1/request/decisions";
    let refused = zhou.send("POST", path, &decide).await;
    refused.is_problem(409, "claimed_by_another");
    assert_eq!(
        refused.json()["claim"]["by"],
        json!({"id": "wang", "name": "WANG"})
    );
    assert_eq!(refused.json()["claim"]["until"], "2026-03-18T07:10:00.000Z");
    let other = claim(&zhou, "q-o1", false).await;
    other.is_problem(409, "claimed_by_another");
    let mine = wang.get(&format!("{WORK}?claim=mine")).await.json();
    assert_eq!(kinds(&mine), ["cancellation_request"]);
    let free = zhou.get(&format!("{WORK}?claim=free")).await.json();
    assert_eq!(kinds(&free).len(), 3);

    assert_eq!(claim(&zhou, "q-o1", true).await.status, 200);
    let decided = zhou.send("POST", path, &decide).await;
    assert_eq!(decided.status, 200, "{}", decided.text);
    claim(&zhou, "q-o1", false)
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn what_is_let_go_of_is_free() {
    let world = world().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let path = format!("{WORK}/p-o4/claim");
    assert_eq!(claim(&wang, "p-o4", false).await.status, 200);
    assert_eq!(zhou.delete(&path).await.status, 204, "it is not theirs");
    claim(&zhou, "p-o4", false)
        .await
        .is_problem(409, "claimed_by_another");
    assert_eq!(wang.delete(&path).await.status, 204);
    assert_eq!(claim(&zhou, "p-o4", false).await.status, 200);
}

#[tokio::test]
async fn a_conversation_that_a_colleague_has_in_hand_is_answered_only_after_taking_it_over() {
    let world = world().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let list = wang.get(&format!("{WORK}?kind=conversation")).await.json();
    let entry = list["items"][0]["id"].as_str().expect("an id");
    let id = list["items"][0]["subject"].as_str().expect("an id");
    assert_eq!(claim(&wang, entry, false).await.status, 200);
    let path = |what: &str| format!("/api/v1/staff/conversations/{id}/{what}");
    let words = json!({"client_id": "a", "text": "您好"});
    for refused in [
        read(zhou.request("POST", &path("take"))).await,
        zhou.send("POST", &path("messages"), &words).await,
    ] {
        refused.is_problem(409, "claimed_by_another");
        assert_eq!(refused.json()["claim"]["by"]["id"], "wang");
    }
    assert_eq!(claim(&zhou, entry, true).await.status, 200);
    let said = zhou.send("POST", &path("messages"), &words).await;
    assert_eq!(said.status, 201, "{}", said.text);
}

/// Fixed when it begins to wait, as both policies say: a request and a held order a day, another way two.
#[tokio::test]
async fn everything_that_waits_for_the_shop_is_due_and_what_is_due_first_comes_first() {
    let orders = [
        named("1").shop("wanfu").build(),
        with_case("2"),
        named("3").build(),
        failed("4"),
        with_complaint("5"),
        named("6").pending(PendingCause::IncompleteInfo).build(),
    ];
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    let at = |minutes: i64| usual_now() + TimeDelta::minutes(minutes);
    let wire = |minutes: i64| json!(at(minutes).format("%Y-%m-%dT%H:%M:%S.000Z").to_string());
    world.clock.set(at(10));
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    world.clock.set(at(20));
    // The shop tells it late: its shopper has waited since.
    let held = json!({
        "event_id": "h", "type": "held", "cause": "no_courier", "occurred_at": at(15),
    });
    assert_eq!(world.event_of("e3", &held).await.status, 200);
    world.clock.set(at(30));
    let wish = ask(&lin, "o4-R1", &card(PASSWORD)).await;
    assert_eq!(wish.status, 200, "{}", wish.text);
    open(&lin, "o3").await;

    let request_by = wire(10 + DAY);
    let confirm_by = wire(15 + DAY);
    let way_by = wire(30 + 2 * DAY);
    let wang = world.staff("wang").await;
    let queue = wang.get(&format!("{WORK}?sort=due")).await.json();
    let items = queue["items"].as_array().expect("items");
    let found: Vec<_> = items
        .iter()
        .map(|item| (&item["kind"], &item["due_at"]))
        .collect();
    let expected = [
        ("complaint", wire(DAY)),
        ("cancellation_request", request_by.clone()),
        ("pending_confirmation", confirm_by.clone()),
        ("after_sale_case", wire(2 * DAY)),
        ("refund_way", way_by.clone()),
        // Its shopper has to tell something first.
        ("pending_confirmation", Value::Null),
        // It is in the chat's own queue.
        ("conversation", Value::Null),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, due)| (json!(kind), due))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(kind, due)| (kind, *due)).collect();
    assert_eq!(found, expected);

    // Their shopper is told the same.
    assert_eq!(lin.order("o1").await["cancellation"]["until"], request_by);
    assert_eq!(lin.order("o3").await["confirm_by"], confirm_by);
    assert_eq!(wish.json()["way"]["until"], way_by);
    assert_eq!(lin.order("o6").await["confirm_by"], Value::Null);
    // Once the shopper has told it, the shop's time begins.
    world.clock.set(at(60));
    let address = json!({
        "recipient": "林小满", "phone": "13800000001", "region": "浙江省 云溪市", "street": "桂花路 18 号",
    });
    let corrected = lin.send("PUT", "/api/v1/orders/o6/address", &address).await;
    assert_eq!(
        corrected.json()["confirm_by"],
        wire(60 + DAY),
        "{}",
        corrected.text
    );
    // What is decided is due no more.
    assert_eq!(world.event("e3", "confirmed").await.status, 200);
    assert_eq!(lin.order("o3").await["confirm_by"], Value::Null);
}
