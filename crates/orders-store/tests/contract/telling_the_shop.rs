//! The shop's systems hear of conversations by the outbox, also of those about no order.

use chrono::TimeDelta;
use orders_domain::{
    Author, Conversation, ConversationId, ConversationState, Message, Moved, OrderId,
    OutboxMessage, QueueWait,
};
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Owner, Selector, Store, Whose};

use crate::on_both_databases;
use crate::orders::{cancel, lin, noon};
use crate::talking::{all, blank, open, say, store, words};

on_both_databases!(
    a_conversation_that_somebody_has_to_answer_anew_is_told_once,
    entries_about_orders_and_about_none_are_in_one_order,
    what_was_in_the_outbox_before_keeps_its_numbers,
    a_conversation_that_is_what_it_is_is_inserted_whole_and_told_nobody,
);

async fn told(store: &Store) -> Vec<(i64, Option<OrderId>, String)> {
    let entries = store.outbox_after(0, 100).await.unwrap().into_iter();
    let entries = entries.map(|entry| {
        let what = match entry.message {
            OutboxMessage::ConversationOpened { conversation } => conversation.0,
            _ => "-".to_owned(),
        };
        (entry.seq, entry.order, what)
    });
    entries.collect()
}

async fn in_state(store: &Store, id: &str, state: ConversationState) {
    let (lin, id) = (Owner::Account(lin()), ConversationId::from(id));
    let decide = |found: Option<&Conversation>| {
        let mut conversation = found.ok_or("none")?.clone();
        conversation.state = state;
        conversation.waiting_since = (state == ConversationState::Waiting).then(noon);
        Ok::<_, &str>(Moved {
            conversation,
            by: None,
            before: Vec::new(),
            after: Vec::new(),
        })
    };
    let answer = |_: &Conversation, _: Option<&Message>| Answer {
        status: 200,
        body: String::new(),
    };
    let whose = Whose::Own(&lin, &id);
    let moved = store.converse(whose, None, None, noon(), decide, answer);
    moved.await.unwrap();
}

async fn a_conversation_that_somebody_has_to_answer_anew_is_told_once(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", None, noon())).await;
    let first = (1, None, "k1".to_owned());
    assert_eq!(told(&store).await, std::slice::from_ref(&first));
    // What is open already, and what is said in it, is no news of that kind.
    open(&store, blank("k2", None, noon())).await;
    say(&store, "k1", &words("a")).await;
    in_state(&store, "k1", ConversationState::Closed).await;
    assert_eq!(told(&store).await, std::slice::from_ref(&first));
    in_state(&store, "k1", ConversationState::Waiting).await;
    let again = (2, None, "k1".to_owned());
    assert_eq!(told(&store).await, [first.clone(), again.clone()]);
    // Whoever had it has it no more.
    in_state(&store, "k1", ConversationState::Served).await;
    in_state(&store, "k1", ConversationState::Left).await;
    in_state(&store, "k1", ConversationState::Waiting).await;
    let back = (3, None, "k1".to_owned());
    assert_eq!(told(&store).await, [first, again, back]);
}

async fn entries_about_orders_and_about_none_are_in_one_order(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let one = Selector::ById("1".into());
    store.change(&one, None, noon(), cancel).await.unwrap();
    open(&store, blank("k2", None, noon())).await;
    let told = told(&store).await;
    let numbers = told.iter().map(|(seq, ..)| *seq);
    assert!(numbers.eq(1..=i64::try_from(told.len()).unwrap()));
    let (first, last) = (told.first().unwrap(), told.last().unwrap());
    assert_eq!(first.1, Some("1".into()));
    assert_eq!((last.1.as_ref(), last.2.as_str()), (None, "k2"));
    assert!(
        told[1..told.len() - 1]
            .iter()
            .all(|(_, order, what)| { *order == Some("1".into()) && what == "-" })
    );
}

/// What the migration does with the outbox.
fn anew() -> &'static str {
    let migration = include_str!("../../migrations/0020_replies.sql");
    let at = migration.find("ALTER TABLE outbox RENAME").unwrap();
    &migration[at..]
}

/// What makes the outbox what it was before: every entry was about an order.
fn as_before() -> String {
    let old = anew().replace(
        "order_id TEXT   REFERENCES",
        "order_id TEXT NOT NULL REFERENCES",
    );
    assert_ne!(old, anew());
    old
}

#[tokio::test]
async fn what_another_server_writes_while_the_outbox_is_made_anew_is_not_lost() {
    // SQLite has one writer, which the migration is.
    let database = TestDatabase::postgres().await;
    let store = store(&database).await;
    let one = Selector::ById("1".into());
    store.change(&one, None, noon(), cancel).await.unwrap();
    database.execute(&as_before()).await;
    let before = store.outbox_after(0, 100).await.unwrap();
    let slow = "BEGIN; UPDATE counters SET value = value + 1 WHERE name = 'outbox'; \
         INSERT INTO outbox SELECT value, '1', message FROM counters, outbox WHERE name = 'outbox' AND seq = 1; \
         SELECT pg_sleep(1); COMMIT";
    let migration = async {
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        database.execute(anew()).await;
    };
    tokio::join!(database.execute(slow), migration);
    let after = store.outbox_after(0, 100).await.unwrap();
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(&after[..before.len()], &before);
}

async fn what_was_in_the_outbox_before_keeps_its_numbers(database: &TestDatabase) {
    let store = store(database).await;
    for id in ["1", "2"] {
        let one = Selector::ById(id.into());
        store.change(&one, None, noon(), cancel).await.unwrap();
    }
    let before = store.outbox_after(0, 100).await.unwrap();
    assert_eq!(before.len(), 6);
    // As it was before this version: every entry was about an order.
    for sql in [as_before(), anew().to_owned()] {
        database.execute(&sql).await;
        assert_eq!(store.outbox_after(0, 100).await.unwrap(), before);
    }
    open(&store, blank("k1", None, noon())).await;
    assert_eq!(told(&store).await.len(), 7);
}

async fn a_conversation_that_is_what_it_is_is_inserted_whole_and_told_nobody(
    database: &TestDatabase,
) {
    let store = store(database).await;
    let mut heard = store.desk_notices();
    let mut waiting = blank("k1", Some("1"), noon());
    waiting.shopper_read = 2;
    let message = |by: Author, text: &str| Message {
        seq: 0,
        client_id: text.to_owned(),
        author: by,
        at: noon(),
        text: text.to_owned(),
        evidence: Vec::new(),
    };
    let said = [
        message(Author::Shopper, "a"),
        message(Author::Staff("wang".into()), "b"),
    ];
    store.insert_conversation(&waiting, &said).await.unwrap();
    let mut over = blank("k2", Some("2"), noon());
    over.state = ConversationState::Closed;
    over.staff = Some("wang".into());
    over.waiting_since = None;
    over.place_since = None;
    over.closed_at = Some(noon());
    over.waited = Some(TimeDelta::minutes(4));
    over.rating = Some(5);
    store.insert_conversation(&over, &[]).await.unwrap();

    let (found, kept) = (
        store.conversation(&"k1".into()).await.unwrap().unwrap(),
        store.conversation(&"k2".into()).await.unwrap().unwrap(),
    );
    assert_eq!((found.last_seq, found.shopper_read), (2, 2));
    assert_eq!(all(&store, "k1").await[1].text, "b");
    assert_eq!(kept, over);
    let queue = store.queue_of(&found, noon()).await.unwrap().unwrap();
    let waited = TimeDelta::minutes(4);
    let waits = vec![QueueWait { waited, came_as: 1 }];
    assert_eq!((queue.place, queue.came_as, queue.waits), (1, 1, waits));
    let again = store.insert_conversation(&waiting, &[]).await;
    assert!(again.is_err());
    assert_eq!(told(&store).await, []);
    assert!(heard.try_recv().is_err(), "nobody is told");
}
