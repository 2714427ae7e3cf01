//! The course of a cancel, transition by transition.

use orders_api::*;

use super::attempt::Attempt;
use super::draft::Field;
use super::facts::{Facts, Refusal};
use super::flow::Flow;
use super::steps::{Answer, Effect, Event, Step};
use crate::features::order::sample;
use crate::ui::FailureWords;

pub(super) fn words() -> FailureWords {
    FailureWords {
        title: "T".into(),
        text: "X".into(),
        retry: true,
        way_out: None,
        contact: None,
    }
}

impl Flow {
    pub(super) fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.step(event, || "k1".into())
    }

    pub(super) fn tell_with(&mut self, event: Event, key: &str) -> Vec<Effect> {
        self.step(event, || key.into())
    }
}

/// Open, with its preview there.
pub(super) fn form() -> Flow {
    let mut flow = Flow::default();
    let asks = flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
    assert_eq!(
        asks,
        [Effect::Preview {
            ask: 1,
            lines: None,
            soon: false
        }]
    );
    assert_eq!(flow.step, Step::Loading);
    flow.tell(Event::Previewed(1, Ok(Box::new(sample::preview()))));
    assert_eq!(flow.step, Step::Form);
    flow
}

/// Confirmed once.
fn sending() -> (Flow, Attempt) {
    let mut flow = form();
    flow.tell(Event::Reason("changed_mind".into()));
    let acts = flow.tell(Event::Confirm);
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent: {acts:?}");
    };
    (flow.clone(), attempt.clone())
}

fn answered(answer: Answer) -> (Flow, Vec<Effect>) {
    let (mut flow, attempt) = sending();
    let acts = flow.tell(Event::Answered(attempt.key, answer));
    (flow, acts)
}

#[test]
fn a_second_tap_sends_nothing() {
    let (mut flow, attempt) = sending();
    assert_eq!(attempt.key, "k1");
    assert_eq!(attempt.intent.reason, "changed_mind");
    assert_eq!(attempt.intent.note, None);
    let all = Facts::of(&sample::unpacked()).left;
    assert_eq!(attempt.intent.lines, Some(all), "just what was shown");
    let before = flow.clone();
    assert!(flow.tell_with(Event::Confirm, "k2").is_empty());
    assert_eq!(flow, before);
}

#[test]
fn confirming_without_a_reason_asks_for_one() {
    let mut flow = form();
    assert_eq!(flow.tell(Event::Confirm), [Effect::FocusError]);
    assert_eq!(flow.draft.error(Field::Reason).as_deref(), Some("required"));
    flow.tell(Event::Reason("changed_mind".into()));
    assert_eq!(flow.draft.error(Field::Reason), None);
}

#[test]
fn a_reason_that_asks_for_words_needs_them() {
    let mut flow = form();
    flow.tell(Event::Reason("other".into()));
    flow.tell(Event::Note("  ".into()));
    assert_eq!(flow.tell(Event::Confirm), [Effect::FocusError]);
    assert_eq!(flow.draft.error(Field::Note).as_deref(), Some("required"));
    flow.tell(Event::Note("字".repeat(501)));
    assert_eq!(flow.tell(Event::Confirm), [Effect::FocusError]);
    flow.tell(Event::Note(" 买多了 ".into()));
    let acts = flow.tell(Event::Confirm);
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent");
    };
    assert_eq!(attempt.intent.note.as_deref(), Some("买多了"));
}

#[test]
fn words_written_for_another_reason_are_not_sent() {
    let mut flow = form();
    flow.tell(Event::Reason("other".into()));
    flow.tell(Event::Note("secret".into()));
    flow.tell(Event::Reason("changed_mind".into()));
    let acts = flow.tell(Event::Confirm);
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent");
    };
    assert_eq!(attempt.intent.note, None);
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    for again in [Event::Confirm, Event::BackOnline] {
        let (mut flow, acts) = answered(Answer::Lost);
        assert_eq!(acts, [Effect::ShowNotice], "it stays kept");
        assert!(matches!(flow.step, Step::Lost(_)));
        flow.tell(Event::Reason("other".into()));
        let acts = flow.tell_with(again, "k2");
        let [Effect::Send(attempt)] = acts.as_slice() else {
            panic!("it is sent again");
        };
        assert_eq!(
            (attempt.key.as_str(), attempt.intent.reason.as_str()),
            ("k1", "changed_mind")
        );
        assert!(matches!(flow.step, Step::Sending(_)));
        assert!(flow.tell(Event::BackOnline).is_empty(), "once is enough");
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_when_the_order_has_moved_on() {
    let (mut flow, _) = answered(Answer::Lost);
    let moved = Facts::of(&sample::cancelled_by(CancelledBy::Shopper));
    let acts = flow.tell_with(Event::OrderChanged(moved), "k2");
    assert!(matches!(acts.as_slice(), [Effect::Send(attempt)] if attempt.key == "k1"));
}

#[test]
fn a_lost_answer_is_asked_for_again_when_the_order_moved_on_before_it_was_lost() {
    let mut partly = sample::unpacked();
    partly.version += 1;
    for moved in [sample::cancelled_by(CancelledBy::Shopper), partly] {
        let (mut flow, attempt) = sending();
        let moved = Facts::of(&moved);
        assert!(flow.tell(Event::OrderChanged(moved)).is_empty());
        let acts = flow.tell_with(Event::Answered("k1".into(), Answer::Lost), "k2");
        assert_eq!(acts, [Effect::Send(attempt.clone())]);
        assert_eq!(flow.step, Step::Sending(attempt.clone()));
        // Once: a line that is down again is for the shopper to see.
        let acts = flow.tell(Event::Answered("k1".into(), Answer::Lost));
        assert_eq!(acts, [Effect::ShowNotice]);
        assert_eq!(flow.step, Step::Lost(attempt));
    }
}

#[test]
fn a_lost_answer_is_not_asked_for_again_by_itself_when_the_order_stands_as_it_did() {
    let (mut flow, attempt) = sending();
    flow.tell(Event::OrderChanged(Facts::of(&sample::unpacked())));
    flow.tell(Event::Answered("k1".into(), Answer::Lost));
    assert_eq!(flow.step, Step::Lost(attempt));
}

#[test]
fn closing_after_a_lost_answer_gives_the_attempt_up() {
    let (mut flow, _) = answered(Answer::Lost);
    assert_eq!(flow.tell(Event::Closed), [Effect::Forget, Effect::Look]);
    assert_eq!(flow.step, Step::Closed);
    assert!(flow.tell(Event::BackOnline).is_empty());
}

#[test]
fn closing_while_it_is_under_way_does_not_lose_the_answer() {
    let (mut flow, attempt) = sending();
    assert!(flow.tell(Event::Closed).is_empty());
    flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
    assert_eq!(flow.step, Step::Sending(attempt.clone()));
    let done = Box::new(sample::done(sample::cancelled_by(CancelledBy::Shopper)));
    flow.tell(Event::Answered(attempt.key, Answer::Cancelled(done)));
    assert!(matches!(flow.step, Step::Done(_)));
}

#[test]
fn trouble_of_the_server_is_tried_again_with_the_same_key() {
    let (mut flow, _) = answered(Answer::Trouble(words()));
    assert!(matches!(flow.step, Step::Failed(..)));
    let acts = flow.tell_with(Event::Confirm, "k2");
    assert!(matches!(acts.as_slice(), [Effect::Send(attempt)] if attempt.key == "k1"));
}

#[test]
fn after_logging_in_the_same_attempt_goes_on_by_itself() {
    let (mut flow, _) = answered(Answer::LoggedOut);
    assert!(flow.tell(Event::Confirm).is_empty());
    let acts = flow.tell_with(Event::LoggedIn, "k2");
    assert!(matches!(acts.as_slice(), [Effect::Send(attempt)] if attempt.key == "k1"));
}

#[test]
fn being_overtaken_while_the_form_is_open_says_so() {
    let mut flow = form();
    let acts = flow.tell(Event::OrderChanged(Facts::of(&sample::packing())));
    assert_eq!(acts, [Effect::FocusResult]);
    let Step::Overtaken(refusal) = &flow.step else {
        panic!("it is overtaken");
    };
    assert_eq!(refusal.state, Some(OrderState::Packing));
    assert_eq!(refusal.reason, Some(NotPossibleReason::Packing));
    assert!(flow.tell(Event::Confirm).is_empty());
}

#[test]
fn being_overtaken_while_it_is_sent_waits_for_the_answer() {
    let (mut flow, attempt) = sending();
    assert!(
        flow.tell(Event::OrderChanged(Facts::of(&sample::packing())))
            .is_empty()
    );
    assert!(matches!(flow.step, Step::Sending(_)));
    let acts = flow.tell(Event::Answered(
        attempt.key,
        Answer::NotCancellable(Refusal::default()),
    ));
    assert_eq!(acts, [Effect::FocusResult]);
    assert!(matches!(flow.step, Step::Refused(_)));
}

#[test]
fn an_order_that_cannot_be_cancelled_opens_with_the_reason() {
    let mut flow = Flow::default();
    assert!(
        flow.tell(Event::Opened(Facts::of(&sample::shipped())))
            .is_empty()
    );
    let Step::NotPossible(refusal) = &flow.step else {
        panic!("it says why");
    };
    assert_eq!(refusal.next_steps.first(), Some(&NextStep::RefuseParcel));
}

#[test]
fn only_this_cancels_refunds_are_told_when_it_is_done() {
    let mut flow = Flow::default();
    let mut before = sample::unpacked();
    before.refunds = vec![sample::refund("o1-R1", RefundState::Arrived)];
    flow.tell(Event::Opened(Facts::of(&before)));
    flow.tell(Event::Previewed(1, Ok(Box::new(sample::preview()))));
    flow.tell(Event::Reason("changed_mind".into()));
    flow.tell(Event::Confirm);
    let mut order = sample::cancelled_by(CancelledBy::Shopper);
    order
        .refunds
        .push(sample::refund("o1-R2", RefundState::Approved));
    flow.tell(Event::Answered(
        "k1".into(),
        Answer::Cancelled(Box::new(sample::done(order))),
    ));
    let Step::Done(settled) = &flow.step else {
        panic!("it is done");
    };
    let ids: Vec<_> = settled
        .refunds
        .iter()
        .map(|refund| refund.id.as_str())
        .collect();
    assert_eq!(ids, ["o1-R2"]);
    assert!(settled.whole && !settled.restored.is_empty());
}

#[test]
fn an_answer_to_another_attempt_changes_nothing() {
    let (mut flow, _) = sending();
    let before = flow.clone();
    assert!(
        flow.tell(Event::Answered("old".into(), Answer::Lost))
            .is_empty()
    );
    assert_eq!(flow, before);
}

#[test]
fn wrong_fields_lead_back_to_the_form_and_the_next_attempt_has_its_own_key() {
    let wrong = vec![(Field::Reason, "unknown".to_owned())];
    let (mut flow, acts) = answered(Answer::Invalid(wrong));
    assert_eq!(acts, [Effect::FocusError]);
    assert_eq!(flow.draft.error(Field::Reason).as_deref(), Some("unknown"));
    let acts = flow.tell_with(Event::Confirm, "k2");
    assert!(matches!(acts.as_slice(), [Effect::Send(attempt)] if attempt.key == "k2"));
    let (flow, _) = answered(Answer::Rejected(words()));
    assert_eq!((flow.step, flow.rejected), (Step::Form, Some(words())));
}

#[test]
fn a_cancel_left_unanswered_by_a_reload_is_sent_again_as_it_was() {
    let (_, attempt) = sending();
    let mut flow = Flow::default();
    assert_eq!(
        flow.tell(Event::Resume(attempt.clone())),
        [Effect::Send(attempt.clone())]
    );
    flow.tell(Event::Opened(Facts::of(&sample::cancelled_by(
        CancelledBy::Shopper,
    ))));
    assert_eq!(
        flow.step,
        Step::Sending(attempt.clone()),
        "its answer is what counts"
    );
    flow.tell(Event::Answered(attempt.key, Answer::Requested));
    assert_eq!(flow.step, Step::Requested);
}

#[test]
fn a_cancel_answered_before_the_order_came_stays_done_when_the_dialog_opens() {
    let (_, attempt) = sending();
    let cancelled = sample::cancelled_by(CancelledBy::Shopper);
    let mut flow = Flow::default();
    flow.tell(Event::Resume(attempt.clone()));
    let answer = Answer::Cancelled(Box::new(sample::done(cancelled.clone())));
    flow.tell(Event::Answered(attempt.key, answer));
    // What came back is known without a preview.
    assert!(matches!(&flow.step, Step::Done(settled) if !settled.restored.is_empty()));
    let done = flow.step.clone();
    assert!(
        flow.tell(Event::Opened(Facts::of(&cancelled))).is_empty(),
        "nothing is asked again"
    );
    assert_eq!(flow.step, done);
}

#[test]
fn after_it_is_closed_the_dialog_opens_anew() {
    let (mut flow, _) = answered(Answer::Requested);
    flow.tell(Event::Closed);
    flow.tell(Event::Opened(Facts::of(&sample::unpacked())));
    assert_eq!((flow.step, flow.draft.reason), (Step::Loading, None));
}

#[test]
fn a_whole_that_is_not_there_any_more_is_shown_anew_before_it_is_confirmed() {
    let (mut flow, acts) = answered(Answer::Invalid(vec![(Field::Lines, "out_of_range".into())]));
    assert_eq!(acts, [Effect::Look, Effect::ShowNotice]);
    assert!(flow.whole_changed() && flow.step == Step::Form);
    let mut order = sample::unpacked();
    order.version += 1;
    order.lines[1].cancelled_quantity = 1;
    let acts = flow.tell(Event::OrderChanged(Facts::of(&order)));
    let [Effect::Preview { ask, .. }] = acts.as_slice() else {
        panic!("its money is worked out: {acts:?}");
    };
    assert!(
        flow.tell(Event::Confirm).is_empty(),
        "not before it is shown"
    );
    flow.tell(Event::Previewed(*ask, Ok(Box::new(sample::preview()))));
    let acts = flow.tell_with(Event::Confirm, "k2");
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent: {acts:?}");
    };
    assert_eq!(attempt.intent.lines, Some(Facts::of(&order).left));
    assert!(!flow.whole_changed());
}

#[test]
fn what_stays_in_the_order_is_never_asked_for() {
    let mut flow = Flow::default();
    flow.tell(Event::Opened(Facts::of(&sample::mixed())));
    flow.tell(Event::Previewed(1, Ok(Box::new(sample::preview()))));
    flow.tell(Event::Reason("changed_mind".into()));
    flow.tell(Event::Quantity("l1".into(), 1));
    assert_eq!(flow.draft.chosen, [], "it stays");
    let acts = flow.tell(Event::Confirm);
    assert!(acts.is_empty(), "the money is being worked out");
    flow.tell(Event::Previewed(2, Ok(Box::new(sample::preview()))));
    let acts = flow.tell(Event::Confirm);
    let [Effect::Send(attempt)] = acts.as_slice() else {
        panic!("it is sent: {acts:?}");
    };
    let lines = attempt.intent.lines.clone().unwrap_or_default();
    let lines: Vec<_> = lines.into_iter().map(|line| line.line).collect();
    assert_eq!(lines, ["l2", "l3"]);
}

#[test]
fn what_goes_on_after_a_reload_is_the_whole_or_the_part_that_it_was() {
    for part in [false, true] {
        let mut flow = form();
        flow.tell(Event::Reason("changed_mind".into()));
        if part {
            flow.tell(Event::Part(true));
            flow.tell(Event::Quantity("l2".into(), 1));
            flow.tell(Event::Previewed(2, Ok(Box::new(sample::preview()))));
            flow.tell(Event::Previewed(
                flow.asked,
                Ok(Box::new(sample::preview())),
            ));
        }
        let acts = flow.tell(Event::Confirm);
        let [Effect::Send(attempt)] = acts.as_slice() else {
            panic!("it is sent: {acts:?}");
        };
        let mut again = Flow::default();
        again.tell(Event::Resume(attempt.clone()));
        assert_eq!(
            (again.draft.part, again.draft.chosen_of("l2")),
            (part, u32::from(part))
        );
        again.tell(Event::Answered(
            attempt.key.clone(),
            Answer::Trouble(words()),
        ));
        assert_eq!(again.tell(Event::Confirm), [Effect::Send(attempt.clone())]);
    }
}
