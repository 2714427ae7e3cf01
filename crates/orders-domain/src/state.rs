//! The states of an order and the moves between them.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// The state of an order (PRODUCT §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderState {
    /// Placed, unpaid; stock held until `pay_by` (S4).
    AwaitingPayment,
    /// Submitted, not accepted yet; carries a [`PendingCause`] (S1).
    PendingConfirmation,
    /// Accepted and paid; the warehouse has not started (S0).
    Unpacked,
    /// The warehouse has started, or has finished and waits for the courier (S0).
    Packing,
    /// With the courier, not signed for (S0, S4).
    Shipped,
    /// Signed for, or digital goods issued; the after-sale window runs (S2, S4).
    Delivered,
    /// The after-sale window is over.
    Completed,
    /// Cancelled by shopper, seller, staff or time-out; stays in the list as a record (S0).
    Cancelled,
}

/// Why an order waits for confirmation (S1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PendingCause {
    /// No courier has taken the order yet.
    NoCourier,
    /// The shop's system is behind.
    SystemDelay,
    /// Address or telephone are missing or wrong; the shopper can correct them.
    IncompleteInfo,
}

codes!(OrderState {
    AwaitingPayment => "awaiting_payment",
    PendingConfirmation => "pending_confirmation",
    Unpacked => "unpacked",
    Packing => "packing",
    Shipped => "shipped",
    Delivered => "delivered",
    Completed => "completed",
    Cancelled => "cancelled",
});

codes!(PendingCause {
    NoCourier => "no_courier",
    SystemDelay => "system_delay",
    IncompleteInfo => "incomplete_info",
});

impl OrderState {
    /// Whether an order stays in this state for good.
    pub const fn is_final(self) -> bool {
        self.successors().is_empty()
    }

    /// Whether an order in this state may come to be in `next`. Staying is no move.
    pub fn may_become(self, next: Self) -> bool {
        self.successors().contains(&next)
    }

    /// The states that can follow. Steps may be skipped, because what the shop tells us may come late or never;
    /// the only way back is from `unpacked`, which is paid, to `pending_confirmation`, when the shop still has to accept.
    /// What the courier has cannot be cancelled any more, only returned.
    pub const fn successors(self) -> &'static [Self] {
        use OrderState::{
            AwaitingPayment, Cancelled, Completed, Delivered, Packing, PendingConfirmation,
            Shipped, Unpacked,
        };
        match self {
            AwaitingPayment => &[
                PendingConfirmation,
                Unpacked,
                Packing,
                Shipped,
                Delivered,
                Completed,
                Cancelled,
            ],
            PendingConfirmation => &[Unpacked, Packing, Shipped, Delivered, Completed, Cancelled],
            Unpacked => &[
                PendingConfirmation,
                Packing,
                Shipped,
                Delivered,
                Completed,
                Cancelled,
            ],
            Packing => &[Shipped, Delivered, Completed, Cancelled],
            Shipped => &[Delivered, Completed],
            Delivered => &[Completed],
            Completed | Cancelled => &[],
        }
    }
}

/// The state of a shopper's request to cancel. Only an open or declined one stays on the order; of a granted or withdrawn
/// one the timeline tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// Staff have not decided; the warehouse waits.
    Open,
    /// Staff agreed, and what was asked for is cancelled.
    Granted,
    /// Staff said no.
    Declined,
    /// The shopper took it back.
    Withdrawn,
}

codes!(RequestState {
    Open => "open",
    Granted => "granted",
    Declined => "declined",
    Withdrawn => "withdrawn",
});

impl RequestState {
    /// Whether a request stays in this state for good.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Open => false,
            Self::Granted | Self::Declined | Self::Withdrawn => true,
        }
    }

    /// Whether a request in this state may come to be in `next`.
    pub fn may_become(self, next: Self) -> bool {
        !self.is_final() && next.is_final()
    }
}
