//! The mails about notifications: nobody's but one's at a time, put off, given up; and how a shopper is written to.

use std::collections::BTreeSet;

use orders_domain::{Language, Order};
use orders_store::testing::TestDatabase;
use orders_store::{Credentials, MailJob, Shopper, Store};

use crate::notifying::{arrives, id, listed};
use crate::on_both_databases;
use crate::orders::{lin, minutes, noon, order};

on_both_databases!(
    a_mail_is_nobody_elses_until_its_claim_is_over,
    many_servers_take_up_each_mail_once,
    a_mail_is_put_off_or_done_only_by_whoever_has_it,
    mails_that_nobody_sent_are_given_up,
    how_a_shopper_is_written_to_is_kept,
);

async fn claimed(store: &Store) -> Vec<MailJob> {
    let until = noon() + minutes(2);
    store.claim_mails(noon(), until, 100).await.unwrap()
}

async fn a_mail_is_nobody_elses_until_its_claim_is_over(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    arrives(&store, "1").await;
    let until = noon() + minutes(2);
    let early = noon() - minutes(1);
    assert_eq!(store.claim_mails(early, until, 9).await.unwrap(), []);
    let first = claimed(&store).await;
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].id, id("1-N1"));
    assert_eq!(first[0].shopper, lin());
    assert_eq!(claimed(&store).await, []);
    assert_eq!(store.waiting_mails().await.unwrap(), 1);
    // Whoever had it has crashed.
    let later = until + minutes(2);
    assert_eq!(store.claim_mails(until, later, 9).await.unwrap().len(), 1);
}

async fn many_servers_take_up_each_mail_once(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..60).map(|n| order(&n.to_string())).collect();
    store.insert_orders(&orders).await.unwrap();
    for order in &orders {
        arrives(&store, order.id.as_str()).await;
    }
    let mut servers = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let store = database.store().await;
        servers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let until = noon() + minutes(2);
                let jobs = store.claim_mails(noon(), until, 4).await.unwrap();
                if jobs.is_empty() {
                    return mine;
                }
                mine.extend(jobs.into_iter().map(|job| job.id.to_string()));
            }
        });
    }
    let taken: Vec<String> = servers.join_all().await.into_iter().flatten().collect();
    let different: BTreeSet<&String> = taken.iter().collect();
    assert_eq!((taken.len(), different.len()), (60, 60));
}

async fn a_mail_is_put_off_or_done_only_by_whoever_has_it(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    arrives(&store, "1").await;
    let until = noon() + minutes(2);
    let first = claimed(&store).await;
    let later = until + minutes(2);
    let second = store.claim_mails(until, later, 9).await.unwrap();
    // The first took so long that it was taken for dead.
    store.put_off_mail(&first[0], None, 9, None).await.unwrap();
    assert_eq!(store.waiting_mails().await.unwrap(), 1);
    let due = later + minutes(5);
    let trouble = Some("451 4.7.1 later");
    store
        .put_off_mail(&second[0], Some(due), 1, trouble)
        .await
        .unwrap();
    assert_eq!(store.claim_mails(later, due, 9).await.unwrap(), []);
    let third = store.claim_mails(due, due + minutes(2), 9).await.unwrap();
    assert_eq!(third[0].tries, 1);
    store.put_off_mail(&third[0], None, 1, None).await.unwrap();
    assert_eq!(store.waiting_mails().await.unwrap(), 0);
    let never = noon() + minutes(10_000);
    assert_eq!(store.claim_mails(never, never, 9).await.unwrap(), []);
    assert_eq!(
        listed(&store, &lin()).await.1,
        1,
        "it is listed all the same"
    );
}

async fn mails_that_nobody_sent_are_given_up(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    arrives(&store, "1").await;
    assert_eq!(store.give_up_mails(noon()).await.unwrap(), 0);
    let later = noon() + minutes(1);
    assert_eq!(store.give_up_mails(later).await.unwrap(), 1);
    assert_eq!(claimed(&store).await, []);
    assert_eq!(listed(&store, &lin()).await.1, 1);
}

async fn how_a_shopper_is_written_to_is_kept(database: &TestDatabase) {
    let store = database.store().await;
    assert_eq!(store.correspondent(&lin()).await.unwrap(), None);
    let credentials = Credentials {
        shopper: Shopper {
            id: lin(),
            display_name: "林".to_owned(),
        },
        password_hash: String::new(),
    };
    store
        .put_shopper(&credentials, &["13800000001"])
        .await
        .unwrap();
    let known = store.correspondent(&lin()).await.unwrap().unwrap();
    assert_eq!((known.email, known.language), (None, None));
    assert!(known.by_email, "unless they say otherwise");
    store
        .put_shopper(&credentials, &["13800000001", "Lin@example.com"])
        .await
        .unwrap();
    store.set_language(&lin(), Language::En).await.unwrap();
    store.set_notify_by_email(&lin(), false).await.unwrap();
    // Put again by the shop, they are written to as before.
    store
        .put_shopper(&credentials, &["lin@example.com"])
        .await
        .unwrap();
    let known = store.correspondent(&lin()).await.unwrap().unwrap();
    assert_eq!(known.email.as_deref(), Some("lin@example.com"));
    assert_eq!(known.language, Some(Language::En));
    assert!(!known.by_email);
}
