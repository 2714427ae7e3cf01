//! Where conversations are found: in the queue, in lists, and by the photos that were sent in them.

use chrono::TimeDelta;
use orders_domain::{Conversation, ConversationState, Evidence, EvidenceKind, ShopperId};
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Conversed, KeptEvidence, Spoken};

use crate::on_both_databases;
use crate::orders::{lin, noon};
use crate::talking::{all, blank, bring, open, say, store, take, words};

on_both_databases!(
    the_queue_is_in_the_order_of_waiting_and_knows_how_long_others_waited,
    conversations_are_listed_page_by_page,
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
    let place = async |conversation: &Conversation| {
        store
            .queue_of(conversation, 20)
            .await
            .unwrap()
            .map(|queue| (queue.place, queue.waits))
    };
    assert_eq!(place(&first).await, Some((1, vec![])));
    assert_eq!(place(&second).await, Some((2, vec![])));
    take(&store, "k9", at(5)).await;
    assert_eq!(place(&second).await, Some((1, vec![TimeDelta::minutes(5)])));
    let served = store.conversation(&"k9".into()).await.unwrap().unwrap();
    assert_eq!(place(&served).await, None);
}

async fn conversations_are_listed_page_by_page(database: &TestDatabase) {
    let store = store(database).await;
    for (number, order) in [(1, Some("1")), (2, Some("2")), (3, None)] {
        let at = noon() + TimeDelta::minutes(number);
        open(&store, blank(&format!("k{number}"), order, at)).await;
    }
    take(&store, "k2", noon()).await;
    let ids = |items: &[Conversation]| -> Vec<String> {
        items
            .iter()
            .map(|conversation| conversation.id.0.clone())
            .collect()
    };
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
