//! Shoppers, sessions and failed log-ins.

use orders_domain::{Instant, ShopperId};
use orders_store::testing::TestDatabase;
use orders_store::{Credentials, Failures, Owner, Shopper, SignedIn, Store, StoreError};

use crate::on_both_databases;
use crate::orders::{minutes, noon};

on_both_databases!(
    a_shopper_is_found_by_every_login_in_any_case,
    a_shopper_put_again_has_new_logins_and_password,
    a_login_belongs_to_one_shopper,
    a_session_lives_until_it_expires,
    a_session_in_use_lives_on,
    a_session_ends_when_told_to,
    sessions_that_are_over_are_swept_away,
    failures_are_counted_within_a_window,
);

fn credentials(id: &str) -> Credentials {
    Credentials {
        shopper: Shopper {
            id: ShopperId::from(id),
            display_name: "林小姐".to_owned(),
        },
        password_hash: "$argon2id$1".to_owned(),
    }
}

async fn logged_in(database: &TestDatabase, expires: Instant) -> Store {
    let store = database.store().await;
    store.put_shopper(&credentials("lin"), &[]).await.unwrap();
    store
        .create_session("hash", &ShopperId::from("lin"), noon(), expires)
        .await
        .unwrap();
    store
}

async fn a_shopper_is_found_by_every_login_in_any_case(database: &TestDatabase) {
    let store = database.store().await;
    let lin = credentials("lin");
    store
        .put_shopper(&lin, &["Lin@Example.com", "13800000001"])
        .await
        .unwrap();
    for login in ["lin@example.com", " LIN@EXAMPLE.COM ", "13800000001"] {
        let found = store.shopper_by_login(login).await.unwrap();
        assert_eq!(found.as_ref(), Some(&lin), "{login}");
    }
    for login in ["", "lin", "%", "lin@example.com' --", "\0"] {
        assert_eq!(
            store.shopper_by_login(login).await.unwrap(),
            None,
            "{login}"
        );
    }
    assert!(!store.is_empty().await.unwrap());
    assert!(!format!("{lin:?}").contains("argon2id"));
}

async fn a_shopper_put_again_has_new_logins_and_password(database: &TestDatabase) {
    let store = database.store().await;
    let mut lin = credentials("lin");
    store.put_shopper(&lin, &["old"]).await.unwrap();
    lin.password_hash = "$argon2id$2".to_owned();
    store.put_shopper(&lin, &["new"]).await.unwrap();
    assert_eq!(store.shopper_by_login("old").await.unwrap(), None);
    assert_eq!(store.shopper_by_login("new").await.unwrap(), Some(lin));
}

async fn a_login_belongs_to_one_shopper(database: &TestDatabase) {
    let store = database.store().await;
    store
        .put_shopper(&credentials("lin"), &["a"])
        .await
        .unwrap();
    let taken = store.put_shopper(&credentials("zhao"), &["a"]).await;
    assert!(matches!(taken, Err(StoreError::Conflict)));
    let found = store.shopper_by_login("a").await.unwrap().unwrap();
    assert_eq!(found.shopper.id, "lin".into());
}

async fn a_session_lives_until_it_expires(database: &TestDatabase) {
    let store = logged_in(database, noon() + minutes(30)).await;
    let signed_in = SignedIn {
        shopper: credentials("lin").shopper,
        owner: Owner::Account("lin".into()),
    };
    assert_eq!(
        store.session("hash", noon()).await.unwrap(),
        Some(signed_in)
    );
    assert_eq!(store.session("other", noon()).await.unwrap(), None);
    assert_eq!(store.session("\0", noon()).await.unwrap(), None);
    let over = noon() + minutes(30);
    assert_eq!(store.session("hash", over).await.unwrap(), None);
}

async fn a_session_in_use_lives_on(database: &TestDatabase) {
    let store = logged_in(database, noon() + minutes(30)).await;
    // Used within the first minute: not written down, so that the end stays where it was.
    let shortly = noon() + chrono::Duration::seconds(59);
    assert!(store.session("hash", shortly).await.unwrap().is_some());
    let end = noon() + minutes(30);
    assert!(store.session("hash", end).await.unwrap().is_none());
    // Used later: lives thirty minutes more from there.
    let later = noon() + minutes(20);
    assert!(store.session("hash", later).await.unwrap().is_some());
    let still = noon() + minutes(49);
    assert!(store.session("hash", still).await.unwrap().is_some());
    let over = noon() + minutes(79);
    assert!(store.session("hash", over).await.unwrap().is_none());
}

async fn a_session_ends_when_told_to(database: &TestDatabase) {
    let store = logged_in(database, noon() + minutes(30)).await;
    for _ in 0..2 {
        store.end_session("hash").await.unwrap();
        assert_eq!(store.session("hash", noon()).await.unwrap(), None);
    }
}

async fn sessions_that_are_over_are_swept_away(database: &TestDatabase) {
    let store = logged_in(database, noon() + minutes(30)).await;
    let before = noon() + minutes(29);
    assert_eq!(store.prune_sessions(before).await.unwrap(), 0);
    let over = noon() + minutes(30);
    assert_eq!(store.prune_sessions(over).await.unwrap(), 1);
}

async fn failures_are_counted_within_a_window(database: &TestDatabase) {
    let store = database.store().await;
    for at in [-20, -5, -5, 0] {
        let at = noon() + minutes(at);
        store.record_login_failure("account:1", at).await.unwrap();
    }
    store
        .record_login_failure("address:::1", noon())
        .await
        .unwrap();
    let window = noon() - minutes(15);
    let failures = store.login_failures("account:1", window).await.unwrap();
    assert_eq!(
        failures,
        Failures {
            count: 3,
            oldest: Some(noon() - minutes(5)),
            newest: Some(noon())
        }
    );
    assert_eq!(store.prune_login_failures(window).await.unwrap(), 1);
    store.clear_login_failures("account:1").await.unwrap();
    let none = store.login_failures("account:1", window).await.unwrap();
    assert_eq!(none, Failures::default());
    let other = store.login_failures("address:::1", window).await.unwrap();
    assert_eq!(other.count, 1);
}
