//! What the course of a cancel needs to know of the order.

use orders_api::{
    Action, CancelledBy, LineQuantity, NextStep, NotPossibleReason, OrderDetail, OrderState,
};

/// Whether the server offers cancelling, at once or on request. The page never works this out by itself.
pub fn offers_cancel(order: &OrderDetail) -> bool {
    order
        .actions
        .iter()
        .any(|action| matches!(action, Action::Cancel | Action::RequestCancellation))
}

/// Whether part of the order stays in it when it is cancelled.
pub fn some_stays(order: &OrderDetail) -> bool {
    order.lines.iter().any(|line| line.stays.is_some())
}

/// What the course needs to know of the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its version.
    pub version: i64,
    /// Whether cancelling is offered.
    pub offered: bool,
    /// Whether staff decide.
    pub by_request: bool,
    /// Whether anything was paid.
    pub paid: bool,
    /// The lines of which something can be cancelled, and how much.
    pub left: Vec<LineQuantity>,
    /// Whether others stay.
    pub some_stays: bool,
    /// The ids of its refunds.
    pub refunds: Vec<String>,
    /// Why it cannot be cancelled, if so.
    pub refusal: Refusal,
}

/// Why an order cannot be cancelled, and what to do instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The order's state now.
    pub state: Option<OrderState>,
    /// Why not.
    pub reason: Option<NotPossibleReason>,
    /// Who cancelled it, when it is cancelled.
    pub by: Option<CancelledBy>,
    /// A request of the shopper's is open.
    pub requested: bool,
    /// Staff's words.
    pub note: Option<String>,
    /// What to do instead, best first.
    pub next_steps: Vec<NextStep>,
}

impl Facts {
    /// Those of an order.
    pub fn of(order: &OrderDetail) -> Self {
        let cancellation = &order.cancellation;
        let reason = cancellation.reason.as_deref();
        Self {
            version: order.version,
            offered: offers_cancel(order),
            by_request: order.actions.contains(&Action::RequestCancellation),
            paid: order.paid_at.is_some(),
            left: order
                .lines
                .iter()
                .filter(|line| line.quantity > line.cancelled_quantity && line.stays.is_none())
                .map(|line| LineQuantity {
                    line: line.id.clone(),
                    quantity: line.quantity - line.cancelled_quantity,
                })
                .collect(),
            some_stays: some_stays(order),
            refunds: order
                .refunds
                .iter()
                .map(|refund| refund.id.clone())
                .collect(),
            refusal: Refusal {
                state: Some(order.state),
                reason: reason.and_then(NotPossibleReason::from_code),
                by: cancellation.by,
                requested: order.actions.contains(&Action::WithdrawRequest),
                note: cancellation.note.clone(),
                next_steps: cancellation.next_steps.clone(),
            },
        }
    }

    /// How much of a line can be cancelled.
    pub(super) fn left_of(&self, line: &str) -> u32 {
        self.left
            .iter()
            .find(|left| left.line == line)
            .map_or(0, |left| left.quantity)
    }

    /// How many units can be cancelled.
    pub fn units(&self) -> u32 {
        self.left.iter().map(|left| left.quantity).sum()
    }
}
