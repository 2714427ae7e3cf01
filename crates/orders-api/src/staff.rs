//! The console's log-in, and orders as the shop's staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    Instant, OrderDetail, OrderSummary, Permission, PreviewRefund, Role, Shop, ShopperStanding,
    StaffDraft,
};

/// `POST /staff/session`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffLogIn {
    /// The id that is on record with what they do.
    pub login: String,
    /// The password.
    pub password: String,
    /// The six digits that their authenticator app shows.
    pub code: String,
}

impl std::fmt::Debug for StaffLogIn {
    /// Without what opens the door.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffLogIn").finish_non_exhaustive()
    }
}

/// Who of the staff is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSession {
    /// Who.
    pub staff: Person,
    /// What they are there for.
    pub role: Role,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The shops whose orders they see.
    pub shops: Vec<Shop>,
}

/// Somebody, by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Opaque.
    pub id: String,
    /// What to call them.
    pub name: String,
}

/// `GET /staff/orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundOrders {
    /// The orders, newest first.
    pub items: Vec<FoundOrder>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// An order that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundOrder {
    /// As its shopper sees it in the list.
    pub order: OrderSummary,
    /// Whose it is.
    pub shopper: Person,
}

/// An order as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffOrder {
    /// As its shopper sees it.
    pub order: OrderDetail,
    /// Whose it is.
    pub shopper: ShopperForStaff,
    /// What whoever asks can do with it now. What is not here is refused.
    pub actions: Vec<Permission>,
    /// What those of the actions that cancel would give back now.
    pub would_refund: Vec<WouldRefund>,
    /// Who has granted the request to cancel, or cancels for the seller, where a second person has to agree, or had to; oldest
    /// first. At most one waits.
    pub cancel_drafts: Vec<StaffDraft>,
    /// Where its shopper stands at the shop; `null` where the policy has no rule about cancelling too often.
    pub standing: Option<ShopperStanding>,
    /// Who of the staff did what with it, newest first.
    pub decisions: Vec<StaffDecision>,
}

/// What something that staff can do with an order would give back now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WouldRefund {
    /// What: `decide_request`, when it is granted, or `cancel_for_seller`.
    pub action: Permission,
    /// The refunds; empty where nothing was paid.
    pub refunds: Vec<PreviewRefund>,
    /// Whether that takes two people of the staff.
    pub takes_two: bool,
}

/// A shopper, to the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopperForStaff {
    /// Opaque.
    pub id: String,
    /// What to call them; empty for one who never logged in.
    pub name: String,
    /// What they log in with: e-mail addresses and telephone numbers.
    pub logins: Vec<String>,
}

/// Something that one of the staff did with an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffDecision {
    /// When.
    pub at: Instant,
    /// Who: their id.
    pub staff: String,
    /// What, as codes: entries of the timeline, `case_…` for those of a case.
    pub what: Vec<String>,
}

/// `GET /staff/orders/{id}/audit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditTrail {
    /// Every change since the trail is kept, oldest first.
    pub items: Vec<AuditEntry>,
    /// Whether nothing in it was changed, taken out or put in afterwards.
    pub whole: bool,
    /// Where it is not: the first such place.
    pub broken_at: Option<i64>,
}

/// A change of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Counts from 1.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// By which door it came: `shopper`, `guest`, `shop`, `staff` or `system`.
    pub by: String,
    /// Who of the staff; as the shop's systems say, where they are the door.
    pub staff: Option<String>,
    /// What, as in a [`StaffDecision`]; `update` for what has no code of its own.
    pub what: Vec<String>,
    /// The order's version before; 0 when it came in.
    pub before: i64,
    /// The order's version after.
    pub version: i64,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Decision {
    /// Yes.
    Approve,
    /// No, with a reason.
    Decline,
}

/// A decision of one of the staff, who is logged in: on a request to cancel, or on another way for a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffDecides {
    /// What.
    pub decision: Decision,
    /// Why not, for the shopper; needed to decline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// `POST /staff/orders/{id}/cancellation`. Above the policy's amount it is done when a second person agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelForSeller {
    /// Why.
    pub reason: SellerReason,
    /// In words, for the shopper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// Why a seller cancels (S3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SellerReason {
    /// There is none left.
    OutOfStock,
    /// The price is another.
    PriceChange,
    /// It cannot be made or sent.
    CannotFulfil,
}

impl SellerReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::OutOfStock, Self::PriceChange, Self::CannotFulfil];

    /// The reason of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutOfStock => "out_of_stock",
            Self::PriceChange => "price_change",
            Self::CannotFulfil => "cannot_fulfil",
        }
    }
}
