//! Whoever listens hears of each change once, after it is in the database.

use std::time::Duration;

use orders_store::testing::TestDatabase;
use orders_store::{ChangeNotice, Notice};
use tokio::sync::broadcast::error::TryRecvError;

use crate::on_both_databases;
use crate::orders::{cancel, lin, noon, order, owned, touch};

on_both_databases!(a_change_is_announced_once_and_no_change_is_not);

fn notice(order: &str, version: i64) -> Notice {
    Notice::Changed(ChangeNotice {
        shopper: lin(),
        order: order.into(),
        version,
    })
}

async fn a_change_is_announced_once_and_no_change_is_not(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let mut notices = store.notices();
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    store
        .change(&owned("1"), None, noon(), touch)
        .await
        .unwrap();
    assert_eq!(notices.recv().await.unwrap(), notice("1", 2));
    assert_eq!(notices.recv().await.unwrap(), notice("1", 3));
    assert_eq!(notices.try_recv(), Err(TryRecvError::Empty));
}

#[tokio::test]
async fn another_process_hears_of_a_change_and_nobody_hears_themselves() {
    let database = TestDatabase::postgres().await;
    let (here, there) = (database.store().await, database.store().await);
    here.insert_orders(&[order("1"), order("2")]).await.unwrap();
    let (mut near, mut far) = (here.notices(), there.notices());
    here.change(&owned("1"), None, noon(), touch).await.unwrap();
    assert_eq!(far.recv().await.unwrap(), notice("1", 2));
    there
        .change(&owned("2"), None, noon(), touch)
        .await
        .unwrap();
    // Between the two, `here` would have heard its own echo.
    assert_eq!(near.recv().await.unwrap(), notice("1", 2));
    assert_eq!(near.recv().await.unwrap(), notice("2", 2));
    assert_eq!(far.recv().await.unwrap(), notice("2", 2));
}

#[tokio::test]
async fn a_process_that_did_not_hear_for_a_while_says_so_and_hears_again() {
    let database = TestDatabase::postgres().await;
    let (here, there) = (database.store().await, database.store().await);
    here.insert_orders(&[order("1")]).await.unwrap();
    let mut far = there.notices();
    database
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE query LIKE 'LISTEN%' AND datname = current_database()",
        )
        .await;
    let missed = tokio::time::timeout(Duration::from_secs(10), far.recv());
    assert_eq!(missed.await.unwrap().unwrap(), Notice::Missed);
    here.change(&owned("1"), None, noon(), touch).await.unwrap();
    assert_eq!(far.recv().await.unwrap(), notice("1", 2));
}
