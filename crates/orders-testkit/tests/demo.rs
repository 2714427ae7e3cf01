//! The demo data shows every situation and contradicts no rule, at any time of day or year.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use orders_domain::{
    Cancellation, CancelledBy, Instant, Language, NotPossibleReason, Order, OrderState,
    PendingCause, RefundState, TimelineEvent,
};
use orders_testkit::{Rules, beijing, demo, usual_now};

/// An afternoon, the first minute of a day, of a year, a leap day, and a year without calendar data.
fn nows() -> [Instant; 5] {
    [
        usual_now(),
        beijing(2026, 11, 22, 0, 1),
        beijing(2027, 1, 1, 0, 0),
        beijing(2028, 2, 29, 7, 0),
        beijing(2031, 10, 1, 23, 59),
    ]
}

fn few(now: Instant) -> Vec<Order> {
    let mut orders = demo::orders_of_lin(now);
    orders.extend(demo::orders_of_zhao(now));
    orders
}

fn lin_at<'a>(orders: &'a [Order], shop: &'a str) -> impl Iterator<Item = &'a Order> {
    orders
        .iter()
        .filter(move |order| order.shop.as_str() == shop)
}

fn decisions(shop: &str) -> Vec<(OrderState, Cancellation)> {
    let rules = Rules::built_in().unwrap();
    let orders = demo::orders_of_lin(usual_now());
    lin_at(&orders, shop)
        .map(|order| {
            let policy = rules.policy(&order.shop).unwrap();
            (order.state, order.cancellation(policy, usual_now()))
        })
        .collect()
}

fn count(shop: &str, wanted: impl Fn(OrderState, &Cancellation) -> bool) -> usize {
    decisions(shop)
        .iter()
        .filter(|(state, decision)| wanted(*state, decision))
        .count()
}

#[test]
fn lin_has_sixty_orders_zhao_eight_and_many_ten_thousand() {
    let mut counts = BTreeMap::<String, usize>::new();
    for order in demo::orders(usual_now()) {
        *counts.entry(order.shopper.0).or_default() += 1;
    }
    let expected = demo::shoppers()
        .into_iter()
        .zip([60, 8, 10_000])
        .map(|(shopper, count)| (shopper.id.0, count))
        .collect();
    assert_eq!(counts, expected);
}

#[test]
fn the_log_ins_are_those_of_the_contract() {
    let logins: Vec<_> = demo::shoppers()
        .iter()
        .flat_map(|shopper| shopper.logins.to_vec())
        .collect();
    assert_eq!(
        logins,
        [
            "lin@example.com",
            "13800000001",
            "zhao@example.com",
            "many@example.com"
        ]
    );
    assert_eq!(demo::PASSWORD, "demo-Order-2026");
}

#[test]
fn lin_has_an_order_in_every_state_in_both_shops() {
    for now in nows() {
        let orders = demo::orders_of_lin(now);
        for shop in ["tepai", "wanfu"] {
            let states: Vec<_> = lin_at(&orders, shop).map(|order| order.state).collect();
            for state in OrderState::ALL {
                assert!(states.contains(&state), "{shop} {}", state.code());
            }
        }
    }
}

#[test]
fn lin_has_every_pending_cause_in_both_shops_and_missing_fields_where_they_are_the_cause() {
    let orders = demo::orders_of_lin(usual_now());
    for shop in ["tepai", "wanfu"] {
        let pending: Vec<_> = lin_at(&orders, shop)
            .filter_map(|order| order.body.pending.as_ref())
            .collect();
        for cause in PendingCause::ALL {
            assert!(pending.iter().any(|one| one.cause == cause), "{shop}");
        }
        for one in pending {
            assert_eq!(
                one.missing.is_empty(),
                one.cause != PendingCause::IncompleteInfo
            );
        }
    }
}

#[test]
fn lin_has_a_refund_in_every_state_that_a_cancel_leads_to() {
    let orders = demo::orders_of_lin(usual_now());
    let states: Vec<_> = orders
        .iter()
        .flat_map(|order| order.refunds.iter().map(|refund| refund.state))
        .collect();
    for state in RefundState::ALL {
        // Nobody decides on the refund of a cancelled order, so that none is merely asked for.
        let expected = state != RefundState::Requested;
        assert_eq!(states.contains(&state), expected, "{}", state.code());
    }
}

#[test]
fn lin_has_orders_cancelled_by_everybody_who_can() {
    let orders = demo::orders_of_lin(usual_now());
    for by in [
        CancelledBy::Shopper,
        CancelledBy::Seller,
        CancelledBy::Staff,
        CancelledBy::Timeout,
    ] {
        let found = orders
            .iter()
            .filter_map(|order| order.body.cancelled.as_ref())
            .any(|cancelled| cancelled.by == by);
        assert!(found, "{by:?}");
    }
    let late = |order: &Order| has(order, TimelineEvent::LatePaymentRefunded);
    assert!(orders.iter().any(late));
}

#[test]
fn requests_are_open_declined_withdrawn_and_granted() {
    let orders = demo::orders_of_lin(usual_now());
    assert!(orders.iter().any(Order::on_hold));
    for what in [
        TimelineEvent::CancellationRequested,
        TimelineEvent::CancellationDeclined,
        TimelineEvent::CancellationWithdrawn,
        TimelineEvent::PartlyCancelled,
    ] {
        assert!(orders.iter().any(|order| has(order, what)), "{what:?}");
    }
}

#[test]
fn there_is_enough_to_cancel_for_the_browser_stories() {
    let at_once = |decision: &Cancellation| matches!(decision, Cancellation::SelfService { .. });
    let by_request = |decision: &Cancellation| matches!(decision, Cancellation::ByRequest);
    let unpacked = |state| state == OrderState::Unpacked;
    let pending = |state| state == OrderState::PendingConfirmation;
    assert_eq!(
        count("tepai", |state, is| unpacked(state) && at_once(is)),
        9
    );
    assert_eq!(count("tepai", |state, is| pending(state) && at_once(is)), 6);
    assert_eq!(count("wanfu", |_, is| at_once(is)), 4);
    assert_eq!(
        count("wanfu", |state, is| unpacked(state) && by_request(is)),
        8
    );
    assert_eq!(
        count("wanfu", |state, is| pending(state) && by_request(is)),
        2
    );
    assert_eq!(count("tepai", |_, is| by_request(is)), 0);
}

#[test]
fn every_reason_why_not_has_an_order_of_lins() {
    let found: Vec<_> = decisions("tepai")
        .into_iter()
        .chain(decisions("wanfu"))
        .filter_map(|(_, decision)| match decision {
            Cancellation::NotPossible { reason, .. } => Some(reason),
            _ => None,
        })
        .collect();
    for reason in [
        NotPossibleReason::NotPaid,
        NotPossibleReason::Packing,
        NotPossibleReason::Shipped,
        NotPossibleReason::Delivered,
        NotPossibleReason::Completed,
        NotPossibleReason::StockLocked,
        NotPossibleReason::Issued,
        NotPossibleReason::RequestDeclined,
    ] {
        assert!(found.contains(&reason), "{reason:?}");
    }
}

#[test]
fn an_unpaid_order_of_lins_has_time_left_but_not_more_than_a_day() {
    for now in nows() {
        for order in few(now) {
            if order.state == OrderState::AwaitingPayment {
                let left = order.pay_by.unwrap() - now;
                assert!((60..=1_440).contains(&left.num_minutes()), "{left}");
            }
        }
    }
}

#[test]
fn every_demo_order_is_sound_at_any_now() {
    for now in nows() {
        for order in few(now) {
            sound(&order, now);
        }
    }
    for order in demo::orders_of_many(usual_now()) {
        sound(&order, usual_now());
    }
}

#[test]
fn the_demo_writes_orders_of_its_shops_and_of_no_other() {
    let found: std::collections::BTreeSet<_> = demo::orders(usual_now())
        .map(|order| order.shop.0)
        .collect();
    assert!(found.iter().eq(demo::SHOPS));
}

#[test]
fn many_has_every_state_and_both_shops_over_fourteen_months() {
    let now = usual_now();
    let mut seen = BTreeSet::new();
    let mut oldest = now;
    for order in demo::orders_of_many(now) {
        seen.insert((order.shop.0.clone(), order.state.code()));
        oldest = oldest.min(order.placed_at);
    }
    for state in OrderState::ALL {
        assert!(
            seen.contains(&("tepai".to_owned(), state.code())),
            "{state:?}"
        );
    }
    assert!((400..=430).contains(&(now - oldest).num_days()));
}

#[test]
fn the_newest_orders_are_of_today_and_the_oldest_of_last_year() {
    let now = usual_now();
    let placed: Vec<_> = demo::orders_of_lin(now)
        .iter()
        .map(|order| (now - order.placed_at).num_minutes())
        .collect();
    assert!(placed.iter().min().unwrap() < &30);
    assert!(placed.iter().max().unwrap() > &(400 * 1_440));
}

#[test]
fn names_of_demo_orders_are_unique() {
    let (mut ids, mut external, mut numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for order in demo::orders(usual_now()) {
        let number = order.number.clone();
        assert!(ids.insert(order.id), "{number}");
        assert!(external.insert(order.external_id), "{number}");
        assert!(numbers.insert(order.number), "{number}");
    }
}

#[test]
fn the_same_now_gives_the_same_orders() {
    assert_eq!(few(usual_now()), few(usual_now()));
    let two = || demo::orders_of_many(usual_now()).take(500);
    assert!(two().eq(two()));
}

#[test]
fn every_product_has_both_languages_and_a_picture_that_is_there() {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    for order in few(usual_now()) {
        for line in &order.body.lines {
            let url = line.image_url.as_deref().unwrap();
            let file = public.join(url.trim_start_matches('/'));
            assert!(file.is_file(), "{} is missing", file.display());
            for language in Language::ALL {
                let title = line.title.get(language);
                let chinese = title.chars().any(|sign| ('一'..='鿿').contains(&sign));
                assert_eq!(chinese, language == Language::ZhCn, "{title}");
            }
            assert!(line.variant.as_ref().unwrap().en.is_some());
        }
    }
    for product in demo::products::all() {
        let file = public.join(format!("products/{}.svg", product.picture));
        assert!(file.is_file(), "{} is missing", file.display());
    }
}

fn has(order: &Order, what: TimelineEvent) -> bool {
    order.timeline.iter().any(|entry| entry.what == what)
}

/// Whole, in order of time, nothing yet to come, and never more given back than was paid.
fn sound(order: &Order, now: Instant) {
    let name = format!("{} {}", order.number, order.state.code());
    assert_eq!(order.check(), Ok(()), "{name}");
    assert_eq!(order.timeline[0].at, order.placed_at, "{name}");
    assert!(order.timeline.is_sorted_by_key(|entry| entry.at), "{name}");
    assert!(order.timeline.iter().all(|entry| entry.at <= now), "{name}");
    let paid: i64 = order.body.payments.iter().map(|one| one.amount).sum();
    let back: i64 = order.refunds.iter().map(|one| one.amount.amount).sum();
    assert!(back <= paid, "{name}");
    if order.state == OrderState::Cancelled {
        assert_eq!(back, paid, "{name}");
    }
    let received = matches!(order.state, OrderState::Delivered | OrderState::Completed);
    assert_eq!(order.delivered_at.is_some(), received, "{name}");
}
