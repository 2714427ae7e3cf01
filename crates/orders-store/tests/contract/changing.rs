//! The one door: everything or nothing, and what is written comes back as it was.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use orders_domain::{
    Actor, ExternalId, OrderId, OrderState, OutboxMessage, RefundState, ShopperId, TimelineEvent,
};
use orders_store::testing::TestDatabase;
use orders_store::{Changed, Selector, StoreError, Verdict};

use crate::on_both_databases;
use crate::orders::{
    answer, cancel, in_state, lin, minutes, moved, no_change, noon, once, order, owned,
    start_packing,
};

on_both_databases!(
    an_order_comes_back_as_it_was_stored,
    a_new_order_comes_in_through_the_door,
    cancelling_writes_order_timeline_refund_outbox_and_answer,
    a_refund_that_moves_on_is_updated,
    somebody_elses_order_does_not_exist,
    an_id_that_no_database_can_hold_does_not_exist,
    a_verdict_without_a_change_writes_nothing,
    the_outbox_keeps_the_order_of_decisions,
    dropping_a_change_half_way_leaves_all_or_nothing,
    a_panic_while_deciding_leaves_nothing,
    a_change_that_does_not_count_the_version_on_is_refused,
    a_damaged_row_is_reported_with_its_order,
    a_database_is_empty_until_something_is_in_it,
    an_existing_order_is_not_inserted_again,
    what_is_stored_outlives_the_store,
    unpaid_orders_are_due_at_the_end_of_their_time,
    text_with_a_null_character_is_stored_without_it,
);

async fn an_order_comes_back_as_it_was_stored(database: &TestDatabase) {
    let store = database.store().await;
    let mut stored = order("1");
    stored.pay_by = Some(noon() + minutes(30));
    stored.delivered_at = Some(noon() + minutes(60));
    stored.refunds.push(crate::orders::refund(&stored, 1));
    store.insert_orders(&[stored.clone()]).await.unwrap();
    let by_id = store.order_of(&lin(), &stored.id).await.unwrap();
    assert_eq!(by_id.as_ref(), Some(&stored));
    let by_external = store.order_by_external(&stored.external_id).await.unwrap();
    assert_eq!(by_external, Some(stored));
}

async fn a_new_order_comes_in_through_the_door(database: &TestDatabase) {
    let store = database.store().await;
    let selector = Selector::External(ExternalId::from("shop-1"));
    let create = |old: Option<orders_domain::Order>| match old {
        None => Verdict {
            change: Some(orders_domain::Change {
                order: order("1"),
                effects: orders_domain::Effects::default(),
            }),
            answer: answer(201, "created"),
            remember: false,
        },
        Some(_) => no_change(200, "there already"),
    };
    for status in [201, 200] {
        let changed = store.change(&selector, None, noon(), create).await.unwrap();
        let Changed::Done { answer, .. } = changed else {
            panic!("{changed:?}");
        };
        assert_eq!(answer.status, status);
    }
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(stored, Some(order("1")));
}

async fn cancelling_writes_order_timeline_refund_outbox_and_answer(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let changed = store
        .change(&owned("1"), Some(&once("k")), noon(), cancel)
        .await
        .unwrap();
    let Changed::Done {
        answer,
        notice: Some(notice),
    } = changed
    else {
        panic!("{changed:?}");
    };
    assert_eq!(answer.status, 201);
    assert_eq!((notice.order.as_str(), notice.version), ("1", 2));

    let expected = cancel(Some(order("1"))).change.unwrap();
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(stored, Some(expected.order));
    let outbox = store.outbox_after(0, 10).await.unwrap();
    let messages: Vec<_> = outbox.into_iter().map(|entry| entry.message).collect();
    assert_eq!(messages, expected.effects.outbox);
}

async fn a_refund_that_moves_on_is_updated(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    let arrive = |order: Option<orders_domain::Order>| {
        let mut change = moved(
            order.unwrap(),
            OrderState::Cancelled,
            TimelineEvent::RefundArrived,
            Actor::Provider,
        );
        change.order.refunds[0].state = RefundState::Arrived;
        change.order.refunds[0].updated_at = noon() + minutes(5);
        Verdict {
            change: Some(change),
            answer: answer(200, ""),
            remember: false,
        }
    };
    store
        .change(&owned("1"), None, noon(), arrive)
        .await
        .unwrap();
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!(stored.refunds.len(), 1);
    assert_eq!(stored.refunds[0].state, RefundState::Arrived);
    assert_eq!(stored.refunds[0].updated_at, noon() + minutes(5));
    assert_eq!(stored.timeline.len(), 3);
}

async fn somebody_elses_order_does_not_exist(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let zhao = ShopperId::from("zhao");
    assert_eq!(store.order_of(&zhao, &"1".into()).await.unwrap(), None);
    let theirs = Selector::Owned {
        owner: (&zhao).into(),
        order: OrderId::from("1"),
    };
    let mut seen = Vec::new();
    store
        .change(&theirs, None, noon(), |order| {
            seen.push(order.clone());
            cancel(order)
        })
        .await
        .unwrap();
    assert_eq!(seen, [None]);
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(stored, Some(order("1")));
}

async fn an_id_that_no_database_can_hold_does_not_exist(database: &TestDatabase) {
    let store = database.store().await;
    let none = OrderId::from("a\0b");
    assert_eq!(store.order_of(&lin(), &none).await.unwrap(), None);
    assert_eq!(store.order_by_external(&"\0".into()).await.unwrap(), None);
    let changed = store
        .change(&Selector::ById(none), None, noon(), cancel)
        .await;
    let Changed::Done { answer, .. } = changed.unwrap() else {
        panic!("not decided");
    };
    assert_eq!(answer.status, 404);
}

async fn a_verdict_without_a_change_writes_nothing(database: &TestDatabase) {
    let store = database.store().await;
    let packed = in_state("1", OrderState::Packing);
    store
        .insert_orders(std::slice::from_ref(&packed))
        .await
        .unwrap();
    let changed = store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    assert_eq!(
        changed,
        Changed::Done {
            answer: answer(409, "packing"),
            notice: None
        }
    );
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(stored, Some(packed));
    assert!(store.outbox_after(0, 10).await.unwrap().is_empty());
}

async fn the_outbox_keeps_the_order_of_decisions(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<_> = (0..20).map(|n| order(&n.to_string())).collect();
    store.insert_orders(&orders).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for order in &orders {
        let (store, selector) = (store.clone(), Selector::ById(order.id.clone()));
        tasks.spawn(async move { store.change(&selector, None, noon(), cancel).await });
    }
    while let Some(changed) = tasks.join_next().await {
        changed.unwrap().unwrap();
    }
    let mut all = Vec::new();
    loop {
        let last = all
            .last()
            .map_or(0, |entry: &orders_store::OutboxEntry| entry.seq);
        let more = store.outbox_after(last, 7).await.unwrap();
        if more.is_empty() {
            break;
        }
        all.extend(more);
    }
    let numbers: Vec<i64> = all.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, (1..=60).collect::<Vec<i64>>());
    for three in all.chunks(3) {
        assert!(three.iter().all(|entry| entry.order == three[0].order));
        assert!(matches!(
            three[0].message,
            OutboxMessage::ReleaseStock { .. }
        ));
        assert!(matches!(three[2].message, OutboxMessage::OrderCancelled));
    }
}

async fn dropping_a_change_half_way_leaves_all_or_nothing(database: &TestDatabase) {
    let store = database.store().await;
    let (mut dropped, mut finished) = (0, 0);
    // How far a number of polls gets depends on how fast the database answers, so each comes several times.
    for (round, polls) in (0..120).map(|round| (round, 1 + round % 30)) {
        let id = round.to_string();
        store.insert_orders(&[order(&id)]).await.unwrap();
        let before = store.outbox_after(0, 1000).await.unwrap().len();
        let (selector, key) = (owned(&id), once(&id));
        let ended = {
            let mut change = pin!(store.change(&selector, Some(&key), noon(), cancel));
            let mut left = polls;
            std::future::poll_fn(|context| {
                if left == 0 {
                    return Poll::Ready(false);
                }
                left -= 1;
                match change.as_mut().poll(context) {
                    Poll::Ready(changed) => {
                        changed.unwrap();
                        Poll::Ready(true)
                    }
                    Poll::Pending if left == 0 => Poll::Ready(false),
                    Poll::Pending => Poll::Pending,
                }
            })
            .await
        };
        // Queues behind what the dropped change still has under way.
        let look = |_| no_change(0, "");
        store.change(&selector, None, noon(), look).await.unwrap();
        let stored = store
            .order_of(&lin(), &id.as_str().into())
            .await
            .unwrap()
            .unwrap();
        let outbox = store.outbox_after(0, 1000).await.unwrap().len() - before;
        let replay = store.change(&selector, Some(&key), noon(), look).await;
        let kept = matches!(replay, Ok(Changed::Replayed(_)));
        let written = (
            stored.version,
            stored.timeline.len(),
            stored.refunds.len(),
            outbox,
            kept,
        );
        // What was dropped during the commit itself may have gone either way, but never half of it.
        let (nothing, all) = ((1, 1, 0, 0, false), (2, 2, 1, 3, true));
        assert!(written == nothing || written == all, "{written:?}");
        if ended {
            assert_eq!(written, all);
            finished += 1;
        } else {
            dropped += 1;
        }
    }
    assert!(dropped > 0 && finished > 0, "{dropped} of 120 dropped");
}

async fn a_panic_while_deciding_leaves_nothing(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let broken = store.clone();
    let task = tokio::spawn(async move {
        broken
            .change(&owned("1"), None, noon(), |_| panic!("a rule is broken"))
            .await
    });
    assert!(task.await.is_err());
    let changed = store.change(&owned("1"), None, noon(), start_packing).await;
    assert!(matches!(
        changed,
        Ok(Changed::Done {
            notice: Some(_),
            ..
        })
    ));
}

async fn a_change_that_does_not_count_the_version_on_is_refused(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let forgetful = |order| {
        let mut verdict = cancel(order);
        if let Some(change) = &mut verdict.change {
            change.order.version -= 1;
        }
        verdict
    };
    let changed = store.change(&owned("1"), None, noon(), forgetful).await;
    assert!(matches!(changed, Err(StoreError::Corrupt(_))));
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(stored, Some(order("1")));
}

async fn a_damaged_row_is_reported_with_its_order(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("broken-1")]).await.unwrap();
    for damage in ["body = '{\"lines\": 3'", "body = '{}'", "state = 'lost'"] {
        database
            .execute(&format!("UPDATE orders SET {damage}"))
            .await;
        let read = store.order_of(&lin(), &"broken-1".into()).await;
        match read {
            Err(StoreError::Corrupt(what)) => assert!(what.contains("broken-1"), "{what}"),
            other => panic!("{damage}: {other:?}"),
        }
        let changed = store.change(&owned("broken-1"), None, noon(), cancel).await;
        assert!(matches!(changed, Err(StoreError::Corrupt(_))), "{damage}");
    }
}

async fn a_database_is_empty_until_something_is_in_it(database: &TestDatabase) {
    let store = database.store().await;
    store.ping().await.unwrap();
    assert!(store.is_empty().await.unwrap());
    store.insert_orders(&[order("1")]).await.unwrap();
    assert!(!store.is_empty().await.unwrap());
    store.settle().await.unwrap();
    store.close().await;
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
}

async fn an_existing_order_is_not_inserted_again(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let again = store.insert_orders(&[order("2"), order("1")]).await;
    assert!(matches!(again, Err(StoreError::Conflict)));
    assert_eq!(store.order_of(&lin(), &"2".into()).await.unwrap(), None);
}

async fn what_is_stored_outlives_the_store(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    store.close().await;
    let again = database.store().await;
    let stored = again.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!(stored.state, OrderState::Cancelled);
}

async fn unpaid_orders_are_due_at_the_end_of_their_time(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders = Vec::new();
    for (id, state, pay_by) in [
        ("late", OrderState::AwaitingPayment, Some(-10)),
        ("now", OrderState::AwaitingPayment, Some(0)),
        ("soon", OrderState::AwaitingPayment, Some(1)),
        ("open-ended", OrderState::AwaitingPayment, None),
        ("paid", OrderState::Unpacked, Some(-10)),
    ] {
        let mut order = in_state(id, state);
        order.pay_by = pay_by.map(|after| noon() + minutes(after));
        orders.push(order);
    }
    store.insert_orders(&orders).await.unwrap();
    let due = store.unpaid_due(noon(), 10).await.unwrap();
    assert_eq!(due, ["late".into(), "now".into()]);
    let first = store.unpaid_due(noon(), 1).await.unwrap();
    assert_eq!(first, ["late".into()]);
}

async fn text_with_a_null_character_is_stored_without_it(database: &TestDatabase) {
    let store = database.store().await;
    let mut odd = order("1");
    odd.number = "TP\x001".to_owned();
    odd.body.lines[0].title.zh_cn = "壶\0".to_owned();
    odd.timeline[0].detail = Some("\0".to_owned());
    store.insert_orders(&[odd]).await.unwrap();
    let stored = store.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!(stored.number, "TP\u{fffd}1");
    assert_eq!(stored.timeline[0].detail.as_deref(), Some("\u{fffd}"));
}
