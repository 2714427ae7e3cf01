//! What happens to an order after it was built: told step by step, decided by the domain's rules.

mod cases;
mod complaints;

use chrono::TimeDelta;
use orders_domain::{
    Applied, CancelIntent, CancelSuccess, Change, DatedEvent, Instant, LineId, LineQuantity, Order,
    Payment, Policy, RefundState, ShopEvent,
};

pub use cases::ask;
pub use complaints::{complaint, refund_proposal};

use crate::{payment::Share, rules::Rules};

/// An order and the rules it lives under. A step that the rules refuse leaves the order as it is;
/// with debug assertions on (as in every test) it panics and says which.
#[derive(Clone, Debug)]
pub struct Tale<'r> {
    rules: &'r Rules,
    order: Order,
}

/// Begins a tale.
pub fn tell(rules: &Rules, order: Order) -> Tale<'_> {
    Tale { rules, order }
}

impl Tale<'_> {
    /// The shopper cancels all that is left, or asks staff to.
    pub fn cancelled(self, at: Instant, reason: &str) -> Self {
        self.cancel(at, reason, None, None)
    }

    /// The shopper cancels all that is left, or asks staff to, in their own words.
    pub fn cancelled_with_note(self, at: Instant, reason: &str, note: &str) -> Self {
        self.cancel(at, reason, Some(note), None)
    }

    /// The shopper cancels some of the lines, or asks staff to.
    pub fn partly_cancelled(self, at: Instant, reason: &str, lines: &[(&str, u32)]) -> Self {
        let lines = lines
            .iter()
            .map(|(line, quantity)| LineQuantity {
                line: LineId::from(*line),
                quantity: *quantity,
            })
            .collect();
        self.cancel(at, reason, None, Some(lines))
    }

    /// The shopper takes the request back.
    pub fn withdrawn(self, at: Instant) -> Self {
        let change = self.order.withdraw_request(at).ok();
        self.after(change, &"withdraw")
    }

    /// Nobody paid.
    pub fn closed_unpaid(self, at: Instant) -> Self {
        let change = self
            .rules
            .policy(&self.order.shop)
            .and_then(|policy| self.order.close_unpaid(policy, at));
        self.after(change, &"close unpaid")
    }

    /// The seller cancels: `out_of_stock`, `price_change` or `cannot_fulfil`.
    pub fn seller_cancelled(self, at: Instant, reason: &str, note: &str) -> Self {
        self.happens(
            at,
            ShopEvent::SellerCancelled {
                reason: reason.to_owned(),
                note: Some(note.to_owned()),
            },
        )
    }

    /// Staff grant the open request.
    pub fn request_granted(self, at: Instant) -> Self {
        self.happens(at, ShopEvent::CancellationApproved)
    }

    /// Staff decline the open request.
    pub fn request_declined(self, at: Instant, note: &str) -> Self {
        self.happens(
            at,
            ShopEvent::CancellationDeclined {
                note: note.to_owned(),
            },
        )
    }

    /// The whole total arrives one way.
    pub fn paid(self, at: Instant, share: Share) -> Self {
        let payment = Payment {
            channel: share.channel,
            account: share.account,
            amount: self.order.body.amounts.total,
            paid_at: at,
            reference: None,
        };
        self.happens(
            at,
            ShopEvent::Paid {
                payments: vec![payment],
            },
        )
    }

    /// All refunds move, step by step and each step `apart` from the one before, until they are in `state`.
    pub fn refunds_come_to(self, state: RefundState, first: Instant, apart: TimeDelta) -> Self {
        let way: &[RefundState] = match state {
            RefundState::Requested | RefundState::Approved => &[],
            RefundState::Sent => &[RefundState::Sent],
            RefundState::InClearing => &[RefundState::Sent, RefundState::InClearing],
            RefundState::Arrived => &[
                RefundState::Sent,
                RefundState::InClearing,
                RefundState::Arrived,
            ],
            RefundState::Failed => &[RefundState::Sent, RefundState::Failed],
        };
        let mut at = first;
        let mut tale = self;
        for step in way {
            let moving: Vec<_> = tale
                .order
                .refunds
                .iter()
                .filter(|refund| refund.state.may_become(*step))
                .map(|refund| refund.id.clone())
                .collect();
            for refund in moving {
                tale = tale.happens(
                    at,
                    ShopEvent::RefundProgressed {
                        refund,
                        state: *step,
                    },
                );
            }
            at += apart;
        }
        tale
    }

    /// The shop tells us something at the moment it happens.
    pub fn happens(self, at: Instant, event: ShopEvent) -> Self {
        let dated = DatedEvent {
            occurred_at: at,
            event,
        };
        let change = self.policy().and_then(|policy| {
            match self.order.apply(&dated, policy, &self.rules.calendar, at) {
                Ok(Applied::Changed(change)) => Some(*change),
                Ok(Applied::Unchanged) | Err(_) => None,
            }
        });
        self.after(change, &dated.event)
    }

    /// The order as it is now.
    pub fn end(self) -> Order {
        self.order
    }

    fn cancel(
        self,
        at: Instant,
        reason: &str,
        note: Option<&str>,
        lines: Option<Vec<LineQuantity>>,
    ) -> Self {
        let intent = CancelIntent {
            reason: reason.to_owned(),
            note: note.map(str::to_owned),
            lines,
        };
        let change = self.policy().and_then(|policy| {
            match self.order.cancel(policy, &self.rules.calendar, &intent, at) {
                Ok(CancelSuccess::Cancelled(change) | CancelSuccess::Requested(change)) => {
                    Some(change)
                }
                Err(_) => None,
            }
        });
        self.after(change, &intent)
    }

    fn policy(&self) -> Option<&Policy> {
        self.rules.policy(&self.order.shop)
    }

    fn after(mut self, change: Option<Change>, what: &dyn std::fmt::Debug) -> Self {
        debug_assert!(
            change.is_some(),
            "{what:?}: refused for {} in {}",
            self.order.number,
            self.order.state.code()
        );
        if let Some(change) = change {
            self.order = change.order;
            // A tale is inserted as it ended; what its shopper did elsewhere it does not know.
            self.order.marks.clear();
        }
        self
    }
}

/// The order, cancelled by the seller an hour after the last thing that happened to it.
pub(crate) fn out_of_stock(order: Order) -> Order {
    let at = order
        .timeline
        .last()
        .map_or(order.placed_at, |last| last.at)
        + TimeDelta::minutes(30);
    match Rules::built_in() {
        Ok(rules) => tell(&rules, order)
            .seller_cancelled(at, "out_of_stock", "仓库盘点后发现缺货")
            .end(),
        Err(_) => order,
    }
}
