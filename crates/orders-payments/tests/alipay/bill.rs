//! The bill of a day against the simulator's book.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use orders_domain::ExternalId;
use orders_payments::{LedgerEntry, ProviderError};
use orders_testkit::providers::Faults;
use orders_testkit::{beijing_day, usual_now};

use crate::stage::{Merchant, request};

#[tokio::test]
async fn the_bill_of_a_day_is_what_the_book_says() {
    let faults = Faults {
        abnormal: 300,
        ..Faults::default()
    };
    let merchant = Merchant::new("bill", faults).await;
    let day = beijing_day(usual_now());
    for index in 0..20 {
        let mut request = request(&format!("order-{index}-r1"), None);
        request.amount.amount += index;
        merchant.refund(&request).await.unwrap();
    }
    let mut tomorrows = request("order-20-r1", None);
    tomorrows.order = ExternalId::from("S2");
    let tomorrow = usual_now() + TimeDelta::days(1);
    merchant
        .provider()
        .refund(&tomorrows, tomorrow)
        .await
        .unwrap();

    let bill = |day, now| merchant.provider().ledger(day, now);
    assert!(matches!(
        bill(day, usual_now()).await,
        Err(ProviderError::Later(_))
    ));
    let before = day - TimeDelta::days(1);
    assert!(matches!(
        bill(before, usual_now()).await,
        Err(ProviderError::Later(_))
    ));
    assert_eq!(bill(before, tomorrow).await, Ok(Some(Vec::new())));

    let entries = bill(day, tomorrow).await.unwrap().unwrap();
    assert!(entries.iter().all(|entry| entry.moved));
    let entry = |entry: LedgerEntry| (entry.refund.0, entry.amount.amount);
    let billed: BTreeMap<String, i64> = entries.into_iter().map(entry).collect();
    let mut moved = merchant.moved();
    moved.remove("order-20-r1");
    assert!(billed.len() > 5 && billed.len() < 20, "{}", billed.len());
    assert_eq!(billed, moved);
    merchant.behaved();
}
