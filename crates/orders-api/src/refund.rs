//! One refund on its own page.

use serde::{Deserialize, Serialize};

use crate::{Actor, Instant, Money, Refund, Shop, Support, TimelineEvent};

/// `GET /refunds/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundDetail {
    /// The refund.
    pub refund: Refund,
    /// The order that it belongs to.
    pub order: RefundedOrder,
    /// What happened to it, newest first.
    pub history: Vec<RefundEvent>,
    /// The order's other refunds, oldest first: a split payment goes back in parts.
    pub others: Vec<Refund>,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// The order of a refund, as far as its page needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundedOrder {
    /// Opaque.
    pub id: String,
    /// The number to quote.
    pub number: String,
    /// Grows with each change.
    pub version: i64,
    /// What it costs.
    pub total: Money,
    /// The name of its first line.
    pub title: String,
    /// How many lines it has.
    pub lines: u32,
}

/// Something that happened to a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundEvent {
    /// When.
    pub at: Instant,
    /// What.
    pub what: TimelineEvent,
    /// Who did it.
    pub by: Actor,
}
