//! A change to an order while it is being made: the order and its effects are kept in step.

use crate::{
    Actor, Change, Effects, Instant, Order, OutboxMessage, QuotedRefund, Refund, RefundCourse,
    RefundId, RefundState, TimelineEntry, TimelineEvent, to_millisecond,
};

/// An unfinished [`Change`].
pub(crate) struct Draft {
    pub(crate) order: Order,
    effects: Effects,
}

impl Draft {
    /// Starts from the order as it is.
    pub(crate) fn of(order: &Order) -> Self {
        Self {
            order: order.clone(),
            effects: Effects::default(),
        }
    }

    /// Goes on with a change that was finished.
    pub(crate) fn resume(change: Change) -> Self {
        let Change { mut order, effects } = change;
        order.version -= 1;
        Self { order, effects }
    }

    /// Appends to the timeline.
    pub(crate) fn note(
        &mut self,
        at: Instant,
        what: TimelineEvent,
        by: Actor,
        detail: Option<String>,
    ) {
        let entry = TimelineEntry {
            at: to_millisecond(at),
            what,
            by,
            detail,
        };
        self.order.timeline.push(entry.clone());
        self.effects.timeline.push(entry);
    }

    /// Gives the shop something to do.
    pub(crate) fn send(&mut self, message: OutboxMessage) {
        self.effects.outbox.push(message);
    }

    /// Makes refunds ready; the shop is told to make those that Tepai does not make itself. Their ids count from 1 within the order, so that
    /// the same refund made twice has the same id, which the store refuses.
    pub(crate) fn refund(&mut self, refunds: Vec<QuotedRefund>, now: Instant) {
        let now = to_millisecond(now);
        for quoted in refunds {
            let number = self.order.refunds.len() + 1;
            let id = RefundId(format!("{}-R{number}", self.order.id));
            let refund = Refund {
                id: id.clone(),
                amount: quoted.amount,
                channel: quoted.channel,
                account: quoted.account,
                state: RefundState::Approved,
                created_at: now,
                updated_at: now,
                promise: quoted.promise,
                course: RefundCourse {
                    provider: quoted.provider,
                    payment: Some(quoted.payment),
                    first: Some(quoted.promise.into()),
                    ..RefundCourse::default()
                },
            };
            self.order.refunds.push(refund.clone());
            if refund.course.provider.is_none() {
                self.send(OutboxMessage::MakeRefund { refund: id.clone() });
            }
            self.effects.refunds.push(refund);
            self.note(
                now,
                TimelineEvent::RefundApproved,
                Actor::System,
                Some(id.0),
            );
        }
    }

    /// The change, with the order's next version.
    pub(crate) fn finish(mut self) -> Change {
        self.order.let_drafts_lapse();
        self.order.version += 1;
        Change {
            order: self.order,
            effects: self.effects,
        }
    }
}
