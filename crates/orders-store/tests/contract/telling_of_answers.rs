//! Shoppers who have gone away are told of an answer: when it has rested, once until they have read it, on whichever server.

use chrono::TimeDelta;
use orders_domain::{Author, Conversation, ConversationId, Instant, Message, Moved, ShopperId};
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Conversed, News, Notice, NotificationId, Reader, Spoken, Store, Whose};

use crate::notifying::{arrives, listed};
use crate::on_both_databases;
use crate::orders::{lin, noon};
use crate::talking::{blank, open, say, store, words};

on_both_databases!(
    an_answer_that_was_not_read_is_told_once_until_it_was,
    what_was_read_or_answered_in_time_is_not_told,
    servers_that_look_at_once_tell_once_and_all_hear,
    what_was_told_is_listed_read_and_mailed_as_other_news,
    what_was_told_and_answered_before_this_version_is_kept,
);

fn at(seconds: i64) -> Instant {
    noon() + TimeDelta::seconds(seconds)
}

/// Wang says something, at so many seconds after noon.
async fn answers(store: &Store, id: &str, client_id: &str, seconds: i64) {
    let id = ConversationId::from(id);
    let spoken = Spoken {
        author: Author::Staff("wang".into()),
        ..words(client_id)
    };
    let still = |found: Option<&Conversation>| {
        Ok::<_, &str>(Moved {
            conversation: found.ok_or("none")?.clone(),
            by: None,
            before: Vec::new(),
            after: Vec::new(),
        })
    };
    let answer = |_: &Conversation, _: Option<&Message>| Answer {
        status: 201,
        body: String::new(),
    };
    let done = store.converse(
        Whose::Any(&id),
        None,
        Some(&spoken),
        at(seconds),
        still,
        answer,
    );
    let done = done.await.unwrap();
    assert!(matches!(done, Conversed::Done { .. }), "{done:?}");
}

/// Looks, as a server does, so many seconds after noon; whether somebody was told.
async fn tells(store: &Store, seconds: i64) -> bool {
    let mut told = false;
    for id in store.conversations_untold(at(seconds), 100).await.unwrap() {
        told |= store.tell_of_answer(&id, at(seconds)).await.unwrap();
    }
    let left = store.conversations_untold(at(seconds), 100).await.unwrap();
    assert_eq!(left, [], "each is looked at once");
    told
}

async fn reads(store: &Store, id: &str, seq: i64) {
    let id = ConversationId::from(id);
    let read = store.read_conversation(&id, Reader::Shopper, seq);
    read.await.unwrap();
}

async fn an_answer_that_was_not_read_is_told_once_until_it_was(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    answers(&store, "k1", "a", 0).await;
    assert!(!tells(&store, 59).await);
    assert!(tells(&store, 60).await);
    assert_eq!(listed(&store, &lin()).await, (vec!["k1-A3".to_owned()], 1));
    // What is said besides is no other news.
    answers(&store, "k1", "b", 100).await;
    assert!(!tells(&store, 1000).await);
    reads(&store, "k1", 4).await;
    answers(&store, "k1", "c", 2000).await;
    answers(&store, "k1", "d", 2030).await;
    assert!(tells(&store, 2060).await, "the first of them has rested");
    let ids = ["k1-A6", "k1-A3"].map(str::to_owned).to_vec();
    assert_eq!(listed(&store, &lin()).await, (ids, 2));
}

async fn what_was_read_or_answered_in_time_is_not_told(database: &TestDatabase) {
    let store = store(database).await;
    for (id, order) in [("k1", Some("1")), ("k2", Some("2")), ("k3", None)] {
        open(&store, blank(id, order, noon())).await;
        answers(&store, id, "a", 0).await;
    }
    reads(&store, "k1", 3).await;
    // What is said before it was read may come by itself, from a page that nobody looks at.
    say(&store, "k2", &words("hello?")).await;
    // Read up to what came before it, it is new.
    reads(&store, "k3", 2).await;
    assert!(tells(&store, 600).await);
    let ids = ["k3-A3", "k2-A3"].map(str::to_owned);
    assert_eq!(listed(&store, &lin()).await.0, ids);
    let kept = store.conversation(&"k1".into()).await.unwrap().unwrap();
    assert_eq!((kept.last_answer, kept.shopper_read), (3, 3));
    // What was read does not make what comes after it rest for less.
    answers(&store, "k1", "b", 1000).await;
    assert!(!tells(&store, 1059).await);
    assert!(tells(&store, 1060).await);
}

async fn servers_that_look_at_once_tell_once_and_all_hear(database: &TestDatabase) {
    let (store, other) = (store(database).await, database.store().await);
    open(&store, blank("k1", None, noon())).await;
    answers(&store, "k1", "a", 0).await;
    let mut heard = store.notices();
    let id = ConversationId::from("k1");
    let (one, two) = tokio::join!(
        store.tell_of_answer(&id, at(60)),
        other.tell_of_answer(&id, at(60))
    );
    assert!(one.unwrap() != two.unwrap());
    assert_eq!(listed(&store, &lin()).await.1, 1);
    if database.url().starts_with("postgres") {
        assert_eq!(heard.recv().await.unwrap(), Notice::Told(lin()));
    }
}

async fn what_was_told_is_listed_read_and_mailed_as_other_news(database: &TestDatabase) {
    let store = store(database).await;
    for (id, order) in [("k1", Some("1")), ("k2", None)] {
        open(&store, blank(id, order, noon())).await;
        answers(&store, id, "a", 0).await;
    }
    assert!(tells(&store, 90).await);
    let page = store.notifications(&lin(), None, 10).await.unwrap();
    let news = page
        .items
        .iter()
        .find(|item| item.id().to_string() == "k1-A3");
    let news = news.unwrap();
    let expected = News::Answer {
        conversation: "k1".into(),
        message: 3,
        at: noon(),
    };
    assert_eq!((&news.news, news.told_at), (&expected, at(90)));
    assert_eq!(page.conversations.len(), 2);
    let orders: Vec<&str> = page.orders.keys().map(|id| id.as_str()).collect();
    assert_eq!(orders, ["1"]);
    let first = store.notifications(&lin(), None, 1).await.unwrap();
    let next = store
        .notifications(&lin(), first.next_cursor.as_deref(), 1)
        .await
        .unwrap();
    assert_eq!((next.items.len(), next.next_cursor), (1, None));

    let jobs = store.claim_mails(at(90), at(210), 9).await.unwrap();
    assert_eq!(jobs.len(), 2);
    for job in &jobs {
        assert!(matches!(job.id, NotificationId::Answer { message: 3, .. }));
        store.put_off_mail(job, None, 0, None).await.unwrap();
    }
    assert_eq!(store.waiting_mails().await.unwrap(), 0);
    let newest = page.items[0].id();
    let count = |unread: i64| Answer {
        status: 200,
        body: unread.to_string(),
    };
    let (lin, zhao) = (lin(), ShopperId::from("zhao"));
    let read = store.read_notifications(&lin, &newest, None, count);
    assert!(read.await.unwrap().is_some());
    assert_eq!(listed(&store, &lin).await.1, 0);
    let stranger = store.read_notifications(&zhao, &newest, None, count);
    assert_eq!(stranger.await.unwrap(), None);
    assert_eq!(store.prune_notifications(at(91)).await.unwrap(), 2);
}

/// What the migration does, from one of its statements to before another.
fn migration(from: &str, to: &str) -> &'static str {
    let migration = include_str!("../../migrations/0020_replies.sql");
    let (from, to) = (migration.find(from).unwrap(), migration.find(to).unwrap());
    &migration[from..to]
}

async fn what_was_told_and_answered_before_this_version_is_kept(database: &TestDatabase) {
    let store = store(database).await;
    for id in ["1", "2", "1"] {
        arrives(&store, id).await;
    }
    let claimed = store.claim_mails(noon(), at(120), 1).await.unwrap();
    let told = async || {
        let page = store.notifications(&lin(), None, 10).await.unwrap();
        (page.items, store.waiting_mails().await.unwrap())
    };
    let before = told().await;
    assert_eq!((before.0.len(), before.1), (3, 3));
    database
        .execute(migration(
            "ALTER TABLE notifications RENAME",
            "-- A conversation may be about no order",
        ))
        .await;
    assert_eq!(told().await, before);
    store
        .put_off_mail(&claimed[0], None, 0, None)
        .await
        .unwrap();
    assert_eq!(told().await.1, 2, "whoever had taken one up still has it");

    open(&store, blank("k1", Some("1"), noon())).await;
    answers(&store, "k1", "a", 0).await;
    open(&store, blank("k2", None, noon())).await;
    let damage = "UPDATE conversations SET last_answer = 0, tell_at = NULL";
    database.execute(damage).await;
    let fill = migration(
        "UPDATE conversations SET last_answer",
        "CREATE INDEX conversations_untold",
    );
    database.execute(fill).await;
    for (id, expected) in [("k1", 3), ("k2", 0)] {
        let found = store.conversation(&id.into()).await.unwrap().unwrap();
        assert_eq!(found.last_answer, expected);
    }
    assert!(
        !tells(&store, 1000).await,
        "nobody is told of what is long past"
    );
}
