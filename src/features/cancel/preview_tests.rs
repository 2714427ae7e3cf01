//! The course of a cancel: previews of the whole order and of parts.

use orders_api::*;

use super::draft::Field;
use super::facts::{Facts, Refusal};
use super::flow::Flow;
use super::flow_tests::{form, words};
use super::steps::{Ask, Effect, Event, NoPreview, Step};
use crate::features::order::sample;

#[test]
fn nothing_is_confirmed_before_the_money_is_shown() {
    let mut flow = form();
    flow.tell(Event::Reason("changed_mind".into()));
    flow.tell(Event::Part(true));
    flow.tell(Event::Quantity("l2".into(), 1));
    assert_eq!(flow.ask, Ask::Asked);
    assert!(flow.tell(Event::Confirm).is_empty());
    assert_eq!(flow.step, Step::Form);
}

#[test]
fn a_part_asks_for_its_own_preview_and_late_answers_are_dropped() {
    let mut flow = form();
    assert!(
        flow.tell(Event::Part(true)).is_empty(),
        "nothing is chosen yet"
    );
    assert_eq!(flow.ask, Ask::Idle);
    flow.tell(Event::Quantity("l2".into(), 1));
    let acts = flow.tell(Event::Quantity("l2".into(), 9));
    let two = vec![LineQuantity {
        line: "l2".into(),
        quantity: 2,
    }];
    let Some(Effect::Preview { ask, lines, soon }) = acts.first() else {
        panic!("it asks");
    };
    assert_eq!(
        (lines.as_ref(), *soon),
        (Some(&two), true),
        "no more than is left"
    );
    let mut late = sample::preview();
    late.refund_total = sample::cny(1);
    flow.tell(Event::Previewed(ask - 1, Ok(Box::new(late))));
    assert_eq!(flow.ask, Ask::Asked, "an answer to the question before");
    let mut right = sample::preview();
    right.refund_total = sample::cny(25_600);
    flow.tell(Event::Previewed(*ask, Ok(Box::new(right))));
    assert_eq!(
        flow.preview
            .as_ref()
            .map(|preview| preview.refund_total.amount),
        Some(25_600)
    );
    flow.tell(Event::Reason("changed_mind".into()));
    let acts = flow.tell(Event::Confirm);
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent");
    };
    assert_eq!(attempt.intent.lines.as_ref(), Some(&two));
}

#[test]
fn a_part_of_nothing_cannot_be_confirmed() {
    let mut flow = form();
    flow.tell(Event::Reason("changed_mind".into()));
    flow.tell(Event::Part(true));
    flow.tell(Event::Quantity("l1".into(), 1));
    flow.tell(Event::Quantity("l1".into(), 0));
    assert!(!flow.can_confirm());
    assert_eq!(flow.tell(Event::Confirm), [Effect::FocusError]);
    assert_eq!(flow.draft.error(Field::Lines).as_deref(), Some("required"));
}

#[test]
fn a_preview_refused_for_the_session_is_asked_again_after_logging_in() {
    let mut flow = Flow::default();
    flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
    flow.tell(Event::Previewed(1, Err(NoPreview::LoggedOut)));
    let acts = flow.tell(Event::LoggedIn);
    assert!(matches!(acts.as_slice(), [Effect::Preview { ask: 2, .. }]));
}

#[test]
fn a_preview_that_failed_is_asked_again_on_demand_and_when_the_network_is_back() {
    for again in [Event::AskAgain, Event::BackOnline] {
        let mut flow = Flow::default();
        flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
        flow.tell(Event::Previewed(1, Err(NoPreview::Failed(words()))));
        assert_eq!(flow.ask, Ask::Failed(words()));
        assert!(matches!(
            flow.tell(again).as_slice(),
            [Effect::Preview { ask: 2, .. }]
        ));
    }
}

#[test]
fn a_preview_refused_because_the_warehouse_was_faster_says_so_too() {
    let mut flow = Flow::default();
    flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
    flow.tell(Event::Previewed(
        1,
        Err(NoPreview::Gone(Refusal::default())),
    ));
    assert!(matches!(flow.step, Step::Overtaken(_)));
}

#[test]
fn a_newer_order_that_can_still_be_cancelled_is_previewed_again() {
    let mut flow = form();
    flow.tell(Event::Part(true));
    flow.tell(Event::Quantity("l2".into(), 2));
    let mut order = sample::unpacked();
    order.version += 1;
    order.lines[1].cancelled_quantity = 1;
    let acts = flow.tell(Event::OrderChanged(Facts::of(&order)));
    assert!(matches!(acts.as_slice(), [Effect::Preview { .. }]));
    assert_eq!(flow.draft.chosen_of("l2"), 1, "no more than is left");
    assert!(flow.tell(Event::OrderChanged(Facts::of(&order))).is_empty());
}
