//! The decision: may the shopper cancel this order, or these lines of it, now?

use chrono::TimeDelta;

use crate::{
    Cancellation, Exception, Instant, Line, LineId, NextStep, NotPossibleReason, Order, OrderState,
    Outcome, Policy,
};

impl Order {
    /// May the shopper cancel this order at `now`: all that is left of it or, where parts may be cancelled, what of
    /// it can be? (PRODUCT §2; S0, S4)
    ///
    /// A page's view of this is advice; the answer that counts is the one given while the cancel is being made.
    pub fn cancellation(&self, policy: &Policy, now: Instant) -> Cancellation {
        self.decide(policy, &self.to_cancel(policy, now), now)
    }

    /// Why each line that a cancel of the order would leave in it stays there. Empty when nothing or everything that
    /// is left can be cancelled. (S4: the stock of a made-to-order line is locked, its neighbours' is not.)
    pub fn staying(&self, policy: &Policy, now: Instant) -> Vec<(&LineId, NotPossibleReason)> {
        if matches!(
            self.cancellation(policy, now),
            Cancellation::SelfService { .. } | Cancellation::ByRequest
        ) {
            self.left()
                .map(|line| (line, self.for_line(policy, line, now)))
                .filter(|(_, (outcome, _))| *outcome == Outcome::NotPossible)
                .map(|(line, (_, reason))| (&line.id, reason))
                .collect()
        } else {
            Vec::new()
        }
    }

    /// Whether parts may be cancelled. Parts of an unpaid order would change a price that the payment provider has
    /// been told already.
    pub fn takes_parts(&self, policy: &Policy) -> bool {
        policy.partial && self.paid_at.is_some()
    }

    /// What a cancel of the order concerns: the lines of which something is left; without those that must stay, where
    /// parts may be cancelled and there are others.
    pub(crate) fn to_cancel(&self, policy: &Policy, now: Instant) -> Vec<&Line> {
        if self.takes_parts(policy) {
            let possible =
                |line: &&Line| self.for_line(policy, line, now).0 != Outcome::NotPossible;
            let possible: Vec<_> = self.left().filter(possible).collect();
            if !possible.is_empty() {
                return possible;
            }
        }
        self.left().collect()
    }

    /// May the shopper cancel these lines at `now`? The strictest of them decides; of equals, the first tells why.
    pub(crate) fn decide(&self, policy: &Policy, lines: &[&Line], now: Instant) -> Cancellation {
        if self.state == OrderState::Cancelled {
            return Cancellation::Cancelled;
        }
        if let Some(request) = &self.body.request
            && request.declined.is_none()
        {
            return Cancellation::Requested { at: request.at };
        }
        let (outcome, reason) = lines
            .iter()
            .map(|line| self.for_line(policy, line, now))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
            .unwrap_or((policy.rule(self.state).outcome, self.reason_of_state()));
        let not_possible = |reason, next_steps: &[NextStep]| Cancellation::NotPossible {
            reason,
            next_steps: next_steps.to_vec(),
        };
        let rule = policy.rule(self.state);
        let until = rule.window_minutes.and_then(|minutes| {
            self.placed_at
                .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
        });
        match outcome {
            Outcome::NotPossible if reason == NotPossibleReason::RequestDeclined => {
                not_possible(reason, &[NextStep::ContactSupport])
            }
            Outcome::NotPossible => not_possible(reason, &rule.next_steps),
            _ if until.is_some_and(|until| now >= until) => {
                not_possible(NotPossibleReason::WindowClosed, &rule.next_steps)
            }
            Outcome::ByRequest => Cancellation::ByRequest,
            Outcome::SelfService => Cancellation::SelfService { until },
        }
    }

    /// Until when staff decide of this order although its policy would let the shopper cancel it at once: because they
    /// cancelled too often (S3). `None` where that makes no difference.
    pub fn limit(&self, policy: &Policy, now: Instant) -> Option<Instant> {
        let until = self.limited_until(policy, now)?;
        let mut left = self.left();
        left.any(|line| self.by_policy(policy, line).0 == Outcome::SelfService)
            .then_some(until)
    }

    /// What the policy says about one line, and why it is that, should it be "no".
    fn by_policy(&self, policy: &Policy, line: &Line) -> (Outcome, NotPossibleReason) {
        let holds = |exception: &&Exception| {
            exception.states.contains(&self.state)
                && exception.line_kind.is_none_or(|kind| kind == line.kind)
                && exception
                    .line_trait
                    .is_none_or(|line_trait| line.traits.contains(&line_trait))
        };
        let by_state = self.reason_of_state();
        match policy.exceptions.iter().find(holds) {
            Some(exception) => (exception.outcome, exception.reason.unwrap_or(by_state)),
            None => (policy.rule(self.state).outcome, by_state),
        }
    }

    /// What may be done with one line, and why it is that, should it be "no".
    fn for_line(&self, policy: &Policy, line: &Line, now: Instant) -> (Outcome, NotPossibleReason) {
        let (mut outcome, reason) = self.by_policy(policy, line);
        if outcome == Outcome::SelfService && self.limited_until(policy, now).is_some() {
            // Not taken away: a person decides (S3).
            outcome = Outcome::ByRequest;
        }
        let no = |reason| (Outcome::NotPossible, reason);
        if outcome == Outcome::NotPossible {
            (outcome, reason)
        } else if line.issued {
            // What has been given out cannot be taken back, whatever a policy says (S4).
            no(NotPossibleReason::Issued)
        } else if outcome == Outcome::ByRequest && self.body.request.is_some() {
            // Staff have answered; an open request does not come this far.
            no(NotPossibleReason::RequestDeclined)
        } else {
            (outcome, reason)
        }
    }

    /// What may be done with each line of which something is left, were it cancelled alone, and why not, should it be "no".
    /// That a window is over is not in it.
    pub(crate) fn of_each_line(
        &self,
        policy: &Policy,
        now: Instant,
    ) -> Vec<(Outcome, NotPossibleReason)> {
        let lines = self.left();
        lines.map(|line| self.for_line(policy, line, now)).collect()
    }

    /// The lines of which something is left.
    fn left(&self) -> impl Iterator<Item = &Line> {
        self.body.lines.iter().filter(|line| line.remaining() > 0)
    }

    /// Why a state does not allow it, where its rule does not.
    fn reason_of_state(&self) -> NotPossibleReason {
        match self.state {
            OrderState::AwaitingPayment => NotPossibleReason::NotPaid,
            // A shop that never lets these be cancelled has, so to speak, a window of no length.
            OrderState::PendingConfirmation | OrderState::Unpacked => {
                NotPossibleReason::WindowClosed
            }
            OrderState::Packing => NotPossibleReason::Packing,
            OrderState::Shipped => NotPossibleReason::Shipped,
            OrderState::Delivered if self.all_issued() => NotPossibleReason::Issued,
            OrderState::Delivered => NotPossibleReason::Delivered,
            OrderState::Completed => NotPossibleReason::Completed,
            OrderState::Cancelled => NotPossibleReason::AlreadyCancelled,
        }
    }

    /// Whether all that is left of the order are digital goods that have been given out.
    pub(crate) fn all_issued(&self) -> bool {
        let mut left = self.left().peekable();
        left.peek().is_some() && left.all(|line| line.issued)
    }
}
