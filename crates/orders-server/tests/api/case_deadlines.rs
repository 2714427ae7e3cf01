//! Deadlines of after-sale cases act by themselves, in the shopper's favour where the shop was silent.

use chrono::TimeDelta;
use orders_domain::{CaseKind, CaseWish, Evidence, EvidenceKind, Order};
use orders_testkit::{Rules, ask, tell, usual_now};
use serde_json::{Value, json};

use crate::world::{World, looks, named, with_case};

const CASE: &str = "/api/v1/cases/o3-C1";

fn state(wanted: &'static str) -> impl Fn(&Value) -> bool {
    move |case| case["state"] == wanted
}

/// The last thing that was done in a case, and by whom.
fn last(case: &Value) -> (Value, Value) {
    let thread = case["thread"].as_array().expect("a thread");
    let entry = thread.last().expect("an entry");
    (entry["what"].clone(), entry["by"].clone())
}

/// Lin's order `o3` at wanfu, with a fault that was asked about.
fn at_wanfu() -> Order {
    let rules = Rules::built_in().expect("rules");
    let photo = Evidence {
        id: "photo-1".into(),
        kind: EvidenceKind::Photo,
        width: 1200,
        height: 900,
    };
    let wish = CaseWish {
        evidence: vec![photo],
        ..ask(CaseKind::RefundOnly, "quality", &[("L1", 1)])
    };
    tell(&rules, named("3").shop("wanfu").delivered().build())
        .case_opened(usual_now(), &wish)
        .end()
}

#[tokio::test]
async fn a_merchant_who_does_not_answer_in_time_has_granted_it() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    world
        .clock
        .advance(TimeDelta::hours(48) - TimeDelta::seconds(1));
    assert_eq!(lin.get(CASE).await.json()["state"], "open");
    world.clock.advance(TimeDelta::seconds(1));
    let case = looks(&lin, CASE, state("refunded")).await;
    assert_eq!(last(&case), (json!("approved_by_silence"), json!("system")));
    assert_eq!(case["refunds"][0]["amount"]["amount"], 1000);
    // No more than once.
    world.clock.advance(TimeDelta::days(20));
    let now = lin.order("o3").await;
    assert_eq!(now["refunds"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn where_the_policy_says_so_it_goes_to_staff_first_and_their_silence_grants_it() {
    let world = World::with(&[at_wanfu()]).await;
    let lin = world.lin().await;
    assert_eq!(lin.get(CASE).await.json()["then"], "staff");
    world.clock.advance(TimeDelta::hours(48));
    let case = looks(&lin, CASE, state("appealed")).await;
    assert_eq!(
        last(&case),
        (json!("escalated_by_silence"), json!("system"))
    );
    assert_eq!(
        (&case["turn"], &case["then"]),
        (&json!("staff"), &json!("refund"))
    );
    let outbox = world.shop().get("/api/v1/integration/outbox").await.text;
    assert!(outbox.contains("case_appealed"), "{outbox}");
    world.clock.advance(TimeDelta::hours(72));
    let case = looks(&lin, CASE, state("refunded")).await;
    assert_eq!(last(&case), (json!("approved_by_silence"), json!("system")));
}

#[tokio::test]
async fn goods_that_came_back_and_were_not_looked_at_count_as_received() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let approve =
        json!({"decision": "approve", "staff": "wang", "return_to": "上海市 漕溪路 1 号"});
    let path = "/api/v1/integration/cases/o3-C1/decisions";
    let granted = world.shop().send("POST", path, &approve).await;
    assert_eq!(granted.status, 200, "{}", granted.text);
    let parcel = json!({"courier": "顺丰", "tracking_number": "SF1"});
    let sent = lin.send("PUT", &format!("{CASE}/parcel"), &parcel).await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    world.clock.advance(TimeDelta::hours(48));
    let case = looks(&lin, CASE, state("refunded")).await;
    assert_eq!(last(&case), (json!("received_by_silence"), json!("system")));
}

#[tokio::test]
async fn a_return_that_is_not_sent_in_time_is_closed_and_may_be_asked_for_again() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let approve =
        json!({"decision": "approve", "staff": "wang", "return_to": "上海市 漕溪路 1 号"});
    let path = "/api/v1/integration/cases/o3-C1/decisions";
    assert_eq!(world.shop().send("POST", path, &approve).await.status, 200);
    world.clock.advance(TimeDelta::days(7));
    let case = looks(&lin, CASE, state("closed")).await;
    assert_eq!(last(&case), (json!("closed"), json!("system")));
    assert_eq!(case["refunds"], json!([]));
    let options = lin.get("/api/v1/orders/o3/after-sale").await.json();
    assert_eq!(options["lines"][0]["quantity"], 1);
}

#[tokio::test]
async fn what_came_due_while_the_server_was_down_has_happened_when_it_is_up_again() {
    // Two cases of one order, and more orders than one.
    let rules = Rules::built_in().expect("rules");
    let two = ask(CaseKind::ReturnAndRefund, "no_longer_wanted", &[("L1", 1)]);
    let lamp = ask(CaseKind::ReturnAndRefund, "no_longer_wanted", &[("L2", 1)]);
    let order = named("4").line("台灯", 1, 500).delivered().build();
    let order = tell(&rules, order)
        .case_opened(usual_now(), &two)
        .case_opened(usual_now() + TimeDelta::hours(1), &lamp)
        .end();
    let later = usual_now() + TimeDelta::hours(50);
    let world = World::started(later, &[with_case("3"), order], |_| {}).await;
    let lin = world.lin().await;
    for case in ["o3-C1", "o4-C1", "o4-C2"] {
        let path = format!("/api/v1/cases/{case}");
        looks(&lin, &path, state("refunded")).await;
    }
    let refunds = lin.order("o4").await["refunds"].clone();
    assert_eq!(refunds.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_shop_with_open_cases_does_not_start_without_rules_for_them() {
    let mut world = World::with(&[with_case("3")]).await;
    let policies = world.folder.path().join("policies");
    let built_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    std::fs::create_dir_all(policies.join("calendar")).expect("a folder");
    for file in ["calendar/cn-2025.toml", "calendar/cn-2026.toml"] {
        std::fs::copy(built_in.join(file), policies.join(file)).expect("a copy");
    }
    let whole = std::fs::read_to_string(built_in.join("tepai.toml")).expect("the policy");
    let (before, _) = whole.split_once("[after_sale]").expect("its rules");
    std::fs::write(policies.join("tepai.toml"), before).expect("a file");
    let mut config = world.config.clone();
    config.policy_dir = Some(policies);
    world.stop().await;
    let clock = std::sync::Arc::new(world.clock.clone());
    let refused = orders_server::Server::start(config.clone(), clock.clone()).await;
    let refused = refused.expect_err("it does not start").to_string();
    assert!(
        refused.contains("after_sale") && refused.contains("days = 0"),
        "{refused}"
    );
    // Once the case is over, it does.
    world.restart().await;
    let lin = world.lin().await;
    let withdrawn = lin
        .send("POST", "/api/v1/cases/o3-C1/withdrawal", &json!(null))
        .await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    world.stop().await;
    let server = orders_server::Server::start(config, clock).await;
    server.expect("it starts").stop().await;
}
