//! What a shopper's standing follows from: written with the change, read with every order of theirs at the shop.

use orders_domain::{Mark, MarkKind, Order};
use orders_store::testing::TestDatabase;
use orders_store::{OrderQuery, Store, Verdict};
use tokio::task::JoinSet;

use crate::on_both_databases;
use crate::orders::{answer, cancel, lin, noon, order, owned};

on_both_databases!(
    what_is_on_record_comes_with_every_order_of_the_shopper_at_the_shop,
    of_many_at_once_each_is_on_record_once_and_sees_those_before_it,
);

/// Cancels, and puts that on record. The answer says how many were before.
fn counted(old: Option<Order>) -> Verdict {
    let before = old.as_ref().map_or(0, |order| order.marks.len());
    let mut verdict = cancel(old);
    if let Some(change) = &mut verdict.change {
        let order = &mut change.order;
        order.marks.push(Mark {
            number: order.marks.last().map_or(1, |last| last.number + 1),
            at: noon(),
            what: MarkKind::LateCancel,
            order: order.id.clone(),
        });
        verdict.answer = answer(201, &before.to_string());
    }
    verdict
}

async fn marks_of(store: &Store, order: &str) -> Vec<(i64, String)> {
    let found = store.order_of(&lin(), &order.into()).await.unwrap();
    let marks = found.unwrap().marks.into_iter();
    marks.map(|mark| (mark.number, mark.order.0)).collect()
}

async fn what_is_on_record_comes_with_every_order_of_the_shopper_at_the_shop(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let mut elsewhere = order("3");
    elsewhere.shop = "elsewhere".into();
    let mut others = order("4");
    others.shopper = "zhao".into();
    let orders = [order("1"), order("2"), elsewhere, others];
    store.insert_orders(&orders).await.unwrap();
    for id in ["1", "2"] {
        store
            .change(&owned(id), None, noon(), counted)
            .await
            .unwrap();
    }
    let both = [(1, "1".to_owned()), (2, "2".to_owned())];
    assert_eq!(marks_of(&store, "1").await, both);
    assert_eq!(marks_of(&store, "2").await, both);
    assert_eq!(marks_of(&store, "3").await, []);
    let others = store.order_by_id(&"4".into()).await.unwrap().unwrap();
    assert_eq!(others.marks, []);
    let query = OrderQuery {
        limit: 10,
        ..OrderQuery::default()
    };
    let page = store.list_orders(&lin(), &query).await.unwrap();
    for listed in page.orders {
        let here = listed.shop.as_str() != "elsewhere";
        assert_eq!(
            listed.marks.len(),
            if here { 2 } else { 0 },
            "{}",
            listed.id
        );
    }
}

async fn of_many_at_once_each_is_on_record_once_and_sees_those_before_it(database: &TestDatabase) {
    const MANY: usize = 6;
    let stores = [database.store().await, database.store().await];
    let orders: Vec<Order> = (0..MANY).map(|n| order(&n.to_string())).collect();
    stores[0].insert_orders(&orders).await.unwrap();
    let mut runners = JoinSet::new();
    for n in 0..MANY {
        let store = stores[n % 2].clone();
        runners.spawn(async move {
            let selector = owned(&n.to_string());
            match store
                .change(&selector, None, noon(), counted)
                .await
                .unwrap()
            {
                orders_store::Changed::Done { answer, .. } => answer.body,
                other => panic!("{other:?}"),
            }
        });
    }
    let mut before = Vec::new();
    while let Some(answer) = runners.join_next().await {
        before.push(answer.unwrap());
    }
    before.sort_unstable();
    let expected: Vec<String> = (0..MANY).map(|n| n.to_string()).collect();
    assert_eq!(before, expected);
    assert_eq!(marks_of(&stores[0], "0").await.len(), MANY);
}
