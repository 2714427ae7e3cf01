//! The form that is sent without the app: what it was filled in with, its key, and the answer that comes with the page.

use orders_api::*;

use super::attempt::Attempt;
use super::draft::{Draft, Field};
use super::facts::Facts;
use super::flow::Flow;
use super::flow_tests::form;
use super::steps::{Answer, Effect, Event, Step};
use crate::features::order::sample;

fn draft(fields: &[(&'static str, &'static str)]) -> Draft {
    Draft::of_form(fields.iter().copied())
}

fn chosen(draft: &Draft) -> Vec<(&str, u32)> {
    let lines = draft.chosen.iter();
    lines
        .map(|line| (line.line.as_str(), line.quantity))
        .collect()
}

#[test]
fn a_form_is_read_field_by_field() {
    let read = draft(&[
        ("key", "k1"),
        ("part", "1"),
        ("line-l2", " 2 "),
        ("line-l1", ""),
        ("line-l3", "0"),
        ("all-l1", "1"),
        ("reason", "other"),
        ("note", "one\r\ntwo "),
    ]);
    assert!(read.part);
    assert_eq!(chosen(&read), [("l2", 2)]);
    let intent = read.intent(true);
    assert_eq!(intent.reason, "other");
    assert_eq!(intent.note.as_deref(), Some("one\ntwo"));
    assert_eq!(read.intent(false).note, None);
    let nothing = draft(&[("part", "0"), ("line-l2", "2"), ("reason", "")]);
    assert_eq!(
        (&nothing.reason, nothing.intent(false).lines),
        (&None, None)
    );
    assert_eq!(chosen(&draft(&[("line-l1", "some")])), [("l1", u32::MAX)]);
    // The whole is what the form was drawn with.
    let fields = [
        ("part", "0"),
        ("all-l1", "1"),
        ("line-l2", "1"),
        ("all-l2", "2"),
    ];
    let all = draft(&fields).intent(false).lines.unwrap_or_default();
    let all: Vec<_> = all
        .iter()
        .map(|line| (line.line.as_str(), line.quantity))
        .collect();
    assert_eq!(all, [("l1", 1), ("l2", 2)]);
}

#[test]
fn what_was_filled_in_is_there_and_fits_the_order() {
    let mut flow = form();
    let asks = flow.tell(Event::Filled(draft(&[
        ("part", "1"),
        ("line-l3", "9"),
        ("line-l1", "1"),
        ("line-none", "1"),
        ("reason", "changed_mind"),
    ])));
    // In the order's order, so that the same choice is the same request.
    assert_eq!(chosen(&flow.draft), [("l1", 1), ("l3", 1)]);
    assert!(matches!(
        asks.as_slice(),
        [Effect::Preview { lines: Some(lines), soon: false, .. }] if lines.len() == 2
    ));
    let mut whole = form();
    assert!(
        whole
            .tell(Event::Filled(draft(&[("reason", "other")])))
            .is_empty()
    );
    assert_eq!(whole.draft.reason.as_deref(), Some("other"));
}

#[test]
fn the_first_attempt_has_the_form_s_key_and_the_next_one_of_its_own() {
    let mut flow = form();
    flow.form_key = Some("form".into());
    flow.tell(Event::Reason("changed_mind".into()));
    let mut keys = Vec::new();
    for _ in 0..2 {
        let acts = flow.tell_with(Event::Confirm, "own");
        let [Effect::Send(attempt)] = acts.as_slice() else {
            panic!("it is sent: {acts:?}");
        };
        keys.push(attempt.key.clone());
        let wrong = Answer::Invalid(vec![(Field::Reason, "unknown".into())]);
        flow.tell(Event::Answered(attempt.key.clone(), wrong));
    }
    assert_eq!(keys, ["form", "own"]);
}

fn attempt() -> Attempt {
    Attempt {
        key: "form".into(),
        intent: draft(&[("reason", "changed_mind")]).intent(false),
        part: false,
        known_refunds: Vec::new(),
    }
}

#[test]
fn the_answer_that_came_with_the_page_is_where_the_course_goes_on() {
    let mut flow = form();
    flow.form_key = Some("form".into());
    let done = Box::new(sample::done(sample::cancelled_by(CancelledBy::Shopper)));
    flow.tell(Event::Posted(attempt(), Answer::Cancelled(done)));
    let Step::Done(settled) = &flow.step else {
        panic!("{:?}", flow.step);
    };
    assert!(settled.whole && !settled.refunds.is_empty() && !settled.restored.is_empty());
    assert_eq!(flow.form_key, None);

    let mut flow = form();
    let wrong = Answer::Invalid(vec![(Field::Reason, "required".into())]);
    flow.tell(Event::Posted(attempt(), wrong.clone()));
    assert_eq!(flow.step, Step::Form);
    assert!(flow.draft.error(Field::Reason).is_some());

    // It can no longer be cancelled: there is no form to correct.
    let mut late = Flow::default();
    late.tell(Event::Opened(Facts::of(&sample::packing())));
    late.tell(Event::Posted(attempt(), wrong));
    assert!(matches!(late.step, Step::Overtaken(_)), "{:?}", late.step);
}
