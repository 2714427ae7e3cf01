//! Refunds that Tepai makes: sent, followed, told of by providers, seen by their shopper, noticed when they are late.

use std::time::Duration;

use chrono::TimeDelta;
use orders_domain::Order;
use orders_testkit::{bank_card, usual_now, wechat};
use serde_json::{Value, json};

use crate::world::{Caller, World, cup, refunded};

/// A server whose refunds of B特派 the sandbox makes.
pub async fn with_sandbox(orders: &[Order]) -> World {
    World::configured(orders, |config| {
        let folder = std::env::temp_dir().join(format!("tepai-payments-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("payments.toml");
        let text = "[providers.sandbox]\nkind = \"sandbox\"\nclearing_seconds = 20\n\
                    [shops.tepai]\nwechat_pay = \"sandbox\"\nbank_card = \"sandbox\"\n";
        std::fs::write(&file, text).expect("a payments file");
        config.payments = Some(file);
    })
    .await
}

/// Looks until the refund is in that state; the server works by itself.
pub async fn becomes(caller: &Caller<'_>, refund: &str, state: &str) -> Value {
    for _ in 0..800 {
        let found = caller
            .get(&format!("/api/v1/refunds/{refund}"))
            .await
            .json();
        if found["refund"]["state"] == state {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let found = caller.get(&format!("/api/v1/refunds/{refund}")).await.text;
    panic!("never {state}: {found}");
}

pub async fn cancelled(caller: &Caller<'_>, order: &str) -> Value {
    let body = json!({"reason": "changed_mind"});
    let answer = caller.cancel(order, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["order"]["refunds"].clone()
}

#[tokio::test]
async fn a_refund_is_sent_by_itself_and_followed_until_it_has_arrived() {
    let world = with_sandbox(&[cup().build()]).await;
    let lin = world.lin().await;
    let refunds = cancelled(&lin, "o1").await;
    let id = refunds[0]["id"].as_str().expect("an id");
    assert_eq!(refunds[0]["state"], "approved");
    world.clock.advance(TimeDelta::seconds(10));
    let sent = becomes(&lin, id, "sent").await;
    assert_eq!(
        sent["refund"]["sent_at"],
        json!(
            (usual_now() + TimeDelta::seconds(10))
                .to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
        )
    );
    assert!(
        sent["refund"]["arrives_by"].as_str() < refunds[0]["arrives_by"].as_str(),
        "sent early, promised earlier"
    );
    let under_way = world.shop().get("/api/v1/integration/refunds").await.json();
    assert_eq!(under_way["items"][0]["refund"], id);
    assert_eq!(under_way["items"][0]["provider"], "sandbox");
    world.clock.advance(TimeDelta::seconds(25));
    becomes(&lin, id, "in_clearing").await;
    world.clock.advance(TimeDelta::minutes(2));
    let arrived = becomes(&lin, id, "arrived").await;
    let steps: Vec<&str> = arrived["history"]
        .as_array()
        .expect("a history")
        .iter()
        .filter_map(|step| step["what"].as_str())
        .collect();
    assert_eq!(
        steps,
        [
            "refund_arrived",
            "refund_in_clearing",
            "refund_sent",
            "refund_approved"
        ]
    );
    let under_way = world.shop().get("/api/v1/integration/refunds").await.json();
    assert_eq!(under_way["items"], json!([]));
    // The shop is not asked to make it, too.
    let outbox = world.shop().get("/api/v1/integration/outbox").await.text;
    assert!(!outbox.contains("make_refund"), "{outbox}");
    let metrics = world.get("/metrics").await.text;
    assert!(
        metrics.contains("tepai_refunds_total{outcome=\"arrived\"} 1"),
        "{metrics}"
    );
}

#[tokio::test]
async fn a_refund_is_its_shoppers_and_nobody_elses() {
    let world = with_sandbox(&[cup().build()]).await;
    let lin = world.lin().await;
    let refunds = cancelled(&lin, "o1").await;
    let path = format!(
        "/api/v1/refunds/{}",
        refunds[0]["id"].as_str().expect("an id")
    );
    assert_eq!(lin.get(&path).await.status, 200);
    world
        .zhao()
        .await
        .get(&path)
        .await
        .is_problem(404, "not_found");
    world.get(&path).await.is_problem(401, "not_logged_in");
    lin.get("/api/v1/refunds/o1-R9")
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn a_split_payment_goes_back_in_parts_and_each_shows_the_others() {
    let order = cup()
        .paid_by(wechat(300))
        .paid_by(bank_card(0).rest())
        .build();
    let world = with_sandbox(&[order]).await;
    let lin = world.lin().await;
    let refunds = cancelled(&lin, "o1").await;
    assert_eq!(refunds.as_array().map(Vec::len), Some(2));
    let id = refunds[1]["id"].as_str().expect("an id");
    world.clock.advance(TimeDelta::seconds(10));
    let card = becomes(&lin, id, "sent").await;
    assert_eq!(card["others"][0]["id"], refunds[0]["id"]);
    world.clock.advance(TimeDelta::seconds(25));
    let card = becomes(&lin, id, "in_clearing").await;
    assert_eq!(
        card["refund"]["expected_on"], card["refund"]["arrives_by"],
        "what the bank says"
    );
}

#[tokio::test]
async fn a_closed_account_fails_and_the_shop_is_told() {
    let closed = orders_domain::LocalText::plain("招商银行 尾号 0403（已注销）");
    let order = cup()
        .paid_by(bank_card(0).rest().from_account(closed))
        .build();
    let world = with_sandbox(&[order]).await;
    let lin = world.lin().await;
    let refunds = cancelled(&lin, "o1").await;
    let id = refunds[0]["id"].as_str().expect("an id");
    world.clock.advance(TimeDelta::seconds(10));
    becomes(&lin, id, "sent").await;
    world.clock.advance(TimeDelta::minutes(3));
    let failed = becomes(&lin, id, "failed").await;
    assert_eq!(failed["refund"]["failure"], "account_closed");
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    assert!(
        items
            .iter()
            .any(|item| item["type"] == "refund_failed" && item["refund"] == id),
        "{outbox}"
    );
}

#[tokio::test]
async fn where_there_is_no_provider_the_shop_makes_the_refund_as_before() {
    let order = cup().paid_by(orders_testkit::alipay(0).rest()).build();
    let world = with_sandbox(&[order]).await;
    let lin = world.lin().await;
    let refunds = cancelled(&lin, "o1").await;
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    assert!(
        items
            .iter()
            .any(|item| item["type"] == "make_refund" && item["refund"] == refunds[0]["id"])
    );
    let under_way = world.shop().get("/api/v1/integration/refunds").await.json();
    assert_eq!(under_way["items"], json!([]));
}

#[tokio::test]
async fn a_late_refund_is_noticed_before_its_shopper_asks() {
    let (mut late, mut in_time) = (refunded("1"), refunded("2"));
    let today = in_time.refunds[0].created_at.date_naive();
    late.refunds[0].promise.starts_by = today - TimeDelta::days(2);
    in_time.refunds[0].promise.starts_by = today;
    let world = World::with(&[late, in_time]).await;
    let lin = world.lin().await;
    for _ in 0..800 {
        let order = lin.order("o1").await;
        if order["timeline"][0]["what"] == "refund_late" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let order = lin.order("o1").await;
    assert_eq!(order["timeline"][0]["what"], "refund_late");
    assert_eq!(order["refunds"][0]["late"], "not_sent");
    assert_eq!(lin.order("o2").await["refunds"][0]["late"], Value::Null);
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let kinds: Vec<&str> = outbox["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["type"].as_str())
        .collect();
    assert_eq!(kinds, ["refund_late"]);
}

#[tokio::test]
async fn a_refund_that_stays_away_long_after_its_day_is_complained_about_by_itself() {
    let (mut long, mut late) = (refunded("1"), refunded("2"));
    let today = late.refunds[0].created_at.date_naive();
    // Tepai's policy says 14 days.
    long.refunds[0].promise.arrives_by = today - TimeDelta::days(16);
    late.refunds[0].promise.arrives_by = today - TimeDelta::days(12);
    let world = World::with(&[long, late]).await;
    let lin = world.lin().await;
    for _ in 0..800 {
        if lin.order("o1").await["complaints"] != json!([]) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let complaint = lin.get("/api/v1/complaints/o1-K1").await.json();
    assert_eq!(complaint["refund"]["id"], "o1-R1", "{complaint}");
    assert_eq!(
        (&complaint["topic"], &complaint["wish"], &complaint["state"]),
        (&json!("late"), &json!("explanation"), &json!("received"))
    );
    assert_eq!(complaint["thread"][0]["what"], "opened_by_delay");
    assert_eq!(complaint["outside"]["phone"], "12315");
    // Its shopper is told, and the shop; once.
    let told = lin.get("/api/v1/notifications").await.json();
    assert!(told.to_string().contains("complaint_opened"), "{told}");
    let outbox = world.shop().get("/api/v1/integration/outbox").await.text;
    assert_eq!(outbox.matches("complaint_opened").count(), 1, "{outbox}");
    assert_eq!(lin.order("o1").await["complaints"][0]["id"], "o1-K1");
    assert_eq!(lin.order("o2").await["complaints"], json!([]));
}

#[tokio::test]
async fn a_notification_counts_only_with_the_providers_signature() {
    let world = with_sandbox(&[cup().build()]).await;
    let path = "/api/v1/providers/sandbox/notifications";
    let tell = |path: &str, body: &str| {
        let request = world.request("POST", path).body(body.to_owned());
        crate::world::read(request)
    };
    tell(path, "{}").await.is_problem(401, "invalid_signature");
    tell("/api/v1/providers/other/notifications", "{}")
        .await
        .is_problem(404, "not_found");
    let large = "x".repeat(70_000);
    tell(path, &large).await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn books_are_compared_on_demand_where_there_are_any() {
    let world = with_sandbox(&[cup().build()]).await;
    let shop = world.shop();
    let path = "/api/v1/integration/reconciliations";
    let ask = |provider: &str, day: &str| {
        let body = json!({"provider": provider, "day": day});
        let shop = world.shop();
        async move { shop.send("POST", path, &body).await }
    };
    ask("other", "2026-02-01")
        .await
        .is_problem(422, "invalid_fields");
    ask("sandbox", "2999-01-01")
        .await
        .is_problem(422, "invalid_fields");
    // The sandbox keeps no books.
    ask("sandbox", "2026-02-01")
        .await
        .is_problem(409, "ledger_not_ready");
    assert_eq!(shop.get(path).await.json()["items"], json!([]));
    world.get(path).await.is_problem(401, "invalid_key");
}

#[tokio::test]
async fn a_payments_file_with_a_mistake_keeps_the_server_from_starting() {
    for (text, reason) in [
        ("[providers.a]\nkind = \"paypal\"\n", "paypal"),
        (
            "[shops.tepai]\nwechat_pay = \"wx\"\n",
            "there is no provider \"wx\"",
        ),
        (
            "[providers.sandbox]\nkind = \"sandbox\"\nclearing_seconds = 1\n[shops.tepai]\npoints = \"sandbox\"\n",
            "no channel of money",
        ),
        (
            "[providers.sandbox]\nkind = \"sandbox\"\nclearing_seconds = 1\n[shops.nobody]\nalipay = \"sandbox\"\n",
            "there is no such shop",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("payments.toml");
        std::fs::write(&file, text).expect("a file");
        let mut config = crate::world::config(folder.path());
        config.payments = Some(file);
        let clock = std::sync::Arc::new(orders_testkit::FixedClock::at(usual_now()));
        let error = orders_server::Server::start(config, clock)
            .await
            .expect_err("refused");
        assert!(error.to_string().contains(reason), "{error}");
    }
}
