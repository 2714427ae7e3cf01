//! Money goes back exactly once, whatever fails: providers that misbehave, and a server that is killed at any point.

use std::time::Duration;

use chrono::{SubsecRound, Utc};
use orders_domain::Instant;
use orders_store::testing::TestDatabase;
use orders_testkit::providers::{Faults, refundable_orders};

use crate::town::Town;

/// One in ten of each.
const FAULTS: Faults = Faults {
    seed: 1,
    errors: 100,
    errors_after: 100,
    hangs_after: 100,
    lost_callbacks: 100,
    doubled_callbacks: 100,
    late_callbacks: 100,
    abnormal: 100,
    closed: 100,
    hang: Duration::from_millis(700),
    late: Duration::from_millis(1500),
    settles: Duration::from_millis(300),
};

#[allow(
    clippy::disallowed_methods,
    reason = "the server is a process of its own, with the system's clock"
)]
pub fn now() -> Instant {
    Utc::now().trunc_subsecs(3)
}

/// xorshift: the same "random" points each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refund_ends_and_books_agree_although_one_in_ten_of_everything_goes_wrong() {
    let mut town = Town::new(TestDatabase::sqlite(), FAULTS).await;
    let orders = refundable_orders(240, now());
    town.opens_with(&orders).await;
    town.start();
    for order in &orders {
        assert!(town.cancel(order.external_id.as_str()).await);
    }
    town.settled(Duration::from_secs(120)).await;
    let ended = town.compare(&orders).await;
    assert_eq!(
        ended.arrived + ended.failed,
        300,
        "a quarter was paid by two ways"
    );
    assert!(ended.failed > 10, "some accounts are closed: {ended:?}");
    // The provider's own ledger of today says the same. (Alipay has none before tomorrow.)
    let today = (now() + chrono::TimeDelta::hours(8)).date_naive();
    let done = town.reconcile("wx", today).await;
    assert_eq!(done["differences"], serde_json::json!([]), "{done}");
    assert_eq!(done["ours"], done["theirs"], "{done}");
    assert!(done["ours"]["count"].as_i64() > Some(80), "{done}");
}

async fn killed_at_random_points(database: TestDatabase, seed: u64) {
    const KILLS: usize = 200;
    let mut town = Town::new(database, Faults { seed, ..FAULTS }).await;
    let orders = refundable_orders(300, now());
    town.opens_with(&orders).await;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ seed);
    let mut cancelled = 0;
    for _ in 0..KILLS {
        town.start();
        // Some cancels are cut off in the middle; the shop sends them again.
        let life = Duration::from_millis(dice.below(220));
        let until = tokio::time::Instant::now() + life;
        let tell = async {
            while cancelled < orders.len()
                && town.cancel(orders[cancelled].external_id.as_str()).await
            {
                cancelled += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            std::future::pending::<()>().await;
        };
        let _cut_off = tokio::time::timeout_at(until, tell).await;
        town.kill();
    }
    town.start();
    for order in &orders {
        assert!(town.cancel(order.external_id.as_str()).await);
    }
    town.settled(Duration::from_secs(180)).await;
    let ended = town.compare(&orders).await;
    assert_eq!(ended.arrived + ended.failed, 375);
    let (asked, moved) = town.wechat.book(|book| {
        let asked: u32 = book.attempts.values().sum();
        (asked, u32::try_from(book.refunds.len()).expect("few"))
    });
    assert!(
        asked > moved,
        "kills and faults made it ask again: {asked} for {moved}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_at_any_point_refunds_each_fen_once_on_sqlite() {
    killed_at_random_points(TestDatabase::sqlite(), 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_at_any_point_refunds_each_fen_once_on_postgresql() {
    killed_at_random_points(TestDatabase::postgres().await, 3).await;
}
