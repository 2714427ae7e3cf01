//! What the shop, its warehouse and its staff tell us about an order.

use serde::{Deserialize, Serialize};

use crate::{AddressField, Instant, LineId, Parcel, Payment, PendingCause, RefundId, RefundState};

/// An event from the shop's systems. Events may come late, twice or out of order; see [`crate::Order::apply`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShopEvent {
    /// Paid in full.
    Paid {
        /// By which ways.
        payments: Vec<Payment>,
    },
    /// Not accepted yet.
    Held {
        /// Why.
        cause: PendingCause,
        /// What is missing, for `incomplete_info`.
        #[serde(default)]
        missing: Vec<AddressField>,
    },
    /// Accepted.
    Confirmed,
    /// The warehouse started. Refused when the order is cancelled or on hold.
    PackingStarted,
    /// The courier has it.
    Shipped {
        /// Courier and number.
        parcel: Parcel,
    },
    /// Signed for.
    Delivered,
    /// Digital goods were given out; all digital lines when `lines` is empty.
    Issued {
        /// Which lines.
        #[serde(default)]
        lines: Vec<LineId>,
    },
    /// The after-sale window is over.
    Completed,
    /// The seller cancels (S3).
    SellerCancelled {
        /// `out_of_stock`, `price_change` or `cannot_fulfil`.
        reason: String,
        /// In words.
        #[serde(default)]
        note: Option<String>,
    },
    /// Staff grant the shopper's request.
    CancellationApproved,
    /// Staff decline it.
    CancellationDeclined {
        /// Why.
        note: String,
    },
    /// A refund moved at the payment provider.
    RefundProgressed {
        /// Which.
        refund: RefundId,
        /// Where it stands now.
        state: RefundState,
    },
}

/// What became of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It changed the order.
    Changed(Box<crate::Change>),
    /// It was late or a repetition: nothing to do.
    Unchanged,
}

/// Why an event was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventRefusal {
    /// The order is cancelled: it must not be packed or shipped.
    OrderCancelled,
    /// A request to cancel is open: it must not be packed or shipped before staff decide.
    OrderOnHold,
    /// Information is missing that only the shopper can give.
    IncompleteInfo,
    /// The seller cannot cancel what is on its way.
    NotCancellable,
    /// The event names a line, refund or request that the order does not have, or amounts that do not add up.
    Mismatch,
}

/// An event with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedEvent {
    /// When it happened at the shop.
    pub occurred_at: Instant,
    /// What.
    pub event: ShopEvent,
}
