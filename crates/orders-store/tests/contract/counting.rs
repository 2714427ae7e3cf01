//! What the charts of the staff count: of one shop, between two moments, each once.

use chrono::TimeDelta;
use orders_domain::{
    Actor, Author, CancelledBy, Channel, Day, DecisionKind, FirstPromise, Instant, Order,
    OrderState, RefundState, TimelineEntry, TimelineEvent,
};
use orders_store::testing::{TestDatabase, plans_of_insight};
use orders_store::{CancelledOn, Spoken, Within};

use crate::on_both_databases;
use crate::orders::{in_state, minutes, noon, order, refund};
use crate::talking::{blank, open, say, store, words};

on_both_databases!(
    orders_are_counted_on_the_day_of_the_shop_on_which_they_were_placed,
    cancelled_orders_are_counted_by_whom_and_why_and_parts_are_not,
    every_refund_is_there_once_with_when_it_first_moved,
    more_refunds_than_a_page_are_all_there,
    what_had_to_be_decided_comes_with_what_ended_the_wait,
    an_order_waits_for_the_shop_from_when_it_is_held_and_paid_until_the_shop_goes_on,
    cases_come_with_all_that_happened_in_them_and_nothing_else,
    conversations_come_with_the_first_answer_of_the_staff,
);

/// Two days in Beijing: 22 and 23 November 2026.
fn within() -> Within {
    Within {
        shop: "tepai".into(),
        from: at("2026-11-21T16:00:00Z"),
        until: at("2026-11-23T16:00:00Z"),
        offset: TimeDelta::hours(8),
    }
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn placed(id: &str, when: &str) -> Order {
    Order {
        placed_at: at(when),
        ..order(id)
    }
}

fn entry(when: Instant, what: TimelineEvent, by: Actor, detail: &str) -> TimelineEntry {
    TimelineEntry {
        at: when,
        what,
        by,
        detail: Some(detail.to_owned()),
    }
}

async fn orders_are_counted_on_the_day_of_the_shop_on_which_they_were_placed(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let other = Order {
        shop: "wanfu".into(),
        ..placed("7", "2026-11-22T08:00:00Z")
    };
    let orders = [
        placed("1", "2026-11-21T15:59:59.999Z"),
        placed("2", "2026-11-21T16:00:00Z"),
        placed("3", "2026-11-22T15:59:59.999Z"),
        placed("4", "2026-11-22T16:00:00Z"),
        placed("5", "2026-11-23T15:59:59.999Z"),
        placed("6", "2026-11-23T16:00:00Z"),
        other,
    ];
    store.insert_orders(&orders).await.unwrap();
    let mut found = store.placed_by_day(&within()).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, [(day("2026-11-22"), 2), (day("2026-11-23"), 2)]);
    assert!(store.cancelled_by_day(&within()).await.unwrap().is_empty());
}

async fn cancelled_orders_are_counted_by_whom_and_why_and_parts_are_not(database: &TestDatabase) {
    let store = database.store().await;
    let cancelled = |id: &str, by: Actor, reason: &str| {
        let mut order = in_state(id, OrderState::Cancelled);
        let parts = entry(noon(), TimelineEvent::PartlyCancelled, by, "other");
        order.timeline.push(parts);
        // When it was cancelled is of no account.
        let later = noon() + minutes(60 * 24 * 30);
        order
            .timeline
            .push(entry(later, TimelineEvent::Cancelled, by, reason));
        order
    };
    let mut parts = order("9");
    parts.timeline.push(entry(
        noon(),
        TimelineEvent::PartlyCancelled,
        Actor::Shopper,
        "other",
    ));
    let orders = [
        cancelled("1", Actor::Shopper, "changed_mind"),
        cancelled("2", Actor::Shopper, "changed_mind"),
        cancelled("3", Actor::Seller, "out_of_stock"),
        cancelled("4", Actor::System, "not_paid_in_time"),
        cancelled("5", Actor::Staff, "changed_mind"),
        parts,
    ];
    store.insert_orders(&orders).await.unwrap();
    let mut found = store.cancelled_by_day(&within()).await.unwrap();
    found.sort_by_key(|some| some.by);
    let some = |by, reason: &str, count| CancelledOn {
        day: day("2026-11-22"),
        by,
        reason: reason.to_owned(),
        count,
    };
    assert_eq!(
        found,
        [
            some(CancelledBy::Shopper, "changed_mind", 2),
            some(CancelledBy::Seller, "out_of_stock", 1),
            some(CancelledBy::Staff, "changed_mind", 1),
            some(CancelledBy::Timeout, "not_paid_in_time", 1),
        ]
    );
}

async fn every_refund_is_there_once_with_when_it_first_moved(database: &TestDatabase) {
    let store = database.store().await;
    let mut moved = in_state("1", OrderState::Cancelled);
    let mut first = refund(&moved, 1);
    first.state = RefundState::InClearing;
    first.updated_at = noon() + minutes(9);
    let promised = FirstPromise {
        starts_by: day("2026-11-24"),
        arrives_by: day("2026-12-02"),
    };
    first.course.first = Some(promised);
    let mut second = refund(&moved, 2);
    second.created_at = at("2026-11-23T16:00:00Z");
    for (after, what, of) in [
        (0, TimelineEvent::RefundApproved, &first),
        (5, TimelineEvent::RefundSent, &first),
        (1, TimelineEvent::RefundSent, &second),
        (9, TimelineEvent::RefundInClearing, &first),
    ] {
        let when = noon() + minutes(after);
        moved
            .timeline
            .push(entry(when, what, Actor::Provider, of.id.as_str()));
    }
    moved.refunds = vec![first, second];
    let mut other = in_state("2", OrderState::Cancelled);
    other.shop = "wanfu".into();
    other.refunds = vec![refund(&other, 1)];
    let mut waits = in_state("3", OrderState::Cancelled);
    waits.refunds = vec![refund(&waits, 1)];
    store.insert_orders(&[moved, other, waits]).await.unwrap();
    let mut found = Vec::new();
    let days = within();
    let each = store.each_refund(&days, |fact| found.push(fact.clone()));
    each.await.unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].state, RefundState::InClearing);
    assert_eq!(found[0].channel, Channel::WechatPay);
    assert_eq!(found[0].made_at, noon());
    assert_eq!(found[0].started_at, Some(noon() + minutes(5)));
    assert_eq!(found[0].changed_at, noon() + minutes(9));
    assert_eq!(found[0].first, promised);
    assert_eq!(found[1].started_at, None);
    // Of an older one only the last promise is known.
    assert_eq!(found[1].first.starts_by, day("2026-11-25"));
    assert_eq!(found[1].first.arrives_by, day("2026-12-04"));
}

async fn more_refunds_than_a_page_are_all_there(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..2_001)
        .map(|number| {
            let mut order = in_state(&number.to_string(), OrderState::Cancelled);
            order.refunds = vec![refund(&order, 1)];
            order.refunds[0].created_at = noon() + minutes(number % 7);
            order
        })
        .collect();
    for some in orders.chunks(500) {
        store.insert_orders(some).await.unwrap();
    }
    let (mut count, mut last) = (0, noon());
    let days = within();
    let each = store.each_refund(&days, |fact| {
        count += 1;
        assert!(fact.made_at >= last);
        last = fact.made_at;
    });
    each.await.unwrap();
    assert_eq!(count, 2_001);
}

async fn cases_come_with_all_that_happened_in_them_and_nothing_else(database: &TestDatabase) {
    use TimelineEvent::{CaseApproved, CaseOpened, CaseRejected};
    let store = database.store().await;
    let mut one = in_state("1", OrderState::Delivered);
    let late = at("2026-12-24T00:00:00Z");
    one.timeline = vec![
        entry(noon(), CaseOpened, Actor::Shopper, "1-C1"),
        entry(noon() + minutes(1), CaseOpened, Actor::Shopper, "1-C2"),
        entry(noon() + minutes(2), CaseRejected, Actor::Seller, "1-C1"),
        entry(late, CaseApproved, Actor::System, "1-C2"),
        // Opened after the period.
        entry(late, CaseOpened, Actor::Shopper, "1-C3"),
    ];
    let mut other = in_state("2", OrderState::Delivered);
    other.shop = "wanfu".into();
    other.timeline = vec![entry(noon(), CaseOpened, Actor::Shopper, "2-C1")];
    store.insert_orders(&[one, other]).await.unwrap();
    let mut found = Vec::new();
    let days = within();
    let each = store.each_case(&days, |fact| found.push(fact.clone()));
    each.await.unwrap();
    let events: Vec<_> = found.iter().map(|case| case.events.as_slice()).collect();
    assert_eq!(
        events,
        [
            [(CaseOpened, Actor::Shopper), (CaseRejected, Actor::Seller)],
            [(CaseOpened, Actor::Shopper), (CaseApproved, Actor::System)],
        ]
    );
    assert_eq!(found[1].opened_at, noon() + minutes(1));
}

async fn what_had_to_be_decided_comes_with_what_ended_the_wait(database: &TestDatabase) {
    use TimelineEvent::{
        CancellationDeclined, CancellationRequested, CancellationWithdrawn, Cancelled,
        CaseApproved, CaseOpened, CaseRejected, Confirmed, Held,
    };
    let store = database.store().await;
    let with = |id: &str, entries: &[(i64, TimelineEvent, Actor, &str)]| {
        let mut order = in_state(id, OrderState::Unpacked);
        order.timeline.extend(
            entries.iter().map(|(after, what, by, detail)| {
                entry(noon() + minutes(*after), *what, *by, detail)
            }),
        );
        order
    };
    let (shopper, seller, staff) = (Actor::Shopper, Actor::Seller, Actor::Staff);
    let asked = with(
        "1",
        &[
            (0, CancellationRequested, shopper, "changed_mind"),
            (1, CancellationWithdrawn, shopper, ""),
            (2, CancellationRequested, shopper, "changed_mind"),
            (9, CancellationDeclined, staff, "no"),
            (12, CaseOpened, shopper, "1-C1"),
            (13, CaseOpened, shopper, "1-C2"),
            (14, CaseApproved, Actor::System, "1-C2"),
            (15, CaseRejected, seller, "1-C1"),
            (16, CaseApproved, staff, "1-C1"),
        ],
    );
    let held = with(
        "2",
        &[
            (3, Held, seller, "no_courier"),
            (4, Held, seller, "system_delay"),
            (8, Confirmed, seller, ""),
        ],
    );
    let waits = with("3", &[(5, Held, seller, "no_courier")]);
    let cancelled = with(
        "4",
        &[
            (6, CancellationRequested, shopper, "too_slow"),
            (7, Cancelled, staff, "too_slow"),
        ],
    );
    let mut other = with("5", &[(5, Held, seller, "no_courier")]);
    other.shop = "wanfu".into();
    let orders = [asked, held, waits, cancelled, other];
    store.insert_orders(&orders).await.unwrap();
    let found = async |kind: DecisionKind| {
        let mut found = Vec::new();
        let days = within();
        let each = store.each_decision(kind, &days, |fact| {
            let minutes = |at: Instant| (at - noon()).num_minutes();
            let ended = fact.ended.map(|(at, what, by)| (minutes(at), what, by));
            found.push((minutes(fact.opened_at), ended));
        });
        each.await.unwrap();
        found
    };
    assert_eq!(
        found(DecisionKind::CancellationRequest).await,
        [
            (0, Some((1, CancellationWithdrawn, shopper))),
            (2, Some((9, CancellationDeclined, staff))),
            (6, Some((7, Cancelled, staff))),
        ]
    );
    assert_eq!(
        found(DecisionKind::PendingConfirmation).await,
        [(3, Some((8, Confirmed, seller))), (5, None)]
    );
    assert_eq!(
        found(DecisionKind::Case).await,
        [
            (12, Some((15, CaseRejected, seller))),
            (13, Some((14, CaseApproved, Actor::System))),
        ]
    );
    assert_eq!(found(DecisionKind::Complaint).await, []);
}

async fn an_order_waits_for_the_shop_from_when_it_is_held_and_paid_until_the_shop_goes_on(
    database: &TestDatabase,
) {
    use OrderState::{AwaitingPayment, Completed, Delivered, PendingConfirmation, Shipped};
    use TimelineEvent as E;
    let store = database.store().await;
    let mut orders = Vec::new();
    let mut put = |state: OrderState, paid: Option<i64>, entries: &[(i64, E)]| {
        let mut order = in_state(&orders.len().to_string(), state);
        order.paid_at = paid.map(|after| noon() + minutes(after));
        let entries = entries.iter();
        order.timeline.extend(
            entries.map(|(after, what)| entry(noon() + minutes(*after), *what, Actor::Seller, "")),
        );
        orders.push(order);
    };
    // What was never confirmed ends with what is told next.
    for (state, what) in [
        (Shipped, E::Shipped),
        (Delivered, E::Delivered),
        (Completed, E::Completed),
    ] {
        put(
            state,
            Some(0),
            &[(1, E::Held), (20, what), (90, E::Completed)],
        );
    }
    // Goods that are given out: some of them are no end, the last are, and so is having nothing else any more.
    let issued = [(2, E::Held), (3, E::Issued)];
    put(PendingConfirmation, Some(0), &issued);
    let given_out = [
        (2, E::Held),
        (3, E::Issued),
        (21, E::Issued),
        (90, E::Completed),
    ];
    put(Completed, Some(0), &given_out);
    let cancelled_in_part = [(2, E::Held), (3, E::Issued), (22, E::PartlyCancelled)];
    put(Delivered, Some(0), &cancelled_in_part);
    put(
        Shipped,
        Some(0),
        &[
            (2, E::Held),
            (3, E::Issued),
            (23, E::Confirmed),
            (24, E::Shipped),
        ],
    );
    // Accepted, and held once more; the second cause of a wait is none of its own.
    let again = [
        (3, E::Held),
        (4, E::Held),
        (24, E::Confirmed),
        (30, E::Held),
        (31, E::Held),
    ];
    put(PendingConfirmation, Some(0), &again);
    // Held before it was paid.
    let paid_later = [(5, E::Held), (15, E::Paid), (25, E::Confirmed)];
    put(OrderState::Unpacked, Some(15), &paid_later);
    put(AwaitingPayment, None, &[(5, E::Held)]);
    // Accepted before it was paid, it never waited; nor did what was never paid.
    let at_once = [(5, E::Held), (6, E::Confirmed), (40, E::Paid)];
    put(OrderState::Unpacked, Some(40), &at_once);
    put(OrderState::Cancelled, None, &at_once[..2]);
    // It counts on the day from which it waits, not on that on which it was held.
    let (before, after) = (-16 * 60, 32 * 60);
    for (held, paid) in [(before - 50, before + 10), (after - 50, after + 10)] {
        let paid_later = [(held, E::Held), (paid, E::Paid)];
        put(PendingConfirmation, Some(paid), &paid_later);
    }
    // The shop sent it as one that waits, and is not paid before.
    put(PendingConfirmation, None, &[(6, E::Held)]);
    // It has waited, too, once it is accepted.
    let accepted = [(7, E::Held), (28, E::Confirmed)];
    put(OrderState::Unpacked, None, &accepted);
    store.insert_orders(&orders).await.unwrap();
    let mut found = Vec::new();
    let days = within();
    let each = store.each_decision(DecisionKind::PendingConfirmation, &days, |fact| {
        let minutes = |at: Instant| (at - noon()).num_minutes();
        let ended = fact.ended.map(|(at, what, _)| (minutes(at), what));
        found.push((minutes(fact.opened_at), ended));
    });
    each.await.unwrap();
    let expected = [
        (before + 10, None),
        (1, Some((20, E::Shipped))),
        (1, Some((20, E::Delivered))),
        (1, Some((20, E::Completed))),
        (2, None),
        (2, Some((21, E::Issued))),
        (2, Some((22, E::PartlyCancelled))),
        (2, Some((23, E::Confirmed))),
        (3, Some((24, E::Confirmed))),
        (15, Some((25, E::Confirmed))),
        (6, None),
        (7, Some((28, E::Confirmed))),
        (30, None),
    ];
    assert_eq!(found, expected);
}

async fn conversations_come_with_the_first_answer_of_the_staff(database: &TestDatabase) {
    let store = store(database).await;
    open(&store, blank("t1", Some("1"), noon() - minutes(5))).await;
    open(&store, blank("t2", Some("2"), noon())).await;
    for name in ["first", "again"] {
        let staff = Spoken {
            author: Author::Staff("wang".into()),
            ..words(name)
        };
        say(&store, "t1", &staff).await;
    }
    let mut found = Vec::new();
    let days = within();
    let each = store.each_talk(&days, |fact| found.push(fact.clone()));
    each.await.unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    let answers: Vec<_> = found
        .iter()
        .map(|talk| (talk.opened_at, talk.answered_at))
        .collect();
    let five_before = noon() - minutes(5);
    assert_eq!(answers, [(five_before, Some(noon())), (noon(), None)]);
    let elsewhere = Within {
        shop: "wanfu".into(),
        ..within()
    };
    store
        .each_talk(&elsewhere, |fact| panic!("{fact:?}"))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_counted_is_found_by_index() {
    for settled in [false, true] {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let orders: Vec<Order> = (0..500).map(|n| order(&n.to_string())).collect();
        store.insert_orders(&orders).await.unwrap();
        if settled {
            store.settle().await.unwrap();
        }
        let indexes = [
            vec!["COVERING INDEX orders_of_shop_newest"],
            vec![
                "COVERING INDEX orders_cancelled_of_shop",
                "COVERING INDEX timeline_of_cancelled",
            ],
            vec!["refunds_by_age", "COVERING INDEX timeline_of_started"],
            vec!["conversations_by_shop", "SEARCH messages"],
            vec!["timeline_of_cases"],
            vec!["timeline_of_complaints"],
            vec!["timeline_of_held"],
            vec!["timeline_of_requests"],
            vec!["timeline_of_cases"],
            vec!["timeline_of_complaints"],
        ];
        let plans = plans_of_insight(&store).await.unwrap();
        assert_eq!(plans.len(), indexes.len());
        for (plan, indexes) in plans.iter().zip(indexes) {
            for index in indexes {
                let there = plan.iter().any(|step| step.contains(index));
                assert!(there, "{index}: {plan:?}");
            }
            assert!(
                plan.iter()
                    .all(|step| !step.starts_with("SCAN") || step.contains("opened")),
                "{plan:?}"
            );
        }
    }
}
