//! Complaints: from the form to what makes it good, by the shopper, the console, the shop's systems, and silence.

use chrono::TimeDelta;
use orders_domain::Order;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, looks, named, read, with_case};

const COMPLAINT: &str = "/api/v1/complaints/o1-K1";
const BY_STAFF: &str = "/api/v1/staff/complaints/o1-K1";

fn bought() -> Order {
    named("1").line("台灯", 2, 500).delivered().build()
}

fn about_service(wish: &str) -> Value {
    json!({"topic": "service", "wish": wish, "text": "客服答应回电，一直没有回"})
}

async fn complain(caller: &Caller<'_>, body: &Value) -> Answer {
    caller
        .send("POST", "/api/v1/orders/o1/complaints", body)
        .await
}

async fn complained(caller: &Caller<'_>) -> Value {
    let answer = complain(caller, &about_service("refund")).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

async fn propose(caller: &Caller<'_>, amount: i64) -> Answer {
    let body = json!({"kind": "refund", "amount": amount, "reason": "抱歉让您久等"});
    let path = format!("{BY_STAFF}/proposals");
    caller.send("POST", &path, &body).await
}

/// Disputes it likewise.
async fn dispute(caller: &Caller<'_>, last: bool) -> Answer {
    let body = json!({"last": last, "text": "只退一半不合理"});
    let path = format!("{COMPLAINT}/dispute");
    caller.send("POST", &path, &body).await
}

/// Accepts the proposal that was read: the last one, or the one before.
async fn accept(caller: &Caller<'_>, last: bool) -> Answer {
    let path = format!("{COMPLAINT}/acceptance");
    caller.send("POST", &path, &json!({"last": last})).await
}

/// The types in the outbox that begin so.
async fn outbox(world: &World, start: &str) -> Vec<String> {
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    let kinds = items.iter().filter_map(|item| item["type"].as_str());
    let kinds = kinds.filter(|kind| kind.starts_with(start));
    kinds.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_complaint_goes_from_the_form_to_the_money() {
    let world = World::with(&[bought()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let form = lin.get("/api/v1/orders/o1/complaint").await;
    assert_eq!(form.status, 200, "{}", form.text);
    let form = form.json();
    assert_eq!(
        form["subjects"],
        json!([{"case": null, "refund": null, "complaint": null}])
    );
    assert_eq!(form["refundable"]["amount"], 2000);
    assert_eq!(form["outside"]["phone"], "12315");
    assert_eq!(lin.order("o1").await["may_complain"], true);

    let opened = complained(&lin).await;
    assert_eq!(opened["state"], "received");
    assert_eq!(opened["wished"]["amount"], 2000);
    assert_eq!(opened["until"], form["confirm_by"]);
    assert_eq!(opened["stages"][2]["by"], form["propose_by"]);
    let twice = complain(&lin, &about_service("apology")).await;
    twice.is_problem(409, "complaint_open");

    let taken = read(wang.request("POST", &format!("{BY_STAFF}/investigation"))).await;
    assert_eq!(taken.json()["state"], "investigating", "{}", taken.text);
    let said = json!({"text": "正在核实通话记录"});
    let said = wang
        .send("POST", &format!("{BY_STAFF}/messages"), &said)
        .await;
    assert_eq!(said.status, 201, "{}", said.text);
    let proposed = propose(&wang, 600).await;
    assert_eq!(proposed.status, 201, "{}", proposed.text);

    let seen = lin.get(COMPLAINT).await;
    assert!(!seen.text.contains("wang"), "{}", seen.text);
    let seen = seen.json();
    assert_eq!(seen["state"], "proposed");
    assert_eq!(seen["proposal"]["refunds"][0]["amount"]["amount"], 600);
    assert_eq!(
        seen["actions"],
        json!(["accept", "dispute", "say", "withdraw"])
    );
    let accepted = accept(&lin, false).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text);
    let accepted = accepted.json();
    assert_eq!(accepted["state"], "accepted");
    assert_eq!(accepted["refunds"][0]["amount"]["amount"], 600);
    let order = lin.order("o1").await;
    assert_eq!(order["refunds"], accepted["refunds"]);
    assert_eq!(order["complaints"][0]["state"], "accepted");
    accept(&lin, false)
        .await
        .is_problem(409, "complaint_closed");
    let told = lin.get("/api/v1/notifications").await.json();
    let told: Vec<_> = told["items"].as_array().expect("items").iter().collect();
    let kinds: Vec<_> = told
        .iter()
        .map(|one| one["what"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        kinds,
        [
            "complaint_proposed",
            "complaint_answered",
            "complaint_taken"
        ]
    );
    assert_eq!(told[0]["amount"]["amount"], 600);
    assert_eq!(told[0]["subject"], "o1-K1");
}

#[tokio::test]
async fn a_refund_says_whether_one_may_complain_about_it_and_names_its_last_complaint() {
    let world = World::with(&[bought()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    complained(&lin).await;
    propose(&wang, 600).await;
    let accepted = accept(&lin, false).await.json();
    let refund = accepted["refunds"][0]["id"].as_str().expect("an id");
    let page = format!("/api/v1/refunds/{refund}");
    let stands = async || {
        let refund = lin.get(&page).await.json();
        (refund["complaint"].clone(), refund["may_complain"].clone())
    };
    assert_eq!(
        stands().await,
        (Value::Null, json!(true)),
        "that was about the order"
    );
    let mut about = about_service("explanation");
    about["refund"] = json!(refund);
    let opened = complain(&lin, &about).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    assert_eq!(stands().await, (json!("o1-K2"), json!(false)));
    let path = "/api/v1/complaints/o1-K2/withdrawal";
    assert_eq!(read(lin.request("POST", path)).await.status, 200);
    assert_eq!(stands().await, (json!("o1-K2"), json!(true)));
}

#[tokio::test]
async fn what_is_wrong_with_a_complaint_is_said_field_by_field() {
    let world = World::with(&[bought()]).await;
    let lin = world.lin().await;
    let with = |field: &str, value: Value| {
        let mut body = about_service("refund");
        body[field] = value;
        body
    };
    let wrong = [
        (with("text", json!("  ")), json!({"text": "required"})),
        (
            with("amount", json!(2001)),
            json!({"amount": "out_of_range"}),
        ),
        (with("amount", json!(0)), json!({"amount": "out_of_range"})),
        (with("case", json!("o1-C1")), json!({"case": "unknown"})),
        (with("refund", json!("o1-R1")), json!({"refund": "unknown"})),
        (
            with("evidence", json!(["none"])),
            json!({"evidence": "unknown"}),
        ),
    ];
    for (body, errors) in wrong {
        let answer = complain(&lin, &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], errors, "{body}");
    }
    assert_eq!(lin.order("o1").await["complaints"], json!([]));
}

#[tokio::test]
async fn the_same_key_complains_and_accepts_once() {
    let world = World::with(&[bought()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let open = || {
        lin.request("POST", "/api/v1/orders/o1/complaints")
            .header("idempotency-key", "open-1")
            .json(&about_service("refund"))
    };
    let (first, second) = (read(open()).await, read(open()).await);
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    propose(&wang, 600).await;
    let accept = || {
        lin.request("POST", &format!("{COMPLAINT}/acceptance"))
            .header("idempotency-key", "accept-1")
            .json(&json!({"last": false}))
    };
    let (first, second) = (read(accept()).await, read(accept()).await);
    assert_eq!((first.status, &first.text), (200, &second.text));
    let order = lin.order("o1").await;
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
    assert_eq!(order["complaints"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_dispute_is_decided_by_a_supervisor_who_did_not_propose() {
    let world = World::with(&[bought()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let zhou = world.staff("zhou").await;
    complained(&lin).await;
    assert_eq!(propose(&zhou, 100).await.status, 201);
    let disputed = dispute(&lin, false).await;
    assert_eq!(disputed.json()["state"], "disputed", "{}", disputed.text);
    let refused = propose(&wang, 200).await;
    refused.is_problem(403, "not_permitted");
    assert_eq!(refused.json()["reason"], "decide_dispute");
    propose(&zhou, 200)
        .await
        .is_problem(409, "second_person_needed");
    let admin = world.staff("admin").await;
    let decided = propose(&admin, 1500).await;
    assert_eq!(decided.status, 201, "{}", decided.text);
    let seen = lin.get(COMPLAINT).await.json();
    assert_eq!(seen["proposal"]["last"], true);
    let stages: Vec<_> = seen["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .map(|stage| stage["step"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        stages,
        [
            "received",
            "investigated",
            "proposed",
            "disputed",
            "decided",
            "over"
        ]
    );
    // Whoever has not seen the last word yet answers nothing.
    accept(&lin, false)
        .await
        .is_problem(409, "complaint_not_now");
    dispute(&lin, false)
        .await
        .is_problem(409, "complaint_not_now");
    let declined = dispute(&lin, true).await;
    assert_eq!(declined.json()["state"], "closed", "{}", declined.text);
    assert_eq!(declined.json()["outside"]["phone"], "12315");
    assert_eq!(lin.order("o1").await["refunds"], json!([]));
}

#[tokio::test]
async fn above_the_policy_s_amount_a_second_person_has_to_agree() {
    let world = World::with(&[named("1").line("屏风", 1, 80_000).delivered().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let zhou = world.staff("zhou").await;
    complained(&lin).await;
    let drafted = propose(&wang, 60_000).await;
    assert_eq!(drafted.status, 201, "{}", drafted.text);
    assert_eq!(drafted.json()["drafted_by"], "wang");
    let seen = lin.get(COMPLAINT).await;
    assert!(
        !seen.text.contains("60000"),
        "nobody has agreed: {}",
        seen.text
    );
    let path = format!("{BY_STAFF}/approvals");
    let yes = json!({"decision": "approve"});
    let alone = wang.send("POST", &path, &yes).await;
    alone.is_problem(409, "second_person_needed");
    let silent = zhou
        .send("POST", &path, &json!({"decision": "decline"}))
        .await;
    assert_eq!(
        silent.json()["errors"],
        json!({"note": "required"}),
        "{}",
        silent.text
    );
    let work = zhou.get("/api/v1/staff/work?kind=complaint").await.json();
    assert_eq!(work["items"][0]["subject"], "o1-K1", "{work}");
    assert_eq!(work["items"][0]["advice"]["second"], true);
    let approved = zhou.send("POST", &path, &yes).await;
    assert_eq!(approved.json()["state"], "proposed", "{}", approved.text);
    let work = zhou.get("/api/v1/staff/work?kind=complaint").await.json();
    assert_eq!(work["items"], json!([]), "it is the shopper's turn");
    propose(&wang, 1).await.is_problem(409, "complaint_not_now");
}

#[tokio::test]
async fn silence_escalates_and_then_grants_what_was_wished_for() {
    let world = World::with(&[bought()]).await;
    let lin = world.lin().await;
    complained(&lin).await;
    world
        .clock
        .advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(lin.get(COMPLAINT).await.json()["escalated_at"], Value::Null);
    world.clock.advance(TimeDelta::seconds(1));
    let late = looks(&lin, COMPLAINT, |one| !one["escalated_at"].is_null()).await;
    assert_eq!(
        (&late["turn"], &late["then"]),
        (&json!("staff"), &json!("grant"))
    );
    assert_eq!(
        outbox(&world, "complaint_").await,
        ["complaint_opened", "complaint_escalated"]
    );
    world.clock.advance(TimeDelta::days(3));
    let granted = looks(&lin, COMPLAINT, |one| one["state"] == "resolved").await;
    assert_eq!(granted["refunds"][0]["amount"]["amount"], 2000);
    world.clock.advance(TimeDelta::days(30));
    // Her session is over by then.
    let later = world.lin().await;
    assert_eq!(
        later.order("o1").await["refunds"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn where_the_policy_says_so_silence_opens_the_outside_route_and_it_stays_to_be_answered() {
    let order = named("1")
        .shop("wanfu")
        .line("台灯", 2, 500)
        .delivered()
        .build();
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    complained(&lin).await;
    world.clock.advance(TimeDelta::hours(24));
    looks(&lin, COMPLAINT, |one| !one["escalated_at"].is_null()).await;
    world.clock.advance(TimeDelta::days(3));
    let open = looks(&lin, COMPLAINT, |one| !one["outside_at"].is_null()).await;
    assert_eq!(
        (&open["until"], &open["then"]),
        (&Value::Null, &Value::Null)
    );
    // Of the staff, too, who logs in anew.
    let zhou = world.staff("zhou").await;
    let listed = zhou.get("/api/v1/staff/complaints?state=received").await;
    assert_eq!(
        listed.json()["items"][0]["complaint"],
        "o1-K1",
        "{}",
        listed.text
    );
    assert_eq!(propose(&zhou, 500).await.status, 201);
}

#[tokio::test]
async fn an_appeal_that_is_dismissed_becomes_a_complaint_with_its_history() {
    let world = World::with(&[with_case("3")]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let zhou = world.staff("zhou").await;
    let decide = "/api/v1/staff/cases/o3-C1/decisions";
    let no = json!({"decision": "reject", "note": "吊牌已剪"});
    assert_eq!(wang.send("POST", decide, &no).await.status, 200);
    let rejected = lin.get("/api/v1/cases/o3-C1").await.json();
    assert_eq!(
        (&rejected["may_complain"], &rejected["complaint"]),
        (&json!(true), &Value::Null)
    );
    let appeal = json!({"text": "请再看看"});
    lin.send("POST", "/api/v1/cases/o3-C1/appeal", &appeal)
        .await;
    let dismiss = json!({"decision": "dismiss", "note": "签收时完好"});
    let dismissed = zhou.send("POST", decide, &dismiss).await;
    assert_eq!(dismissed.status, 200, "{}", dismissed.text);
    let case = lin.get("/api/v1/cases/o3-C1").await.json();
    assert_eq!(case["complaint"], "o3-K1");
    assert_eq!(case["may_complain"], false);
    let complaint = lin.get("/api/v1/complaints/o3-K1").await.json();
    assert_eq!(complaint["case"]["id"], "o3-C1");
    assert_eq!(complaint["topic"], "refund_refused");
    assert_eq!(complaint["thread"][0]["what"], "opened_by_rule");
    let trail = zhou.get("/api/v1/staff/orders/o3/audit").await.text;
    assert!(trail.contains("complaint_opened_by_rule"), "{trail}");
}

#[tokio::test]
async fn a_shop_without_the_console_answers_by_its_systems() {
    let world = World::with(&[bought()]).await;
    let (lin, shop) = (world.lin().await, world.shop());
    complained(&lin).await;
    let base = "/api/v1/integration/complaints";
    let listed = shop.get(base).await.json();
    assert_eq!(listed["items"][0]["complaint"], "o1-K1");
    let body = json!({
        "staff": "wang",
        "proposal": {"kind": "compensation", "points": 500, "reason": "抱歉让您久等"},
    });
    let proposed = shop
        .send("POST", &format!("{base}/o1-K1/proposals"), &body)
        .await;
    assert_eq!(proposed.status, 201, "{}", proposed.text);
    let shown = shop.get(&format!("{base}/o1-K1")).await.json();
    assert_eq!(shown, proposed.json());
    assert_eq!(accept(&lin, false).await.status, 200);
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let last = outbox["items"].as_array().and_then(|items| items.last());
    let last = last.expect("something to do");
    assert_eq!(
        (&last["type"], &last["complaint"], &last["points"]),
        (
            &json!("complaint_compensated"),
            &json!("o1-K1"),
            &json!(500)
        )
    );
}

#[tokio::test]
async fn a_request_that_the_shop_lets_wait_is_complained_about_by_itself() {
    let world = World::with(&[named("1").shop("wanfu").build()]).await;
    let lin = world.lin().await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    world
        .clock
        .advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(lin.order("o1").await["complaints"], json!([]));
    world.clock.advance(TimeDelta::seconds(1));
    let complaint = looks(&lin, COMPLAINT, |one| one["id"] == "o1-K1").await;
    assert_eq!(
        (&complaint["topic"], &complaint["wish"], &complaint["state"]),
        (&json!("late"), &json!("explanation"), &json!("received"))
    );
    assert_eq!(complaint["thread"][0]["what"], "opened_by_broken_date");
    // Its shopper is told, and the shop, once; and the request still waits to be decided.
    let told = lin.get("/api/v1/notifications").await.json();
    assert!(told.to_string().contains("complaint_opened"), "{told}");
    let outbox = world.shop().get("/api/v1/integration/outbox").await.text;
    assert_eq!(outbox.matches("complaint_opened").count(), 1, "{outbox}");
    let order = lin.order("o1").await;
    assert_eq!(order["cancellation"]["kind"], "requested");
    assert_eq!(order["complaints"].as_array().map(Vec::len), Some(1));
}
