//! The demo has after-sale cases in every state, in both shops, and a line for each reason why there is none.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]

use std::collections::BTreeSet;

use orders_domain::{
    Case, CaseAct, CaseState, ComplaintState, Instant, NotReturnable, Order, OrderState,
    RefundState,
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

fn cases(orders: &[Order]) -> impl Iterator<Item = (&Order, &Case)> {
    orders
        .iter()
        .flat_map(|order| order.body.cases.iter().map(move |case| (order, case)))
}

fn has(case: &Case, what: CaseAct) -> bool {
    case.thread.iter().any(|entry| entry.what == what)
}

#[test]
fn lin_has_a_case_in_every_state_and_cases_in_both_shops() {
    for now in nows() {
        let orders = demo::orders_of_lin(now);
        let states: Vec<_> = cases(&orders).map(|(_, case)| case.state).collect();
        for state in CaseState::ALL {
            assert!(states.contains(&state), "{}", state.code());
        }
        let shops: BTreeSet<_> = cases(&orders)
            .map(|(order, _)| order.shop.as_str())
            .collect();
        assert!(shops.iter().eq(&demo::SHOPS), "{shops:?}");
    }
}

#[test]
fn cases_lie_in_the_past_and_their_time_in_the_future() {
    for now in nows() {
        let orders = demo::orders_of_lin(now);
        for (_, case) in cases(&orders) {
            assert!(
                case.thread.is_sorted_by_key(|entry| entry.at),
                "{}",
                case.id
            );
            assert!(
                case.thread.iter().all(|entry| entry.at <= now),
                "{}",
                case.id
            );
            assert_eq!(case.until.is_none(), case.state.is_final(), "{}", case.id);
            assert!(case.until.is_none_or(|until| until > now), "{}", case.id);
        }
        for order in &orders {
            let signed = order.delivered_at.unwrap_or(order.placed_at);
            let opened = order.body.cases.iter().map(|case| case.opened_at).min();
            assert!(
                opened.is_none_or(|opened| opened > signed),
                "{}",
                order.number
            );
        }
    }
}

#[test]
fn refunds_of_cases_are_those_of_their_orders_and_arrived() {
    let orders = demo::orders_of_lin(usual_now());
    let refunded: Vec<_> = cases(&orders)
        .filter(|(_, case)| case.state == CaseState::Refunded)
        .collect();
    assert!(
        refunded
            .iter()
            .any(|(_, case)| has(case, CaseAct::Received))
    );
    assert!(
        refunded
            .iter()
            .any(|(_, case)| has(case, CaseAct::ApprovedBySilence))
    );
    assert!(
        refunded
            .iter()
            .any(|(_, case)| case.settlement.deduction > 0)
    );
    for (order, case) in refunded {
        let of_case = order
            .refunds
            .iter()
            .filter(|refund| case.refunds.contains(&refund.id));
        let amount: i64 = of_case.clone().map(|refund| refund.amount.amount).sum();
        assert_eq!(amount, case.settlement.amount, "{}", case.id);
        assert!(
            of_case
                .clone()
                .all(|refund| refund.state == RefundState::Arrived)
        );
        assert_eq!(order.state, OrderState::Completed);
    }
}

#[test]
fn decisions_name_their_staff_and_rejections_their_reason() {
    let orders = demo::orders_of_lin(usual_now());
    let mut rejections = 0;
    for (_, case) in cases(&orders) {
        for entry in &case.thread {
            let by_shop = matches!(
                entry.what,
                CaseAct::Approved | CaseAct::Rejected | CaseAct::Received | CaseAct::Dismissed
            );
            assert_eq!(
                entry.staff.is_some(),
                by_shop,
                "{} {:?}",
                case.id,
                entry.what
            );
            if entry.what == CaseAct::Rejected {
                rejections += 1;
                assert!(entry.text.is_some());
            }
        }
    }
    assert!(rejections >= 2);
    let waiting = cases(&orders).find(|(_, case)| case.state == CaseState::AwaitingReturn);
    assert!(waiting.unwrap().1.return_to.is_some());
    let returning = cases(&orders).find(|(_, case)| case.state == CaseState::Returning);
    assert!(returning.unwrap().1.parcel.is_some());
}

#[test]
fn every_reason_why_a_line_takes_no_case_has_a_line_of_lins() {
    let rules = Rules::built_in().unwrap();
    for now in nows() {
        let mut found = BTreeSet::new();
        let mut only_for_a_fault = BTreeSet::new();
        let mut whole = 0;
        for order in demo::orders_of_lin(now) {
            let policy = rules.policy(&order.shop).unwrap();
            for option in order.case_options(policy, now) {
                let codes = (option.not, option.not_even_faulty);
                found.extend(codes.0.map(NotReturnable::code));
                if let (Some(not), None) = codes {
                    only_for_a_fault.insert(not.code());
                }
                whole += usize::from(codes == (None, None) && order.state != OrderState::Shipped);
            }
        }
        for code in ["made_to_order", "issued", "window_closed"] {
            assert!(
                only_for_a_fault.contains(code),
                "{code}: {only_for_a_fault:?}"
            );
        }
        assert!(
            found.contains("nothing_left") && found.contains("not_received"),
            "{found:?}"
        );
        assert!(whole > 0, "and something that may be returned");
    }
}

#[test]
fn a_product_of_three_components_was_received_of_which_one_stays() {
    let rules = Rules::built_in().unwrap();
    let orders = demo::orders_of_lin(usual_now());
    let (order, at) = orders
        .iter()
        .find_map(|order| {
            let with_parts = |line: &orders_domain::Line| line.components.len() == 3;
            Some((order, order.body.lines.iter().position(with_parts)?))
        })
        .unwrap();
    assert_eq!(order.state, OrderState::Delivered);
    let policy = rules.policy(&order.shop).unwrap();
    let option = &order.case_options(policy, usual_now())[at];
    assert_eq!((option.not, &option.components), (None, &vec![1, 1, 0]));
}

#[test]
fn every_photo_of_a_case_is_there_and_clean() {
    let photos = demo::photos();
    let orders = demo::orders_of_lin(usual_now());
    let mut named = BTreeSet::new();
    for (order, case) in cases(&orders) {
        for evidence in case.thread.iter().flat_map(|entry| &entry.evidence) {
            let photo = photos.iter().find(|photo| photo.evidence == *evidence);
            assert_eq!(photo.unwrap().shopper, order.shopper);
            assert!(
                named.insert(evidence.id.clone()),
                "{:?} is of two cases",
                evidence.id
            );
        }
    }
    assert_eq!(named.len(), photos.len(), "none is for nothing");
    for photo in photos {
        assert!(photo.file.starts_with(&[0xFF, 0xD8, 0xFF]), "a JPEG");
        let has = |mark: &[u8]| photo.file.windows(mark.len()).any(|bytes| bytes == mark);
        assert!(!has(b"Exif"), "without metadata");
    }
}

#[test]
fn lin_has_a_complaint_to_take_up_one_to_answer_and_one_to_decide() {
    for now in nows() {
        let orders = demo::orders_of_lin(now);
        let complaints: Vec<_> = orders
            .iter()
            .flat_map(|order| &order.body.complaints)
            .collect();
        let mut states: Vec<_> = complaints.iter().map(|one| one.state).collect();
        states.sort_by_key(|state| state.code());
        assert_eq!(
            states,
            [
                ComplaintState::Disputed,
                ComplaintState::Proposed,
                ComplaintState::Received
            ]
        );
        for one in complaints {
            assert!(one.thread.is_sorted_by_key(|entry| entry.at), "{}", one.id);
            assert!(one.thread.iter().all(|entry| entry.at <= now), "{}", one.id);
            assert!(one.until.is_some_and(|until| until > now), "{}", one.id);
        }
    }
}
