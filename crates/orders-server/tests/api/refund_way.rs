//! Another way for a refund, from the shopper's wish to the money.

use std::time::Duration;

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::providers::{Faults, WechatPaySimulator};
use serde_json::{Value, json};

use crate::world::{Answer, Caller, PASSWORD, World, cup, named, refunded};

const CARD: &str = "6222021234567890128";

pub fn card(password: &str) -> Value {
    json!({
        "channel": "bank_card", "account": "6222 0212 3456 7890 128", "holder": "林小满", "bank": "工商银行",
        "password": password,
    })
}

/// Lin's cancelled order of a cup, whose refund failed.
pub fn failed(n: &str) -> Order {
    let mut order = refunded(n);
    order.refunds[0].state = orders_domain::RefundState::Failed;
    order.refunds[0].course.failure = Some(orders_domain::RefundFailure::AccountClosed);
    order
}

async fn ask(caller: &Caller<'_>, refund: &str, body: &Value) -> Answer {
    caller
        .send("PUT", &format!("/api/v1/refunds/{refund}/way"), body)
        .await
}

async fn decide(world: &World, refund: &str, decision: &str, staff: &str) -> Answer {
    let path = format!("/api/v1/integration/refunds/{refund}/decisions");
    let body = json!({"decision": decision, "staff": staff, "note": "姓名不符"});
    world.shop().send("POST", &path, &body).await
}

#[tokio::test]
async fn a_refund_that_failed_goes_where_its_shopper_wants_once_staff_agree() {
    let world = World::with(&[failed("1")]).await;
    let lin = world.lin().await;
    let before = lin.get("/api/v1/refunds/o1-R1").await.json();
    assert_eq!(before["may_change_way"], true);
    let asked = ask(&lin, "o1-R1", &card(PASSWORD)).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    assert!(!asked.text.contains(CARD), "only masked: {}", asked.text);
    let asked = asked.json();
    assert_eq!(asked["way"]["state"], "open");
    assert_eq!(asked["way"]["account"], "工商银行 尾号 0128");
    assert_eq!(asked["may_change_way"], false);
    ask(&lin, "o1-R1", &card(PASSWORD))
        .await
        .is_problem(409, "refund_not_changeable");

    // Staff see the whole number, because somebody has to pay there.
    let shown = world
        .shop()
        .get("/api/v1/integration/refunds/o1-R1")
        .await
        .json();
    assert_eq!(shown["way"]["account"], CARD);
    assert_eq!(shown["way"]["holder"], "林小满");
    let decided = decide(&world, "o1-R1", "approve", "wang").await;
    assert_eq!(decided.status, 200, "{}", decided.text);
    let now = lin.get("/api/v1/refunds/o1-R1").await.json();
    assert_eq!(now["refund"]["state"], "approved");
    assert_eq!(now["refund"]["channel"], "bank_card");
    assert_eq!(now["refund"]["account"], "工商银行 尾号 0128");
    assert_eq!(now["way"]["state"], "approved");
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    let pay_out = items
        .iter()
        .find(|item| item["type"] == "pay_out")
        .expect("paid out");
    assert_eq!(pay_out["refund"], "o1-R1");
    assert_eq!(pay_out["amount"]["amount"], 1000);
    assert_eq!(pay_out["way"]["account"], CARD);
    let event = json!({
        "event_id": "paid-out", "type": "refund_progressed", "occurred_at": orders_testkit::usual_now(),
        "refund": "o1-R1", "state": "arrived",
    });
    assert_eq!(world.event_of("e1", &event).await.status, 200);
    let arrived = lin.get("/api/v1/refunds/o1-R1").await.json();
    assert_eq!(arrived["refund"]["state"], "arrived");
}

#[tokio::test]
async fn above_the_policys_amount_two_people_have_to_agree() {
    let mut order = failed("1");
    order.refunds[0].amount.amount = 50_001;
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    assert_eq!(ask(&lin, "o1-R1", &card(PASSWORD)).await.status, 200);
    let first = decide(&world, "o1-R1", "approve", "wang").await.json();
    assert_eq!(first["way"]["state"], "open");
    assert_eq!(first["way"]["approvals_needed"], 2);
    decide(&world, "o1-R1", "approve", "wang")
        .await
        .is_problem(409, "second_person_needed");
    let second = decide(&world, "o1-R1", "approve", "li").await.json();
    assert_eq!(second["way"]["state"], "approved");
    assert_eq!(second["way"]["approvals"], json!(["wang", "li"]));
    decide(&world, "o1-R1", "approve", "li")
        .await
        .is_problem(409, "no_open_way");
}

#[tokio::test]
async fn what_is_declined_says_why_and_what_is_withdrawn_is_gone() {
    let world = World::with(&[failed("1")]).await;
    let lin = world.lin().await;
    let path = "/api/v1/refunds/o1-R1/way";
    lin.delete(path).await.is_problem(409, "no_open_way");
    assert_eq!(ask(&lin, "o1-R1", &card(PASSWORD)).await.status, 200);
    assert_eq!(decide(&world, "o1-R1", "decline", "wang").await.status, 200);
    let declined = lin.get("/api/v1/refunds/o1-R1").await.json();
    assert_eq!(declined["way"]["state"], "declined");
    assert_eq!(declined["way"]["note"], "姓名不符");
    assert_eq!(declined["may_change_way"], true);
    assert_eq!(ask(&lin, "o1-R1", &card(PASSWORD)).await.status, 200);
    assert_eq!(lin.delete(path).await.json()["way"]["state"], "withdrawn");
    decide(&world, "o1-R1", "approve", "wang")
        .await
        .is_problem(409, "no_open_way");
    let bare = json!({"decision": "decline", "staff": "wang"});
    let decisions = "/api/v1/integration/refunds/o1-R1/decisions";
    let answer = world.shop().send("POST", decisions, &bare).await;
    assert_eq!(answer.json()["errors"], json!({"note": "required"}));
}

#[tokio::test]
async fn only_its_shopper_with_the_password_leads_a_refund_another_way() {
    let world = World::with(&[failed("1")]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    ask(&zhao, "o1-R1", &card(PASSWORD))
        .await
        .is_problem(404, "not_found");
    for _ in 0..5 {
        let wrong = ask(&lin, "o1-R1", &card("wrong")).await;
        wrong.is_problem(422, "invalid_fields");
        assert_eq!(wrong.json()["errors"], json!({"password": "wrong"}));
    }
    let limited = ask(&lin, "o1-R1", &card(PASSWORD)).await;
    limited.is_problem(429, "too_many_attempts");
    assert!(limited.header("retry-after").parse::<u64>().is_ok());
    // Guessing here keeps nobody from logging in.
    assert_eq!(world.log_in("lin@example.com", PASSWORD).await.status, 200);
    world.clock.advance(TimeDelta::minutes(16));
    assert_eq!(ask(&lin, "o1-R1", &card(PASSWORD)).await.status, 200);
}

#[tokio::test]
async fn mistakes_in_the_account_are_named_and_no_password_is_looked_at() {
    let world = World::with(&[failed("1")]).await;
    let lin = world.lin().await;
    let mut body = card("wrong");
    body["account"] = json!("6222021234567890129");
    body["holder"] = json!(" ");
    body["bank"] = Value::Null;
    let answer = ask(&lin, "o1-R1", &body).await;
    answer.is_problem(422, "invalid_fields");
    assert_eq!(
        answer.json()["errors"],
        json!({"account": "invalid", "holder": "required", "bank": "required"})
    );
    body["channel"] = json!("points");
    let answer = ask(&lin, "o1-R1", &body).await;
    assert_eq!(answer.json()["errors"]["channel"], "invalid");
}

#[tokio::test]
async fn the_same_wish_twice_has_one_effect_and_one_answer() {
    let world = World::with(&[failed("1")]).await;
    let lin = world.lin().await;
    let send = |body: Value| {
        let request = lin.request("PUT", "/api/v1/refunds/o1-R1/way");
        crate::world::read(request.header("idempotency-key", "k1").json(&body))
    };
    let first = send(card(PASSWORD)).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(send(card(PASSWORD)).await.text, first.text);
    let mut other = card(PASSWORD);
    other["holder"] = json!("林大满");
    send(other).await.is_problem(422, "idempotency_key_reused");
    let order = lin.order("o1").await;
    let asked = order["timeline"].as_array().expect("a timeline").iter();
    let asked = asked.filter(|entry| entry["what"] == "refund_way_asked");
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn what_the_provider_may_have_is_not_paid_another_way_before_it_said_no() {
    let wechat = WechatPaySimulator::start(Faults {
        errors: 1000,
        ..Faults::default()
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("payments.toml");
    let account = wechat.account_toml(folder.path());
    let text = format!("[providers.wx]\n{account}\n[shops.tepai]\nwechat_pay = \"wx\"\n");
    std::fs::write(&file, text).expect("a payments file");
    let orders = [cup().build(), named("2").build()];
    let world = World::configured(&orders, |config| config.payments = Some(file)).await;
    let lin = world.lin().await;
    let cancelled = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(cancelled.status, 201);
    let tried = |under_way: &Value| under_way["items"][0]["tries"].as_u64() >= Some(1);
    looks(&world, "/api/v1/integration/refunds", tried).await;
    assert_eq!(ask(&lin, "o1-R1", &card(PASSWORD)).await.status, 200);
    decide(&world, "o1-R1", "approve", "wang")
        .await
        .is_problem(409, "refund_not_held");
    // The provider is back, and does not have it.
    wechat.set_faults(Faults::default());
    world.clock.advance(TimeDelta::seconds(61));
    let held = |refund: &Value| refund["way"]["held"] == true;
    looks(&world, "/api/v1/integration/refunds/o1-R1", held).await;
    assert_eq!(decide(&world, "o1-R1", "approve", "wang").await.status, 200);
    world.clock.advance(TimeDelta::hours(2));
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert!(
        wechat.book(|book| book.refunds.is_empty()),
        "the money goes one way only"
    );
}

/// Looks until it is so; the server works by itself.
async fn looks(world: &World, path: &str, is_so: impl Fn(&Value) -> bool) {
    let mut found = Value::Null;
    for _ in 0..800 {
        found = world.shop().get(path).await.json();
        if is_so(&found) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never: {found}");
}
