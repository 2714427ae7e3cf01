//! An order and everything that belongs to it.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

use crate::{
    CancelledBy, Case, Channel, Complaint, Component, Currency, Day, ExternalId, Instant, LineId,
    LocalText, Mark, Money, OrderId, OrderState, PendingCause, Refund, RequestState, ShopId,
    ShopperId, StaffDraft, TimelineEntry,
};

/// An order, whole: what a rule may look at, and what a store loads and saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Tepai's id.
    pub id: OrderId,
    /// The shop's id.
    pub external_id: ExternalId,
    /// The number that shopper and support use.
    pub number: String,
    /// The shop, and so the policy.
    pub shop: ShopId,
    /// Whose order it is.
    pub shopper: ShopperId,
    /// Where it stands.
    pub state: OrderState,
    /// Grows by one with each change; the store's compare-and-set compares it.
    pub version: i64,
    /// When it was placed.
    pub placed_at: Instant,
    /// When it closes by itself while unpaid (S4).
    pub pay_by: Option<Instant>,
    /// When it was paid in full; `None` while unpaid.
    pub paid_at: Option<Instant>,
    /// When the parcel was signed for, or digital goods were issued.
    pub delivered_at: Option<Instant>,
    /// What it consists of and what was agreed.
    pub body: OrderBody,
    /// What happened, oldest first. Append-only.
    pub timeline: Vec<TimelineEntry>,
    /// Refunds, oldest first.
    pub refunds: Vec<Refund>,
    /// What its shopper's standing at its shop follows from, oldest first, whichever orders it was with. Append-only.
    pub marks: Vec<Mark>,
}

/// The parts of an order that rules read but no list is ordered or filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderBody {
    /// What was ordered; at least one line.
    pub lines: Vec<Line>,
    /// What it costs.
    pub amounts: Amounts,
    /// Where it goes; `None` for digital goods only.
    pub address: Option<Address>,
    /// What was paid, by which way. More than one when the payment was split.
    pub payments: Vec<Payment>,
    /// The coupons used.
    #[serde(default)]
    pub coupons: Vec<Coupon>,
    /// Where the shop takes the payment of an unpaid order, when it told us.
    #[serde(default)]
    pub pay_url: Option<String>,
    /// Why it waits, in `pending_confirmation`.
    #[serde(default)]
    pub pending: Option<Pending>,
    /// The shopper's request to cancel, open or decided. `None` when there never was one or it was withdrawn.
    #[serde(default)]
    pub request: Option<CancellationRequest>,
    /// How it was cancelled, in `cancelled`.
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
    /// The version of the shop's policy when the order was placed.
    pub policy_version: String,
    /// Courier and number, once shipped.
    #[serde(default)]
    pub parcel: Option<Parcel>,
    /// After-sale cases, oldest first. Nothing of them is ever deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
    /// Complaints, oldest first. Nothing of them is ever deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<Complaint>,
    /// What staff decided and a second person has to agree with, oldest first. Only staff see it. Nothing of it is ever
    /// deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<StaffDraft>,
}

/// Goods with a parcel, or goods that are issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LineKind {
    /// Packed and carried.
    Physical,
    /// Issued: a code, a top-up, a membership.
    Digital,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Unique within the order.
    pub id: LineId,
    /// The product's name.
    pub title: LocalText,
    /// Colour, size, zone, face value: what tells it from its siblings.
    #[serde(default)]
    pub variant: Option<LocalText>,
    /// Ordered; at least 1.
    pub quantity: u32,
    /// Of these, cancelled already.
    #[serde(default)]
    pub cancelled_quantity: u32,
    /// The price of one, before discounts.
    pub unit_price: i64,
    /// The picture; an absolute URL or a path of our own.
    #[serde(default)]
    pub image_url: Option<String>,
    /// Physical or digital.
    pub kind: LineKind,
    /// What the policy has to know about the product.
    #[serde(default)]
    pub traits: Vec<LineTrait>,
    /// Digital goods: the code has been given out.
    #[serde(default)]
    pub issued: bool,
    /// Of these, returned or refunded after they were received; of a product with components, see those.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returned_quantity: u32,
    /// What it consists of, when parts of it may be refunded (S2); else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
}

/// What a policy has to know about a product (S4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LineTrait {
    /// Made to order: its stock is locked.
    Custom,
    /// Sold before it is in stock: its stock is locked.
    Presale,
    /// 一键取消: may be cancelled at once where others need a request.
    OneTap,
}

/// What an order costs, in minor units of one currency.
/// `goods - discount - coupon - points_value + freight = total`, which is the sum of the payments once paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// The currency of every amount of the order.
    pub currency: Currency,
    /// The lines at their full price.
    pub goods: i64,
    /// What the shop took off.
    #[serde(default)]
    pub discount: i64,
    /// What coupons took off.
    #[serde(default)]
    pub coupon: i64,
    /// What points took off.
    #[serde(default)]
    pub points_value: i64,
    /// How many points that were.
    #[serde(default)]
    pub points: i64,
    /// Carriage.
    #[serde(default)]
    pub freight: i64,
    /// What is to be paid, or was.
    pub total: i64,
}

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Who receives it.
    pub recipient: String,
    /// The recipient's telephone.
    pub phone: String,
    /// Province, city and district.
    pub region: String,
    /// Street, house, room.
    pub street: String,
}

/// A payment that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The way it was paid.
    pub channel: Channel,
    /// The account, as the shopper knows it: 微信零钱, 招商银行 尾号 0403.
    pub account: LocalText,
    /// Minor units.
    pub amount: i64,
    /// When.
    pub paid_at: Instant,
    /// The provider's id of it; without one, the provider knows it by the order's id at the shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A coupon that was used on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// The shop's id of it.
    pub id: String,
    /// What it is called.
    pub title: LocalText,
    /// The last day it may be used; it is not given back after that.
    pub valid_until: Day,
}

/// Why an order waits and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The cause.
    pub cause: PendingCause,
    /// The fields of the address that are missing or wrong, for `incomplete_info`.
    #[serde(default)]
    pub missing: Vec<AddressField>,
    /// Until when the shop says whether it accepts the order; see [`Order::confirm_by`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A field of an [`Address`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AddressField {
    /// Who receives it.
    Recipient,
    /// The telephone.
    Phone,
    /// Province, city, district.
    Region,
    /// Street, house, room.
    Street,
}

/// A shopper's request to cancel, where the policy lets staff decide (S4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationRequest {
    /// When it was made.
    pub at: Instant,
    /// The reason's code.
    pub reason: String,
    /// The shopper's own words.
    pub note: Option<String>,
    /// The lines and quantities; empty for the whole order.
    #[serde(default)]
    pub lines: Vec<LineQuantity>,
    /// `None` while open; once declined, why, in staff's words.
    #[serde(default)]
    pub declined: Option<Declined>,
    /// Until when staff decide; fixed when it was made, `None` without such a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// How staff declined a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// When.
    pub at: Instant,
    /// Why.
    pub note: String,
}

/// Some of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineQuantity {
    /// The line.
    pub line: LineId,
    /// How many of it; at least 1.
    pub quantity: u32,
}

/// How an order came to be cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// By whom.
    pub by: CancelledBy,
    /// The reason's code: one of the policy's, or `not_paid_in_time`, `out_of_stock`, `price_change`, `cannot_fulfil`.
    pub reason: String,
    /// Free words with it.
    pub note: Option<String>,
    /// When.
    pub at: Instant,
}

/// A parcel on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The courier's name.
    pub courier: String,
    /// The consignment number.
    pub tracking_number: String,
}

/// As serde calls it.
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Pending {
    /// Waiting for that, without a time.
    pub const fn of(cause: PendingCause, missing: Vec<AddressField>) -> Self {
        Self {
            cause,
            missing,
            until: None,
        }
    }
}

impl CancellationRequest {
    /// Where it stands.
    pub const fn state(&self) -> RequestState {
        match self.declined {
            None => RequestState::Open,
            Some(_) => RequestState::Declined,
        }
    }
}

impl Line {
    /// How many are not cancelled.
    pub const fn remaining(&self) -> u32 {
        self.quantity.saturating_sub(self.cancelled_quantity)
    }
}

impl Order {
    /// `amount` minor units in the order's currency.
    pub fn money(&self, amount: i64) -> Money {
        Money {
            amount,
            currency: self.body.amounts.currency,
        }
    }

    /// Whether a request to cancel is open, so that the warehouse must wait.
    pub fn on_hold(&self) -> bool {
        self.body
            .request
            .as_ref()
            .is_some_and(|request| request.state() == RequestState::Open)
    }
}

codes!(LineKind {
    Physical => "physical",
    Digital => "digital",
});

codes!(LineTrait {
    Custom => "custom",
    Presale => "presale",
    OneTap => "one_tap",
});

codes!(AddressField {
    Recipient => "recipient",
    Phone => "phone",
    Region => "region",
    Street => "street",
});
