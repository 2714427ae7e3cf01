//! Complaints of all orders: due when their time is over, and listed by that, page by page.

use orders_domain::{
    Complaint, ComplaintAbout, ComplaintSilence, ComplaintState, ComplaintTerms, ComplaintTopic,
    ComplaintWish, Order, OrderState,
};
use orders_store::testing::TestDatabase;
use orders_store::{ComplaintQuery, Store, StoreError, Verdict};

use crate::on_both_databases;
use crate::orders::{answer, in_state, lin, minutes, noon, owned};

on_both_databases!(
    an_order_with_complaints_comes_back_as_it_was_stored,
    complaints_are_due_when_their_time_is_over_and_never_without_one,
    a_complaint_that_moves_on_is_due_anew,
    complaints_are_listed_by_what_is_due_next_then_those_without_a_date_then_those_that_are_over,
    only_the_complaints_of_the_shops_that_are_named_are_listed,
);

pub fn complaint(
    order: &str,
    number: usize,
    state: ComplaintState,
    until: Option<i64>,
) -> Complaint {
    Complaint {
        id: format!("{order}-K{number}"),
        about: ComplaintAbout::default(),
        topic: ComplaintTopic::Service,
        wish: ComplaintWish::Refund,
        wished: Some(1),
        terms: ComplaintTerms {
            confirm_hours: 24,
            propose_days: 7,
            supervisor_days: 3,
            answer_days: 7,
            silence: ComplaintSilence::Grant,
            two_approve_above: None,
            evidence_at_once: 9,
        },
        state,
        until: until.map(|until| noon() + minutes(until)),
        opened_at: noon(),
        escalated_at: None,
        outside_at: None,
        draft: None,
        thread: Vec::new(),
        refunds: Vec::new(),
    }
}

/// An order with complaints whose time is over so many minutes after noon, received or closed.
fn with(id: &str, complaints: &[(ComplaintState, Option<i64>)]) -> Order {
    let mut order = in_state(id, OrderState::Delivered);
    let complaints = complaints.iter().zip(1..);
    order.body.complaints = complaints
        .map(|((state, until), number)| complaint(id, number, *state, *until))
        .collect();
    order
}

const RECEIVED: ComplaintState = ComplaintState::Received;
const CLOSED: ComplaintState = ComplaintState::Closed;

fn all() -> ComplaintQuery {
    ComplaintQuery {
        limit: 100,
        ..ComplaintQuery::default()
    }
}

async fn listed(store: &Store, query: &ComplaintQuery) -> Vec<String> {
    let page = store.list_complaints(query).await.unwrap();
    page.complaints.into_iter().map(|(id, _)| id).collect()
}

async fn an_order_with_complaints_comes_back_as_it_was_stored(database: &TestDatabase) {
    let store = database.store().await;
    let order = with("1", &[(RECEIVED, Some(5)), (CLOSED, None)]);
    store
        .insert_orders(std::slice::from_ref(&order))
        .await
        .unwrap();
    let found = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(found, Some(order));
}

async fn complaints_are_due_when_their_time_is_over_and_never_without_one(database: &TestDatabase) {
    let store = database.store().await;
    let orders = [
        with("none", &[]),
        with("soon", &[(RECEIVED, Some(1))]),
        with("now", &[(RECEIVED, Some(0))]),
        with("late", &[(RECEIVED, Some(-10)), (RECEIVED, Some(-9))]),
        with("waits", &[(RECEIVED, None)]),
        with("over", &[(CLOSED, None)]),
    ];
    store.insert_orders(&orders).await.unwrap();
    let due = store.complaints_due(noon(), 10).await.unwrap();
    assert_eq!(due, ["late".into(), "late".into(), "now".into()]);
    let century = noon() + chrono::Duration::days(36_500);
    assert_eq!(store.complaints_due(century, 10).await.unwrap().len(), 4);
}

async fn a_complaint_that_moves_on_is_due_anew(database: &TestDatabase) {
    let store = database.store().await;
    store
        .insert_orders(&[with("1", &[(RECEIVED, Some(-5))])])
        .await
        .unwrap();
    let decide = |order: Option<Order>| {
        let mut order = order.unwrap();
        order.version += 1;
        order.body.complaints[0].until = None;
        order
            .body
            .complaints
            .push(complaint("1", 2, RECEIVED, Some(3)));
        Verdict {
            change: Some(orders_domain::Change {
                order,
                effects: orders_domain::Effects::default(),
            }),
            answer: answer(200, ""),
            remember: false,
        }
    };
    store
        .change(&owned("1"), None, noon(), decide)
        .await
        .unwrap();
    assert!(store.complaints_due(noon(), 9).await.unwrap().is_empty());
    assert_eq!(listed(&store, &all()).await, ["1-K2", "1-K1"]);
}

async fn complaints_are_listed_by_what_is_due_next_then_those_without_a_date_then_those_that_are_over(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let orders = [
        with("a", &[(CLOSED, None), (RECEIVED, Some(7))]),
        with("b", &[(RECEIVED, None), (RECEIVED, Some(3))]),
    ];
    store.insert_orders(&orders).await.unwrap();
    let everything = ["b-K2", "a-K2", "b-K1", "a-K1"];
    assert_eq!(listed(&store, &all()).await, everything);
    let received = ComplaintQuery {
        state: Some(RECEIVED),
        ..all()
    };
    assert_eq!(listed(&store, &received).await, everything[..3]);
    let mut pieces = Vec::new();
    let mut cursor = None;
    loop {
        let query = ComplaintQuery {
            cursor,
            limit: 1,
            ..ComplaintQuery::default()
        };
        let page = store.list_complaints(&query).await.unwrap();
        pieces.extend(page.complaints.into_iter().map(|(id, _)| id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(pieces, everything);
    let broken = ComplaintQuery {
        cursor: Some("zz".to_owned()),
        ..all()
    };
    let refused = store.list_complaints(&broken).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));
}

async fn only_the_complaints_of_the_shops_that_are_named_are_listed(database: &TestDatabase) {
    let store = database.store().await;
    let mut other = with("2", &[(RECEIVED, Some(1))]);
    other.shop = "another".into();
    store
        .insert_orders(&[with("1", &[(RECEIVED, Some(2))]), other])
        .await
        .unwrap();
    let query = ComplaintQuery {
        shops: vec!["another".into()],
        ..all()
    };
    assert_eq!(listed(&store, &query).await, ["2-K1"]);
}
