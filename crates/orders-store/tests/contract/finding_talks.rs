//! Where conversations are found: in the queue, in lists, and by the photos that were sent in them.

use chrono::TimeDelta;
use orders_domain::{
    Author, ChatNote, Conversation, ConversationId, ConversationState, Evidence, EvidenceKind,
    Instant, Message, Moved, QueueWait, ShopperId, StaffId,
};
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Conversed, KeptEvidence, Spoken, Store, Whose};

use crate::on_both_databases;
use crate::orders::{lin, noon};
use crate::staffing;
use crate::talking::{all, blank, bring, open, say, store, take, words};

on_both_databases!(
    the_queue_is_in_the_order_of_waiting_and_knows_how_long_others_waited,
    conversations_are_listed_page_by_page,
    of_those_in_a_state_the_staff_see_first_whose_turn_it_is,
    what_time_makes_something_of_is_found,
    who_of_the_staff_moved_a_conversation_is_kept,
    a_photo_that_was_sent_stays_and_somebody_else_s_is_not_sent,
    a_photo_whose_name_cannot_be_stored_is_unknown,
    shops_are_known_by_their_conversations_also_by_those_that_are_over,
);

async fn the_queue_is_in_the_order_of_waiting_and_knows_how_long_others_waited(
    database: &TestDatabase,
) {
    let store = store(database).await;
    let at = |minutes: i64| noon() + TimeDelta::minutes(minutes);
    let (first, _) = open(&store, blank("k9", Some("1"), at(0))).await;
    let (second, _) = open(&store, blank("k1", Some("2"), at(1))).await;
    let (third, _) = open(&store, blank("k2", None, at(2))).await;
    let place = async |conversation: &Conversation, now: Instant| {
        let queue = store.queue_of(conversation, now).await.unwrap();
        queue.map(|queue| (queue.place, queue.came_as, queue.waits))
    };
    let wait = |minutes, came_as| QueueWait {
        waited: TimeDelta::minutes(minutes),
        came_as,
    };
    assert_eq!(place(&first, at(2)).await, Some((1, 1, vec![])));
    assert_eq!(place(&second, at(2)).await, Some((2, 2, vec![])));
    take(&store, "k9", at(5)).await;
    let waits = vec![wait(5, 1)];
    assert_eq!(place(&second, at(5)).await, Some((1, 2, waits)));
    let served = store.conversation(&"k9".into()).await.unwrap().unwrap();
    assert_eq!(place(&served, at(5)).await, None);
    take(&store, "k1", at(9)).await;
    let waits = vec![wait(8, 2), wait(5, 1)];
    assert_eq!(place(&third, at(9)).await, Some((1, 3, waits.clone())));
    let next = store.queue_at(&"tepai".into(), at(9)).await.unwrap();
    assert_eq!((next.place, next.came_as, next.waits), (2, 2, waits));
    // What was a week ago says nothing any more.
    let week = at(5) + TimeDelta::days(7);
    let waits = vec![wait(8, 2)];
    assert_eq!(place(&third, week).await, Some((1, 3, waits)));

    // Whoever comes back comes back to the old place, ahead of those who came later.
    hand_back(&store, "k9", at(10)).await;
    let back = store.conversation(&"k9".into()).await.unwrap().unwrap();
    let there = place(&back, at(10)).await.unwrap();
    assert_eq!((there.0, there.1), (1, 1));
    // What it waited says nothing while it waits again.
    assert_eq!(there.2, [wait(8, 2)]);
    let there = place(&third, at(10)).await.unwrap();
    assert_eq!((there.0, there.1), (2, 3));
}

/// A conversation goes back into the queue at `at`.
async fn hand_back(store: &Store, id: &str, at: Instant) {
    let back = |now: &mut Conversation| {
        now.state = ConversationState::Waiting;
        now.staff = None;
        now.waiting_since = Some(at);
        now.unanswered_since = None;
    };
    change(store, id, back).await;
}

/// Changes a conversation.
pub async fn change(store: &Store, id: &str, how: impl Fn(&mut Conversation) + Send + Sync) {
    let id = ConversationId::from(id);
    let moved = |found: Option<&Conversation>| {
        let mut conversation = found.ok_or("none")?.clone();
        how(&mut conversation);
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
    let done = store.converse(Whose::Any(&id), None, None, noon(), moved, answer);
    let done = done.await.unwrap();
    assert!(matches!(done, Conversed::Done { .. }), "{done:?}");
}

fn ids(items: &[Conversation]) -> Vec<String> {
    items
        .iter()
        .map(|conversation| conversation.id.0.clone())
        .collect()
}

/// All that the staff see in a state, page by page.
pub async fn seen_in(
    store: &Store,
    state: ConversationState,
    staff: Option<&StaffId>,
) -> Vec<String> {
    let (shops, mut seen, mut cursor) = (["tepai".into(), "wanfu".into()], Vec::new(), None);
    loop {
        let page = store.conversations_for_staff(&shops, Some(state), staff, cursor.as_deref(), 1);
        let page = page.await.unwrap();
        seen.extend(ids(&page.items));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return seen;
        }
    }
}

async fn of_those_in_a_state_the_staff_see_first_whose_turn_it_is(database: &TestDatabase) {
    use ConversationState::{Closed, Left, Served, Waiting};
    let store = store(database).await;
    let at = |minutes: i64| noon() + TimeDelta::minutes(minutes);
    for (number, shop) in [(1, "tepai"), (2, "wanfu"), (3, "tepai"), (4, "wanfu")] {
        let order = (number > 2).then_some(if number == 3 { "1" } else { "2" });
        let mut blank = blank(&format!("k{number}"), order, at(number));
        blank.shop = shop.into();
        open(&store, blank).await;
    }
    // Another order than that in which they began.
    let wang = StaffId::from("wang");
    for (state, turns, expected) in [
        (Waiting, [9, 8, 7, 6], ["k4", "k3", "k2", "k1"]),
        (Left, [6, 9, 7, 8], ["k1", "k3", "k4", "k2"]),
        (Served, [0, 7, 6, 0], ["k3", "k2", "k1", "k4"]),
        (Closed, [6, 9, 7, 8], ["k2", "k4", "k3", "k1"]),
    ] {
        for (number, turn) in (1..).zip(turns) {
            let turn = (turn > 0).then(|| at(turn));
            let how = |now: &mut Conversation| {
                now.state = state;
                now.waiting_since = turn.filter(|_| state == Waiting);
                now.place_since = turn.filter(|_| state == Waiting);
                now.due_at = turn.filter(|_| state == Left);
                now.unanswered_since = turn.filter(|_| state == Served);
                now.closed_at = turn.filter(|_| state == Closed);
                now.staff = Some(wang.clone());
            };
            change(&store, &format!("k{number}"), how).await;
        }
        assert_eq!(seen_in(&store, state, None).await, expected, "{state:?}");
        let own = seen_in(&store, state, Some(&wang)).await;
        assert_eq!(own, expected, "{state:?}");
    }
}

async fn what_time_makes_something_of_is_found(database: &TestDatabase) {
    let store = store(database).await;
    let at = |minutes: i64| noon() + TimeDelta::minutes(minutes);
    for (number, order) in [(1, Some("1")), (2, Some("2")), (3, None)] {
        open(&store, blank(&format!("k{number}"), order, at(0))).await;
    }
    let unpromised = async || {
        let found = store.conversations_unpromised(&"tepai".into(), 9).await;
        found.unwrap()
    };
    assert_eq!(unpromised().await, ["k1".into(), "k2".into(), "k3".into()]);
    change(&store, "k3", |now| now.due_at = Some(at(9))).await;
    take(&store, "k2", at(1)).await;
    assert_eq!(unpromised().await, ["k1".into()]);

    let unanswered = async |now| store.conversations_unanswered(now, 9).await.unwrap();
    assert_eq!(unanswered(at(5)).await, []);
    assert_eq!(unanswered(at(6)).await, ["k2".into()]);
    change(&store, "k2", |now| now.unanswered_since = None).await;
    assert_eq!(unanswered(at(60)).await, []);

    let wang = staffing::wang();
    store
        .add_staff(&wang, &staffing::secrets(1), noon())
        .await
        .unwrap();
    assert_eq!(store.conversations_of_disabled(9).await.unwrap(), []);
    store.disable_staff(&wang.id, noon()).await.unwrap();
    let theirs = store.conversations_of_disabled(9).await.unwrap();
    assert_eq!(theirs, [("k2".into(), wang.id)]);
    hand_back(&store, "k2", at(2)).await;
    assert_eq!(store.conversations_of_disabled(9).await.unwrap(), []);
}

async fn who_of_the_staff_moved_a_conversation_is_kept(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    take(&store, "k1", noon()).await;
    let notes: Vec<_> = all(&store, "k1")
        .await
        .into_iter()
        .filter(|message| message.author != Author::Shopper)
        .map(|message| message.author)
        .collect();
    let by_wang = Some("wang".into());
    assert_eq!(
        notes,
        [
            Author::System(ChatNote::Queued, None),
            Author::System(ChatNote::Taken, by_wang)
        ]
    );
}

async fn conversations_are_listed_page_by_page(database: &TestDatabase) {
    let store = store(database).await;
    for (number, order) in [(1, Some("1")), (2, Some("2")), (3, None)] {
        let at = noon() + TimeDelta::minutes(number);
        open(&store, blank(&format!("k{number}"), order, at)).await;
    }
    take(&store, "k2", noon()).await;
    let page = store.conversations_of(&lin(), None, 2).await.unwrap();
    assert_eq!(ids(&page.items), ["k3", "k2"]);
    let rest = store
        .conversations_of(&lin(), page.next_cursor.as_deref(), 2)
        .await
        .unwrap();
    assert_eq!(
        (ids(&rest.items), rest.next_cursor),
        (vec!["k1".to_owned()], None)
    );
    assert!(
        store
            .conversations_of(&ShopperId::from("zhao"), None, 2)
            .await
            .unwrap()
            .items
            .is_empty()
    );

    let first = store.list_conversations(None, None, 2).await.unwrap();
    assert_eq!(ids(&first.items), ["k1", "k2"]);
    let rest = store
        .list_conversations(None, first.next_cursor.as_deref(), 2)
        .await
        .unwrap();
    assert_eq!(ids(&rest.items), ["k3"]);
    let waiting = Some(ConversationState::Waiting);
    let waiting = store.list_conversations(waiting, None, 9).await.unwrap();
    assert_eq!(ids(&waiting.items), ["k1", "k3"]);
}

async fn a_photo_that_was_sent_stays_and_somebody_else_s_is_not_sent(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    open(&store, blank("k2", Some("2"), noon())).await;
    for (id, shopper) in [("p1", "lin"), ("p2", "zhao")] {
        let kept = KeptEvidence {
            evidence: Evidence {
                id: id.into(),
                kind: EvidenceKind::Photo,
                width: 4,
                height: 3,
            },
            bytes: 7,
        };
        store
            .insert_evidence(&shopper.into(), &kept, noon())
            .await
            .unwrap();
    }
    let with = |client_id: &str, id: &str| Spoken {
        evidence: vec![id.into()],
        ..words(client_id)
    };
    assert_eq!(
        say(&store, "k1", &with("a", "p2")).await,
        Conversed::UnknownEvidence
    );
    assert_eq!(store.evidence_for_shop(&"p1".into()).await.unwrap(), None);
    let Conversed::Done {
        said: Some(said), ..
    } = say(&store, "k1", &with("a", "p1")).await
    else {
        panic!("not said");
    };
    assert_eq!(said.evidence[0].width, 4);
    assert_eq!(all(&store, "k1").await.last(), Some(&said));
    assert!(
        store
            .evidence_for_shop(&"p1".into())
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(
        say(&store, "k2", &with("b", "p1")).await,
        Conversed::UnknownEvidence,
        "it is the other's"
    );
    let later = noon() + TimeDelta::days(3);
    assert_eq!(
        store.unneeded_evidence(later, 9).await.unwrap(),
        ["p2".into()]
    );
    assert!(!store.release_evidence(&"p1".into()).await.unwrap());
    let (shopper, photo) = (lin(), "p1".into());
    let given_up = Answer {
        status: 204,
        body: String::new(),
    };
    let gone = store.give_up_upload(&shopper, &photo, None, given_up);
    assert_eq!(gone.await.unwrap(), None);
}

async fn a_photo_whose_name_cannot_be_stored_is_unknown(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("k1", Some("1"), noon())).await;
    let mut with_photo = words("a");
    with_photo.evidence = vec!["\u{0}".into()];
    assert_eq!(
        say(&store, "k1", &with_photo).await,
        Conversed::UnknownEvidence
    );
}

async fn shops_are_known_by_their_conversations_also_by_those_that_are_over(
    database: &TestDatabase,
) {
    let store = store(database).await;
    for (id, shop) in [("k1", "wanfu"), ("k2", "gone"), ("k3", "wanfu")] {
        let mut blank = blank(id, (id == "k3").then_some("1"), noon());
        blank.shop = shop.into();
        assert!(open(&store, blank).await.1);
    }
    bring(&store, "k2", ConversationState::Closed).await;
    assert_eq!(
        store.shops_with_conversations().await.unwrap(),
        ["gone".into(), "wanfu".into()]
    );
}
