//! The decision: may the shopper cancel this order, or these lines of it, now?

use chrono::TimeDelta;

use crate::{
    Cancellation, Exception, Instant, Line, NextStep, NotPossibleReason, Order, OrderState,
    Outcome, Policy,
};

impl Order {
    /// May the shopper cancel what is left of this order at `now`? (PRODUCT §2; S0, S4)
    ///
    /// A page's view of this is advice; the answer that counts is the one given while the cancel is being made.
    pub fn cancellation(&self, policy: &Policy, now: Instant) -> Cancellation {
        let lines: Vec<&Line> = self.body.lines.iter().collect();
        self.decide(policy, &lines, now)
    }

    /// As [`Order::cancellation`], but only `lines` are concerned. Lines with nothing left do not count.
    pub(crate) fn decide(&self, policy: &Policy, lines: &[&Line], now: Instant) -> Cancellation {
        if self.state == OrderState::Cancelled {
            return Cancellation::Cancelled;
        }
        if let Some(request) = &self.body.request
            && request.declined.is_none()
        {
            return Cancellation::Requested { at: request.at };
        }
        let rule = policy.rule(self.state);
        let not_possible = |reason| Cancellation::NotPossible {
            reason,
            next_steps: rule.next_steps.clone(),
        };
        let (outcome, reason) = self.strictest(policy, lines);
        if outcome == Outcome::ByRequest && self.body.request.is_some() {
            return Cancellation::NotPossible {
                reason: NotPossibleReason::RequestDeclined,
                next_steps: vec![NextStep::ContactSupport],
            };
        }
        let until = rule.window_minutes.and_then(|minutes| {
            self.placed_at
                .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
        });
        match outcome {
            Outcome::NotPossible => not_possible(reason),
            _ if until.is_some_and(|until| now >= until) => {
                not_possible(NotPossibleReason::WindowClosed)
            }
            Outcome::ByRequest => Cancellation::ByRequest,
            Outcome::SelfService => Cancellation::SelfService { until },
        }
    }

    /// The strictest outcome of all lines, and why it is that, should it be "no". The first of equals tells why.
    fn strictest(&self, policy: &Policy, lines: &[&Line]) -> (Outcome, NotPossibleReason) {
        let by_state = (policy.rule(self.state).outcome, self.reason_of_state());
        lines
            .iter()
            .filter(|line| line.remaining() > 0)
            .map(|line| self.for_line(policy, line))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
            .unwrap_or(by_state)
    }

    fn for_line(&self, policy: &Policy, line: &Line) -> (Outcome, NotPossibleReason) {
        let holds = |exception: &&Exception| {
            exception.states.contains(&self.state)
                && exception.line_kind.is_none_or(|kind| kind == line.kind)
                && exception
                    .line_trait
                    .is_none_or(|line_trait| line.traits.contains(&line_trait))
        };
        let by_state = self.reason_of_state();
        let (outcome, reason) = match policy.exceptions.iter().find(holds) {
            Some(exception) => (exception.outcome, exception.reason.unwrap_or(by_state)),
            None => (policy.rule(self.state).outcome, by_state),
        };
        // What has been given out cannot be taken back, whatever a policy says (S4).
        if line.issued && outcome != Outcome::NotPossible {
            (Outcome::NotPossible, NotPossibleReason::Issued)
        } else {
            (outcome, reason)
        }
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
        let mut left = self
            .body
            .lines
            .iter()
            .filter(|line| line.remaining() > 0)
            .peekable();
        left.peek().is_some() && left.all(|line| line.issued)
    }
}
