//! What another policy would have decided otherwise about an order that there was: the look before a policy is published.

use serde::{Deserialize, Serialize};

use crate::{
    Calendar, Cancellation, Case, Instant, Order, OrderState, Outcome, Policy, TimelineEvent,
    codes::codes,
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
    /// A refund would have been promised for an earlier day.
    RefundEarlier,
    /// A refund would have been promised for a later day.
    RefundLater,
    /// The time to ask after receipt would have been longer.
    AfterSaleLonger,
    /// The time to ask after receipt would have been shorter.
    AfterSaleShorter,
    /// An after-sale case that was opened would have come too late.
    CaseTooLate,
    /// Another way for a refund would have taken two people instead of one.
    TwoApprove,
    /// Another way for a refund would have taken one person instead of two.
    OneApproves,
}

codes!(PolicyEffect {
    CancelEasier => "cancel_easier",
    CancelHarder => "cancel_harder",
    RefundEarlier => "refund_earlier",
    RefundLater => "refund_later",
    AfterSaleLonger => "after_sale_longer",
    AfterSaleShorter => "after_sale_shorter",
    CaseTooLate => "case_too_late",
    TwoApprove => "two_approve",
    OneApproves => "one_approves",
});

impl Order {
    /// How this order would have fared under `draft` instead of `held`, each way at most once.
    ///
    /// Of the order's life as it was: whether it could be cancelled when it came into each of its states and when its
    /// shopper did cancel or ask to; what its refunds were promised for; how long one could ask after receipt, and
    /// whether those who did were in time; how many people its other ways took. What its shopper would have done otherwise
    /// nobody knows.
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
        for refund in &self.refunds {
            let promised = |policy: &Policy| {
                let day = policy.day_of(refund.created_at);
                policy
                    .clock(refund.channel)
                    .promise(calendar, day)
                    .arrives_by
            };
            let (before, after) = (promised(held), promised(draft));
            see(PolicyEffect::RefundEarlier, after < before);
            see(PolicyEffect::RefundLater, after > before);
            if refund.course.change.is_some() || !refund.course.earlier.is_empty() {
                let needed = |policy: &Policy| policy.approvals_needed(refund.amount.amount);
                let (before, after) = (needed(held), needed(draft));
                see(PolicyEffect::TwoApprove, after > before);
                see(PolicyEffect::OneApproves, after < before);
            }
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
        let late = |case: &Case| !self.in_time(case, draft) && self.in_time(case, held);
        see(PolicyEffect::CaseTooLate, self.body.cases.iter().any(late));
        PolicyEffect::ALL
            .into_iter()
            .filter(|effect| found[*effect as usize])
            .collect()
    }

    /// Whether `case` was opened in the time that `policy` gives for its reason. What was refused at the door has no such
    /// time; a reason that the policy does not know counts as one without a fault of the seller.
    fn in_time(&self, case: &Case, policy: &Policy) -> bool {
        let Some(rules) = policy.after_sale.as_ref() else {
            return false;
        };
        let Some((free, faulty)) = self.case_deadlines(policy) else {
            return true;
        };
        let at_fault = rules
            .reason(&case.reason)
            .is_some_and(|reason| reason.seller_fault);
        let until = if at_fault { Some(faulty) } else { free };
        until.is_some_and(|until| case.opened_at <= until)
    }

    /// The order as it was when it came into each state in which somebody might have wanted to cancel it, and when its
    /// shopper did cancel or ask to.
    fn moments(&self) -> Vec<(Self, Instant)> {
        let mut moments = Vec::new();
        let mut past = self.clone();
        past.state = OrderState::AwaitingPayment;
        past.paid_at = None;
        past.body.request = None;
        past.body.cancelled = None;
        for line in &mut past.body.lines {
            line.cancelled_quantity = 0;
            line.returned_quantity = 0;
            line.issued = false;
        }
        let mut entries = self.timeline.iter().peekable();
        while let Some(entry) = entries.next() {
            let before = past.state;
            match entry.what {
                TimelineEvent::Placed => {}
                TimelineEvent::Paid => {
                    past.paid_at = Some(entry.at);
                    past.state = OrderState::Unpacked;
                }
                TimelineEvent::Held => past.state = OrderState::PendingConfirmation,
                TimelineEvent::Confirmed => past.state = OrderState::Unpacked,
                TimelineEvent::PackingStarted => past.state = OrderState::Packing,
                TimelineEvent::Shipped => past.state = OrderState::Shipped,
                TimelineEvent::Delivered | TimelineEvent::Issued => {
                    past.state = OrderState::Delivered;
                    for (line, now) in past.body.lines.iter_mut().zip(&self.body.lines) {
                        line.issued = now.issued;
                    }
                }
                TimelineEvent::Completed => past.state = OrderState::Completed,
                TimelineEvent::CancellationRequested => moments.push((past.clone(), entry.at)),
                TimelineEvent::PartlyCancelled | TimelineEvent::Cancelled => {
                    if entry.by == crate::Actor::Shopper {
                        moments.push((past.clone(), entry.at));
                    }
                    if entry.what == TimelineEvent::Cancelled {
                        break;
                    }
                }
                TimelineEvent::AddressCorrected
                | TimelineEvent::CancellationWithdrawn
                | TimelineEvent::CancellationDeclined
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
                | TimelineEvent::CaseClosed => {}
            }
            // A state that was over in the same moment nobody has seen.
            let stays = entries.peek().is_none_or(|next| next.at > entry.at);
            let entered = past.state != before || entry.what == TimelineEvent::Placed;
            if entered && stays {
                moments.push((past.clone(), entry.at));
            }
        }
        moments
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
