//! After-sale cases of all orders: due when their time is over, and listed by that, page by page.

use orders_domain::{
    Case, CaseKind, CaseLine, CaseState, Instant, LineId, Order, OrderState, Settlement,
};
use orders_store::testing::TestDatabase;
use orders_store::{CaseQuery, Store, StoreError, Verdict};

use crate::on_both_databases;
use crate::orders::{answer, in_state, lin, minutes, noon, owned};

on_both_databases!(
    an_order_with_cases_comes_back_as_it_was_stored,
    cases_are_due_when_their_time_is_over,
    a_case_that_moves_on_is_due_anew_and_one_that_is_over_never,
    an_order_is_named_for_each_of_its_cases_that_is_due,
    cases_are_listed_by_what_is_due_next_and_those_that_are_over_last,
    a_case_that_is_not_changed_with_its_order_stays_listed_as_it_was,
    a_cursor_that_no_list_gave_out_is_refused,
);

/// An open case, or one that is over where there is no time.
fn case(order: &str, number: usize, until: Option<i64>) -> Case {
    Case {
        worth: Vec::new(),
        id: format!("{order}-C{number}"),
        kind: CaseKind::RefundOnly,
        lines: vec![CaseLine {
            line: LineId::from("1"),
            quantity: 1,
            components: Vec::new(),
        }],
        reason: "quality".to_owned(),
        condition: None,
        settlement: Settlement::default(),
        state: match until {
            Some(_) => CaseState::Open,
            None => CaseState::Closed,
        },
        until: until.map(after_noon),
        opened_at: noon(),
        thread: Vec::new(),
        return_to: None,
        parcel: None,
        refunds: Vec::new(),
    }
}

fn after_noon(after: i64) -> Instant {
    noon() + minutes(after)
}

/// An order with cases whose time is over so many minutes after noon.
fn with_cases(id: &str, untils: &[Option<i64>]) -> Order {
    let mut order = in_state(id, OrderState::Delivered);
    let cases = untils.iter().zip(1..);
    order.body.cases = cases
        .map(|(until, number)| case(id, number, *until))
        .collect();
    order
}

async fn listed(store: &Store, query: &CaseQuery) -> Vec<String> {
    let page = store.list_cases(query).await.unwrap();
    page.cases.into_iter().map(|(case, _)| case).collect()
}

fn all() -> CaseQuery {
    CaseQuery {
        limit: 100,
        ..CaseQuery::default()
    }
}

/// Changes an order as `change` says.
async fn changed(store: &Store, id: &str, change: impl Fn(&mut Order) + Sync) {
    let decide = |order: Option<Order>| {
        let mut order = order.unwrap();
        order.version += 1;
        change(&mut order);
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
        .change(&owned(id), None, noon(), decide)
        .await
        .unwrap();
}

async fn an_order_with_cases_comes_back_as_it_was_stored(database: &TestDatabase) {
    let store = database.store().await;
    let order = with_cases("1", &[Some(5), None]);
    store
        .insert_orders(std::slice::from_ref(&order))
        .await
        .unwrap();
    let found = store.order_of(&lin(), &"1".into()).await.unwrap();
    assert_eq!(found, Some(order));
}

async fn cases_are_due_when_their_time_is_over(database: &TestDatabase) {
    let store = database.store().await;
    let orders = [
        with_cases("none", &[]),
        with_cases("soon", &[Some(1)]),
        with_cases("now", &[Some(0)]),
        with_cases("late", &[Some(-10)]),
        with_cases("over", &[None]),
    ];
    store.insert_orders(&orders).await.unwrap();
    let due = store.cases_due(noon(), 10).await.unwrap();
    assert_eq!(due, ["late".into(), "now".into()]);
    let first = store.cases_due(noon(), 1).await.unwrap();
    assert_eq!(first, ["late".into()]);
}

async fn a_case_that_moves_on_is_due_anew_and_one_that_is_over_never(database: &TestDatabase) {
    let store = database.store().await;
    let due = async || store.cases_due(noon(), 10).await.unwrap();
    store
        .insert_orders(&[in_state("1", OrderState::Delivered)])
        .await
        .unwrap();
    changed(&store, "1", |order| {
        order.body.cases.push(case("1", 1, Some(-5)))
    })
    .await;
    assert_eq!(due().await, ["1".into()]);
    changed(&store, "1", |order| {
        order.body.cases[0].state = CaseState::Appealed;
        order.body.cases[0].until = Some(after_noon(5));
    })
    .await;
    assert!(due().await.is_empty());
    assert_eq!(store.cases_due(after_noon(5), 1).await.unwrap().len(), 1);
    changed(&store, "1", |order| {
        order.body.cases[0].state = CaseState::Closed;
        order.body.cases[0].until = None;
    })
    .await;
    let century = noon() + chrono::Duration::days(36_500);
    assert!(store.cases_due(century, 10).await.unwrap().is_empty());
}

async fn an_order_is_named_for_each_of_its_cases_that_is_due(database: &TestDatabase) {
    let store = database.store().await;
    let order = with_cases("1", &[Some(-1), Some(-2)]);
    store.insert_orders(&[order]).await.unwrap();
    let due = store.cases_due(noon(), 10).await.unwrap();
    assert_eq!(due, ["1".into(), "1".into()]);
    let first = store.cases_due(noon(), 1).await.unwrap();
    assert_eq!(first, ["1".into()]);
}

async fn cases_are_listed_by_what_is_due_next_and_those_that_are_over_last(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let orders = [
        with_cases("a", &[None, Some(7)]),
        with_cases("b", &[Some(3), None]),
        with_cases("c", &[Some(7)]),
    ];
    store.insert_orders(&orders).await.unwrap();
    let everything = ["b-C1", "a-C2", "c-C1", "a-C1", "b-C2"];
    assert_eq!(listed(&store, &all()).await, everything);
    let closed = CaseQuery {
        state: Some(CaseState::Closed),
        ..all()
    };
    assert_eq!(listed(&store, &closed).await, ["a-C1", "b-C2"]);
    for state in [None, Some(CaseState::Open), Some(CaseState::Closed)] {
        let whole = listed(&store, &CaseQuery { state, ..all() }).await;
        let mut pieces = Vec::new();
        let mut cursor = None;
        loop {
            let query = CaseQuery {
                state,
                cursor,
                limit: 1,
                ..CaseQuery::default()
            };
            let page = store.list_cases(&query).await.unwrap();
            pieces.extend(page.cases.into_iter().map(|(case, _)| case));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pieces, whole, "{state:?}");
    }
}

async fn a_case_that_is_not_changed_with_its_order_stays_listed_as_it_was(database: &TestDatabase) {
    let store = database.store().await;
    let order = with_cases("1", &[Some(3)]);
    store.insert_orders(&[order]).await.unwrap();
    changed(&store, "1", |order| order.number = "TP2".to_owned()).await;
    changed(&store, "1", |order| {
        order.body.cases.push(case("1", 2, Some(1)))
    })
    .await;
    assert_eq!(listed(&store, &all()).await, ["1-C2", "1-C1"]);
}

async fn a_cursor_that_no_list_gave_out_is_refused(database: &TestDatabase) {
    let store = database.store().await;
    let query = CaseQuery {
        cursor: Some("zz".to_owned()),
        ..all()
    };
    let refused = store.list_cases(&query).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));
}
