//! Cancelling on the wire: what it would do, doing it, what became of it.

use serde::{Deserialize, Serialize};

use crate::{CancelCounting, CancelLimit, Channel, Day, Money, NotRestoredReason, OrderDetail};

/// `GET /orders/{id}/cancellation/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancellationPreview {
    /// `cancelled` or `requested`: what confirming would lead to.
    pub outcome: Outcome,
    /// What would go back; empty when nothing was paid.
    pub refunds: Vec<PreviewRefund>,
    /// The sum of them.
    pub refund_total: Money,
    /// Coupons and points that would come back.
    pub restored: Vec<Restored>,
    /// Coupons that would not.
    pub not_restored: Vec<NotRestored>,
    /// The reasons to choose from.
    pub reasons: Vec<Reason>,
    /// Whether nothing of the order would remain.
    pub whole: bool,
    /// Whether parts of this order may be cancelled.
    pub partial_allowed: bool,
    /// What it would do to the shopper's standing at the shop; absent when it is as ordinary as most cancels are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counting: Option<CancelCounting>,
    /// Why staff decide although the policy lets the shopper cancel at once; absent when that is not so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CancelLimit>,
}

/// A refund that a cancel would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewRefund {
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// Where to.
    pub account: String,
    /// The last day on which it is sent.
    pub starts_by: Day,
    /// The first day on which it may arrive.
    pub arrives_from: Day,
    /// The last day on which it should arrive.
    pub arrives_by: Day,
    /// The clocks in working days: starts within, arrives from, arrives within.
    pub working_days: WorkingDays,
    /// The dates are an estimate.
    pub estimated: bool,
}

/// A policy's clocks of a refund, in working days after the cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs)]
pub struct WorkingDays {
    pub starts_within: u32,
    pub arrives_from: u32,
    pub arrives_within: u32,
}

/// A coupon or points that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Restored {
    /// `coupon` or `points`.
    pub kind: Channel,
    /// The coupon's name; `null` for points.
    pub title: Option<String>,
    /// How many points; `null` for a coupon.
    pub points: Option<i64>,
}

/// A coupon that does not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotRestored {
    /// Its name.
    pub title: String,
    /// Why not.
    pub reason: NotRestoredReason,
}

/// A reason to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Stable.
    pub code: String,
    /// In the shopper's language.
    pub label: String,
    /// Whether free text must come with it.
    pub note_required: bool,
}

/// `POST /orders/{id}/cancellation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelOrder {
    /// A reason's code.
    pub reason: String,
    /// The shopper's own words, at most [`NOTE_MAX`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Lines and quantities; absent for all that can be cancelled. Named, they are cancelled just so or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<LineQuantity>>,
}

/// The most characters of a note.
pub const NOTE_MAX: usize = 500;

/// Some of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineQuantity {
    /// The line's id.
    pub line: String,
    /// How many; at least 1.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub quantity: u32,
}

/// The answer to a cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelOutcome {
    /// Done, or handed to staff.
    pub outcome: Outcome,
    /// The order as it is now.
    pub order: OrderDetail,
    /// Coupons and points that came back.
    pub restored: Vec<Restored>,
    /// Coupons that did not.
    pub not_restored: Vec<NotRestored>,
}

/// What became of a cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// Cancelled, wholly or in part.
    Cancelled,
    /// Staff decide.
    Requested,
}
