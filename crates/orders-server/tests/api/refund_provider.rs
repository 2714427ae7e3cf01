//! A server and a payment provider: what the provider tells by itself, and what it has although nobody heard of it.

use std::time::Duration;

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::alipay;
use orders_testkit::providers::{AlipaySimulator, Faults, WechatPaySimulator};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::world::{World, cup, looks, named};

/// A server whose refunds by WeChat Pay a simulated provider makes.
async fn with_wechat(orders: &[Order], wechat: &WechatPaySimulator) -> (World, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("payments.toml");
    let account = wechat.account_toml(folder.path());
    let text = format!(
        "[providers.wx]\n{account}\n[providers.sandbox]\nkind = \"sandbox\"\nclearing_seconds = 1\n\
         [shops.tepai]\nwechat_pay = \"wx\"\n"
    );
    std::fs::write(&file, text).expect("a payments file");
    let world = World::configured(orders, |config| config.payments = Some(file)).await;
    (world, folder)
}

#[tokio::test]
async fn what_the_provider_tells_makes_the_program_ask_before_it_would_have() {
    let wechat = WechatPaySimulator::start(Faults {
        settles: Duration::from_millis(300),
        ..Faults::default()
    })
    .await;
    let (world, _folder) = with_wechat(&[cup().build()], &wechat).await;
    let lin = world.lin().await;
    let cancelled = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(cancelled.status, 201, "{}", cancelled.text);
    // The clock stands still: by itself the program would never ask again.
    let arrived = |refund: &Value| refund["refund"]["state"] == "arrived";
    looks(&lin, "/api/v1/refunds/o1-R1", arrived).await;
}

#[tokio::test]
async fn a_refund_that_got_through_unheard_is_not_given_up_when_its_payment_grows_too_old() {
    let wechat = WechatPaySimulator::start(Faults {
        errors_after: 1000,
        lost_callbacks: 1000,
        ..Faults::default()
    })
    .await;
    let mut order = cup().build();
    order.body.payments[0].paid_at = orders_testkit::usual_now() - TimeDelta::hours(24 * 365 - 1);
    let (world, _folder) = with_wechat(&[order], &wechat).await;
    let lin = world.lin().await;
    let cancelled = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(cancelled.status, 201, "{}", cancelled.text);
    let tried = |under_way: &Value| under_way["items"][0]["tries"].as_u64() >= Some(1);
    looks(&world.shop(), "/api/v1/integration/refunds", tried).await;
    assert_eq!(wechat.book(|book| book.refunds.len()), 1, "the money moved");
    wechat.set_faults(Faults::default());
    world.clock.advance(TimeDelta::hours(2));
    let moved = |refund: &Value| refund["refund"]["state"] != "approved";
    let found = looks(&lin, "/api/v1/refunds/o1-R1", moved).await;
    assert_ne!(found["refund"]["state"], "failed", "{found}");
}

#[tokio::test]
async fn a_payment_that_was_too_old_from_the_start_fails_and_says_so() {
    let wechat = WechatPaySimulator::start(Faults::default()).await;
    let mut order = cup().build();
    order.body.payments[0].paid_at = orders_testkit::usual_now() - TimeDelta::days(366);
    let (world, _folder) = with_wechat(&[order], &wechat).await;
    let lin = world.lin().await;
    let cancelled = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(cancelled.status, 201, "{}", cancelled.text);
    let failed = |refund: &Value| refund["refund"]["state"] == "failed";
    let found = looks(&lin, "/api/v1/refunds/o1-R1", failed).await;
    assert_eq!(found["refund"]["failure"], "too_old");
    assert_eq!(found["may_change_way"], true);
    assert!(wechat.book(|book| book.refunds.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_does_not_answer_does_not_keep_another_from_being_asked() {
    let hangs = WechatPaySimulator::start(Faults {
        hangs_after: 1000,
        hang: Duration::from_secs(20),
        ..Faults::default()
    })
    .await;
    let answers = AlipaySimulator::start(Faults::default()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("payments.toml");
    let text = format!(
        "[providers.wx]\n{}\n[providers.ali]\n{}\n[shops.tepai]\nwechat_pay = \"wx\"\nalipay = \"ali\"\n",
        hangs.account_toml(folder.path()),
        answers.account_toml(folder.path()),
    );
    std::fs::write(&file, text).expect("a payments file");
    let mut orders: Vec<Order> = (1..=20).map(|n| named(&n.to_string()).build()).collect();
    orders.push(named("99").paid_by(alipay(0).rest()).build());
    let world = World::configured(&orders, |config| config.payments = Some(file)).await;
    let lin = world.lin().await;
    for order in &orders {
        let body = json!({"reason": "changed_mind"});
        let cancelled = lin.cancel(order.id.as_str(), &body).await;
        assert_eq!(cancelled.status, 201, "{}", cancelled.text);
    }
    // The ten seconds that an adapter waits for an answer are not over by then.
    let moved = |refund: &Value| refund["refund"]["state"] != "approved";
    let soon = looks(&lin, "/api/v1/refunds/o99-R1", moved);
    let found = tokio::time::timeout(Duration::from_secs(7), soon).await;
    assert!(found.is_ok(), "it waits for the other provider");
}
