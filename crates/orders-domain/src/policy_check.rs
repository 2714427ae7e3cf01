//! What another policy would have decided otherwise about an order that there was: the look before a policy is published.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, Calendar, Cancellation, CancelledBy, Instant, Mark, MarkKind, Order, OrderState,
    Outcome, Pending, PendingCause, Policy, Refund, StaffHours, TimelineEntry, TimelineEvent,
    WayState, codes::codes,
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
    /// When it, or a line of it, could not be cancelled, another reason or another way out would have been shown.
    CancelAdvice,
    /// The reason that its shopper chose would not have been there, or would have needed words with it.
    ReasonRefused,
    /// Its shopper's cancel would not have counted as a late one, and did.
    CancelForgiven,
    /// Its shopper's cancel would have counted as a late one, and did not.
    CancelCounted,
    /// Its shopper's late cancel would have led to less: to nothing, to a warning, to a shorter limit.
    LadderMilder,
    /// Its shopper's late cancel would have led to more: to a warning, to a limit, to a longer one.
    LadderStricter,
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
    /// An after-sale case would not have been taken: by its reason, its condition, or what was sent with it.
    CaseRefused,
    /// An after-sale case would have come to more money.
    CaseMore,
    /// An after-sale case would have come to less money.
    CaseLess,
    /// Somebody would have had less time at some stage of an after-sale case.
    CaseTimeShorter,
    /// Somebody would have had more time at some stage of an after-sale case.
    CaseTimeLonger,
    /// Where the shop was silent in a case or a complaint, something else would have followed.
    SilenceOtherwise,
    /// Another way for a refund, or a decision that made one, would have taken two people instead of one.
    TwoApprove,
    /// Another way for a refund, or a decision that made one, would have taken one person instead of two.
    OneApproves,
    /// A complaint that was taken would not have been.
    ComplaintRefused,
    /// A complaint would have opened by itself, and did not.
    ComplaintOpens,
    /// The shop would have had less time at some stage of a complaint.
    ComplaintSooner,
    /// The shop would have had more time at some stage of a complaint.
    ComplaintLater,
    /// The shopper would have had less time to answer what was proposed in a complaint.
    AnswerShorter,
    /// The shopper would have had more time to answer what was proposed in a complaint.
    AnswerLonger,
    /// What was proposed in a complaint would have taken two people instead of one.
    ProposalTwoApprove,
    /// What was proposed in a complaint would have taken one person instead of two.
    ProposalOneApproves,
    /// The shop would have had less time to accept it, or to decide a request to cancel or a wish for another way.
    DecisionSooner,
    /// The shop would have had more time for that.
    DecisionLater,
}

codes!(PolicyEffect {
    CancelEasier => "cancel_easier",
    CancelHarder => "cancel_harder",
    CancelAdvice => "cancel_advice",
    ReasonRefused => "reason_refused",
    CancelForgiven => "cancel_forgiven",
    CancelCounted => "cancel_counted",
    LadderMilder => "ladder_milder",
    LadderStricter => "ladder_stricter",
    RefundEarlier => "refund_earlier",
    RefundLater => "refund_later",
    AfterSaleLonger => "after_sale_longer",
    AfterSaleShorter => "after_sale_shorter",
    CaseTooLate => "case_too_late",
    CaseRefused => "case_refused",
    CaseMore => "case_more",
    CaseLess => "case_less",
    CaseTimeShorter => "case_time_shorter",
    CaseTimeLonger => "case_time_longer",
    SilenceOtherwise => "silence_otherwise",
    TwoApprove => "two_approve",
    OneApproves => "one_approves",
    ComplaintRefused => "complaint_refused",
    ComplaintOpens => "complaint_opens",
    ComplaintSooner => "complaint_sooner",
    ComplaintLater => "complaint_later",
    AnswerShorter => "answer_shorter",
    AnswerLonger => "answer_longer",
    ProposalTwoApprove => "proposal_two_approve",
    ProposalOneApproves => "proposal_one_approves",
    DecisionSooner => "decision_sooner",
    DecisionLater => "decision_later",
});

impl Order {
    /// How this order would have fared under `draft` instead of `held`, each way at most once.
    ///
    /// Of the order's life as it was: whether it, and each line of it, could be cancelled when it came into each of its states
    /// and when its shopper did cancel or ask to, by which reason, and what followed from that for them; what its refunds were
    /// promised for; how long one could ask after receipt; whether its cases and complaints were taken, what they came to, by
    /// when they had to be answered, and how many people that and its large refunds took; by when the shop had to decide. What its shopper would have done
    /// otherwise nobody knows, so that some rules leave no trace here: `RuleChange::is_compared` says which do.
    pub fn would_change(
        &self,
        held: &Policy,
        draft: &Policy,
        calendar: &Calendar,
    ) -> Vec<PolicyEffect> {
        let mut found = [false; PolicyEffect::ALL.len()];
        let mut see = |effect: PolicyEffect, is_so: bool| found[effect as usize] |= is_so;
        self.cancelling_would_change(held, draft, &mut see);
        for refund in &self.refunds {
            refund.would_change(held, draft, calendar, &mut see);
        }
        for (amount, by_two) in self.granted_by_staff() {
            let (before, after) = (
                held.decision_takes_two(amount),
                draft.decision_takes_two(amount),
            );
            see(PolicyEffect::TwoApprove, after && !before);
            see(PolicyEffect::OneApproves, by_two && before && !after);
        }
        let (before, after) = (self.hours_of_staff(held), self.hours_of_staff(draft));
        for (was, will) in before.into_iter().zip(after) {
            see(PolicyEffect::DecisionSooner, will < was);
            see(PolicyEffect::DecisionLater, will > was);
        }
        let (before, after) = (self.case_deadlines(held), self.case_deadlines(draft));
        let parts = |deadlines: Option<(Option<Instant>, Instant)>| {
            [
                deadlines.and_then(|both| both.0),
                deadlines.map(|both| both.1),
            ]
        };
        for (was, will) in parts(before).into_iter().zip(parts(after)) {
            // No time at all is the shortest.
            see(PolicyEffect::AfterSaleLonger, will > was);
            see(PolicyEffect::AfterSaleShorter, will < was);
        }
        self.cases_would_change(held, draft, &mut see);
        PolicyEffect::ALL
            .into_iter()
            .filter(|effect| found[*effect as usize])
            .collect()
    }

    /// Within how many hours what waited for the shop with it had to be decided; without end where nothing is promised.
    fn hours_of_staff(&self, policy: &Policy) -> Vec<u32> {
        let waited = |what| self.timeline.iter().any(|entry| entry.what == what);
        let StaffHours {
            request,
            confirm,
            way,
        } = policy.staff_hours;
        [
            (TimelineEvent::CancellationRequested, request),
            (TimelineEvent::Held, confirm),
            (TimelineEvent::RefundWayAsked, way),
        ]
        .into_iter()
        .filter(|(what, _)| waited(*what))
        .map(|(_, hours)| hours.unwrap_or(u32::MAX))
        .collect()
    }

    fn cancelling_would_change(
        &self,
        held: &Policy,
        draft: &Policy,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        for (mut past, at) in self.moments() {
            // What was held against the shopper by then, as each of the policies would have it.
            let mut decision = |policy: &Policy| {
                let marks = self.marks.iter().filter(|mark| mark.at < at);
                past.marks = remade(policy, marks);
                let parts = past.takes_parts(policy) && past.units_left() > 1;
                let lines = parts.then(|| past.of_each_line(policy, at));
                (past.cancellation(policy, at), lines)
            };
            let ((was, was_parts), (will, will_parts)) = (decision(held), decision(draft));
            let (before, after) = (ease_of(&was), ease_of(&will));
            see(PolicyEffect::CancelEasier, after < before);
            see(PolicyEffect::CancelHarder, after > before);
            if before == Outcome::NotPossible {
                let told = after == Outcome::NotPossible && was != will;
                see(PolicyEffect::CancelAdvice, told);
            } else if after != Outcome::NotPossible {
                see(
                    PolicyEffect::CancelEasier,
                    was_parts.is_none() && will_parts.is_some(),
                );
                see(
                    PolicyEffect::CancelHarder,
                    was_parts.is_some() && will_parts.is_none(),
                );
                // What of it stays, and which parts go at once, the whole does not tell.
                let lines = was_parts.into_iter().zip(will_parts);
                for (was, will) in lines.flat_map(|(was, will)| was.into_iter().zip(will)) {
                    see(PolicyEffect::CancelEasier, will.0 < was.0);
                    see(PolicyEffect::CancelHarder, will.0 > was.0);
                    let stays = was.0 == Outcome::NotPossible && will.0 == was.0;
                    see(PolicyEffect::CancelAdvice, stays && will.1 != was.1);
                }
            }
        }
        for (reason, note) in self.reasons_given() {
            let takes = |policy: &Policy| {
                let reason = policy.reason(reason);
                reason.is_some_and(|reason| note || !reason.note_required)
            };
            see(PolicyEffect::ReasonRefused, takes(held) && !takes(draft));
        }
        if let Some((was, will)) = self.late_cancels(held, draft) {
            see(PolicyEffect::CancelForgiven, was && !will);
            see(PolicyEffect::CancelCounted, will && !was);
        }
        if let (Some(was), Some(will)) = (self.led_to(held), self.led_to(draft)) {
            see(PolicyEffect::LadderMilder, will < was);
            see(PolicyEffect::LadderStricter, will > was);
        }
    }

    /// The reasons by which its shopper cancelled or asked to, and whether there were words with each. Where the words are
    /// not on record, of parts that were cancelled and of requests that are gone, they count as there.
    fn reasons_given(&self) -> Vec<(&str, bool)> {
        let mut given = Vec::new();
        if let Some(request) = &self.body.request {
            given.push((request.reason.as_str(), request.note.is_some()));
        }
        let cancelled = self.body.cancelled.as_ref();
        let asked = |by| matches!(by, CancelledBy::Shopper | CancelledBy::Staff);
        if let Some(cancelled) = cancelled.filter(|one| asked(one.by)) {
            given.push((cancelled.reason.as_str(), cancelled.note.is_some()));
        }
        let others = self.timeline.iter().filter(|entry| {
            let kind = matches!(
                entry.what,
                TimelineEvent::PartlyCancelled | TimelineEvent::CancellationRequested
            );
            kind && entry.by == Actor::Shopper
        });
        given.extend(others.filter_map(|entry| Some((entry.detail.as_deref()?, true))));
        given
    }

    /// What its own late cancel led to by `policy`, and for how many days; `None` where none is on record, the policy counts
    /// none, or staff would have had to decide it because of those before.
    fn led_to(&self, policy: &Policy) -> Option<(u8, u32)> {
        let abuse = policy.abuse.as_ref()?;
        let own = |mark: &Mark| mark.order == self.id && mark.what != MarkKind::Lifted;
        let place = self.marks.iter().position(own)?;
        let made = remade(policy, self.marks[..=place].iter());
        let (last, before) = made.split_last()?;
        if abuse.standing(before, last.at).limited_until.is_some() {
            return None;
        }
        Some(match last.what {
            MarkKind::LateCancel | MarkKind::Lifted => (0, 0),
            MarkKind::WarnedCancel => (1, 0),
            MarkKind::LimitedCancel => (2, abuse.limit_days),
        })
    }

    fn units_left(&self) -> u32 {
        self.body.lines.iter().map(crate::Line::remaining).sum()
    }

    /// Whether the shopper's cancel of all of it was a late one under each of the policies; `None` when there was none, or
    /// one of them does not allow it at once: then there is nothing to count.
    fn late_cancels(&self, held: &Policy, draft: &Policy) -> Option<(bool, bool)> {
        let cancelled = self.body.cancelled.as_ref();
        let cancelled = cancelled.filter(|cancelled| cancelled.by == CancelledBy::Shopper)?;
        let (past, at) = self.moments().pop()?;
        let at_once = |policy| ease_of(&past.cancellation(policy, at)) == Outcome::SelfService;
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
                past.body.pending = Some(Pending::of(PendingCause::SystemDelay, Vec::new()));
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

impl Refund {
    /// How it would have been promised, and another way for it approved.
    fn would_change(
        &self,
        held: &Policy,
        draft: &Policy,
        calendar: &Calendar,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        let promised = |policy: &Policy| {
            let clock = policy.clock(self.channel);
            let promise = clock.promise(calendar, policy.day_of(self.created_at));
            let accepted = self.course.sent_at.map(|at| {
                let day = policy.day_of(at);
                clock.promise_after_processing(calendar, day, promise, self.course.expected_on)
            });
            let accepted = accepted.unwrap_or(promise);
            [
                promise.starts_by,
                promise.arrives_from,
                promise.arrives_by,
                accepted.arrives_from,
                accepted.arrives_by,
            ]
        };
        for (was, will) in promised(held).into_iter().zip(promised(draft)) {
            see(PolicyEffect::RefundEarlier, will < was);
            see(PolicyEffect::RefundLater, will > was);
        }
        // What was withdrawn or declined took one person whatever it was worth.
        let mut ways = self.course.earlier.iter().chain(&self.course.change);
        if ways.any(|way| way.state() == WayState::Approved) {
            let needed = |policy: &Policy| policy.approvals_needed(self.amount.amount);
            let (was, will) = (needed(held), needed(draft));
            see(PolicyEffect::TwoApprove, will > was);
            see(PolicyEffect::OneApproves, will < was);
        }
    }
}

/// The marks as `policy` would have made them; none where it counts none.
fn remade<'a>(policy: &Policy, marks: impl Iterator<Item = &'a Mark>) -> Vec<Mark> {
    let abuse = policy.abuse.as_ref();
    abuse.map_or_else(Vec::new, |abuse| abuse.remade(marks))
}

/// How easily an order is cancelled; less is easier.
const fn ease_of(cancellation: &Cancellation) -> Outcome {
    match cancellation {
        Cancellation::SelfService { .. } => Outcome::SelfService,
        Cancellation::ByRequest | Cancellation::Requested { .. } => Outcome::ByRequest,
        Cancellation::NotPossible { .. } | Cancellation::Cancelled => Outcome::NotPossible,
    }
}
