//! One key, one effect, one answer.

use orders_store::Changed;
use orders_store::testing::TestDatabase;

use crate::on_both_databases;
use crate::orders::{answer, cancel, lin, minutes, no_change, noon, once, order, owned};

on_both_databases!(
    the_same_key_again_gets_the_same_answer,
    a_key_with_another_request_is_refused,
    a_key_that_is_not_remembered_is_free_again,
    answers_are_forgotten_by_age,
    a_key_without_an_answer_is_taken_by_one_request,
);

async fn the_same_key_again_gets_the_same_answer(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await
        .unwrap();
    let again = store
        .change(&owned("1"), Some(&once("k")), noon(), |_| {
            panic!("decided twice")
        })
        .await
        .unwrap();
    assert_eq!(
        again,
        Changed::Replayed(answer(201, "cancelled at version 2"))
    );
    // Another shopper's key of the same name is another key.
    let mut other = once("k");
    other.scope = "cancel:zhao".to_owned();
    let changed = store
        .change(&owned("1"), Some(&other), noon(), cancel)
        .await;
    assert!(matches!(changed, Ok(Changed::Done { .. })));
}

async fn a_key_with_another_request_is_refused(database: &TestDatabase) {
    let store = database.store().await;
    store
        .insert_orders(&[order("1"), order("2")])
        .await
        .unwrap();
    store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await
        .unwrap();
    let mut other = once("k");
    other.fingerprint = "another body".to_owned();
    let changed = store
        .change(&owned("2"), Some(&other), noon(), cancel)
        .await
        .unwrap();
    assert_eq!(changed, Changed::KeyReused);
    let untouched = store.order_of(&lin(), &"2".into()).await.unwrap();
    assert_eq!(untouched, Some(order("2")));
}

async fn a_key_that_is_not_remembered_is_free_again(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let refuse = |_| no_change(422, "wrong");
    store
        .change(&owned("1"), Some(&once("k")), noon(), refuse)
        .await
        .unwrap();
    let changed = store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await;
    assert!(matches!(
        changed,
        Ok(Changed::Done {
            notice: Some(_),
            ..
        })
    ));
}

async fn answers_are_forgotten_by_age(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await
        .unwrap();
    assert_eq!(store.prune_idempotency(noon()).await.unwrap(), 0);
    let later = noon() + minutes(1);
    assert_eq!(store.prune_idempotency(later).await.unwrap(), 1);
    let changed = store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await;
    assert!(matches!(changed, Ok(Changed::Done { notice: None, .. })));
}

async fn a_key_without_an_answer_is_taken_by_one_request(database: &TestDatabase) {
    let store = database.store().await;
    let mut other = once("k");
    other.fingerprint = "another body".to_owned();
    assert_eq!(store.key_taken(&once("k")).await.unwrap(), None);
    assert!(store.take_key(&once("k")).await.unwrap());
    // The same request again; another one.
    assert!(store.take_key(&once("k")).await.unwrap());
    assert!(!store.take_key(&other).await.unwrap());
    assert_eq!(store.key_taken(&other).await.unwrap(), Some(false));
}
