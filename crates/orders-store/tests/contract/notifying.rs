//! What shoppers are told: written with the change, numbered, listed newest first, read up to a point, forgotten.

use std::collections::BTreeSet;

use orders_domain::{
    Actor, Instant, Order, OrderState, RefundId, ShopperId, TimelineEntry, TimelineEvent,
};
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Changed, NotificationId, OldNews, Once, Selector, Store, Verdict};

use crate::on_both_databases;
use crate::orders::{answer, cancel, lin, minutes, moved, noon, order, owned, start_packing};

on_both_databases!(
    what_is_told_is_written_with_the_change_and_the_rest_is_not,
    a_change_that_comes_to_nothing_tells_nothing,
    pages_go_from_the_newest_to_the_oldest_without_gaps_or_repeats,
    a_page_has_its_orders_with_their_refunds_as_they_are_now,
    up_to_here_is_read_and_stays_read,
    reading_twice_under_one_key_is_answered_once,
    somebody_elses_notifications_are_not_there,
    many_changes_at_once_are_numbered_without_gaps,
    what_is_old_is_forgotten_with_its_place_in_the_count,
    what_the_shop_tells_late_is_new_when_it_is_told,
    old_news_are_listed_and_no_mail_is_sent_about_them,
);

fn as_arrived(order: Option<Order>) -> Verdict {
    let order = order.unwrap();
    let state = order.state;
    Verdict {
        change: Some(moved(
            order,
            state,
            TimelineEvent::RefundArrived,
            Actor::Provider,
        )),
        answer: answer(200, ""),
        remember: false,
    }
}

pub async fn arrives(store: &Store, id: &str) {
    arrives_at(store, id, noon()).await;
}

/// The shop tells `now` that a refund arrived at noon.
pub async fn arrives_at(store: &Store, id: &str, now: Instant) {
    let selector = Selector::ById(id.into());
    store
        .change(&selector, None, now, as_arrived)
        .await
        .unwrap();
}

/// The ids on the first page, and how many were not read.
pub async fn listed(store: &Store, shopper: &ShopperId) -> (Vec<String>, i64) {
    let page = store.notifications(shopper, None, 100).await.unwrap();
    let counted = store.unread_notifications(shopper).await.unwrap();
    assert_eq!(page.unread, counted);
    let unread = page.items.iter().filter(|item| !item.read).count();
    assert_eq!(i64::try_from(unread).unwrap(), counted);
    let ids = page.items.iter().map(|item| item.id().to_string());
    (ids.collect(), counted)
}

pub fn id(text: &str) -> NotificationId {
    NotificationId::parse(text).unwrap()
}

fn count(unread: i64) -> Answer {
    answer(200, &unread.to_string())
}

async fn read(store: &Store, up_to: &str) -> Option<Changed> {
    store
        .read_notifications(&lin(), &id(up_to), None, count)
        .await
        .unwrap()
}

fn done(unread: i64) -> Option<Changed> {
    Some(Changed::Done {
        answer: count(unread),
        notice: None,
    })
}

async fn what_is_told_is_written_with_the_change_and_the_rest_is_not(database: &TestDatabase) {
    let store = database.store().await;
    // What happened before anybody was told stays untold.
    let mut old = order("1");
    old.timeline.push(TimelineEntry {
        at: noon(),
        what: TimelineEvent::PartlyCancelled,
        by: Actor::Shopper,
        detail: None,
    });
    store.insert_orders(&[old, order("2")]).await.unwrap();
    assert_eq!(listed(&store, &lin()).await, (vec![], 0));
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    store
        .change(&owned("2"), None, noon(), start_packing)
        .await
        .unwrap();
    assert_eq!(
        listed(&store, &lin()).await,
        (vec!["1-N2".to_owned()], 1),
        "the cancel, and not that the warehouse began"
    );
    let page = store.notifications(&lin(), None, 20).await.unwrap();
    let entry = page.items[0].entry().unwrap();
    assert_eq!(entry.what, TimelineEvent::Cancelled);
    assert_eq!(entry.by, Actor::Shopper);
    assert_eq!(entry.detail.as_deref(), Some("changed_mind"));
    // An order that is new may have something to tell from the start.
    let mut waiting = order("3");
    waiting.state = OrderState::PendingConfirmation;
    waiting.timeline.push(TimelineEntry {
        at: noon(),
        what: TimelineEvent::Held,
        by: Actor::Seller,
        detail: Some("incomplete_info".to_owned()),
    });
    let created = |_| {
        let change = orders_domain::Change {
            order: waiting.clone(),
            effects: orders_domain::Effects::default(),
        };
        Verdict {
            change: Some(change),
            answer: answer(201, ""),
            remember: false,
        }
    };
    let selector = Selector::External("shop-3".into());
    store
        .change(&selector, None, noon(), created)
        .await
        .unwrap();
    assert_eq!(
        listed(&store, &lin()).await.0,
        ["3-N1", "1-N2"].map(str::to_owned)
    );
}

async fn a_change_that_comes_to_nothing_tells_nothing(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    // The rule forgets to count on, so that the store refuses.
    let broken = |order| {
        let mut verdict = cancel(order);
        verdict.change.as_mut().unwrap().order.version -= 1;
        verdict
    };
    assert!(
        store
            .change(&owned("1"), None, noon(), broken)
            .await
            .is_err()
    );
    assert_eq!(listed(&store, &lin()).await, (vec![], 0));
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    assert_eq!(listed(&store, &lin()).await, (vec!["1-N1".to_owned()], 1));
}

async fn pages_go_from_the_newest_to_the_oldest_without_gaps_or_repeats(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    for _ in 0..7 {
        arrives(&store, "1").await;
    }
    let mut cursor = None;
    let mut seen = Vec::new();
    for expected in [3, 3, 1] {
        let page = store
            .notifications(&lin(), cursor.as_deref(), 3)
            .await
            .unwrap();
        assert_eq!(page.items.len(), expected);
        seen.extend(page.items.iter().map(|item| item.id().to_string()));
        // Something new does not move what is older.
        arrives(&store, "1").await;
        cursor = page.next_cursor;
    }
    assert_eq!(cursor, None);
    assert_eq!(
        seen,
        [7, 6, 5, 4, 3, 2, 1].map(|place| format!("1-N{place}"))
    );
    for bad in ["", "x", "-1", "1 ", "99999999999999999999"] {
        let refused = store.notifications(&lin(), Some(bad), 3).await;
        assert!(
            matches!(refused, Err(orders_store::StoreError::InvalidCursor)),
            "{bad:?}"
        );
    }
}

async fn a_page_has_its_orders_with_their_refunds_as_they_are_now(database: &TestDatabase) {
    let store = database.store().await;
    store
        .insert_orders(&[order("1"), order("2"), order("3")])
        .await
        .unwrap();
    for id in ["1", "2"] {
        store
            .change(&owned(id), None, noon(), cancel)
            .await
            .unwrap();
        arrives(&store, id).await;
    }
    let page = store.notifications(&lin(), None, 20).await.unwrap();
    assert_eq!(page.items.len(), 4);
    let orders: BTreeSet<&str> = page.orders.keys().map(|id| id.as_str()).collect();
    assert_eq!(orders, BTreeSet::from(["1", "2"]));
    let first = &page.orders[&"1".into()];
    assert_eq!(first.state, OrderState::Cancelled);
    assert_eq!(first.refunds[0].id, RefundId("1-R1".to_owned()));
}

async fn up_to_here_is_read_and_stays_read(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    for _ in 0..4 {
        arrives(&store, "1").await;
    }
    assert_eq!(read(&store, "1-N3").await, done(1));
    let page = store.notifications(&lin(), None, 20).await.unwrap();
    let unread: Vec<bool> = page.items.iter().map(|item| item.read).collect();
    assert_eq!(unread, [false, true, true, true]);
    assert_eq!(read(&store, "1-N1").await, done(1), "nothing is un-read");
    arrives(&store, "1").await;
    assert_eq!(read(&store, "1-N3").await, done(2));
    assert_eq!(read(&store, "1-N5").await, done(0));
    assert_eq!(read(&store, "1-N6").await, None, "there is no such one");
    assert_eq!(read(&store, "2-N1").await, None);
    assert_eq!(listed(&store, &lin()).await.1, 0);
}

async fn reading_twice_under_one_key_is_answered_once(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    arrives(&store, "1").await;
    let once = |fingerprint: &str| Once {
        scope: "lin POST read".to_owned(),
        key: "k".to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    };
    let read = |fingerprint| {
        let (store, once) = (store.clone(), once(fingerprint));
        async move {
            let up_to = id("1-N1");
            store
                .read_notifications(&lin(), &up_to, Some(&once), count)
                .await
                .unwrap()
        }
    };
    // Sent twice at once, by a client that lost patience.
    let (first, second) = tokio::join!(read("body"), read("body"));
    let answers = [first.unwrap(), second.unwrap()];
    assert!(
        answers.contains(&Changed::Replayed(count(0))),
        "{answers:?}"
    );
    assert!(
        answers.contains(&done(0).unwrap()),
        "and one was done: {answers:?}"
    );
    arrives(&store, "1").await;
    assert_eq!(read("body").await, Some(Changed::Replayed(count(0))));
    assert_eq!(read("other").await, Some(Changed::KeyReused));
    assert_eq!(listed(&store, &lin()).await.1, 1);
}

async fn somebody_elses_notifications_are_not_there(database: &TestDatabase) {
    let store = database.store().await;
    let mut theirs = order("1");
    theirs.shopper = "zhao".into();
    store.insert_orders(&[theirs, order("2")]).await.unwrap();
    arrives(&store, "1").await;
    arrives(&store, "2").await;
    assert_eq!(listed(&store, &lin()).await, (vec!["2-N1".to_owned()], 1));
    assert_eq!(read(&store, "1-N1").await, None);
    assert_eq!(listed(&store, &"zhao".into()).await.1, 1);
    assert_eq!(listed(&store, &"nobody".into()).await, (vec![], 0));
}

async fn many_changes_at_once_are_numbered_without_gaps(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..40).map(|n| order(&n.to_string())).collect();
    store.insert_orders(&orders).await.unwrap();
    let mut changes = tokio::task::JoinSet::new();
    for server in 0..4 {
        let store = database.store().await;
        for n in 0..10 {
            let store = store.clone();
            changes.spawn(async move { arrives(&store, &(server * 10 + n).to_string()).await });
        }
    }
    changes.join_all().await;
    let (ids, unread) = listed(&store, &lin()).await;
    assert_eq!((ids.len(), unread), (40, 40));
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), 40);
    // Reading up to the oldest leaves all but one: numbers have no gaps to hide in.
    assert_eq!(read(&store, &ids[39]).await, done(39));
}

async fn what_is_old_is_forgotten_with_its_place_in_the_count(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    arrives(&store, "1").await;
    assert_eq!(store.prune_notifications(noon()).await.unwrap(), 0);
    let later = noon() + minutes(1);
    assert_eq!(store.prune_notifications(later).await.unwrap(), 1);
    assert_eq!(listed(&store, &lin()).await, (vec![], 0));
    arrives(&store, "1").await;
    assert_eq!(listed(&store, &lin()).await.1, 1);
}

async fn what_the_shop_tells_late_is_new_when_it_is_told(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let told = noon() + minutes(60 * 24 * 200);
    arrives_at(&store, "1", told).await;
    let page = store.notifications(&lin(), None, 20).await.unwrap();
    let entry = page.items[0].entry().unwrap();
    assert_eq!(entry.at, noon(), "it says when it was");
    assert_eq!(page.items[0].told_at, told);
    assert_eq!(store.give_up_mails(told).await.unwrap(), 0);
    assert_eq!(store.prune_notifications(told).await.unwrap(), 0);
    let due = store.claim_mails(told, told + minutes(2), 9).await.unwrap();
    assert_eq!(due[0].told_at, told);
    let later = told + minutes(1);
    assert_eq!(store.give_up_mails(later).await.unwrap(), 1);
    assert_eq!(store.prune_notifications(later).await.unwrap(), 1);
}

async fn old_news_are_listed_and_no_mail_is_sent_about_them(database: &TestDatabase) {
    let store = database.store().await;
    let mut past = order("1");
    for _ in 0..3 {
        past.timeline.push(past.timeline[0].clone());
    }
    store.insert_orders(&[past]).await.unwrap();
    let news: Vec<OldNews> = (1..4)
        .map(|place| OldNews {
            id: id(&format!("1-N{place}")),
            at: noon(),
        })
        .collect();
    store.insert_old_news(&lin(), &news, 2).await.unwrap();
    let (ids, unread) = listed(&store, &lin()).await;
    assert_eq!(ids, ["1-N3", "1-N2", "1-N1"].map(str::to_owned));
    assert_eq!(unread, 2);
    assert_eq!(store.waiting_mails().await.unwrap(), 0);
    arrives(&store, "1").await;
    assert_eq!(listed(&store, &lin()).await.0[0], "1-N4");
}
