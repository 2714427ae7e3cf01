//! The day's bill.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{Days, TimeDelta};
use orders_domain::{Currency, Day};
use orders_payments::{LedgerEntry, ProviderError};
use orders_testkit::providers::Faults;

use crate::stage::{Stage, noon, request};

fn today() -> Day {
    noon().date_naive()
}

#[tokio::test]
async fn the_bill_is_the_book() {
    let scene = Stage::new(Faults {
        seed: 3,
        abnormal: 200,
        closed: 200,
        ..Faults::default()
    })
    .await;
    scene.simulator.set_parts_apart(Duration::ZERO);
    for number in 0..20 {
        let mut request = request(&format!("ord_{number}-R1"), &format!("tp-{number:06}"));
        request.amount.amount = 7 + number * 13;
        request.payment.amount = 1_000_000;
        // They fail by their fate, which is a report too.
        scene.refund(&request).await.expect("a report");
    }
    let tomorrow = noon() + TimeDelta::days(1);
    let entries = scene.provider().ledger(today(), tomorrow).await;
    let entries = entries.expect("a bill").expect("a ledger");
    let all: BTreeMap<String, i64> = scene.simulator.book(|book| {
        let refunds = book.refunds.iter();
        refunds
            .map(|(number, entry)| (number.clone(), entry.amount))
            .collect()
    });
    assert_eq!(entries.len(), 20);
    assert_eq!(amounts(&entries, |_| true), all);
    let moved = scene.simulator.book(|book| book.moved());
    assert!(!moved.is_empty() && moved.len() < 20, "some fail");
    assert_eq!(amounts(&entries, |entry| entry.moved), moved);
    assert!(
        entries
            .iter()
            .all(|entry| entry.amount.currency == Currency::CNY)
    );
    assert_eq!(scene.violations(), Vec::<String>::new());
}

fn amounts(entries: &[LedgerEntry], which: impl Fn(&LedgerEntry) -> bool) -> BTreeMap<String, i64> {
    entries
        .iter()
        .filter(|entry| which(entry))
        .map(|entry| (entry.refund.0.clone(), entry.amount.amount))
        .collect()
}

#[tokio::test]
async fn what_is_under_way_has_left_the_account() {
    let scene = Stage::new(Faults {
        settles: Duration::from_secs(60),
        ..Faults::default()
    })
    .await;
    scene
        .refund(&request("ord_1-R1", "tp-100001"))
        .await
        .expect("a report");
    let entries = scene.provider().ledger(today(), noon()).await;
    let entries = entries.expect("a bill").expect("a ledger");
    assert!(entries[0].moved);
}

#[tokio::test]
async fn a_day_is_one_in_beijing() {
    let scene = Stage::new(Faults::default()).await;
    let (early, late) = (request("ord_1-R1", "tp-1"), request("ord_2-R1", "tp-2"));
    let midnight = noon() + TimeDelta::hours(12);
    let before = midnight - TimeDelta::minutes(1);
    let provider = scene.provider();
    provider.refund(&early, before).await.expect("a report");
    provider.refund(&late, midnight).await.expect("a report");
    let tomorrow = today().checked_add_days(Days::new(1)).expect("a day");
    let afterwards = midnight + TimeDelta::days(1);
    for (day, request) in [(today(), &early), (tomorrow, &late)] {
        let entries = provider.ledger(day, afterwards).await;
        let entries = entries.expect("a bill").expect("a ledger");
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].refund, request.refund);
    }
}

#[tokio::test]
async fn a_day_without_refunds_is_empty_when_it_is_over() {
    let scene = Stage::new(Faults::default()).await;
    let provider = scene.provider();
    let early = provider.ledger(today(), noon()).await;
    assert!(matches!(early, Err(ProviderError::Later(_))), "{early:?}");
    let tomorrow = noon() + TimeDelta::days(1);
    let ledger = provider.ledger(today(), tomorrow).await;
    assert_eq!(ledger, Ok(Some(Vec::new())));
    let day = today().checked_add_days(Days::new(1)).expect("a day");
    let not_yet = provider.ledger(day, noon()).await;
    assert!(
        matches!(not_yet, Err(ProviderError::Later(_))),
        "{not_yet:?}"
    );
}
