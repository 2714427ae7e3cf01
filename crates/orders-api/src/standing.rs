//! Cancelling too often, on the wire: what the shopper is told before and after, and what staff see and do.

use serde::{Deserialize, Serialize};

use crate::{Instant, LadderStep};

/// For a while staff decide what the policy would let the shopper cancel at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelLimit {
    /// Until when; it ends by itself.
    pub until: Instant,
    /// Why: more late cancels than so many, which are ordinary …
    pub free: u32,
    /// … within so many days.
    pub forget_days: u32,
}

/// What confirming a cancel would do to the shopper's standing at the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelCounting {
    /// The how many-th it would be of those that count.
    pub counted: u32,
    /// What it would lead to: `warning`, `limit`; `null` when it only counts.
    pub leads_to: Option<LadderStep>,
    /// With so many counted the limit begins.
    pub limit_at: u32,
    /// How many days the limit lasts.
    pub limit_days: u32,
    /// So many late cancels count for nothing …
    pub free: u32,
    /// … within so many days, after which each is forgotten.
    pub forget_days: u32,
    /// The reasons, by code, with which it does not count.
    pub never_for: Vec<String>,
}

/// Where a shopper stands at a shop, to the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopperStanding {
    /// Late cancels that are not forgotten.
    pub late: u32,
    /// Those of them that count: beyond `free`.
    pub counted: u32,
    /// Whether they have been warned.
    pub warned: bool,
    /// Until when they are limited; `null` without a limit.
    pub limited_until: Option<Instant>,
    /// So many late cancels count for nothing …
    pub free: u32,
    /// … within so many days.
    pub forget_days: u32,
    /// With so many counted the limit begins.
    pub limit_at: u32,
}

/// `POST /staff/orders/{id}/limit/lifting`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiftLimit {
    /// Why, for the shopper.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub note: String,
}
