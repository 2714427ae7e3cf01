//! The ladder for those who cancel too often: count, warn, limit, expire (PRODUCT §2; S3). Cancelling as people ordinarily
//! do never counts, a limit takes no right away but has a person decide, and all of it passes by itself.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Actor, Change, Instant, Order, OrderId, OrderState, Policy, TimelineEntry, TimelineEvent,
    change::Draft, text::printable, to_millisecond,
};

/// The part `[abuse]` of a policy: what counts, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abuse {
    /// So many late cancels within [`Abuse::forget_days`] are ordinary: they count for nothing.
    pub free: u32,
    /// After so many days a late cancel is forgotten.
    pub forget_days: u32,
    /// A cancel within so many minutes after the order is placed, paid and accepted is a slip, and never late.
    pub grace_minutes: u32,
    /// The reasons, by code, with which a cancel is never held against anybody: what the shop is the cause of.
    pub never_counts: Vec<String>,
    /// With so many counted cancels the shopper is warned; at least 1.
    pub warn_at: u32,
    /// With so many the limit begins; more than [`Abuse::warn_at`], so that the warning always comes first.
    pub limit_at: u32,
    /// How many days the limit lasts.
    pub limit_days: u32,
}

/// Something on record of a shopper at a shop that their standing follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Counts from 1 within the shopper and the shop; what is on record twice under one number is refused by the store.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// What.
    pub what: MarkKind,
    /// With which order.
    pub order: OrderId,
}

/// What can be on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// The shopper cancelled late, at once.
    LateCancel,
    /// So they did, and were warned with it.
    WarnedCancel,
    /// So they did, and were told with it that staff decide for a while.
    LimitedCancel,
    /// Staff lifted the limit: what was before is settled.
    Lifted,
}

impl MarkKind {
    /// A late cancel that has led to `step`.
    const fn late(step: Option<LadderStep>) -> Self {
        match step {
            None => Self::LateCancel,
            Some(LadderStep::Warning) => Self::WarnedCancel,
            Some(LadderStep::Limit) => Self::LimitedCancel,
        }
    }
}

codes!(MarkKind {
    LateCancel => "late_cancel",
    WarnedCancel => "warned_cancel",
    LimitedCancel => "limited_cancel",
    Lifted => "lifted",
});

/// Where a shopper stands at a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Late cancels that are not forgotten, the ordinary ones included.
    pub late: u32,
    /// Those of them that count: the ones beyond the free number.
    pub counted: u32,
    /// Whether they have been warned.
    pub warned: bool,
    /// Until when staff decide what the policy would let them cancel at once; `None` without a limit.
    pub limited_until: Option<Instant>,
}

/// What a cancel would do to its shopper's standing, should it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// The how many-th it would be of those that count.
    pub counted: u32,
    /// What it would lead to.
    pub leads_to: Option<LadderStep>,
}

/// What follows from counted cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LadderStep {
    /// A warning.
    Warning,
    /// For a while staff decide.
    Limit,
}

codes!(LadderStep {
    Warning => "warning",
    Limit => "limit",
});

impl Abuse {
    /// Where somebody with these marks, oldest first, stands at `now`. Nobody is warned or limited whom nobody told: where a
    /// newer version of a policy is stricter, what was ordinary before leads to a warning first.
    pub fn standing(&self, marks: &[Mark], now: Instant) -> Standing {
        let mut late = Vec::new();
        let mut limited_until = None;
        for mark in marks {
            self.pass(&mut late, &mut limited_until, mark.at);
            if mark.what == MarkKind::Lifted {
                late.clear();
                limited_until = None;
                continue;
            }
            late.push(mark);
            let begins = mark.what == MarkKind::LimitedCancel && limited_until.is_none();
            if begins && self.counted(late.len()) >= self.limit_at {
                limited_until = Some(after_days(mark.at, self.limit_days));
            }
        }
        self.pass(&mut late, &mut limited_until, now);
        let counted = self.counted(late.len());
        let told = |mark: &&Mark| mark.what != MarkKind::LateCancel;
        Standing {
            late: u32::try_from(late.len()).unwrap_or(u32::MAX),
            counted,
            warned: counted >= self.warn_at && late.iter().any(told),
            limited_until,
        }
    }

    /// What one more late cancel of somebody with these marks, at `now`, leads to; `None` where it does not count.
    pub fn counting(&self, marks: &[Mark], now: Instant) -> Option<Counting> {
        let before = self.standing(marks, now);
        let counted = before.late.saturating_add(1).saturating_sub(self.free);
        let leads_to = if before.limited_until.is_some() {
            None
        } else if !before.warned {
            (counted >= self.warn_at).then_some(LadderStep::Warning)
        } else {
            (counted >= self.limit_at).then_some(LadderStep::Limit)
        };
        (counted > 0).then_some(Counting { counted, leads_to })
    }

    /// The marks as these rules would have made them, one after the other: who cancelled late stays, what followed does not.
    pub(crate) fn remade<'a>(&self, marks: impl Iterator<Item = &'a Mark>) -> Vec<Mark> {
        let mut made: Vec<Mark> = Vec::new();
        for mark in marks {
            let mut mark = mark.clone();
            if mark.what != MarkKind::Lifted {
                let counting = self.counting(&made, mark.at);
                mark.what = MarkKind::late(counting.and_then(|counting| counting.leads_to));
            }
            made.push(mark);
        }
        made
    }

    /// What time takes away by `at`: late cancels are forgotten one by one, and with the limit all that led to it.
    fn pass(&self, late: &mut Vec<&Mark>, limited_until: &mut Option<Instant>, at: Instant) {
        if limited_until.is_some_and(|until| until <= at) {
            late.clear();
            *limited_until = None;
        }
        late.retain(|mark| after_days(mark.at, self.forget_days) > at);
    }

    fn counted(&self, late: usize) -> u32 {
        u32::try_from(late)
            .unwrap_or(u32::MAX)
            .saturating_sub(self.free)
    }
}

/// That many days of 24 hours later; the last instant there is beyond the calendar.
fn after_days(at: Instant, days: u32) -> Instant {
    at.checked_add_signed(TimeDelta::days(i64::from(days)))
        .unwrap_or(Instant::MAX_UTC)
}

impl Order {
    /// Where its shopper stands at its shop; `None` where the policy has no ladder.
    pub fn standing(&self, policy: &Policy, now: Instant) -> Option<Standing> {
        let abuse = policy.abuse.as_ref()?;
        Some(abuse.standing(&self.marks, now))
    }

    /// Until when its shopper's limit has staff decide of this order. What is not paid yet closes at once as ever: there
    /// is nothing to decide.
    pub(crate) fn limited_until(&self, policy: &Policy, now: Instant) -> Option<Instant> {
        let standing = self.standing(policy, now)?;
        standing
            .limited_until
            .filter(|_| self.state != OrderState::AwaitingPayment)
    }

    /// Since when the order goes its way: it was placed, is paid, and where it had to wait for the shop, was accepted after
    /// that (for the last time): the shop said so, or the warehouse began. Of one that never waited, the entry only says when
    /// the shop told us.
    fn begun_at(&self) -> Instant {
        let waited = |entry: &TimelineEntry| entry.what == TimelineEvent::Held;
        let accepted = |entry: &&TimelineEntry| {
            matches!(
                entry.what,
                TimelineEvent::Confirmed | TimelineEvent::PackingStarted
            )
        };
        let held = self.timeline.iter().rposition(waited);
        let since = held.map_or(&[][..], |at| &self.timeline[at..]);
        let accepted = since.iter().find(accepted).map(|entry| entry.at);
        let steps = [self.paid_at, accepted].into_iter().flatten();
        steps.fold(self.placed_at, Instant::max)
    }

    /// Whether cancelling all of it at once, at `now`, would be a late cancel, but for the reason: it is paid, the shop
    /// has accepted it (waiting for that is the shop's delay, S1), and the slip of a moment is over. That moment begins
    /// when the order does: whoever waited for the shop has it all the same.
    fn is_late_to_cancel(&self, abuse: &Abuse, now: Instant) -> bool {
        let grace = TimeDelta::minutes(i64::from(abuse.grace_minutes));
        let slip = self.begun_at().checked_add_signed(grace);
        self.paid_at.is_some()
            && !matches!(
                self.state,
                OrderState::AwaitingPayment | OrderState::PendingConfirmation
            )
            && slip.is_some_and(|until| now >= until)
    }

    /// Whether the shopper's cancelling all of it at once, at `now`, for this reason is held against them, should it be
    /// one too many.
    pub fn is_late_cancel(&self, policy: &Policy, reason: &str, now: Instant) -> bool {
        policy.abuse.as_ref().is_some_and(|abuse| {
            self.is_late_to_cancel(abuse, now)
                && abuse.never_counts.iter().all(|code| code != reason)
        })
    }

    /// What cancelling all of it at once, at `now`, would do to its shopper's standing, unless the reason is one of
    /// [`Abuse::never_counts`]; `None` where it would be as ordinary as most cancels are.
    pub fn counting(&self, policy: &Policy, now: Instant) -> Option<Counting> {
        let abuse = policy.abuse.as_ref()?;
        if !self.is_late_to_cancel(abuse, now) {
            return None;
        }
        abuse.counting(&self.marks, now)
    }

    fn next_mark(&self, what: MarkKind, now: Instant) -> Mark {
        Mark {
            number: self.marks.last().map_or(1, |last| last.number + 1),
            at: to_millisecond(now),
            what,
            order: self.id.clone(),
        }
    }

    /// Staff lift its shopper's limit, and with it all that led to it; `None` when there is none. `note` is for the shopper.
    pub(crate) fn limit_lifted(&self, note: &str, policy: &Policy, now: Instant) -> Option<Draft> {
        self.standing(policy, now)?.limited_until?;
        let mut draft = Draft::of(self);
        draft
            .order
            .marks
            .push(self.next_mark(MarkKind::Lifted, now));
        let note = printable(note);
        draft.note(now, TimelineEvent::LimitLifted, Actor::Staff, note);
        Some(draft)
    }
}

impl Draft {
    /// Puts on record that `before` was cancelled late, and tells the shopper what follows from it, if anything does.
    pub(crate) fn count(&mut self, before: &Order, policy: &Policy, now: Instant) {
        let counting = before.counting(policy, now);
        let leads_to = counting.and_then(|counting| counting.leads_to);
        let mark = before.next_mark(MarkKind::late(leads_to), now);
        self.order.marks.push(mark);
        let told = match leads_to {
            None => return,
            Some(LadderStep::Warning) => TimelineEvent::CancelWarned,
            Some(LadderStep::Limit) => TimelineEvent::CancelLimited,
        };
        let standing = self.order.standing(policy, now);
        let detail = standing.map(|standing| match standing.limited_until {
            Some(until) => policy.day_of(until).to_string(),
            None => standing.late.to_string(),
        });
        self.note(now, told, Actor::System, detail);
    }
}

/// The marks that a change has added, in their order.
pub fn marks_added<'a>(old: Option<&Order>, change: &'a Change) -> &'a [Mark] {
    let known = old.map_or(0, |old| old.marks.len());
    change.order.marks.get(known..).unwrap_or_default()
}
