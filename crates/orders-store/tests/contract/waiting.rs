//! Whoever waits keeps what they have: the place, also through a new version; a colleague who has it in hand; and a wait that
//! nobody knows the place of tells nobody anything.

use chrono::TimeDelta;
use orders_domain::{Author, Conversation, ConversationState, Message, QueueWait};
use orders_store::testing::TestDatabase;
use orders_store::{Claimed, Store, WorkEntry, WorkQuery};

use crate::finding_talks::{change, seen_in};
use crate::on_both_databases;
use crate::orders::{minutes, noon};
use crate::talking::{blank, open, store, take};

on_both_databases!(
    what_was_there_before_this_version_has_its_place_and_is_owed_an_answer_where_nobody_ever_gave_one,
    what_was_taken_before_its_place_was_known_is_no_wait,
    whoever_has_it_in_hand_keeps_it_when_only_a_time_comes_or_a_later_one,
);

use ConversationState::{Closed, Left, Served, Waiting};

/// A conversation about a case of its own, begun so many minutes before noon, with what was said then and later, as minutes
/// before noon: by the shopper, or of `true` by the staff.
async fn there(
    store: &Store,
    id: &str,
    state: ConversationState,
    said: &[(i64, bool)],
    how: impl Fn(&mut Conversation),
) {
    let opened = noon() - minutes(said[0].0);
    let mut conversation = blank(id, Some("1"), opened);
    conversation.case = Some(format!("C-{id}"));
    conversation.state = state;
    conversation.waiting_since = None;
    conversation.staff = matches!(state, Served | Closed).then(|| "wang".into());
    how(&mut conversation);
    let said = said.iter().map(|(before, staff)| Message {
        seq: 0,
        client_id: before.to_string(),
        author: if *staff {
            Author::Staff("wang".into())
        } else {
            Author::Shopper
        },
        at: noon() - minutes(*before),
        text: "a".to_owned(),
        evidence: Vec::new(),
    });
    let said: Vec<_> = said.collect();
    let done = store.insert_conversation(&conversation, &said).await;
    done.unwrap();
}

/// What the migration does with the conversations that are there.
fn filled() -> &'static str {
    let migration = include_str!("../../migrations/0020_replies.sql");
    let from = migration.find("UPDATE conversations SET place_since");
    let to = migration.find("DROP INDEX conversations_queue");
    &migration[from.unwrap()..to.unwrap()]
}

async fn what_was_there_before_this_version_has_its_place_and_is_owed_an_answer_where_nobody_ever_gave_one(
    database: &TestDatabase,
) {
    let store = store(database).await;
    let ago = |before: i64| Some(noon() - minutes(before));
    there(&store, "waits", Waiting, &[(60, false)], |now| {
        (now.waiting_since, now.place_since) = (ago(30), ago(30));
    })
    .await;
    there(&store, "first", Waiting, &[(31, false)], |now| {
        (now.waiting_since, now.place_since) = (ago(31), ago(31));
    })
    .await;
    for (id, due) in [("left", 9), ("sooner", 8)] {
        there(&store, id, Left, &[(50, false), (40, false)], |now| {
            now.due_at = Some(noon() + minutes(due));
        })
        .await;
    }
    // A thank-you, long ago; words that nobody has answered; and an answer.
    let thanked = [(3000, false), (2990, true), (2000, false), (1990, false)];
    for (id, said, place) in [
        ("thanked", thanked.as_slice(), 2000),
        ("asked", &[(45, false)], 45),
        ("answered", &[(44, false), (43, true)], 44),
    ] {
        there(&store, id, Served, said, |now| {
            now.place_since = ago(place);
            now.unanswered_since = ago(place).filter(|_| id == "asked");
        })
        .await;
    }
    there(&store, "over", Closed, &[(99, false)], |now| {
        (now.place_since, now.closed_at) = (None, ago(9));
    })
    .await;

    let all = async || {
        let mut all = Vec::new();
        for state in ConversationState::ALL {
            for id in seen_in(&store, state, None).await {
                let one = store.conversation(&id.as_str().into()).await;
                all.push(one.unwrap().unwrap());
            }
        }
        all
    };
    let before = all().await;
    assert_eq!(before.len(), 8);
    // As they were before: these columns are new.
    let damage =
        "UPDATE conversations SET place_since = NULL, unanswered_since = NULL, turn_at = 0";
    database.execute(damage).await;
    assert_ne!(all().await, before);
    database.execute(filled()).await;
    assert_eq!(all().await, before);
    let owed = store.conversations_unanswered(noon(), 9).await.unwrap();
    assert_eq!(owed, ["asked".into()]);
}

async fn what_was_taken_before_its_place_was_known_is_no_wait(database: &TestDatabase) {
    let store = store(database).await;
    for (id, order) in [("k1", Some("1")), ("k2", Some("2"))] {
        open(&store, blank(id, order, noon())).await;
    }
    take(&store, "k1", noon() + minutes(40)).await;
    take(&store, "k2", noon() + minutes(50)).await;
    let forgotten = "UPDATE conversations SET came_as = NULL WHERE id = 'k1'";
    database.execute(forgotten).await;
    let later = noon() + minutes(60);
    let queue = store.queue_at(&"tepai".into(), later).await.unwrap();
    let waited = TimeDelta::minutes(50);
    assert_eq!(queue.waits, [QueueWait { waited, came_as: 2 }]);
}

async fn whoever_has_it_in_hand_keeps_it_when_only_a_time_comes_or_a_later_one(
    database: &TestDatabase,
) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let (wang, shops) = ("wang".into(), ["tepai".into()]);
    let claimed = store.claim_work("t-k1", &wang, &shops, false, noon());
    assert!(matches!(claimed.await.unwrap(), Claimed::Done(_)));
    let entry = async || -> WorkEntry {
        let query = WorkQuery {
            shops: shops.to_vec(),
            limit: 9,
            ..WorkQuery::default()
        };
        let page = store.list_work(&query, noon()).await.unwrap();
        page.items.into_iter().next().unwrap()
    };
    let due = Some(noon() + minutes(90));
    change(&store, "k1", |now| now.due_at = due).await;
    let promised = entry().await;
    assert_eq!(promised.due_at, due);
    assert_eq!(promised.claim.unwrap().staff, wang);
    let later = Some(noon() + minutes(95));
    change(&store, "k1", |now| now.due_at = later).await;
    let postponed = entry().await;
    assert_eq!(postponed.due_at, later);
    assert_eq!(postponed.claim.unwrap().staff, wang);
    let another = Some(noon() + minutes(80));
    change(&store, "k1", |now| now.due_at = another).await;
    let changed = entry().await;
    assert_eq!((changed.due_at, changed.claim), (another, None));
}
