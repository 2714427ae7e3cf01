//! What happened, in a sentence that stands alone; where it leads; and its symbol.

use orders_api::{Actor, Happening, Notification, TalkEvent, TimelineEvent};

use crate::format;
use crate::paths::{self, Page};
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// What happened, without how much it was about: the heading of a letter.
pub fn heading(lang: Lang, of: &Notification) -> String {
    told(lang, of, None)
}

/// What happened, with how much it was about, where that is known.
pub fn sentence(lang: Lang, of: &Notification) -> String {
    let amount = of.amount.as_ref().map(format::money);
    told(lang, of, amount.as_deref())
}

fn told(lang: Lang, of: &Notification, amount: Option<&str>) -> String {
    let words = Words::of(lang);
    let of_amount = |words: &str, with: &str| {
        amount.map_or_else(
            || words.to_owned(),
            |amount| fill(with, &[("amount", amount)]),
        )
    };
    let what = match of.what {
        Happening::Order(what) => what,
        Happening::Talk(TalkEvent::Answered) => return words.talk_answered.to_owned(),
    };
    match what {
        TimelineEvent::Held => words.held.to_owned(),
        TimelineEvent::Cancelled => match of.by {
            Actor::Shopper => words.cancelled,
            Actor::Seller | Actor::Warehouse => words.cancelled_seller,
            Actor::Staff => words.cancelled_staff,
            Actor::System | Actor::Provider => words.cancelled_system,
        }
        .to_owned(),
        TimelineEvent::PartlyCancelled => match of.by {
            Actor::Shopper => words.partly,
            Actor::Staff => words.partly_staff,
            Actor::Seller | Actor::Warehouse | Actor::System | Actor::Provider => {
                words.partly_seller
            }
        }
        .to_owned(),
        TimelineEvent::AddressCorrected => words.address_corrected.to_owned(),
        TimelineEvent::CancellationDeclined => words.declined.to_owned(),
        TimelineEvent::CancelWarned => words.cancel_warned.to_owned(),
        TimelineEvent::CancelLimited => words.cancel_limited.to_owned(),
        TimelineEvent::LimitLifted => words.limit_lifted.to_owned(),
        TimelineEvent::LatePaymentRefunded => words.paid_late.to_owned(),
        TimelineEvent::RefundSent => of_amount(words.refund_sent, words.refund_sent_of),
        TimelineEvent::RefundInClearing => {
            of_amount(words.refund_clearing, words.refund_clearing_of)
        }
        TimelineEvent::RefundArrived => of_amount(words.refund_arrived, words.refund_arrived_of),
        TimelineEvent::RefundFailed if of.urgent => {
            of_amount(words.refund_stuck, words.refund_stuck_of)
        }
        TimelineEvent::RefundFailed => of_amount(words.refund_failed, words.refund_failed_of),
        TimelineEvent::RefundLate => of_amount(words.refund_late, words.refund_late_of),
        TimelineEvent::RefundWayApproved => of_amount(words.way_approved, words.way_approved_of),
        TimelineEvent::RefundWayDeclined => of_amount(words.way_declined, words.way_declined_of),
        TimelineEvent::CaseApproved if of.urgent => words.case_send.to_owned(),
        TimelineEvent::CaseApproved => of_amount(words.case_approved, words.case_approved_of),
        TimelineEvent::CaseReceived if of.by == Actor::System => of_amount(
            words.case_counts_as_received,
            words.case_counts_as_received_of,
        ),
        TimelineEvent::CaseReceived => of_amount(words.case_received, words.case_received_of),
        TimelineEvent::CaseRejected => words.case_rejected.to_owned(),
        TimelineEvent::CaseAppealed => words.case_escalated.to_owned(),
        TimelineEvent::CaseAnswered => {
            fill(words.case_answered, &[("who", codes::actor(lang, of.by))])
        }
        TimelineEvent::CaseClosed if of.by == Actor::Staff => words.case_dismissed.to_owned(),
        TimelineEvent::CaseClosed => words.case_closed.to_owned(),
        TimelineEvent::ComplaintOpened => words.complaint_opened.to_owned(),
        TimelineEvent::ComplaintTaken => words.complaint_taken.to_owned(),
        TimelineEvent::ComplaintAnswered => fill(
            words.complaint_answered,
            &[("who", codes::actor(lang, of.by))],
        ),
        TimelineEvent::ComplaintProposed if of.urgent => {
            of_amount(words.complaint_asks, words.complaint_asks_of)
        }
        TimelineEvent::ComplaintProposed => {
            of_amount(words.complaint_proposed, words.complaint_proposed_of)
        }
        TimelineEvent::ComplaintEscalated => words.complaint_escalated.to_owned(),
        TimelineEvent::ComplaintOutside => words.complaint_outside.to_owned(),
        TimelineEvent::ComplaintResolved if of.by == Actor::System => {
            of_amount(words.complaint_granted, words.complaint_granted_of)
        }
        TimelineEvent::ComplaintResolved => words.complaint_resolved.to_owned(),
        TimelineEvent::ComplaintClosed => words.complaint_closed.to_owned(),
        TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::RefundApproved
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::CaseOpened
        | TimelineEvent::CaseWithdrawn
        | TimelineEvent::ComplaintAccepted
        | TimelineEvent::ComplaintDisputed
        | TimelineEvent::ComplaintWithdrawn => codes::event(lang, what).to_owned(),
    }
}

/// Where its page is.
pub fn href(of: &Notification) -> String {
    let subject = of.subject.as_deref();
    match of.what {
        Happening::Order(what) => {
            Page::of_event(what, of.order.as_deref().unwrap_or_default(), subject).href()
        }
        Happening::Talk(TalkEvent::Answered) => paths::conversation(subject.unwrap_or_default()),
    }
}

/// Its symbol.
pub const fn icon(of: &Notification) -> &'static str {
    match of.what {
        Happening::Talk(TalkEvent::Answered) => "person",
        Happening::Order(what) if what.is_of_case() => "refund",
        Happening::Order(what) if what.is_of_complaint() => "info",
        Happening::Order(what) if what.is_of_refund() => "wallet",
        Happening::Order(_) => "box",
    }
}
