//! What happened, in a sentence that stands alone; where it leads; and its symbol.

use orders_api::{Actor, Notification, TimelineEvent};

use crate::format;
use crate::paths;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// What happened.
pub fn sentence(lang: Lang, of: &Notification) -> String {
    let words = Words::of(lang);
    let amount = of.amount.as_ref().map(format::money);
    let who = codes::actor(lang, of.by);
    // With how much, where that is known.
    let with_amount = |text: &str| {
        let amount = amount.as_deref();
        amount.map_or_else(
            || codes::event(lang, of.what).to_owned(),
            |amount| fill(text, &[("amount", amount)]),
        )
    };
    match of.what {
        TimelineEvent::Held => words.held.to_owned(),
        TimelineEvent::Cancelled => match of.by {
            Actor::Shopper | Actor::Warehouse | Actor::Provider => words.cancelled,
            Actor::Seller => words.cancelled_seller,
            Actor::Staff => words.cancelled_staff,
            Actor::System => words.cancelled_system,
        }
        .to_owned(),
        TimelineEvent::PartlyCancelled => match of.by {
            Actor::Seller => words.partly_seller,
            Actor::Staff => words.partly_staff,
            Actor::Shopper | Actor::Warehouse | Actor::Provider | Actor::System => words.partly,
        }
        .to_owned(),
        TimelineEvent::CancellationDeclined => words.declined.to_owned(),
        TimelineEvent::RefundApproved => with_amount(words.refund_approved),
        TimelineEvent::RefundSent => with_amount(words.refund_sent),
        TimelineEvent::RefundInClearing => with_amount(words.refund_clearing),
        TimelineEvent::RefundArrived => with_amount(words.refund_arrived),
        TimelineEvent::RefundFailed => with_amount(words.refund_failed),
        TimelineEvent::RefundLate => with_amount(words.refund_late),
        TimelineEvent::RefundWayApproved => with_amount(words.way_approved),
        TimelineEvent::RefundWayDeclined => with_amount(words.way_declined),
        TimelineEvent::CaseApproved if of.urgent => words.case_send.to_owned(),
        TimelineEvent::CaseApproved => with_amount(words.case_approved),
        TimelineEvent::CaseReceived if of.by == Actor::System => {
            with_amount(words.case_counts_as_received)
        }
        TimelineEvent::CaseReceived => with_amount(words.case_received),
        TimelineEvent::CaseRejected => words.case_rejected.to_owned(),
        TimelineEvent::CaseAppealed if of.by == Actor::System => words.case_escalated.to_owned(),
        TimelineEvent::CaseAnswered => fill(words.case_answered, &[("who", who)]),
        TimelineEvent::CaseClosed if of.by == Actor::Staff => words.case_dismissed.to_owned(),
        TimelineEvent::CaseClosed => words.case_closed.to_owned(),
        TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::AddressCorrected
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::LatePaymentRefunded
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::CaseOpened
        | TimelineEvent::CaseAppealed
        | TimelineEvent::CaseWithdrawn => codes::event(lang, of.what).to_owned(),
    }
}

/// What something that happened is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The order itself.
    Order,
    /// One of its refunds.
    Refund,
    /// One of its after-sale cases.
    Case,
}

/// What it is about.
pub const fn about(what: TimelineEvent) -> About {
    match what {
        TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::Held
        | TimelineEvent::AddressCorrected
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::CancellationDeclined
        | TimelineEvent::PartlyCancelled
        | TimelineEvent::Cancelled
        | TimelineEvent::LatePaymentRefunded => About::Order,
        TimelineEvent::RefundApproved
        | TimelineEvent::RefundSent
        | TimelineEvent::RefundInClearing
        | TimelineEvent::RefundArrived
        | TimelineEvent::RefundFailed
        | TimelineEvent::RefundLate
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::RefundWayApproved
        | TimelineEvent::RefundWayDeclined => About::Refund,
        TimelineEvent::CaseOpened
        | TimelineEvent::CaseApproved
        | TimelineEvent::CaseReceived
        | TimelineEvent::CaseRejected
        | TimelineEvent::CaseAppealed
        | TimelineEvent::CaseAnswered
        | TimelineEvent::CaseWithdrawn
        | TimelineEvent::CaseClosed => About::Case,
    }
}

/// Its page.
pub fn page_of(of: &Notification) -> String {
    match (about(of.what), &of.subject) {
        (About::Refund, Some(id)) => paths::refund(id),
        (About::Case, Some(id)) => paths::case(id),
        (About::Order, _) | (_, None) => paths::order(&of.order),
    }
}

/// Its symbol.
pub const fn icon(of: &Notification) -> &'static str {
    match about(of.what) {
        About::Order => "box",
        About::Refund => "wallet",
        About::Case => "refund",
    }
}
