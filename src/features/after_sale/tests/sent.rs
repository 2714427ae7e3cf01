//! What the server's answers mean, and how they are told.

use leptos::prelude::*;
use orders_api::*;

use super::super::data::AskData;
use super::super::draft::{Attempt, Draft};
use super::super::sample;
use super::super::sending::{Answer, Sending, answer_of};
use super::super::views::skeleton;
use super::super::wish::{Field, Wish, Wrong};
use super::super::words::Words;
use super::{Shown, draw, has, page};
use crate::client::Failure;
use crate::features::session::SessionState;
use crate::paths::AskStep;
use crate::shell::Toasts;
use crate::ui::Load;
use crate::words::Lang;

#[test]
fn each_outcome_of_sending_is_told() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (sending, texts) in [
            (Sending::Lost, vec![words.lost_title, words.lost_text]),
            (
                Sending::LostBefore,
                vec![words.lost_title, words.lost_before],
            ),
            (
                Sending::Refused(words.nothing_left.to_owned()),
                vec![words.refused_title, words.nothing_left],
            ),
            (
                Sending::Failed("慢一点".into()),
                vec![words.failed_title, "慢一点"],
            ),
        ] {
            let mut shown = Shown::of(&options, AskStep::Check, &[]);
            shown.sending = sending;
            let html = page(lang, &options, shown);
            has(&html, &texts);
            has(&html, &["role=\"alert\""]);
        }
        assert!(draw(lang, || skeleton(lang)).contains(words.loading));
    }
}

fn refused(status: u16, code: &str, reason: Option<&str>, field: Option<(&str, &str)>) -> Failure {
    let errors = field.map(|(name, code)| (name.to_owned(), code.to_owned()));
    Failure::Refused(Box::new(Problem {
        kind: String::new(),
        title: "标题".into(),
        status,
        detail: "说明".into(),
        code: code.into(),
        request_id: "r1".into(),
        errors: errors.into_iter().collect(),
        order: None,
        reason: reason.map(str::to_owned),
        next_steps: Vec::new(),
    }))
}

fn attempt(at_ms: i64) -> Attempt {
    Attempt {
        key: "first-key".into(),
        intent: OpenCase {
            kind: CaseKind::RefundOnly,
            lines: Vec::new(),
            reason: "quality".into(),
            condition: None,
            note: None,
            evidence: vec!["u1".into()],
        },
        at_ms,
    }
}

#[test]
fn whoever_comes_back_later_is_told_and_sends_the_same_under_its_key() {
    const MINUTE_MS: i64 = 60_000;
    const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
    let after = |age_ms: i64| {
        Owner::new().with(|| {
            let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
            let data = AskData::new(Lang::ZhCn, session, "o1".into());
            data.load.set(Load::Ready(sample::delivered()));
            let draft = Draft {
                order: "o1".into(),
                wish: Wish::begin(&sample::delivered()),
                uploads: Vec::new(),
                attempt: Some(attempt(0)),
                // Looked at since.
                at_ms: age_ms,
                until_ms: None,
            };
            data.take_up(draft, &sample::delivered(), age_ms);
            assert!(data.restored.get_untracked());
            // The case that it became may have left nothing to ask for.
            data.load.set(Load::Ready(sample::nothing()));
            (data.sending.get_untracked(), data.to_send())
        })
    };
    for age_ms in [16 * MINUTE_MS, 7 * DAY_MS] {
        let same = (Sending::LostBefore, Some(attempt(0)));
        assert_eq!(after(age_ms), same, "{age_ms}");
    }
    assert_eq!(after(7 * DAY_MS + 1), (Sending::Not, None));
}

#[test]
fn what_the_servers_answers_mean() {
    let words = Words::of(Lang::ZhCn);
    let wrong = |field, code: &str| Answer::Wrong(vec![Wrong::new(field, code)]);
    for (failure, answer) in [
        (Failure::Unreachable, Answer::Lost),
        (Failure::Unreadable, Answer::Lost),
        (refused(500, codes::INTERNAL, None, None), Answer::Lost),
        (refused(503, codes::UNAVAILABLE, None, None), Answer::Lost),
        (refused(409, codes::CONFLICT, None, None), Answer::Lost),
        (refused(408, codes::TIMEOUT, None, None), Answer::Lost),
        // It says nothing of what was sent before under the same key.
        (
            refused(429, codes::TOO_MANY_ATTEMPTS, None, None),
            Answer::Lost,
        ),
        (
            refused(409, "case_not_possible", Some("nothing_left"), None),
            Answer::Refused(words.nothing_left.to_owned()),
        ),
        (
            refused(409, "case_not_possible", None, None),
            Answer::Refused("说明".into()),
        ),
        (
            refused(
                422,
                codes::INVALID_FIELDS,
                None,
                Some(("lines[0].quantity", "out_of_range")),
            ),
            wrong(Field::Lines, "out_of_range"),
        ),
        (
            refused(
                422,
                codes::INVALID_FIELDS,
                None,
                Some(("evidence", "unknown")),
            ),
            wrong(Field::Evidence, "unknown"),
        ),
        (
            refused(422, codes::INVALID_FIELDS, None, Some(("body", "invalid"))),
            Answer::Failed("说明".into()),
        ),
        (
            refused(422, codes::IDEMPOTENCY_KEY_REUSED, None, None),
            Answer::Failed("说明".into()),
        ),
    ] {
        assert_eq!(
            answer_of(Lang::ZhCn, Err(failure.clone())),
            answer,
            "{failure:?}"
        );
    }
}
