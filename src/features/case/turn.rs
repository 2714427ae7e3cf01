//! Whose turn it is, until when, and what follows by itself, in sentences.

use orders_api::{CaseDetail, CaseState, Consequence, RefundState};

use crate::format;
use crate::words::{Lang, fill};

use super::course::{self, End};
use super::words::Words;

/// How much time is left, and until when: `还剩 1 天 3 小时 · 11月28日 14:00 前`; `None` when it is over. `left` is in
/// seconds.
pub fn deadline(lang: Lang, case: &CaseDetail, left: i64) -> Option<String> {
    let words = Words::of(lang);
    let until = case.until.as_ref()?;
    if left <= 0 {
        return Some(words.time_is_up.to_owned());
    }
    let values = [
        ("left", &*format::about(lang, left)),
        ("until", &*format::day_time(lang, until)),
    ];
    Some(fill(words.deadline, &values))
}

/// What follows by itself when whoever's turn it is lets the time pass; `None` when it is over.
pub fn then(lang: Lang, case: &CaseDetail) -> Option<String> {
    let words = Words::of(lang);
    let silent = match case.state {
        CaseState::Open => words.silent_open,
        CaseState::AwaitingReturn => words.silent_awaiting_return,
        CaseState::Returning => words.silent_returning,
        CaseState::Rejected => words.silent_rejected,
        CaseState::Appealed => words.silent_appealed,
        CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed => return None,
    };
    let then = match case.then? {
        Consequence::Refund => words.then_refund,
        Consequence::Staff => words.then_staff,
        Consequence::Close => words.then_close,
    };
    let amount = format::money(&case.settlement.amount);
    let then = fill(then, &[("amount", &amount)]);
    Some(fill(silent, &[("then", &then)]))
}

/// What it means for the shopper, beside the deadline; `None` where the headline says all.
pub fn meaning(lang: Lang, case: &CaseDetail) -> Option<&'static str> {
    let words = Words::of(lang);
    match case.state {
        CaseState::Open if course::is_refused_parcel(case) => Some(words.means_refused_parcel),
        CaseState::Open | CaseState::Returning | CaseState::Appealed => Some(words.means_waiting),
        CaseState::AwaitingReturn => Some(words.means_awaiting_return),
        CaseState::Rejected => Some(words.means_rejected),
        CaseState::Refunded => Some(match course::slowest(case) {
            Some(RefundState::Failed) => words.means_failed,
            Some(RefundState::Arrived) => words.means_arrived,
            Some(
                RefundState::Requested
                | RefundState::Approved
                | RefundState::Sent
                | RefundState::InClearing,
            )
            | None => words.means_refunded,
        }),
        CaseState::Withdrawn => Some(words.means_withdrawn),
        CaseState::Closed => Some(match course::end(case) {
            Some(End::Dismissed) => words.means_dismissed,
            Some(End::NotSent) => words.means_not_sent,
            Some(End::NoAppeal) => words.means_no_appeal,
            Some(End::TimeOver) | None => words.means_time_over,
        }),
    }
}
