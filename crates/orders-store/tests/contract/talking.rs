//! What is said in a conversation is there once, numbered without gaps, for its own shopper.

use std::collections::BTreeSet;

use orders_domain::{
    Author, ChatNote, Conversation, ConversationId, ConversationState, Instant, Message, Moved,
    ShopperId, Side, StaffId, Subject, Topic,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    Answer, ChatNews, ChatNotice, Conversed, Credentials, Once, Owner, Reader, Shopper, Spoken,
    Store, Whose,
};

use crate::on_both_databases;
use crate::orders::{lin, noon, order};

on_both_databases!(
    a_conversation_is_begun_once_and_found_by_its_shopper_alone,
    eight_who_speak_at_once_leave_no_gap_and_nothing_twice,
    what_is_sent_again_is_the_same_message,
    what_is_refused_leaves_nothing,
    what_has_ended_stays_over_while_another_about_the_same_is_open,
    what_was_to_be_said_first_is_said_in_the_conversation_that_is_open_already,
    an_answer_is_kept_for_its_key_also_when_the_message_was_said_without_it,
    read_marks_only_grow_and_never_pass_what_was_said,
    an_answer_is_kept_for_its_key,
    whoever_listens_hears_after_the_commit,
);

pub async fn store(database: &TestDatabase) -> Store {
    let store = database.store().await;
    for id in ["lin", "zhao"] {
        let credentials = Credentials {
            shopper: Shopper {
                id: id.into(),
                display_name: id.to_owned(),
            },
            password_hash: "-".to_owned(),
        };
        store.put_shopper(&credentials, &[id]).await.unwrap();
    }
    store
        .insert_orders(&[order("1"), order("2")])
        .await
        .unwrap();
    store
}

pub fn blank(id: &str, order: Option<&str>, at: Instant) -> Conversation {
    let subject = Subject {
        account: Some("lin_01".to_owned()),
        ..Subject::of(Topic::Refund)
    };
    Conversation {
        order: order.map(Into::into),
        waiting_since: Some(at),
        place_since: Some(at),
        ..Conversation::blank(id.into(), (lin(), "tepai".into()), subject, at)
    }
}

pub fn words(client_id: &str) -> Spoken {
    Spoken {
        author: Author::Shopper,
        client_id: client_id.to_owned(),
        text: format!("words of {client_id}"),
        evidence: Vec::new(),
        guest: None,
    }
}

fn answer(conversation: &Conversation, _: Option<&Message>) -> Answer {
    Answer {
        status: 201,
        body: conversation.last_seq.to_string(),
    }
}

fn still(conversation: Option<&Conversation>) -> Result<Moved, &'static str> {
    Ok(Moved {
        conversation: conversation.ok_or("none")?.clone(),
        by: None,
        before: Vec::new(),
        after: Vec::new(),
    })
}

/// Begins `blank` with the word `first`.
pub async fn open(store: &Store, blank: Conversation) -> (Conversation, bool) {
    open_with(store, blank, "first").await
}

/// Begins `blank` with this word.
async fn open_with(store: &Store, blank: Conversation, first: &str) -> (Conversation, bool) {
    let at = blank.opened_at;
    let first = words(first);
    let decide = |found: Option<&Conversation>| {
        let moved = match found {
            Some(found) => still(Some(found))?,
            None => Moved {
                conversation: blank.clone(),
                by: None,
                before: Vec::new(),
                after: vec![ChatNote::Queued],
            },
        };
        Ok::<_, &str>((moved, first.clone()))
    };
    let told = |conversation: &Conversation, begun: bool| Answer {
        status: if begun { 201 } else { 200 },
        body: conversation.id.0.clone(),
    };
    let opened = store
        .open_conversation(&blank, &first, at, None, decide, told)
        .await
        .unwrap();
    match opened {
        Conversed::Done {
            conversation,
            answer,
            ..
        } => (*conversation, answer.status == 201),
        other => panic!("{other:?}"),
    }
}

pub async fn say(store: &Store, id: &str, spoken: &Spoken) -> Conversed<&'static str> {
    let (lin, id) = (Owner::from(&lin()), ConversationId::from(id));
    store
        .converse(
            Whose::Own(&lin, &id),
            None,
            Some(spoken),
            noon(),
            still,
            answer,
        )
        .await
        .unwrap()
}

/// Wang takes a conversation out of the queue at `at`.
pub async fn take(store: &Store, id: &str, at: Instant) {
    let done = taken_by(store, id, "wang", at).await;
    assert!(matches!(done, Conversed::Done { .. }), "{done:?}");
}

/// Somebody of the staff wants to take a conversation out of the queue at `at`.
pub async fn taken_by(
    store: &Store,
    id: &str,
    staff: &str,
    at: Instant,
) -> Conversed<&'static str> {
    let (id, staff) = (ConversationId::from(id), StaffId::from(staff));
    let taken = |found: Option<&Conversation>| {
        let mut moved = still(found)?;
        let now = &mut moved.conversation;
        now.waited = now.waiting_since.map(|since| at - since);
        now.state = ConversationState::Served;
        now.staff = Some(staff.clone());
        now.waiting_since = None;
        now.unanswered_since = Some(at);
        moved.by = Some(staff.clone());
        moved.before = vec![ChatNote::Taken];
        Ok::<_, &str>(moved)
    };
    let whose = Whose::ByStaff(&staff, &id);
    let done = store.converse(whose, None, None, at, taken, answer);
    done.await.unwrap()
}

pub async fn all(store: &Store, id: &str) -> Vec<Message> {
    store.messages(&id.into(), 0, 1000).await.unwrap()
}

async fn a_conversation_is_begun_once_and_found_by_its_shopper_alone(database: &TestDatabase) {
    let store = store(database).await;
    let (first, begun) = open(&store, blank("k1", Some("1"), noon())).await;
    assert!(begun);
    assert_eq!((first.last_seq, first.shopper_read), (2, 1));
    assert_eq!(
        open(&store, blank("k2", Some("1"), noon())).await,
        (first.clone(), false)
    );
    assert!(
        open(&store, blank("k3", Some("2"), noon())).await.1,
        "another order"
    );
    assert!(open(&store, blank("k4", None, noon())).await.1, "no order");
    let mut case = blank("k5", Some("1"), noon());
    case.case = Some("1-C1".to_owned());
    assert!(open(&store, case).await.1, "a case of it");

    let found = store.conversation_of(&lin(), &"k1".into()).await.unwrap();
    assert_eq!(found, Some(first), "read as it was written");
    let zhao = ShopperId::from("zhao");
    assert_eq!(
        store.conversation_of(&zhao, &"k1".into()).await.unwrap(),
        None
    );
    let whose = (Owner::Account(zhao), ConversationId::from("k1"));
    let spoken = words("x");
    let said = store.converse(
        Whose::Own(&whose.0, &whose.1),
        None,
        Some(&spoken),
        noon(),
        still,
        answer,
    );
    assert_eq!(said.await.unwrap(), Conversed::Refused("none"));
    assert_eq!(all(&store, "k1").await.len(), 2);
}

async fn eight_who_speak_at_once_leave_no_gap_and_nothing_twice(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..8 {
        let store = if sender % 2 == 0 {
            store.clone()
        } else {
            database.store().await
        };
        senders.spawn(async move {
            for number in 0..10 {
                let spoken = words(&format!("{sender}-{number}"));
                // Each is sent twice, as after a lost answer.
                for _ in 0..2 {
                    let said = say(&store, "k1", &spoken).await;
                    assert!(matches!(said, Conversed::Done { .. }), "{said:?}");
                }
            }
        });
    }
    while let Some(sender) = senders.join_next().await {
        sender.unwrap();
    }
    let said = all(&store, "k1").await;
    let numbers: Vec<i64> = said.iter().map(|message| message.seq).collect();
    assert_eq!(numbers, (1..=82).collect::<Vec<i64>>());
    let names: BTreeSet<&str> = said
        .iter()
        .map(|message| message.client_id.as_str())
        .collect();
    assert_eq!(names.len(), 82);
}

async fn what_is_sent_again_is_the_same_message(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let first = say(&store, "k1", &words("a")).await;
    say(&store, "k1", &words("b")).await;
    let mut changed = words("a");
    changed.text = "other words".to_owned();
    let Conversed::Done { said: again, .. } = say(&store, "k1", &changed).await else {
        panic!("not done");
    };
    let Conversed::Done { said, .. } = first else {
        panic!("not done");
    };
    assert_eq!(again, said);
    let staff = Spoken {
        author: Author::Staff("wang".into()),
        ..words("a")
    };
    assert!(matches!(
        say(&store, "k1", &staff).await,
        Conversed::Done {
            said: Some(Message { seq: 5, .. }),
            ..
        }
    ));
    assert_eq!(all(&store, "k1").await.len(), 5);
}

async fn what_is_refused_leaves_nothing(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let before = store.conversation(&"k1".into()).await.unwrap();
    let id = ConversationId::from("k1");
    let refuse = |_: Option<&Conversation>| Err::<Moved, _>("no");
    let spoken = words("a");
    let said = store.converse(Whose::Any(&id), None, Some(&spoken), noon(), refuse, answer);
    assert_eq!(said.await.unwrap(), Conversed::Refused("no"));
    let mut with_photo = words("b");
    with_photo.evidence = vec!["p0".into()];
    assert_eq!(
        say(&store, "k1", &with_photo).await,
        Conversed::UnknownEvidence
    );
    assert_eq!(store.conversation(&"k1".into()).await.unwrap(), before);
    assert_eq!(all(&store, "k1").await.len(), 2);
}

/// Ends a conversation, or opens it again.
pub async fn bring(store: &Store, id: &str, state: ConversationState) -> Conversed<&'static str> {
    let (lin, id) = (Owner::from(&lin()), ConversationId::from(id));
    let moved = |found: Option<&Conversation>| {
        let mut moved = still(found)?;
        moved.conversation.state = state;
        Ok(moved)
    };
    let done = store.converse(Whose::Own(&lin, &id), None, None, noon(), moved, answer);
    done.await.unwrap()
}

async fn what_has_ended_stays_over_while_another_about_the_same_is_open(database: &TestDatabase) {
    use ConversationState::{Closed, Waiting};
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    bring(&store, "k1", Closed).await;
    open(&store, blank("k2", Some("1"), noon())).await;
    let first = store.conversation(&"k1".into()).await.unwrap().unwrap();
    assert!(store.is_followed(&first).await.unwrap());
    assert_eq!(bring(&store, "k1", Waiting).await, Conversed::Followed);
    assert_eq!(
        store.conversation(&"k1".into()).await.unwrap(),
        Some(first.clone())
    );
    let second = store.conversation(&"k2".into()).await.unwrap().unwrap();
    assert!(!store.is_followed(&second).await.unwrap(), "not by itself");

    bring(&store, "k2", Closed).await;
    assert!(!store.is_followed(&first).await.unwrap());
    let again = bring(&store, "k1", Waiting).await;
    assert!(matches!(again, Conversed::Done { .. }), "{again:?}");
}

async fn what_was_to_be_said_first_is_said_in_the_conversation_that_is_open_already(
    database: &TestDatabase,
) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    for _ in 0..2 {
        let (found, begun) = open_with(&store, blank("k2", Some("1"), noon()), "more").await;
        assert_eq!((found.id.as_str(), found.last_seq, begun), ("k1", 3, false));
    }
    let said = all(&store, "k1").await;
    assert_eq!(said.len(), 3, "sent again, it is the same message");
    assert_eq!(said[2].text, "words of more");
    assert_eq!(store.conversation(&"k2".into()).await.unwrap(), None);
}

async fn an_answer_is_kept_for_its_key_also_when_the_message_was_said_without_it(
    database: &TestDatabase,
) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    say(&store, "k1", &words("a")).await;
    let once = Once {
        scope: "lin POST".to_owned(),
        key: "key".to_owned(),
        fingerprint: "f1".to_owned(),
        at: noon(),
    };
    let (lin, id) = (Owner::from(&lin()), ConversationId::from("k1"));
    let send = async |once: &Once| {
        let (whose, spoken) = (Whose::Own(&lin, &id), words("a"));
        let said = store.converse(whose, Some(once), Some(&spoken), noon(), still, answer);
        said.await.unwrap()
    };
    let Conversed::Done { answer: first, .. } = send(&once).await else {
        panic!("not done");
    };
    say(&store, "k1", &words("between")).await;
    assert_eq!(send(&once).await, Conversed::Replayed(first));
    let other = Once {
        fingerprint: "f2".to_owned(),
        ..once
    };
    assert_eq!(send(&other).await, Conversed::KeyReused);
}

async fn read_marks_only_grow_and_never_pass_what_was_said(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    for (side, seq, expected) in [
        (Reader::Staff, 2, (1, 2)),
        (Reader::Staff, 1, (1, 2)),
        (Reader::Staff, 3, (1, 2)),
        // A guest has no part in it.
        (Reader::Guest, 2, (1, 2)),
        (Reader::Shopper, 2, (2, 2)),
    ] {
        store
            .read_conversation(&"k1".into(), side, seq)
            .await
            .unwrap();
        let found = store.conversation(&"k1".into()).await.unwrap().unwrap();
        assert_eq!(
            (found.shopper_read, found.staff_read),
            expected,
            "{side:?} {seq}"
        );
    }
}

async fn an_answer_is_kept_for_its_key(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let once = |fingerprint: &str| Once {
        scope: "lin POST".to_owned(),
        key: "key".to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    };
    let (lin, id) = (Owner::from(&lin()), ConversationId::from("k1"));
    let send = async |fingerprint: &str, client_id: &str| {
        let whose = Whose::Own(&lin, &id);
        let (once, spoken) = (once(fingerprint), words(client_id));
        store
            .converse(whose, Some(&once), Some(&spoken), noon(), still, answer)
            .await
            .unwrap()
    };
    let Conversed::Done { answer: first, .. } = send("f1", "a").await else {
        panic!("not done");
    };
    say(&store, "k1", &words("between")).await;
    assert_eq!(send("f1", "a").await, Conversed::Replayed(first));
    assert_eq!(send("f2", "b").await, Conversed::KeyReused);
    assert_eq!(all(&store, "k1").await.len(), 4);
}

async fn whoever_listens_hears_after_the_commit(database: &TestDatabase) {
    let store = store(database).await;
    let mut notices = store.chat_notices();
    open(&store, blank("k1", Some("1"), noon())).await;
    say(&store, "k1", &words("a")).await;
    say(&store, "k1", &words("a")).await;
    store.tell_typing(&"k1".into(), Side::Staff);
    let news = |news| ChatNotice::News {
        conversation: "k1".into(),
        news,
    };
    assert_eq!(notices.recv().await.unwrap(), news(ChatNews::Changed));
    assert_eq!(notices.recv().await.unwrap(), news(ChatNews::Changed));
    assert_eq!(
        notices.recv().await.unwrap(),
        news(ChatNews::Typing { side: Side::Staff }),
        "nothing twice"
    );
}

#[tokio::test]
async fn another_process_hears_of_what_is_said_and_of_typing_and_nobody_hears_themselves() {
    let database = TestDatabase::postgres().await;
    let (here, there) = (store(&database).await, database.store().await);
    let (mut near, mut far) = (here.chat_notices(), there.chat_notices());
    open(&here, blank("k1", Some("1"), noon())).await;
    here.tell_typing(&"k1".into(), Side::Shopper);
    open(&there, blank("k2", Some("2"), noon())).await;
    let news = |id: &str, news| ChatNotice::News {
        conversation: id.into(),
        news,
    };
    let changed = ChatNews::Changed;
    let typing = ChatNews::Typing {
        side: Side::Shopper,
    };
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(far.recv().await.unwrap());
    }
    for expected in [news("k1", changed), news("k1", typing), news("k2", changed)] {
        assert!(heard.contains(&expected), "{heard:?}");
    }
    assert_eq!(near.recv().await.unwrap(), news("k1", changed));
    assert_eq!(near.recv().await.unwrap(), news("k1", typing));
    assert_eq!(near.recv().await.unwrap(), news("k2", changed));
}
