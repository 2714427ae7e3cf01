//! Guests: their codes, their sessions, and what there is for them.

use orders_domain::{EvidenceId, OrderId, ShopperId};
use orders_store::testing::TestDatabase;
use orders_store::{
    Answer, Changed, Credentials, KeptEvidence, Once, Owner, Selector, Shopper, Store, Verdict,
};

use crate::on_both_databases;
use crate::orders::{lin, minutes, noon, order};

on_both_databases!(
    a_code_fits_only_once_it_is_granted,
    a_code_is_over_with_its_time_and_its_tries,
    of_two_who_use_a_code_at_once_one_does,
    the_same_request_is_answered_the_same,
    orders_are_found_by_their_whole_number,
    a_guest_s_session_ends_however_it_is_used,
    a_guest_has_one_order,
    what_waits_is_of_whoever_began_it,
    codes_that_are_over_are_swept_away,
    a_guest_of_a_shopper_who_never_logged_in_is_one_all_the_same,
    a_server_that_knows_no_guests_takes_none_for_the_shopper,
    a_guest_s_session_is_ended_and_swept_away_like_any_other,
);

fn guest(order: &str) -> Owner {
    Owner::Guest {
        shopper: lin(),
        order: OrderId::from(order),
    }
}

fn answer(body: &str) -> Answer {
    Answer {
        status: 202,
        body: body.to_owned(),
    }
}

/// Lin with the orders `1` and `2`.
async fn with_orders(database: &TestDatabase) -> Store {
    let store = database.store().await;
    let credentials = Credentials {
        shopper: Shopper {
            id: lin(),
            display_name: "林小姐".to_owned(),
        },
        password_hash: String::new(),
    };
    store.put_shopper(&credentials, &[]).await.unwrap();
    let orders = [order("1"), order("2")];
    store.insert_orders(&orders).await.unwrap();
    store
}

async fn begin(store: &Store, id: &str) {
    let expires = noon() + minutes(10);
    let begun = store.begin_guest_code(id, "hash", expires, None, answer("begun"));
    assert!(matches!(begun.await.unwrap(), Changed::Done { .. }));
}

async fn a_code_fits_only_once_it_is_granted(database: &TestDatabase) {
    let store = with_orders(database).await;
    begin(&store, "g1").await;
    let tried = store
        .try_guest_code("g1", noon(), 5)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((tried.code_hash.as_str(), &tried.owner), ("hash", &None));
    assert!(!format!("{tried:?}").contains("hash"));
    store
        .grant_guest_code("g1", &lin(), &"1".into())
        .await
        .unwrap();
    let tried = store
        .try_guest_code("g1", noon(), 5)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(tried.owner, Some(guest("1")));
    for other in ["g2", "", "\0"] {
        assert_eq!(store.try_guest_code(other, noon(), 5).await.unwrap(), None);
    }
}

async fn a_code_is_over_with_its_time_and_its_tries(database: &TestDatabase) {
    let store = with_orders(database).await;
    begin(&store, "g1").await;
    for _ in 0..5 {
        assert!(
            store
                .try_guest_code("g1", noon(), 5)
                .await
                .unwrap()
                .is_some()
        );
    }
    assert_eq!(store.try_guest_code("g1", noon(), 5).await.unwrap(), None);
    begin(&store, "g2").await;
    let over = noon() + minutes(10);
    assert_eq!(store.try_guest_code("g2", over, 5).await.unwrap(), None);
    assert!(
        store
            .try_guest_code("g2", noon(), 5)
            .await
            .unwrap()
            .is_some()
    );
}

async fn of_two_who_use_a_code_at_once_one_does(database: &TestDatabase) {
    let store = with_orders(database).await;
    begin(&store, "g1").await;
    let (one, other) = tokio::join!(store.use_guest_code("g1"), store.use_guest_code("g1"));
    assert_ne!(one.unwrap(), other.unwrap());
    assert_eq!(store.try_guest_code("g1", noon(), 5).await.unwrap(), None);
}

async fn the_same_request_is_answered_the_same(database: &TestDatabase) {
    let store = with_orders(database).await;
    let once = |fingerprint: &str| Once {
        scope: "anybody POST /guest/codes".to_owned(),
        key: "k1".to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    };
    assert_eq!(store.answered(&once("a")).await.unwrap(), None);
    let expires = noon() + minutes(10);
    let (first, again) = (once("a"), once("a"));
    let begun = store.begin_guest_code("g1", "hash", expires, Some(&first), answer("first"));
    assert!(matches!(begun.await.unwrap(), Changed::Done { .. }));
    let same = Changed::Replayed(answer("first"));
    let begun = store.begin_guest_code("g2", "hash", expires, Some(&again), answer("second"));
    assert_eq!(begun.await.unwrap(), same);
    assert_eq!(store.answered(&again).await.unwrap(), Some(same));
    let other = store.answered(&once("b")).await.unwrap();
    assert_eq!(other, Some(Changed::KeyReused));
    assert_eq!(store.try_guest_code("g2", noon(), 5).await.unwrap(), None);
}

async fn orders_are_found_by_their_whole_number(database: &TestDatabase) {
    let store = with_orders(database).await;
    let number = order("1").number;
    let found = store.orders_numbered(&number).await.unwrap();
    assert!(found.iter().any(|found| found.id == "1".into()));
    assert!(found.iter().all(|found| found.number == number));
    for other in ["", "%", "\0", "1' OR '1'='1"] {
        assert!(
            store.orders_numbered(other).await.unwrap().is_empty(),
            "{other}"
        );
    }
}

async fn a_guest_s_session_ends_however_it_is_used(database: &TestDatabase) {
    let store = with_orders(database).await;
    let expires = noon() + minutes(120);
    store
        .create_session("hash", &guest("1"), noon(), expires)
        .await
        .unwrap();
    for later in [0, 60, 119] {
        let session = store
            .session("hash", noon() + minutes(later))
            .await
            .unwrap();
        assert_eq!(session.unwrap().owner, guest("1"));
    }
    assert_eq!(store.session("hash", expires).await.unwrap(), None);
}

async fn a_guest_has_one_order(database: &TestDatabase) {
    let store = with_orders(database).await;
    let found = async |owner: Owner, id: &str| {
        let found = store.order_of(&owner, &id.into()).await.unwrap();
        found.is_some()
    };
    assert!(found(guest("1"), "1").await);
    assert!(!found(guest("1"), "2").await, "of the same shopper");
    let zhao = Owner::Guest {
        shopper: ShopperId::from("zhao"),
        order: "1".into(),
    };
    assert!(!found(zhao, "1").await, "not that shopper's any more");
    let changed = Selector::Owned {
        owner: guest("1"),
        order: "2".into(),
    };
    let mut seen = Vec::new();
    let decided = store.change(&changed, None, noon(), |order| {
        seen.push(order.is_some());
        Verdict {
            change: None,
            answer: answer("none"),
            remember: false,
        }
    });
    decided.await.unwrap();
    assert_eq!(seen, [false]);
    assert_ne!(guest("1").scope(), lin().as_str());
    assert_ne!(guest("1").scope(), guest("2").scope());
}

async fn what_waits_is_of_whoever_began_it(database: &TestDatabase) {
    let store = with_orders(database).await;
    let owners = [Owner::Account(lin()), guest("1"), guest("2")];
    for (owner, id) in owners.iter().zip(["a", "b", "c"]) {
        let id = EvidenceId::from(id);
        let begun = store.begin_upload(owner, (&id, 10), (noon(), noon()), None, |pending| {
            assert_eq!(pending.files, 0, "each has room of their own");
            Ok(answer("begun"))
        });
        assert!(matches!(begun.await.unwrap(), Changed::Done { .. }));
        assert!(store.count_piece(&id, 0, 10, "p").await.unwrap());
        let kept = KeptEvidence {
            evidence: orders_domain::Evidence {
                id,
                kind: orders_domain::EvidenceKind::Photo,
                width: 12,
                height: 9,
            },
            bytes: 7,
        };
        assert!(store.upload_cleaned(&kept).await.unwrap());
    }
    let ids: Vec<EvidenceId> = ["a", "b", "c"].map(EvidenceId::from).into();
    for (owner, own) in owners.iter().zip(["a", "b", "c"]) {
        for id in &ids {
            let found = store.upload_of(owner, id).await.unwrap();
            assert_eq!(found.is_some(), id.as_str() == own, "{owner:?} {id}");
        }
        for order in ["1", "2"] {
            let ready = store
                .evidence_ready(owner, &order.into(), &ids)
                .await
                .unwrap();
            let ready: Vec<_> = ready.iter().map(|evidence| evidence.id.as_str()).collect();
            let sees = owner.sees(&order.into());
            let expected = if sees { vec![own] } else { Vec::new() };
            assert_eq!(ready, expected, "{owner:?} {order}");
        }
        let others = ids.iter().filter(|id| id.as_str() != own);
        for id in others {
            let gone = store.give_up_upload(owner, id, None, answer("gone"));
            assert_eq!(gone.await.unwrap(), None);
        }
    }
    let gone = store
        .give_up_upload(&guest("1"), &"b".into(), None, answer("gone"))
        .await
        .unwrap();
    assert!(matches!(gone, Some(Changed::Done { .. })));
}

async fn codes_that_are_over_are_swept_away(database: &TestDatabase) {
    let store = with_orders(database).await;
    begin(&store, "g1").await;
    assert_eq!(store.prune_guest_codes(noon()).await.unwrap(), 0);
    let over = noon() + minutes(10);
    assert_eq!(store.prune_guest_codes(over).await.unwrap(), 1);
}

async fn a_guest_of_a_shopper_who_never_logged_in_is_one_all_the_same(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    assert!(store.credentials_of(&lin()).await.unwrap().is_none());
    let expires = noon() + minutes(120);
    for token in ["one", "two"] {
        let begun = store.create_session(token, guest("1"), noon(), expires);
        begun.await.unwrap();
        let session = store.session(token, noon()).await.unwrap().unwrap();
        assert_eq!(session.owner, guest("1"));
    }
    let id = EvidenceId::from("a");
    let upload = store.begin_upload(guest("1"), (&id, 10), (noon(), noon()), None, |_| {
        Ok(answer("begun"))
    });
    assert!(matches!(upload.await.unwrap(), Changed::Done { .. }));
    // Nobody can log in as the shopper by that, and who comes later is who they are.
    let known = store.credentials_of(&lin()).await.unwrap().unwrap();
    assert_eq!(known.password_hash, "");
    let credentials = Credentials {
        shopper: Shopper {
            id: lin(),
            display_name: "林小姐".to_owned(),
        },
        password_hash: "hash".to_owned(),
    };
    let put = store.put_shopper(&credentials, &["lin@example.com"]);
    put.await.unwrap();
    store
        .create_session("three", &guest("1"), noon(), expires)
        .await
        .unwrap();
    let known = store.credentials_of(&lin()).await.unwrap();
    assert_eq!(known, Some(credentials));
}

async fn a_server_that_knows_no_guests_takes_none_for_the_shopper(database: &TestDatabase) {
    let store = with_orders(database).await;
    let expires = noon() + minutes(120);
    store
        .create_session("hash", &guest("1"), noon(), expires)
        .await
        .unwrap();
    // What it would look in has nothing for that token: were there a row, it would be the account's.
    database
        .execute("DELETE FROM sessions WHERE token_hash = 'hash'")
        .await;
    let session = store.session("hash", noon()).await.unwrap();
    assert_eq!(session.unwrap().owner, guest("1"));
}

async fn a_guest_s_session_is_ended_and_swept_away_like_any_other(database: &TestDatabase) {
    let store = with_orders(database).await;
    let expires = noon() + minutes(120);
    for token in ["one", "two"] {
        let begun = store.create_session(token, guest("1"), noon(), expires);
        begun.await.unwrap();
    }
    store.end_session("one").await.unwrap();
    assert_eq!(store.session("one", noon()).await.unwrap(), None);
    assert!(store.session("two", noon()).await.unwrap().is_some());
    assert_eq!(store.prune_sessions(noon()).await.unwrap(), 0);
    assert_eq!(store.prune_sessions(expires).await.unwrap(), 1);
}
