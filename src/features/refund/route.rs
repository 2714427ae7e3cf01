//! The way of the money as plain data: the places it passes, how far it is, and the day of each.

use orders_api::{
    Channel, Day, Instant, Lateness, RefundDetail, RefundState, TimelineEvent, WayState,
};

use crate::format;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// How a place stands to the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It has been there.
    Done,
    /// It is there.
    Here,
    /// It is to come there.
    Coming,
    /// It should have come there by now.
    Late,
    /// It did not get there.
    Failed,
}

impl Step {
    /// Its name in `data-step`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Coming => "coming",
            Self::Late => "late",
            Self::Failed => "failed",
        }
    }
}

/// A place on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What it is called.
    pub name: String,
    /// What happens there, or by when something should.
    pub what: String,
    /// When that was; absent where it is to come.
    pub at: Option<Instant>,
    /// How it stands.
    pub step: Step,
}

/// Whether the shop pays it itself, to the account that the shopper named.
pub fn is_paid_out(detail: &RefundDetail) -> bool {
    let way = detail.way.as_ref().map(|way| way.state);
    way == Some(WayState::Approved)
}

/// What handles the refund: its name, and the same in the middle of a sentence.
pub fn provider(lang: Lang, detail: &RefundDetail) -> (&'static str, &'static str) {
    let words = Words::of(lang);
    let channel = detail.refund.channel;
    if is_paid_out(detail) {
        return (words.pays_out, words.the_shop);
    }
    match channel {
        Channel::WechatPay | Channel::Alipay => {
            (codes::channel(lang, channel), codes::channel(lang, channel))
        }
        Channel::BankCard => (words.cards, words.the_cards),
        Channel::Points => (words.points, words.the_points),
        Channel::Coupon => (words.coupons, words.the_coupons),
    }
}

/// Whether money of this way passes a bank; points and coupons do not.
pub const fn passes_bank(channel: Channel) -> bool {
    match channel {
        Channel::WechatPay | Channel::Alipay | Channel::BankCard => true,
        Channel::Points | Channel::Coupon => false,
    }
}

/// When something happened to the refund; the last time it did. What happened before another way was agreed to is of
/// the first one.
fn when(detail: &RefundDetail, what: TimelineEvent) -> Option<&Instant> {
    let paid_out = is_paid_out(detail);
    let mut events = detail
        .history
        .iter()
        .take_while(|event| !paid_out || event.what != TimelineEvent::RefundWayApproved);
    events
        .find(|event| event.what == what)
        .map(|event| &event.at)
}

/// When the refund came to be in the state in which it is.
pub fn since(detail: &RefundDetail) -> &Instant {
    let what = match detail.refund.state {
        RefundState::Requested | RefundState::Approved => None,
        RefundState::Sent => Some(TimelineEvent::RefundSent),
        RefundState::InClearing => Some(TimelineEvent::RefundInClearing),
        RefundState::Arrived => Some(TimelineEvent::RefundArrived),
        RefundState::Failed => Some(TimelineEvent::RefundFailed),
    };
    match what {
        None => &detail.refund.created_at,
        Some(what) => when(detail, what).unwrap_or(&detail.refund.updated_at),
    }
}

/// The places from the shop to the account, in their order.
pub fn stops(lang: Lang, detail: &RefundDetail) -> Vec<Stop> {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let on = |text, name, day: &Day| fill(text, &[(name, &format::day_month(lang, day))]);
    let waits = matches!(refund.state, RefundState::Requested | RefundState::Approved);
    let cleared = when(detail, TimelineEvent::RefundInClearing);

    let shop = Stop {
        name: detail.shop.name.clone(),
        what: match refund.state {
            RefundState::Requested => words.stop_deciding,
            _ => words.stop_accepted,
        }
        .to_owned(),
        at: Some(refund.created_at.clone()),
        step: if waits { Step::Here } else { Step::Done },
    };

    let sent = refund
        .sent_at
        .as_ref()
        .or_else(|| when(detail, TimelineEvent::RefundSent));
    let (what, step) = match refund.state {
        RefundState::Requested | RefundState::Approved => {
            let late = refund.late.is_some();
            let text = match (is_paid_out(detail), late) {
                (false, false) => words.stop_send_by,
                (false, true) => words.stop_late_sent,
                (true, false) => words.stop_pay_by,
                (true, true) => words.stop_late_paid,
            };
            let step = if late { Step::Late } else { Step::Coming };
            (on(text, "day", &refund.starts_by), step)
        }
        RefundState::Sent => (words.stop_processing.to_owned(), Step::Here),
        // It was refused before it was accepted.
        RefundState::Failed if sent.is_none() => (String::new(), Step::Coming),
        RefundState::InClearing | RefundState::Arrived | RefundState::Failed => {
            (words.stop_processed.to_owned(), Step::Done)
        }
    };
    let provider = Stop {
        name: provider(lang, detail).0.to_owned(),
        what,
        at: sent.filter(|_| !waits).cloned(),
        step,
    };

    let clearing = passes_bank(refund.channel).then(|| {
        let (what, at, step) = match refund.state {
            RefundState::InClearing => {
                (words.stop_clearing, Some(since(detail).clone()), Step::Here)
            }
            RefundState::Arrived => (words.stop_cleared, cleared.cloned(), Step::Done),
            RefundState::Requested
            | RefundState::Approved
            | RefundState::Sent
            | RefundState::Failed => ("", None, Step::Coming),
        };
        Stop {
            name: words.clearing.to_owned(),
            what: what.to_owned(),
            at,
            step,
        }
    });

    let (what, at, step) = match (refund.state, refund.late, &refund.expected_on) {
        (RefundState::Arrived, ..) => (
            words.stop_arrived.to_owned(),
            Some(since(detail).clone()),
            Step::Here,
        ),
        (RefundState::Failed, ..) => (
            words.stop_not_arrived.to_owned(),
            Some(since(detail).clone()),
            Step::Failed,
        ),
        (_, Some(Lateness::NotArrived), _) => {
            let promised = on(words.stop_late_arrived, "day", &refund.arrives_by);
            (promised, None, Step::Late)
        }
        (_, _, Some(expected)) => {
            let promised = on(words.stop_bank_expects, "day", expected);
            (promised, None, Step::Coming)
        }
        (_, _, None) => {
            let days = format::day_months(lang, &refund.arrives_from, &refund.arrives_by);
            let promised = fill(words.stop_expected, &[("days", &days)]);
            (promised, None, Step::Coming)
        }
    };
    let account = Stop {
        name: codes::account(lang, refund.channel, &refund.account),
        what,
        at,
        step,
    };

    [Some(shop), Some(provider), clearing, Some(account)]
        .into_iter()
        .flatten()
        .collect()
}

/// The state of the refund as the place where the money is.
pub fn headline(lang: Lang, detail: &RefundDetail) -> String {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let text = match refund.state {
        RefundState::Requested => words.state_requested,
        RefundState::Approved => words.state_approved,
        RefundState::Sent => words.state_sent,
        RefundState::InClearing => words.state_clearing,
        RefundState::Arrived => words.state_arrived,
        RefundState::Failed => words.state_failed,
    };
    fill(text, &[("provider", provider(lang, detail).1)])
}

/// What happens next, and by when; of money that has arrived, since when it is there.
pub fn next(lang: Lang, detail: &RefundDetail) -> String {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let way = detail.way.as_ref().map(|way| way.state);
    let text = match (refund.state, refund.late, &refund.expected_on) {
        (RefundState::Arrived, ..) => words.next_arrived,
        _ if way == Some(WayState::Open) => words.next_way_open,
        (RefundState::Failed, ..) if detail.may_change_way => words.next_failed_way,
        (RefundState::Failed, ..) => words.next_failed,
        (_, Some(_), _) => words.next_late,
        (RefundState::Requested, ..) => words.next_requested,
        (RefundState::Approved, ..) if is_paid_out(detail) => words.next_paid_out,
        (RefundState::Approved, ..) => words.next_approved,
        (RefundState::Sent | RefundState::InClearing, _, Some(_)) => words.next_bank,
        (RefundState::Sent, ..) if !passes_bank(refund.channel) => words.next_sent_straight,
        (RefundState::Sent, ..) => words.next_sent,
        (RefundState::InClearing, ..) => words.next_clearing,
    };
    let day = match &refund.expected_on {
        Some(expected) if refund.state != RefundState::Arrived => format::day(lang, expected),
        _ => format::date(lang, since(detail)),
    };
    fill(
        text,
        &[
            ("provider", provider(lang, detail).1),
            ("starts", &format::day(lang, &refund.starts_by)),
            (
                "days",
                &format::days(lang, &refund.arrives_from, &refund.arrives_by),
            ),
            ("day", &day),
            (
                "account",
                &codes::account(lang, refund.channel, &refund.account),
            ),
        ],
    )
}
