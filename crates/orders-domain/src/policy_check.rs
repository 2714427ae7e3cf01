//! What another policy would have decided otherwise about an order that there was: the look before a policy is published.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Calendar, Cancellation, CancelledBy, Case, Complaint, ComplaintAct, ComplaintTerms,
    Complaints, Instant, Order, OrderState, Outcome, Pending, PendingCause, Policy, TimelineEntry,
    TimelineEvent, codes::codes,
};

/// In which way an order would have fared differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyEffect {
    /// At some moment its shopper could have cancelled more easily: at once instead of by request, or at all.
    CancelEasier,
    /// At some moment its shopper could have cancelled less easily, or not at all.
    CancelHarder,
    /// Its shopper's cancel would not have counted as a late one, and did.
    CancelForgiven,
    /// Its shopper's cancel would have counted as a late one, and did not.
    CancelCounted,
    /// A refund would have been promised to start or to arrive on an earlier day.
    RefundEarlier,
    /// A refund would have been promised to start or to arrive on a later day.
    RefundLater,
    /// The time to ask after receipt would have been longer.
    AfterSaleLonger,
    /// The time to ask after receipt would have been shorter.
    AfterSaleShorter,
    /// An after-sale case that was opened would have come too late.
    CaseTooLate,
    /// Another way for a refund, or a decision that made one, would have taken two people instead of one.
    TwoApprove,
    /// Another way for a refund, or a decision that made one, would have taken one person instead of two.
    OneApproves,
    /// A complaint that was taken would not have been.
    ComplaintRefused,
    /// The shop would have had less time at some stage of a complaint.
    ComplaintSooner,
    /// The shop would have had more time at some stage of a complaint.
    ComplaintLater,
    /// What was proposed in a complaint would have taken two people instead of one.
    ProposalTwoApprove,
    /// What was proposed in a complaint would have taken one person instead of two.
    ProposalOneApproves,
}

codes!(PolicyEffect {
    CancelEasier => "cancel_easier",
    CancelHarder => "cancel_harder",
    CancelForgiven => "cancel_forgiven",
    CancelCounted => "cancel_counted",
    RefundEarlier => "refund_earlier",
    RefundLater => "refund_later",
    AfterSaleLonger => "after_sale_longer",
    AfterSaleShorter => "after_sale_shorter",
    CaseTooLate => "case_too_late",
    TwoApprove => "two_approve",
    OneApproves => "one_approves",
    ComplaintRefused => "complaint_refused",
    ComplaintSooner => "complaint_sooner",
    ComplaintLater => "complaint_later",
    ProposalTwoApprove => "proposal_two_approve",
    ProposalOneApproves => "proposal_one_approves",
});

impl Order {
    /// How this order would have fared under `draft` instead of `held`, each way at most once.
    ///
    /// Of the order's life as it was: whether it could be cancelled when it came into each of its states and when its
    /// shopper did cancel or ask to; what its refunds were promised for; how long one could ask after receipt, and
    /// whether those who did were in time; how many people its other ways and large refunds took; whether its complaints were taken, by when
    /// they had to be answered, and how many people that took. What its shopper would have done otherwise nobody knows.
    pub fn would_change(
        &self,
        held: &Policy,
        draft: &Policy,
        calendar: &Calendar,
    ) -> Vec<PolicyEffect> {
        let mut found = [false; PolicyEffect::ALL.len()];
        let mut see = |effect: PolicyEffect, is_so: bool| found[effect as usize] |= is_so;
        for (past, at) in self.moments() {
            let (before, after) = (ease(&past, held, at), ease(&past, draft, at));
            see(PolicyEffect::CancelEasier, after < before);
            see(PolicyEffect::CancelHarder, after > before);
        }
        if let Some((was, will)) = self.late_cancels(held, draft) {
            see(PolicyEffect::CancelForgiven, was && !will);
            see(PolicyEffect::CancelCounted, will && !was);
        }
        for refund in &self.refunds {
            let promised = |policy: &Policy| {
                let day = policy.day_of(refund.created_at);
                let promise = policy.clock(refund.channel).promise(calendar, day);
                [promise.starts_by, promise.arrives_from, promise.arrives_by]
            };
            for (before, after) in promised(held).into_iter().zip(promised(draft)) {
                see(PolicyEffect::RefundEarlier, after < before);
                see(PolicyEffect::RefundLater, after > before);
            }
            if refund.course.change.is_some() || !refund.course.earlier.is_empty() {
                let needed = |policy: &Policy| policy.approvals_needed(refund.amount.amount);
                let (before, after) = (needed(held), needed(draft));
                see(PolicyEffect::TwoApprove, after > before);
                see(PolicyEffect::OneApproves, after < before);
            }
        }
        for amount in self.granted_by_staff() {
            let (before, after) = (
                held.decision_takes_two(amount),
                draft.decision_takes_two(amount),
            );
            see(PolicyEffect::TwoApprove, after && !before);
            see(PolicyEffect::OneApproves, before && !after);
        }
        let (before, after) = (self.case_deadlines(held), self.case_deadlines(draft));
        let compare =
            |longer: &mut bool, shorter: &mut bool, a: Option<Instant>, b: Option<Instant>| {
                // No time at all is the shortest.
                *longer |= b > a;
                *shorter |= b < a;
            };
        let (mut longer, mut shorter) = (false, false);
        let parts = |deadlines: Option<(Option<Instant>, Instant)>| {
            (
                deadlines.and_then(|both| both.0),
                deadlines.map(|both| both.1),
            )
        };
        let ((free, faulty), (new_free, new_faulty)) = (parts(before), parts(after));
        compare(&mut longer, &mut shorter, free, new_free);
        compare(&mut longer, &mut shorter, faulty, new_faulty);
        see(PolicyEffect::AfterSaleLonger, longer);
        see(PolicyEffect::AfterSaleShorter, shorter);
        let late = |case: &Case| !self.case_in_time(case, draft) && self.case_in_time(case, held);
        see(PolicyEffect::CaseTooLate, self.body.cases.iter().any(late));
        for complaint in &self.body.complaints {
            self.complaint_would_change(complaint, draft.complaints.as_ref(), &mut see);
        }
        PolicyEffect::ALL
            .into_iter()
            .filter(|effect| found[*effect as usize])
            .collect()
    }

    /// How a complaint would have fared. Complaints follow the policy that is in force when they are opened and not the
    /// order's, so they are compared with what they began with.
    fn complaint_would_change(
        &self,
        complaint: &Complaint,
        draft: Option<&Complaints>,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        let Some(draft) = draft.filter(|draft| self.would_take(complaint, draft)) else {
            see(PolicyEffect::ComplaintRefused, true);
            return;
        };
        let times = |terms: &ComplaintTerms| {
            [
                terms.confirm_hours,
                terms.propose_days,
                terms.supervisor_days,
            ]
        };
        for (was, will) in times(&complaint.terms).into_iter().zip(times(&draft.terms)) {
            see(PolicyEffect::ComplaintSooner, will < was);
            see(PolicyEffect::ComplaintLater, will > was);
        }
        let proposed = complaint
            .thread
            .iter()
            .filter(|entry| entry.staff.is_some());
        for proposal in proposed.filter_map(|entry| entry.proposal.as_ref()) {
            let (was, will) = (
                complaint.terms.takes_two(proposal),
                draft.terms.takes_two(proposal),
            );
            see(PolicyEffect::ProposalTwoApprove, will && !was);
            see(PolicyEffect::ProposalOneApproves, was && !will);
        }
    }

    /// Whether `draft` would have taken a complaint that there was.
    fn would_take(&self, complaint: &Complaint, draft: &Complaints) -> bool {
        let first = complaint.thread.first();
        if first.is_some_and(|entry| entry.what == ComplaintAct::OpenedByRule) {
            return draft.after_dismissal;
        }
        let opens = |entry: &&TimelineEntry| {
            entry.what == TimelineEvent::ComplaintOpened
                && entry.detail.as_ref() == Some(&complaint.id)
        };
        let before = self.timeline.iter().take_while(|entry| !opens(entry));
        let last = before.map(|entry| entry.at).max().unwrap_or(self.placed_at);
        draft.topics.contains(&complaint.topic)
            && complaint.opened_at < last + TimeDelta::days(i64::from(draft.days))
    }

    /// Whether the shopper's cancel of all of it was a late one under each of the policies; `None` when there was none, or
    /// one of them does not allow it at once: then there is nothing to count.
    fn late_cancels(&self, held: &Policy, draft: &Policy) -> Option<(bool, bool)> {
        let cancelled = self.body.cancelled.as_ref();
        let cancelled = cancelled.filter(|cancelled| cancelled.by == CancelledBy::Shopper)?;
        let (past, at) = self.moments().pop()?;
        let at_once = |policy: &Policy| ease(&past, policy, at) == Outcome::SelfService;
        let late = |policy: &Policy| past.is_late_cancel(policy, &cancelled.reason, at);
        (at_once(held) && at_once(draft)).then(|| (late(held), late(draft)))
    }

    /// The order as it was when it came into each state in which somebody might have wanted to cancel it, and when its
    /// shopper did cancel or ask to.
    fn moments(&self) -> Vec<(Self, Instant)> {
        let mut moments = Vec::new();
        let mut past = self.as_placed();
        for (index, entry) in self.timeline.iter().enumerate() {
            let before = past.state;
            let later = &self.timeline[index + 1..];
            let cancels = matches!(
                entry.what,
                TimelineEvent::PartlyCancelled | TimelineEvent::Cancelled
            );
            let asks = entry.what == TimelineEvent::CancellationRequested;
            if asks || (cancels && entry.by == Actor::Shopper) {
                moments.push((past.clone(), entry.at));
            }
            if entry.what == TimelineEvent::Cancelled {
                break;
            }
            self.replay(entry, later, &mut past);
            // A state that was over in the same moment nobody has seen.
            let stays = later.first().is_none_or(|next| next.at > entry.at);
            let entered = past.state != before || entry.what == TimelineEvent::Placed;
            if entered && stays {
                moments.push((past.clone(), entry.at));
            }
        }
        moments
    }

    /// The order before anything had happened to it.
    fn as_placed(&self) -> Self {
        let mut past = self.clone();
        past.state = OrderState::AwaitingPayment;
        past.paid_at = None;
        past.delivered_at = None;
        past.body.pending = None;
        past.body.request = None;
        past.body.cancelled = None;
        // How its shopper stood then is not of the order's life.
        past.marks = Vec::new();
        for line in &mut past.body.lines {
            line.cancelled_quantity = 0;
            line.issued = false;
        }
        past
    }

    /// Lets `past` become what the order was after `entry`, by the rules of [`Order::apply`]: what is told late leads
    /// nowhere. Of which lines some were cancelled or given out is known once it has happened for the last time.
    fn replay(&self, entry: &TimelineEntry, later: &[TimelineEntry], past: &mut Self) {
        let again = later.iter().any(|next| next.what == entry.what);
        let lines = past.body.lines.iter_mut().zip(&self.body.lines);
        let unpaid = past.state == OrderState::AwaitingPayment;
        let reached = match entry.what {
            TimelineEvent::Paid => {
                past.paid_at = Some(entry.at);
                unpaid.then_some(if past.body.pending.is_some() {
                    OrderState::PendingConfirmation
                } else {
                    OrderState::Unpacked
                })
            }
            TimelineEvent::Held => {
                past.body.pending = Some(Pending {
                    cause: PendingCause::SystemDelay,
                    missing: Vec::new(),
                });
                // What nobody has paid yet stays so, unless the shop sent it as one that waits.
                let waits = self.paid_at.is_none() && self.state == OrderState::PendingConfirmation;
                (waits || !unpaid).then_some(OrderState::PendingConfirmation)
            }
            TimelineEvent::Confirmed => {
                past.body.pending = None;
                (!unpaid).then_some(OrderState::Unpacked)
            }
            TimelineEvent::PackingStarted => Some(OrderState::Packing),
            TimelineEvent::Shipped => Some(OrderState::Shipped),
            TimelineEvent::Delivered => Some(OrderState::Delivered),
            TimelineEvent::Completed => Some(OrderState::Completed),
            TimelineEvent::Issued if !again => {
                lines.for_each(|(line, now)| line.issued = now.issued);
                past.all_issued().then_some(OrderState::Delivered)
            }
            TimelineEvent::PartlyCancelled if !again && self.body.cancelled.is_none() => {
                lines.for_each(|(line, now)| line.cancelled_quantity = now.cancelled_quantity);
                past.all_issued().then_some(OrderState::Delivered)
            }
            TimelineEvent::Placed
            | TimelineEvent::Issued
            | TimelineEvent::PartlyCancelled
            | TimelineEvent::Cancelled
            | TimelineEvent::CancellationRequested
            | TimelineEvent::AddressCorrected
            | TimelineEvent::CancellationWithdrawn
            | TimelineEvent::CancellationDeclined
            | TimelineEvent::CancelWarned
            | TimelineEvent::CancelLimited
            | TimelineEvent::LimitLifted
            | TimelineEvent::LatePaymentRefunded
            | TimelineEvent::RefundApproved
            | TimelineEvent::RefundSent
            | TimelineEvent::RefundInClearing
            | TimelineEvent::RefundArrived
            | TimelineEvent::RefundFailed
            | TimelineEvent::RefundLate
            | TimelineEvent::RefundWayAsked
            | TimelineEvent::RefundWayWithdrawn
            | TimelineEvent::RefundWayApproved
            | TimelineEvent::RefundWayDeclined
            | TimelineEvent::CaseOpened
            | TimelineEvent::CaseApproved
            | TimelineEvent::CaseReceived
            | TimelineEvent::CaseRejected
            | TimelineEvent::CaseAppealed
            | TimelineEvent::CaseAnswered
            | TimelineEvent::CaseWithdrawn
            | TimelineEvent::CaseClosed
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
        };
        if let Some(state) = reached.filter(|state| past.state.may_become(*state)) {
            past.state = state;
        }
    }
}

/// How easily `order` is cancelled at `now`; less is easier.
fn ease(order: &Order, policy: &Policy, now: Instant) -> Outcome {
    match order.cancellation(policy, now) {
        Cancellation::SelfService { .. } => Outcome::SelfService,
        Cancellation::ByRequest | Cancellation::Requested { .. } => Outcome::ByRequest,
        Cancellation::NotPossible { .. } | Cancellation::Cancelled => Outcome::NotPossible,
    }
}
