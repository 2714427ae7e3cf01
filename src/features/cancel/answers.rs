//! What the server's answers mean for the course of a cancel.

use orders_api::{CancelOutcome, NotPossibleReason, OrderDetail, Outcome, Problem, codes};

use crate::shell::failure_words;
use crate::words::Lang;

use super::data::Failure;
use super::draft::Field;
use super::facts::{Facts, Refusal, offers_cancel};
use super::steps::{Answer, NoPreview};

/// The order that came with a refusal.
pub(super) fn order_of(failure: &Failure) -> Option<OrderDetail> {
    match failure {
        Failure::Refused(problem) => problem.order.as_deref().cloned(),
        Failure::Unreachable | Failure::Unreadable => None,
    }
}

/// A refusal, from what the server said and the order that came with it.
fn refusal_of(problem: &Problem) -> Refusal {
    let facts = problem.order.as_deref().map(Facts::of);
    let mut refusal = facts.map(|facts| facts.refusal).unwrap_or_default();
    let reason = problem
        .reason
        .as_deref()
        .and_then(NotPossibleReason::from_code);
    if reason.is_some() {
        refusal.reason = reason;
    }
    if !problem.next_steps.is_empty() {
        refusal.next_steps.clone_from(&problem.next_steps);
    }
    refusal
}

/// Why there is no preview.
pub(super) fn no_preview(lang: Lang, failure: Failure) -> NoPreview {
    match &failure {
        Failure::Refused(problem)
            if problem.code == codes::ORDER_NOT_CANCELLABLE
                && !problem.order.as_deref().is_some_and(offers_cancel) =>
        {
            NoPreview::Gone(refusal_of(problem))
        }
        // Only these lines are not to be cancelled; others are.
        Failure::Refused(problem) => {
            let mut words = failure_words(lang, &failure);
            let reason = problem
                .reason
                .as_deref()
                .and_then(NotPossibleReason::from_code);
            if let Some(reason) = reason {
                words.text = crate::words::codes::not_possible(lang, reason).to_owned();
                words.retry = false;
            }
            NoPreview::Failed(words)
        }
        Failure::Unreachable | Failure::Unreadable => {
            NoPreview::Failed(failure_words(lang, &failure))
        }
    }
}

/// What the server's answer means, and the fresh order that came with it.
pub(super) fn answer_of(
    lang: Lang,
    answer: Result<CancelOutcome, Failure>,
) -> (Answer, Option<OrderDetail>) {
    let failure = match answer {
        Ok(done) => {
            let order = done.order.clone();
            let answer = match done.outcome {
                Outcome::Cancelled => Answer::Cancelled(Box::new(done)),
                Outcome::Requested => Answer::Requested,
            };
            return (answer, Some(order));
        }
        Err(failure) => failure,
    };
    let order = order_of(&failure);
    let words = || failure_words(lang, &failure);
    let answer = match &failure {
        // Something unreadable may well be a success that a proxy has spoilt.
        Failure::Unreachable | Failure::Unreadable => Answer::Lost,
        Failure::Refused(problem) => match problem.code.as_str() {
            codes::NOT_LOGGED_IN => Answer::LoggedOut,
            codes::ORDER_NOT_CANCELLABLE => Answer::NotCancellable(refusal_of(problem)),
            _ if !failure.is_settled() => Answer::Trouble(words()),
            codes::INVALID_FIELDS => {
                let errors: Vec<_> = problem
                    .errors
                    .iter()
                    .filter_map(|(name, code)| Some((field(name)?, code.clone())))
                    .collect();
                if errors.is_empty() {
                    Answer::Rejected(words())
                } else {
                    Answer::Invalid(errors)
                }
            }
            _ => Answer::Rejected(words()),
        },
    };
    (answer, order)
}

/// The field of the form that a field of the request belongs to.
fn field(name: &str) -> Option<Field> {
    match name.split(['.', '[']).next() {
        Some("reason") => Some(Field::Reason),
        Some("note") => Some(Field::Note),
        Some("lines" | "line") => Some(Field::Lines),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::order::sample;
    use std::collections::BTreeMap;

    fn refused(status: u16, code: &str) -> Problem {
        Problem {
            kind: "about:blank".into(),
            title: "T".into(),
            status,
            detail: "D".into(),
            code: code.into(),
            request_id: "req-1".into(),
            errors: BTreeMap::new(),
            order: None,
            reason: None,
            next_steps: Vec::new(),
        }
    }

    fn answer(problem: Problem) -> Answer {
        answer_of(Lang::En, Err(Failure::Refused(Box::new(problem)))).0
    }

    #[test]
    fn each_failure_is_the_right_kind_of_answer() {
        assert_eq!(
            answer_of(Lang::En, Err(Failure::Unreachable)).0,
            Answer::Lost
        );
        assert_eq!(
            answer_of(Lang::En, Err(Failure::Unreadable)).0,
            Answer::Lost
        );
        assert_eq!(
            answer(refused(401, codes::NOT_LOGGED_IN)),
            Answer::LoggedOut
        );
        assert!(matches!(
            answer(refused(409, codes::CONFLICT)),
            Answer::Trouble(_)
        ));
        assert!(matches!(
            answer(refused(404, codes::NOT_FOUND)),
            Answer::Rejected(_)
        ));
        let Answer::Trouble(words) = answer(refused(500, codes::INTERNAL)) else {
            panic!("our fault is trouble");
        };
        assert!(words.text.contains("req-1"));
        let mut wrong = refused(422, codes::INVALID_FIELDS);
        wrong.errors = BTreeMap::from([
            ("note".into(), "required".into()),
            ("lines[0].quantity".into(), "out_of_range".into()),
        ]);
        assert_eq!(
            answer(wrong),
            Answer::Invalid(vec![
                (Field::Lines, "out_of_range".into()),
                (Field::Note, "required".into()),
            ])
        );
    }

    #[test]
    fn a_refusal_brings_the_order_as_it_is_now() {
        let mut problem = refused(409, codes::ORDER_NOT_CANCELLABLE);
        problem.order = Some(Box::new(sample::packing()));
        problem.reason = Some("packing".into());
        let (answer, order) = answer_of(Lang::En, Err(Failure::Refused(Box::new(problem))));
        let Answer::NotCancellable(refusal) = answer else {
            panic!("it is refused");
        };
        assert_eq!(refusal.reason, Some(NotPossibleReason::Packing));
        assert_eq!(order, Some(sample::packing()));
    }

    #[test]
    fn lines_that_cannot_be_cancelled_leave_the_rest_of_the_order_to_choose_from() {
        let mut problem = refused(409, codes::ORDER_NOT_CANCELLABLE);
        problem.reason = Some("stock_locked".into());
        problem.order = Some(Box::new(sample::unpacked()));
        let failed = no_preview(Lang::En, Failure::Refused(Box::new(problem.clone())));
        assert!(matches!(failed, NoPreview::Failed(_)));
        problem.order = Some(Box::new(sample::packing()));
        let gone = no_preview(Lang::En, Failure::Refused(Box::new(problem)));
        assert!(matches!(gone, NoPreview::Gone(_)));
    }
}
