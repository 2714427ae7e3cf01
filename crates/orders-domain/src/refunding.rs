//! Making a refund: what has to be asked of the payment provider next, and what its answer means.
//!
//! A refund keeps one number through all tries, so that asking again never moves money twice (WeChat Pay API v3:
//! `out_refund_no`; Alipay: `out_request_no`). "Accepted" is not "refunded": it is followed until it has arrived.

use chrono::TimeDelta;

use crate::{
    Actor, Calendar, Change, Day, ExternalId, Instant, LocalText, Money, Order, OutboxMessage,
    Payment, Policy, ProviderId, Refund, RefundFailure, RefundId, RefundState, TimelineEvent,
    WayState, change::Draft, to_millisecond,
};

/// What a provider takes at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProviderLimits {
    /// The oldest payment that it refunds, in days; `None` without a limit.
    pub payment_days: Option<u32>,
    /// In how many parts it refunds a payment at most.
    pub parts: Option<usize>,
    /// How far apart parts of one payment have to be, in seconds.
    pub seconds_apart: u32,
    /// How long a refund waits before it is sent, in seconds: only the sandbox's do, so that one sees them wait.
    pub seconds_before: u32,
}

/// What the program has to do for a refund now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundStep {
    /// Hand it to the provider, again if it is not known whether that has been done.
    Send(Box<RefundRequest>),
    /// Ask the provider how far it is.
    Ask(Box<RefundRequest>),
    /// Ask the provider whether it has it: if not, it is held, because of the wish for another way of that moment.
    Verify(Box<RefundRequest>, Instant),
    /// Nothing before then: the provider wants parts of a payment one by one.
    Wait(Instant),
    /// The provider would refuse it, for this reason; unless, asked, it turns out to have it.
    GiveUp(RefundFailure, Box<RefundRequest>),
    /// Nothing: it is done, it failed, or the shop makes it.
    Nothing,
}

/// Everything that a provider has to be told of a refund. The same each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// The refund's number, the same on every try.
    pub refund: RefundId,
    /// By which provider.
    pub provider: ProviderId,
    /// The order, as the shop and so the provider knows it.
    pub order: ExternalId,
    /// How much.
    pub amount: Money,
    /// The payment that it gives back, whole or in part.
    pub payment: Payment,
    /// When the provider accepted it, as far as is known.
    pub sent_at: Option<Instant>,
}

/// What a provider says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderReport {
    /// How far it is.
    pub stage: ProviderStage,
    /// The provider's own id of it.
    pub reference: Option<String>,
    /// When the provider, or the bank behind it, accepted it.
    pub accepted_at: Option<Instant>,
    /// The day on which the bank expects it to be there.
    pub expected_on: Option<Day>,
    /// Where it went, when that is not where it should have gone.
    pub account: Option<LocalText>,
}

/// How far a refund is, in the words that all providers have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderStage {
    /// Accepted, and no more.
    Accepted,
    /// Processed, and in the bank's clearing (S2).
    InClearing,
    /// There.
    Arrived,
    /// It will not be made.
    Failed(RefundFailure),
}

impl ProviderReport {
    /// A report that says how far it is, and nothing else.
    pub const fn of(stage: ProviderStage) -> Self {
        Self {
            stage,
            reference: None,
            accepted_at: None,
            expected_on: None,
            account: None,
        }
    }
}

impl Order {
    /// What has to be done for the refund `id` at `now`, with a provider that has these limits.
    pub fn refund_step(&self, id: &RefundId, limits: ProviderLimits, now: Instant) -> RefundStep {
        let Some(refund) = self.refunds.iter().find(|refund| refund.id == *id) else {
            return RefundStep::Nothing;
        };
        let (true, Some(provider)) = (refund.is_under_way(), &refund.course.provider) else {
            return RefundStep::Nothing;
        };
        // Without its payment it was never sent, and nobody could be asked about it.
        let Some(payment) = self.payment_of(refund) else {
            return RefundStep::Nothing;
        };
        let request = Box::new(RefundRequest {
            refund: refund.id.clone(),
            provider: provider.clone(),
            order: self.external_id.clone(),
            amount: refund.amount,
            payment: payment.clone(),
            sent_at: refund.course.sent_at,
        });
        if refund.state != RefundState::Approved {
            return RefundStep::Ask(request);
        }
        match refund.open_way() {
            Some(change) if change.held => return RefundStep::Nothing,
            // Whoever may be sending it has done so by then.
            Some(change) => {
                let quiet = change.asked_at + TimeDelta::seconds(QUIET_SECONDS);
                return if quiet > now {
                    RefundStep::Wait(quiet)
                } else {
                    RefundStep::Verify(request, change.asked_at)
                };
            }
            None => {}
        }
        let ready = refund.created_at + TimeDelta::seconds(i64::from(limits.seconds_before));
        if ready > now {
            return RefundStep::Wait(ready);
        }
        let too_old = limits
            .payment_days
            .is_some_and(|days| now > payment.paid_at + TimeDelta::days(i64::from(days)));
        if too_old {
            return RefundStep::GiveUp(RefundFailure::TooOld, request);
        }
        // Parts of one payment go one after the other, the oldest first; one that failed, or that waits for staff, is
        // out of the way.
        let before: Vec<&Refund> = self
            .refunds
            .iter()
            .take_while(|other| other.id != *id)
            .filter(|other| other.course.provider.is_some())
            .filter(|other| self.payment_of(other) == Some(payment))
            .filter(|other| other.state != RefundState::Failed && other.open_way().is_none())
            .collect();
        if limits.parts.is_some_and(|parts| before.len() >= parts) {
            return RefundStep::GiveUp(RefundFailure::TooManyParts, request);
        }
        let apart = TimeDelta::seconds(i64::from(limits.seconds_apart));
        let next = before
            .iter()
            .filter_map(|other| match other.course.sent_at {
                Some(sent_at) => Some(sent_at + apart),
                // Nobody knows yet when it will be accepted.
                None if other.is_under_way() => {
                    Some(now + apart.max(TimeDelta::seconds(QUIET_SECONDS)))
                }
                // Made by hand: nobody knows when.
                None => None,
            });
        match next.max().filter(|next| *next > now) {
            Some(next) => RefundStep::Wait(next),
            None => RefundStep::Send(request),
        }
    }

    /// Takes note of what the provider `from` says of the refund `id`; `None` when that is nothing new, or not that
    /// provider's to say. Reports may come in any
    /// order and more than once: a refund only moves forward. Its promise counts anew from what the provider says.
    pub fn refund_reported(
        &self,
        id: &RefundId,
        from: &ProviderId,
        report: &ProviderReport,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Change> {
        let index = self.refunds.iter().position(|refund| refund.id == *id)?;
        let old = &self.refunds[index];
        if old.course.provider.as_ref() != Some(from) {
            // Another merchant's number is the same, or the shop pays it another way by now.
            return None;
        }
        let state = match report.stage {
            ProviderStage::Accepted => RefundState::Sent,
            ProviderStage::InClearing => RefundState::InClearing,
            ProviderStage::Arrived => RefundState::Arrived,
            ProviderStage::Failed(_) => RefundState::Failed,
        };
        if old.state != state && !old.state.may_become(state) {
            return None;
        }
        let mut draft = Draft::of(self);
        let failed = matches!(report.stage, ProviderStage::Failed(_));
        // A clock that is ahead of ours must not put it into the future, nor before it was asked for.
        let accepted_at = report.accepted_at.unwrap_or(now).min(now);
        let accepted_at = to_millisecond(accepted_at.max(old.created_at));
        let refund = &mut draft.order.refunds[index];
        let first = refund.course.sent_at.is_none() && !failed;
        if first {
            refund.course.sent_at = Some(accepted_at);
        }
        if let Some(reference) = &report.reference {
            refund.course.reference = Some(reference.clone());
        }
        if let Some(account) = &report.account {
            refund.account = account.clone();
        }
        if report.expected_on.is_some() {
            refund.course.expected_on = report.expected_on;
        }
        if let ProviderStage::Failed(failure) = report.stage {
            refund.course.failure = Some(failure);
        } else if let Some(sent_at) = refund.course.sent_at
            && state != RefundState::Arrived
        {
            refund.promise = policy.clock(refund.channel).promise_after_processing(
                calendar,
                policy.day_of(sent_at),
                refund.promise,
                refund.course.expected_on,
            );
        }
        // A promise that was broken may be kept now that it is another.
        let refund = &mut draft.order.refunds[index];
        let late = refund.lateness(policy.day_of(now));
        if state != RefundState::Failed && state != RefundState::Arrived {
            refund.course.told_late = refund.course.told_late.min(late);
        }
        let skipped = old.state == RefundState::Approved
            && matches!(state, RefundState::InClearing | RefundState::Arrived);
        if first && skipped {
            draft.note(
                accepted_at,
                TimelineEvent::RefundSent,
                Actor::Provider,
                Some(id.0.clone()),
            );
        }
        if old.state != state {
            draft.move_refund(index, state, to_millisecond(now));
            if failed {
                draft.send(OutboxMessage::RefundFailed { refund: id.clone() });
            }
        }
        if draft.order.refunds[index] == *old {
            return None;
        }
        Some(draft.finish())
    }

    /// Notices that refunds are later than was promised, each time once: a note in the timeline, and word to the shop's
    /// staff. `None` when there is nothing new.
    pub fn notice_late_refunds(&self, policy: &Policy, now: Instant) -> Option<Change> {
        let today = policy.day_of(now);
        let mut draft = Draft::of(self);
        let mut news = false;
        for (index, refund) in self.refunds.iter().enumerate() {
            let late = refund.lateness(today);
            if late.is_none() || late <= refund.course.told_late {
                continue;
            }
            news = true;
            draft.order.refunds[index].course.told_late = late;
            draft.note(
                now,
                TimelineEvent::RefundLate,
                Actor::System,
                Some(refund.id.0.clone()),
            );
            draft.send(OutboxMessage::RefundLate {
                refund: refund.id.clone(),
            });
        }
        news.then(|| draft.finish())
    }

    /// The payment that a refund gives back.
    pub fn payment_of(&self, refund: &Refund) -> Option<&Payment> {
        self.body.payments.get(self.place_of_payment(refund)?)
    }

    /// Its place among the order's payments.
    pub(crate) fn place_of_payment(&self, refund: &Refund) -> Option<usize> {
        refund.course.payment.or_else(|| {
            self.body.payments.iter().position(|payment| {
                payment.channel == refund.channel && payment.account == refund.account
            })
        })
    }
}

impl Draft {
    /// Moves a refund to a later state.
    pub(crate) fn move_refund(&mut self, index: usize, state: RefundState, at: Instant) {
        let refund = &mut self.order.refunds[index];
        refund.state = state;
        refund.updated_at = at;
        let id = refund.id.clone();
        if refund.open_way().is_some() {
            match state {
                // The money has gone the first way.
                RefundState::Sent | RefundState::InClearing | RefundState::Arrived => {
                    self.end_way(index, WayState::TooLate, None, at);
                }
                // Whoever had it has it no more.
                RefundState::Failed => {
                    if let Some(change) = &mut refund.course.change {
                        change.held = true;
                    }
                }
                RefundState::Requested | RefundState::Approved => {}
            }
        }
        let what = match state {
            RefundState::Requested | RefundState::Approved => TimelineEvent::RefundApproved,
            RefundState::Sent => TimelineEvent::RefundSent,
            RefundState::InClearing => TimelineEvent::RefundInClearing,
            RefundState::Arrived => TimelineEvent::RefundArrived,
            RefundState::Failed => TimelineEvent::RefundFailed,
        };
        self.note(at, what, Actor::Provider, Some(id.0));
    }
}

/// How long after a wish for another way it is waited until whoever may be sending the refund is done, in seconds:
/// longer than a provider may take to answer.
pub const QUIET_SECONDS: i64 = 60;

/// How long to wait before the provider is tried again, after `tries` that were not answered or answered with "later":
/// 5 seconds at first, twice as long each time, an hour at most.
pub fn wait_to_retry(tries: u32) -> TimeDelta {
    let doubled = 5_i64 << tries.saturating_sub(1).min(10);
    TimeDelta::seconds(doubled.min(3600))
}

/// How long to wait before the provider is asked again how far a refund is that it accepted so long ago: callbacks may
/// never come. Often while it is fresh, because most arrive within seconds; four times a day in the end.
pub fn wait_to_ask(since_accepted: TimeDelta) -> TimeDelta {
    match since_accepted.num_seconds() {
        ..60 => TimeDelta::seconds(10),
        60..600 => TimeDelta::minutes(1),
        600..3_600 => TimeDelta::minutes(5),
        3_600..86_400 => TimeDelta::minutes(30),
        _ => TimeDelta::hours(6),
    }
}
