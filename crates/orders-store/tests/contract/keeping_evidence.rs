//! Photos and videos: received piece by piece, kept for a case, and let go of when no case has them.

use orders_domain::{
    Actor, Case, CaseAct, CaseEntry, CaseKind, CaseState, Change, Effects, Evidence, EvidenceId,
    EvidenceKind, Order, Settlement, ShopperId,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    Answer, Changed, Credentials, KeptEvidence, Once, Pending, Selector, Shopper, Store,
    StoreError, UploadState, Verdict,
};

use crate::on_both_databases;
use crate::orders::{lin, minutes, noon, order};

on_both_databases!(
    an_upload_is_begun_once_under_a_key,
    what_is_pending_is_counted_before_another_is_begun,
    what_waited_long_makes_room_the_oldest_first_and_no_more_than_needed,
    two_that_begin_at_once_are_not_both_the_last,
    of_two_pieces_at_the_same_place_one_counts,
    a_piece_counts_only_where_the_last_one_ended_and_as_far_as_was_announced,
    a_file_is_cleaned_when_all_of_it_is_here_and_only_once,
    a_refused_file_stays_refused,
    what_is_ready_is_its_shopper_s_and_in_the_order_that_was_asked_for,
    an_order_takes_its_evidence_with_it_in_the_same_transaction,
    evidence_that_is_not_there_keeps_the_order_as_it_was,
    the_shop_sees_only_what_a_case_has,
    what_a_case_has_is_neither_given_up_nor_let_go_of,
    what_nobody_needs_is_found_by_its_age,
    giving_up_is_answered_once_under_a_key,
);

async fn store(database: &TestDatabase) -> Store {
    let store = database.store().await;
    for id in ["lin", "zhao"] {
        let credentials = Credentials {
            shopper: Shopper {
                id: id.into(),
                display_name: id.to_owned(),
            },
            password_hash: String::new(),
        };
        store.put_shopper(&credentials, &[]).await.unwrap();
    }
    store
}

fn answer(body: &str) -> Answer {
    Answer {
        status: 201,
        body: body.to_owned(),
    }
}

fn once(key: &str, fingerprint: &str) -> Once {
    Once {
        scope: "lin POST /evidence".to_owned(),
        key: key.to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    }
}

async fn begin(store: &Store, shopper: &str, id: &str, bytes: i64) {
    let (shopper, id) = (ShopperId::from(shopper), EvidenceId::from(id));
    let begun = store.begin_upload(&shopper, (&id, bytes), (noon(), noon()), None, |_| {
        Ok(answer("begun"))
    });
    assert!(matches!(begun.await.unwrap(), Changed::Done { .. }));
}

fn kept(id: &str) -> KeptEvidence {
    KeptEvidence {
        evidence: Evidence {
            id: id.into(),
            kind: EvidenceKind::Photo,
            width: 1200,
            height: 900,
        },
        bytes: 7,
    }
}

/// An upload of ten bytes that was cleaned.
async fn ready(store: &Store, shopper: &str, id: &str) {
    begin(store, shopper, id, 10).await;
    assert!(store.count_piece(&id.into(), 0, 10, "a").await.unwrap());
    assert!(store.upload_cleaned(&kept(id)).await.unwrap());
}

async fn state(store: &Store, id: &str) -> Option<UploadState> {
    let upload = store.upload_of(&lin(), &id.into()).await.unwrap();
    upload.map(|upload| upload.state)
}

/// `order` with a case that has this evidence.
fn with_evidence(order: &Order, ids: &[&str]) -> Order {
    let mut order = order.clone();
    order.body.cases = vec![Case {
        id: format!("{}-C1", order.id),
        kind: CaseKind::RefundOnly,
        lines: Vec::new(),
        worth: Vec::new(),
        reason: "broken".to_owned(),
        condition: None,
        settlement: Settlement::default(),
        state: CaseState::Open,
        until: None,
        opened_at: noon(),
        thread: vec![CaseEntry {
            at: noon(),
            by: Actor::Shopper,
            staff: None,
            what: CaseAct::Opened,
            text: None,
            evidence: ids.iter().map(|id| kept(id).evidence).collect(),
        }],
        return_to: None,
        parcel: None,
        refunds: Vec::new(),
    }];
    order
}

/// Opens a case with this evidence in the order `id`.
async fn open_case(store: &Store, id: &str, evidence: &[&str]) -> Result<Changed, StoreError> {
    let selector = Selector::ById(id.into());
    store
        .change(&selector, None, noon(), |order| {
            let mut order = with_evidence(&order.unwrap(), evidence);
            order.version += 1;
            Verdict {
                change: Some(Change {
                    order,
                    effects: Effects::default(),
                }),
                answer: answer("opened"),
                remember: false,
            }
        })
        .await
}

async fn an_upload_is_begun_once_under_a_key(database: &TestDatabase) {
    let store = store(database).await;
    let begin = async |id: &str, fingerprint: &str| {
        let once = once("k", fingerprint);
        let (lin, upload) = (lin(), EvidenceId::from(id));
        let begun = store.begin_upload(&lin, (&upload, 10), (noon(), noon()), Some(&once), |_| {
            Ok(answer(id))
        });
        begun.await.unwrap()
    };
    assert!(matches!(begin("a", "f").await, Changed::Done { .. }));
    assert_eq!(begin("b", "f").await, Changed::Replayed(answer("a")));
    assert_eq!(begin("b", "g").await, Changed::KeyReused);
    assert_eq!(state(&store, "a").await, Some(UploadState::Receiving));
    assert_eq!(state(&store, "b").await, None);
}

async fn what_is_pending_is_counted_before_another_is_begun(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, "zhao", "z", 1_000).await;
    begin(&store, "lin", "a", 100).await;
    ready(&store, "lin", "b").await;
    begin(&store, "lin", "c", 50).await;
    assert!(store.upload_refused(&"c".into(), "broken").await.unwrap());
    let once = once("k", "f");
    let refuse = async || {
        let (lin, id) = (lin(), EvidenceId::from("d"));
        let refused =
            store.begin_upload(&lin, (&id, 10), (noon(), noon()), Some(&once), |pending| {
                // 100 as announced and 7 as kept; of what was refused nothing is here.
                let expected = Pending {
                    files: 2,
                    bytes: 107,
                };
                assert_eq!(pending, expected);
                Err(answer("too many"))
            });
        refused.await.unwrap()
    };
    assert!(matches!(refuse().await, Changed::Done { .. }));
    // It may fit later: the refusal is not kept for the key.
    assert!(matches!(refuse().await, Changed::Done { .. }));
    assert_eq!(state(&store, "d").await, None);
}

async fn what_waited_long_makes_room_the_oldest_first_and_no_more_than_needed(
    database: &TestDatabase,
) {
    let store = store(database).await;
    store.insert_orders(&[order("1")]).await.unwrap();
    ready(&store, "lin", "in-a-case").await;
    open_case(&store, "1", &["in-a-case"]).await.unwrap();
    begin(&store, "zhao", "theirs", 10).await;
    let lin = lin();
    let begin = async |id: &str, minute: i64, may_go: i64| {
        let times = (noon() + minutes(minute), noon() + minutes(may_go));
        let upload = EvidenceId::from(id);
        let begun = store.begin_upload(&lin, (&upload, 10), times, None, |pending| {
            if pending.files < 2 && pending.bytes < 20 {
                Ok(answer("begun"))
            } else {
                Err(answer("too many"))
            }
        });
        matches!(begun.await.unwrap(), Changed::Done { answer, .. } if answer.body == "begun")
    };
    assert!(begin("a", 0, 0).await && begin("b", 1, 0).await);
    // Neither is old enough: nothing goes.
    assert!(!begin("c", 2, 0).await);
    assert_eq!(state(&store, "a").await, Some(UploadState::Receiving));
    assert!(begin("c", 2, 2).await);
    assert_eq!(state(&store, "a").await, None);
    assert_eq!(state(&store, "b").await, Some(UploadState::Receiving));
    let gone = store.unneeded_evidence(noon(), 9).await.unwrap();
    assert_eq!(gone, [EvidenceId::from("a")]);
    let kept = store.evidence_for_shop(&"in-a-case".into()).await.unwrap();
    assert!(kept.is_some());
    let theirs = (ShopperId::from("zhao"), EvidenceId::from("theirs"));
    let theirs = store.upload_of(&theirs.0, &theirs.1).await.unwrap();
    assert!(theirs.is_some());
    // What is refused all the same takes nothing with it.
    let another = EvidenceId::from("d");
    let refused = store.begin_upload(
        &lin,
        (&another, 10),
        (noon(), noon() + minutes(9)),
        None,
        |_| Err(answer("never")),
    );
    assert!(matches!(refused.await.unwrap(), Changed::Done { .. }));
    assert_eq!(state(&store, "b").await, Some(UploadState::Receiving));
}

async fn two_that_begin_at_once_are_not_both_the_last(database: &TestDatabase) {
    let store = store(database).await;
    let begin = |id: &'static str| {
        let store = store.clone();
        async move {
            let (lin, id) = (lin(), EvidenceId::from(id));
            let begun = store.begin_upload(&lin, (&id, 10), (noon(), noon()), None, |pending| {
                if pending.files == 0 {
                    Ok(answer("begun"))
                } else {
                    Err(answer("too many"))
                }
            });
            begun.await.unwrap()
        }
    };
    let begun: [Changed; 2] = tokio::join!(begin("a"), begin("b")).into();
    let first = |changed: &&Changed| matches!(changed, Changed::Done { answer, .. } if answer.body == "begun");
    assert_eq!(begun.iter().filter(first).count(), 1, "{begun:?}");
}

async fn of_two_pieces_at_the_same_place_one_counts(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, "lin", "a", 10).await;
    let id = EvidenceId::from("a");
    let (one, two) = tokio::join!(
        store.count_piece(&id, 0, 4, "one"),
        store.count_piece(&id, 0, 6, "two")
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_ne!(one, two);
    let upload = store.upload_of(&lin(), &id).await.unwrap().unwrap();
    let (received, piece) = if one { (4, "one") } else { (6, "two") };
    assert_eq!(upload.received, received);
    assert_eq!(upload.pieces, [piece]);
}

async fn a_piece_counts_only_where_the_last_one_ended_and_as_far_as_was_announced(
    database: &TestDatabase,
) {
    let store = store(database).await;
    begin(&store, "lin", "a", 10).await;
    let id = EvidenceId::from("a");
    for (offset, bytes, counts) in [
        (4, 4, false),
        (0, 11, false),
        (0, 4, true),
        (0, 4, false),
        (4, 7, false),
        (4, 6, true),
        (10, 1, false),
    ] {
        let name = format!("at-{offset}");
        let counted = store.count_piece(&id, offset, bytes, &name);
        assert_eq!(counted.await.unwrap(), counts, "{bytes} at {offset}");
    }
    let upload = store.upload_of(&lin(), &id).await.unwrap().unwrap();
    assert_eq!(upload.pieces, ["at-0", "at-4"]);
    assert!(!store.count_piece(&"b".into(), 0, 1, "x").await.unwrap());
}

async fn a_file_is_cleaned_when_all_of_it_is_here_and_only_once(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, "lin", "a", 10).await;
    let id = EvidenceId::from("a");
    assert!(store.count_piece(&id, 0, 9, "a").await.unwrap());
    assert!(!store.upload_cleaned(&kept("a")).await.unwrap());
    assert!(store.is_receiving(&id).await.unwrap());
    assert!(store.count_piece(&id, 9, 1, "b").await.unwrap());
    assert!(store.upload_cleaned(&kept("a")).await.unwrap());
    assert!(!store.is_receiving(&id).await.unwrap());
    assert!(!store.upload_cleaned(&kept("a")).await.unwrap());
    assert!(!store.upload_refused(&id, "broken").await.unwrap());
    assert_eq!(
        state(&store, "a").await,
        Some(UploadState::Ready(kept("a")))
    );
}

async fn a_refused_file_stays_refused(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, "lin", "a", 10).await;
    let id = EvidenceId::from("a");
    assert!(store.upload_refused(&id, "unknown_type").await.unwrap());
    assert!(!store.count_piece(&id, 0, 10, "a").await.unwrap());
    assert!(!store.upload_cleaned(&kept("a")).await.unwrap());
    assert_eq!(
        state(&store, "a").await,
        Some(UploadState::Refused("unknown_type".to_owned()))
    );
}

async fn what_is_ready_is_its_shopper_s_and_in_the_order_that_was_asked_for(
    database: &TestDatabase,
) {
    let store = store(database).await;
    ready(&store, "lin", "a").await;
    ready(&store, "lin", "b").await;
    ready(&store, "zhao", "z").await;
    begin(&store, "lin", "c", 10).await;
    let ids = ["b", "z", "c", "nothing", "\0", "a"].map(EvidenceId::from);
    let found = async |order: &str| {
        let found = store.evidence_ready(&lin(), &order.into(), &ids).await;
        found.unwrap().into_iter().map(|evidence| evidence.id.0)
    };
    assert!(found("1").await.eq(["b", "a"]));
    // What an order has is no other's.
    store.insert_orders(&[order("1")]).await.unwrap();
    open_case(&store, "1", &["b"]).await.unwrap();
    assert!(found("1").await.eq(["b", "a"]));
    assert!(found("2").await.eq(["a"]));
    assert_eq!(store.upload_of(&lin(), &"z".into()).await.unwrap(), None);
}

async fn an_order_takes_its_evidence_with_it_in_the_same_transaction(database: &TestDatabase) {
    let store = store(database).await;
    store.insert_orders(&[order("1")]).await.unwrap();
    ready(&store, "lin", "a").await;
    ready(&store, "lin", "b").await;
    open_case(&store, "1", &["a"]).await.unwrap();
    // What the order had before is not looked at again.
    open_case(&store, "1", &["a", "b"]).await.unwrap();
    assert_eq!(
        store
            .unneeded_evidence(noon() + minutes(9), 9)
            .await
            .unwrap(),
        []
    );
    for id in ["a", "b"] {
        let found = store.evidence_for_shop(&id.into()).await.unwrap();
        assert_eq!(found, Some(kept(id)));
        assert_eq!(state(&store, id).await, Some(UploadState::Ready(kept(id))));
    }
}

async fn evidence_that_is_not_there_keeps_the_order_as_it_was(database: &TestDatabase) {
    let store = store(database).await;
    store
        .insert_orders(&[order("1"), order("2")])
        .await
        .unwrap();
    ready(&store, "lin", "taken").await;
    open_case(&store, "2", &["taken"]).await.unwrap();
    ready(&store, "zhao", "theirs").await;
    begin(&store, "lin", "unfinished", 10).await;
    ready(&store, "lin", "gone").await;
    assert!(store.release_evidence(&"gone".into()).await.unwrap());
    ready(&store, "lin", "good").await;
    for bad in ["nothing", "theirs", "unfinished", "gone", "taken"] {
        let opened = open_case(&store, "1", &["good", bad]).await;
        assert!(matches!(opened, Err(StoreError::Conflict)), "{bad}");
        let new = with_evidence(&order("3"), &[bad]);
        let inserted = store.insert_orders(&[new]).await;
        assert!(matches!(inserted, Err(StoreError::Conflict)), "{bad}");
    }
    let found = store.order_by_id(&"1".into()).await.unwrap().unwrap();
    assert_eq!(found.version, 1);
    assert_eq!(store.order_by_id(&"3".into()).await.unwrap(), None);
    assert_eq!(store.evidence_for_shop(&"good".into()).await.unwrap(), None);
}

async fn the_shop_sees_only_what_a_case_has(database: &TestDatabase) {
    let store = store(database).await;
    store.insert_orders(&[order("1")]).await.unwrap();
    ready(&store, "lin", "a").await;
    assert_eq!(store.evidence_for_shop(&"a".into()).await.unwrap(), None);
    assert_eq!(store.evidence_for_shop(&"\0".into()).await.unwrap(), None);
    open_case(&store, "1", &["a"]).await.unwrap();
    assert_eq!(
        store.evidence_for_shop(&"a".into()).await.unwrap(),
        Some(kept("a"))
    );
}

async fn what_a_case_has_is_neither_given_up_nor_let_go_of(database: &TestDatabase) {
    let store = store(database).await;
    store.insert_orders(&[order("1")]).await.unwrap();
    ready(&store, "lin", "a").await;
    open_case(&store, "1", &["a"]).await.unwrap();
    let id = EvidenceId::from("a");
    let lin = lin();
    let given_up = store.give_up_upload(&lin, &id, None, answer("gone"));
    assert_eq!(given_up.await.unwrap(), None);
    assert!(!store.release_evidence(&id).await.unwrap());
    store.forget_evidence(&id).await.unwrap();
    assert_eq!(
        state(&store, "a").await,
        Some(UploadState::Ready(kept("a")))
    );
}

async fn what_nobody_needs_is_found_by_its_age(database: &TestDatabase) {
    let store = store(database).await;
    ready(&store, "lin", "a").await;
    begin(&store, "lin", "b", 10).await;
    assert_eq!(store.unneeded_evidence(noon(), 9).await.unwrap(), []);
    let later = noon() + minutes(1);
    let ids = ["a", "b"].map(EvidenceId::from);
    assert_eq!(store.unneeded_evidence(later, 9).await.unwrap(), ids);
    assert_eq!(store.unneeded_evidence(later, 1).await.unwrap(), ids[..1]);
    // What was let go of is nobody's at once, and found again until its bytes are deleted and it is forgotten.
    assert!(store.release_evidence(&ids[0]).await.unwrap());
    assert_eq!(state(&store, "a").await, None);
    assert_eq!(store.unneeded_evidence(noon(), 9).await.unwrap(), ids[..1]);
    store.forget_evidence(&ids[0]).await.unwrap();
    store.forget_evidence(&ids[1]).await.unwrap();
    assert_eq!(store.unneeded_evidence(later, 9).await.unwrap(), ids[1..]);
}

async fn giving_up_is_answered_once_under_a_key(database: &TestDatabase) {
    let store = store(database).await;
    begin(&store, "lin", "a", 10).await;
    let id = EvidenceId::from("a");
    let give_up = async |shopper: &ShopperId, once: Option<Once>| {
        let given_up = store.give_up_upload(shopper, &id, once.as_ref(), answer("gone"));
        given_up.await.unwrap()
    };
    assert_eq!(give_up(&"zhao".into(), None).await, None);
    let first = give_up(&lin(), Some(once("k", ""))).await;
    assert!(matches!(first, Some(Changed::Done { .. })));
    store.forget_evidence(&id).await.unwrap();
    let again = give_up(&lin(), Some(once("k", ""))).await;
    assert_eq!(again, Some(Changed::Replayed(answer("gone"))));
    assert_eq!(give_up(&lin(), None).await, None);
}
