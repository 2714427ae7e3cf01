//! Which colour a state has: one exhaustive match for each kind of state.

use orders_api::{CaseState, OrderState, RefundState};

use crate::ui::Tone;

/// The colour of an order's state.
pub const fn of_order(state: OrderState) -> Tone {
    match state {
        OrderState::AwaitingPayment | OrderState::PendingConfirmation => Tone::Warn,
        OrderState::Unpacked | OrderState::Delivered => Tone::Accent,
        OrderState::Packing | OrderState::Shipped => Tone::Info,
        OrderState::Completed | OrderState::Cancelled => Tone::Neutral,
    }
}

/// The colour of an open request to cancel: something is under way.
pub const OPEN_REQUEST: Tone = Tone::Info;

/// The colour of a refund's state.
pub const fn of_refund(state: RefundState) -> Tone {
    match state {
        RefundState::Requested => Tone::Warn,
        RefundState::Approved | RefundState::Sent | RefundState::InClearing => Tone::Info,
        RefundState::Arrived => Tone::Accent,
        RefundState::Failed => Tone::Danger,
    }
}

/// The colour of an after-sale case's state.
pub const fn of_case(state: CaseState) -> Tone {
    match state {
        CaseState::Open | CaseState::Returning | CaseState::Appealed => Tone::Info,
        CaseState::AwaitingReturn | CaseState::Rejected => Tone::Warn,
        CaseState::Refunded => Tone::Accent,
        CaseState::Withdrawn | CaseState::Closed => Tone::Neutral,
    }
}
