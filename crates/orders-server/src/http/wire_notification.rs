//! Notifications in the shape of the wire: what happened, and what of it is known today.

use orders_api as api;
use orders_domain::{
    Actor, Case, CaseAct, Complaint, ComplaintAct, Conversation, Instant, Order, Refund,
    RefundState, TimelineEntry, TimelineEvent, WayState,
};
use orders_store::Notification;
use storefront::features::talk::words::Words as TalkWords;
use storefront::words::codes::refund_failure;

use super::wire::{View, instant, money, wire_money};

/// The most characters of somebody's words in a list.
const WORDS_CHARS: usize = 140;

impl View<'_> {
    /// A notification about an entry of `order`, which need not have its timeline.
    pub fn notification(
        &self,
        order: &Order,
        entry: &TimelineEntry,
        notification: &Notification,
    ) -> api::Notification {
        let case = entry.detail.as_deref().and_then(|id| order.case(id));
        let case = case.filter(|_| entry.what.is_of_case());
        let refund = order.refund_of(entry);
        let first = order.body.lines.first();
        let complaint = entry.detail.as_deref().and_then(|id| order.complaint(id));
        let complaint = complaint.filter(|_| entry.what.is_of_complaint());
        let about =
            entry.what.is_of_case() || entry.what.is_of_refund() || entry.what.is_of_complaint();
        api::Notification {
            id: notification.id().to_string(),
            at: instant(entry.at),
            told_at: instant(notification.told_at),
            what: api::Happening::Order(entry.what),
            by: entry.by,
            detail: self
                .words_of(entry, refund, case)
                .or_else(|| complaint.and_then(|one| said_in_complaint(one, entry)))
                .map(|words| shortened(&words)),
            subject: entry.detail.clone().filter(|_| about),
            amount: refund
                .map(|refund| wire_money(refund.amount))
                .or_else(|| {
                    case.map(|case| money(order, case.settlement.amount))
                        .filter(|amount| amount.amount > 0)
                })
                .or_else(|| complaint.and_then(|one| proposed_money(one, entry))),
            urgent: order.asks_shopper(entry),
            read: notification.read,
            order: Some(order.id.0.clone()),
            number: Some(order.number.clone()),
            title: first.map(|line| self.text(&line.title)).unwrap_or_default(),
            shop: self.shop(),
        }
    }

    /// A notification of an answer that was given at `at` in a conversation about `order`, or about none. What was said is for
    /// the conversation's page alone.
    pub fn answer(
        &self,
        conversation: &Conversation,
        order: Option<&Order>,
        (at, notification): (Instant, &Notification),
    ) -> api::Notification {
        let about = TalkWords::of(self.language).about(conversation.subject.topic);
        let line = order.and_then(|order| order.body.lines.first());
        api::Notification {
            id: notification.id().to_string(),
            at: instant(at),
            told_at: instant(notification.told_at),
            what: api::Happening::Talk(api::TalkEvent::Answered),
            by: Actor::Staff,
            detail: None,
            subject: Some(conversation.id.0.clone()),
            amount: None,
            urgent: false,
            read: notification.read,
            order: order.map(|order| order.id.0.clone()),
            number: order.map(|order| order.number.clone()),
            title: line.map_or_else(|| about.to_owned(), |line| self.text(&line.title)),
            shop: self.shop(),
        }
    }

    /// The words with what happened: a reason's, or those that somebody wrote.
    fn words_of(
        &self,
        entry: &TimelineEntry,
        refund: Option<&Refund>,
        case: Option<&Case>,
    ) -> Option<String> {
        match entry.what {
            TimelineEvent::Held
            | TimelineEvent::CancellationRequested
            | TimelineEvent::PartlyCancelled
            | TimelineEvent::Cancelled => entry.detail.as_deref().map(|code| self.reason(code)),
            TimelineEvent::CancelLimited => entry.detail.as_deref().map(|day| self.until_day(day)),
            TimelineEvent::CancelWarned => {
                entry.detail.as_deref().and_then(|late| self.warning(late))
            }
            TimelineEvent::CancellationDeclined
            | TimelineEvent::LimitLifted
            | TimelineEvent::Shipped => entry.detail.clone().filter(|words| !words.is_empty()),
            TimelineEvent::RefundFailed => refund
                .filter(|refund| refund.state == RefundState::Failed)
                .and_then(|refund| refund.course.failure)
                .map(|failure| refund_failure(self.language, failure).to_owned()),
            TimelineEvent::RefundWayDeclined => {
                refund.and_then(|refund| why_declined(refund, entry))
            }
            TimelineEvent::CaseRejected => said(case, entry, &[CaseAct::Rejected]),
            TimelineEvent::CaseAnswered => said(case, entry, &[CaseAct::Said]),
            TimelineEvent::CaseClosed => said(case, entry, &[CaseAct::Dismissed]),
            TimelineEvent::Placed
            | TimelineEvent::Paid
            | TimelineEvent::AddressCorrected
            | TimelineEvent::Confirmed
            | TimelineEvent::PackingStarted
            | TimelineEvent::Delivered
            | TimelineEvent::Issued
            | TimelineEvent::Completed
            | TimelineEvent::CancellationWithdrawn
            | TimelineEvent::LatePaymentRefunded
            | TimelineEvent::RefundApproved
            | TimelineEvent::RefundSent
            | TimelineEvent::RefundInClearing
            | TimelineEvent::RefundArrived
            | TimelineEvent::RefundLate
            | TimelineEvent::RefundWayAsked
            | TimelineEvent::RefundWayWithdrawn
            | TimelineEvent::RefundWayApproved
            | TimelineEvent::CaseOpened
            | TimelineEvent::CaseApproved
            | TimelineEvent::CaseReceived
            | TimelineEvent::CaseAppealed
            | TimelineEvent::CaseWithdrawn
            | TimelineEvent::ComplaintOpened
            | TimelineEvent::ComplaintTaken
            | TimelineEvent::ComplaintAnswered
            | TimelineEvent::ComplaintProposed
            | TimelineEvent::ComplaintEscalated
            | TimelineEvent::ComplaintOutside
            | TimelineEvent::ComplaintAccepted
            | TimelineEvent::ComplaintDisputed
            | TimelineEvent::ComplaintResolved
            | TimelineEvent::ComplaintWithdrawn
            | TimelineEvent::ComplaintClosed => None,
        }
    }
}

/// What was said in a case at the moment of an entry, by one of these acts.
fn said(case: Option<&Case>, entry: &TimelineEntry, acts: &[CaseAct]) -> Option<String> {
    let mut thread = case?.thread.iter().rev();
    let said = thread.find(|said| said.at == entry.at && acts.contains(&said.what))?;
    said.text.clone()
}

/// What was said in a complaint at the moment of an entry: words, or why something was proposed.
fn said_in_complaint(complaint: &Complaint, entry: &TimelineEntry) -> Option<String> {
    let act = match entry.what {
        TimelineEvent::ComplaintAnswered => ComplaintAct::Said,
        TimelineEvent::ComplaintProposed => ComplaintAct::Proposed,
        TimelineEvent::ComplaintResolved => ComplaintAct::Resolved,
        _ => return None,
    };
    let mut thread = complaint.thread.iter().rev();
    let said = thread.find(|said| (said.at, said.what, said.by) == (entry.at, act, entry.by))?;
    said.text.clone()
}

/// How much money was proposed, or granted by silence, at the moment of an entry.
fn proposed_money(complaint: &Complaint, entry: &TimelineEntry) -> Option<api::Money> {
    if !matches!(
        entry.what,
        TimelineEvent::ComplaintProposed | TimelineEvent::ComplaintResolved
    ) {
        return None;
    }
    let mut thread = complaint.thread.iter().rev();
    let proposed = thread.find(|said| said.at == entry.at && said.proposal.is_some())?;
    let proposal = proposed.proposal.as_ref()?;
    proposal.amount.map(wire_money)
}

/// Why staff declined a wish for another way at the moment of an entry.
fn why_declined(refund: &Refund, entry: &TimelineEntry) -> Option<String> {
    let course = &refund.course;
    let wishes = course.change.iter().chain(course.earlier.iter().rev());
    let mut outcomes = wishes.filter_map(|wish| wish.outcome.as_ref());
    let declined =
        outcomes.find(|outcome| outcome.state == WayState::Declined && outcome.at == entry.at)?;
    declined.note.clone()
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    if text.chars().count() <= WORDS_CHARS {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(WORDS_CHARS - 1).collect();
    format!("{}…", beginning.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(shortened("短"), "短");
        let long = "长".repeat(200);
        let short = shortened(&long);
        assert_eq!(short.chars().count(), WORDS_CHARS);
        assert!(short.ends_with('…'));
    }
}
