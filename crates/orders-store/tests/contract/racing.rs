//! Many at once: one winner, one effect, one answer.

use orders_domain::{OrderState, OutboxMessage};
use orders_store::testing::TestDatabase;
use orders_store::{Changed, Selector, Store};
use tokio::task::JoinSet;

use crate::on_both_databases;
use crate::orders::{cancel, lin, noon, once, order, owned, start_packing, touch};

on_both_databases!(
    two_hundred_cancels_racing_the_warehouse_have_one_winner,
    cancels_from_two_processes_have_one_winner,
    one_key_sent_by_many_at_once_has_one_effect_and_one_answer,
    one_key_sent_for_many_orders_at_once_changes_one,
    changes_by_many_at_once_are_all_made,
    one_new_order_sent_by_many_at_once_is_created_once,
    readers_are_served_while_someone_writes,
);

const CANCELS: usize = 200;
const ROUNDS: usize = 100;

async fn two_hundred_cancels_racing_the_warehouse_have_one_winner(database: &TestDatabase) {
    let store = database.store().await;
    for round in 0..ROUNDS {
        // The warehouse starts among the first, in a different place each time.
        race(
            std::slice::from_ref(&store),
            &format!("r{round}"),
            CANCELS,
            round % 12,
        )
        .await;
    }
}

async fn cancels_from_two_processes_have_one_winner(database: &TestDatabase) {
    let stores = [database.store().await, database.store().await];
    for round in 0..10 {
        race(&stores, &format!("r{round}"), 40, round).await;
    }
}

/// `cancels` cancels of one new order with a key each, and the warehouse in the middle of them.
async fn race(stores: &[Store], id: &str, cancels: usize, warehouse_at: usize) {
    stores[0].insert_orders(&[order(id)]).await.unwrap();
    let before = stores[0].outbox_after(0, 10_000).await.unwrap().len();
    let mut runners = JoinSet::new();
    for number in 0..=cancels {
        let (store, id) = (stores[number % stores.len()].clone(), id.to_owned());
        runners.spawn(async move {
            let key = once(&format!("{id}-{number}"));
            if number == warehouse_at {
                let selector = Selector::External(format!("shop-{id}").as_str().into());
                store
                    .change(&selector, Some(&key), noon(), start_packing)
                    .await
            } else {
                store.change(&owned(&id), Some(&key), noon(), cancel).await
            }
        });
    }
    let mut winners = Vec::new();
    while let Some(changed) = runners.join_next().await {
        let Changed::Done { answer, notice } = changed.unwrap().unwrap() else {
            panic!("a key of its own was known");
        };
        match (answer.status, notice) {
            (200 | 201, Some(_)) => winners.push(answer.status),
            (409, None) => {}
            other => panic!("{other:?}"),
        }
    }
    let after = stores[0]
        .order_of(&lin(), &id.into())
        .await
        .unwrap()
        .unwrap();
    let outbox = stores[0].outbox_after(0, 10_000).await.unwrap();
    let refunds = outbox[before..]
        .iter()
        .filter(|entry| matches!(entry.message, OutboxMessage::MakeRefund { .. }))
        .count();
    let seen = (after.state, after.version, after.refunds.len(), refunds);
    match winners[..] {
        [200] => assert_eq!(seen, (OrderState::Packing, 2, 0, 0)),
        [201] => assert_eq!(seen, (OrderState::Cancelled, 2, 1, 1)),
        _ => panic!("winners: {winners:?}"),
    }
    assert_eq!(after.timeline.len(), 2);
}

async fn one_key_sent_by_many_at_once_has_one_effect_and_one_answer(database: &TestDatabase) {
    let store = database.store().await;
    for round in 0..10 {
        let id = format!("r{round}");
        store.insert_orders(&[order(&id)]).await.unwrap();
        let mut senders = JoinSet::new();
        for _ in 0..50 {
            let (store, id) = (store.clone(), id.clone());
            senders.spawn(async move {
                store
                    .change(&owned(&id), Some(&once(&id)), noon(), cancel)
                    .await
            });
        }
        let (mut done, mut answers) = (0, Vec::new());
        while let Some(changed) = senders.join_next().await {
            match changed.unwrap().unwrap() {
                Changed::Done { answer, .. } => {
                    done += 1;
                    answers.push(answer);
                }
                Changed::Replayed(answer) => answers.push(answer),
                Changed::KeyReused => panic!("the key was the same request's"),
                Changed::ClaimedByAnother(_) => panic!("shoppers claim nothing"),
            }
        }
        assert_eq!(done, 1);
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let after = store.order_of(&lin(), &id.as_str().into()).await.unwrap();
        assert_eq!(after.unwrap().refunds.len(), 1);
    }
}

async fn one_key_sent_for_many_orders_at_once_changes_one(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<_> = (0..20).map(|n| order(&n.to_string())).collect();
    store.insert_orders(&orders).await.unwrap();
    let mut senders = JoinSet::new();
    for order in &orders {
        let (store, id) = (store.clone(), order.id.clone());
        senders.spawn(async move {
            let mut key = once("k");
            key.fingerprint = id.0.clone();
            store
                .change(&Selector::ById(id), Some(&key), noon(), cancel)
                .await
        });
    }
    let mut done = 0;
    while let Some(changed) = senders.join_next().await {
        match changed.unwrap().unwrap() {
            Changed::Done { .. } => done += 1,
            Changed::KeyReused => {}
            Changed::ClaimedByAnother(_) => panic!("shoppers claim nothing"),
            Changed::Replayed(_) => panic!("no request was sent twice"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(store.outbox_after(0, 100).await.unwrap().len(), 3);
}

async fn changes_by_many_at_once_are_all_made(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let mut writers = JoinSet::new();
    for _ in 0..100 {
        let store = store.clone();
        writers.spawn(async move { store.change(&owned("1"), None, noon(), touch).await });
    }
    while let Some(changed) = writers.join_next().await {
        changed.unwrap().unwrap();
    }
    let after = store.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!((after.version, after.timeline.len()), (101, 101));
}

async fn one_new_order_sent_by_many_at_once_is_created_once(database: &TestDatabase) {
    let store = database.store().await;
    let mut senders = JoinSet::new();
    for number in 0..20 {
        let store = store.clone();
        senders.spawn(async move {
            let selector = Selector::External("shop-1".into());
            store
                .change(&selector, None, noon(), |old| match old {
                    Some(_) => crate::orders::no_change(200, "there already"),
                    None => {
                        let mut new = order("1");
                        new.id = format!("1-{number}").as_str().into();
                        orders_store::Verdict {
                            change: Some(orders_domain::Change {
                                order: new,
                                effects: orders_domain::Effects::default(),
                            }),
                            answer: crate::orders::answer(201, "created"),
                            remember: false,
                        }
                    }
                })
                .await
        });
    }
    let mut created = 0;
    while let Some(changed) = senders.join_next().await {
        if let Changed::Done {
            notice: Some(_), ..
        } = changed.unwrap().unwrap()
        {
            created += 1;
        }
    }
    assert_eq!(created, 1);
}

async fn readers_are_served_while_someone_writes(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let (inside, entered) = tokio::sync::oneshot::channel();
    let (go_on, wait) = std::sync::mpsc::channel::<()>();
    let (mut inside, writing) = (Some(inside), store.clone());
    let writer = tokio::spawn(async move {
        let decide = move |order| {
            if let Some(inside) = inside.take() {
                inside.send(()).unwrap();
            }
            // Holds the transaction open until the reader is done.
            tokio::task::block_in_place(|| wait.recv().unwrap());
            cancel(order)
        };
        writing.change(&owned("1"), None, noon(), decide).await
    });
    entered.await.unwrap();
    let during = store.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!(during.state, OrderState::Unpacked);
    go_on.send(()).unwrap();
    writer.await.unwrap().unwrap();
    let after = store.order_of(&lin(), &"1".into()).await.unwrap().unwrap();
    assert_eq!(after.state, OrderState::Cancelled);
}
