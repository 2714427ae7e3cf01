//! One-time codes of a host app.

use orders_domain::ShopperId;
use orders_store::testing::TestDatabase;
use orders_store::{Credentials, HandOff, Shopper, Store, StoreError};

use crate::on_both_databases;
use crate::orders::{minutes, noon};

on_both_databases!(
    a_code_is_taken_once,
    a_code_whose_time_is_over_says_so_and_is_gone,
    of_two_who_take_a_code_at_once_one_gets_it,
    codes_whose_time_is_over_are_swept_away,
    a_code_is_for_somebody_who_is_there,
);

async fn with_a_code(database: &TestDatabase) -> Store {
    let store = database.store().await;
    let lin = Credentials {
        shopper: lin(),
        password_hash: String::new(),
    };
    store.put_shopper(&lin, &[]).await.unwrap();
    store
        .put_hand_off("hash", &"lin".into(), "binding", noon() + minutes(1))
        .await
        .unwrap();
    store
}

fn lin() -> Shopper {
    Shopper {
        id: ShopperId::from("lin"),
        display_name: "林小姐".to_owned(),
    }
}

async fn a_code_is_taken_once(database: &TestDatabase) {
    let store = with_a_code(database).await;
    assert_eq!(store.take_hand_off("other", noon()).await.unwrap(), None);
    assert_eq!(store.take_hand_off("\0", noon()).await.unwrap(), None);
    let taken = HandOff {
        shopper: lin(),
        binding: "binding".to_owned(),
        expired: false,
    };
    assert_eq!(
        store.take_hand_off("hash", noon()).await.unwrap(),
        Some(taken)
    );
    assert_eq!(store.take_hand_off("hash", noon()).await.unwrap(), None);
}

async fn a_code_whose_time_is_over_says_so_and_is_gone(database: &TestDatabase) {
    let store = with_a_code(database).await;
    let over = noon() + minutes(1);
    let taken = store.take_hand_off("hash", over).await.unwrap().unwrap();
    assert!(taken.expired);
    assert_eq!(store.take_hand_off("hash", over).await.unwrap(), None);
}

async fn of_two_who_take_a_code_at_once_one_gets_it(database: &TestDatabase) {
    let store = with_a_code(database).await;
    let (one, two) = tokio::join!(
        store.take_hand_off("hash", noon()),
        store.take_hand_off("hash", noon())
    );
    let taken = [one.unwrap(), two.unwrap()];
    assert_eq!(taken.iter().flatten().count(), 1, "{taken:?}");
}

async fn codes_whose_time_is_over_are_swept_away(database: &TestDatabase) {
    let store = with_a_code(database).await;
    assert_eq!(store.prune_hand_offs(noon()).await.unwrap(), 0);
    let over = noon() + minutes(1);
    assert_eq!(store.prune_hand_offs(over).await.unwrap(), 1);
    assert_eq!(store.take_hand_off("hash", noon()).await.unwrap(), None);
}

async fn a_code_is_for_somebody_who_is_there(database: &TestDatabase) {
    let store = with_a_code(database).await;
    let nobody = ShopperId::from("nobody");
    let put = store.put_hand_off("another", &nobody, "binding", noon());
    assert!(matches!(put.await, Err(StoreError::Unavailable(_))));
}
