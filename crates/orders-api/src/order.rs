//! Orders on the wire, and what may be done with them.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, AddressField, AfterSaleWindow, CancelLimit, CancelledBy, CaseSummary, Channel,
    ComplaintSummary, Day, Instant, Lateness, LineKind, Money, NextStep, NotPossibleReason,
    OrderState, PendingCause, RefundFailure, RefundState, TimelineEvent,
};

/// A tab of My Orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Tab {
    /// Every order.
    #[default]
    All,
    /// To be paid.
    AwaitingPayment,
    /// `pending_confirmation`, `unpacked`, `packing`.
    ToShip,
    /// `shipped`.
    ToReceive,
    /// With a refund, or an open request to cancel.
    AfterSale,
    /// Cancelled.
    Cancelled,
}

impl Tab {
    /// Every tab, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::AwaitingPayment,
        Self::ToShip,
        Self::ToReceive,
        Self::AfterSale,
        Self::Cancelled,
    ];

    /// The name on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AwaitingPayment => "awaiting_payment",
            Self::ToShip => "to_ship",
            Self::ToReceive => "to_receive",
            Self::AfterSale => "after_sale",
            Self::Cancelled => "cancelled",
        }
    }

    /// The tab of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

/// How many orders each tab has, under the search and dates of the list it comes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs)]
pub struct TabCounts {
    pub all: i64,
    pub awaiting_payment: i64,
    pub to_ship: i64,
    pub to_receive: i64,
    pub after_sale: i64,
    pub cancelled: i64,
}

impl TabCounts {
    /// The count of one tab.
    pub const fn of(&self, tab: Tab) -> i64 {
        match tab {
            Tab::All => self.all,
            Tab::AwaitingPayment => self.awaiting_payment,
            Tab::ToShip => self.to_ship,
            Tab::ToReceive => self.to_receive,
            Tab::AfterSale => self.after_sale,
            Tab::Cancelled => self.cancelled,
        }
    }
}

/// `GET /orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderList {
    /// Newest first.
    pub items: Vec<OrderSummary>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
    /// How many there are in each tab.
    pub counts: TabCounts,
}

/// An order in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    /// Opaque.
    pub id: String,
    /// The shop's own id, the one the integration calls use.
    pub external_id: String,
    /// The number to quote.
    pub number: String,
    /// The shop.
    pub shop: Shop,
    /// Where it stands.
    pub state: OrderState,
    /// Grows with each change.
    pub version: i64,
    /// When it was placed.
    pub placed_at: Instant,
    /// When it closes by itself while unpaid.
    pub pay_by: Option<Instant>,
    /// What it costs.
    pub total: Money,
    /// All lines.
    pub lines: Vec<Line>,
    /// May it be cancelled?
    pub cancellation: Cancellation,
    /// Why it waits, in `pending_confirmation`.
    pub pending: Option<Pending>,
    /// What may be done now, most urgent first.
    pub actions: Vec<Action>,
    /// What is under way back to the shopper: the sum of the refunds that have not arrived; `null` without one.
    pub refunding: Option<Money>,
}

/// `GET /orders/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDetail {
    /// Opaque.
    pub id: String,
    /// The shop's own id, the one the integration calls use.
    pub external_id: String,
    /// The number to quote.
    pub number: String,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
    /// Where it stands.
    pub state: OrderState,
    /// Grows with each change.
    pub version: i64,
    /// When it was placed.
    pub placed_at: Instant,
    /// When it closes by itself while unpaid.
    pub pay_by: Option<Instant>,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// What it costs.
    pub total: Money,
    /// What it consists of.
    pub lines: Vec<Line>,
    /// How the total comes about.
    pub amounts: Amounts,
    /// Where it goes; `null` for digital goods.
    pub address: Option<Address>,
    /// Courier and number, once shipped.
    pub parcel: Option<Parcel>,
    /// How it was paid.
    pub payments: Vec<Payment>,
    /// Where the shop takes the payment, while unpaid.
    pub pay_url: Option<String>,
    /// Why it waits, in `pending_confirmation`.
    pub pending: Option<Pending>,
    /// `pending_confirmation`: until when the shop says whether it accepts it; absent without such a time, and while only the
    /// shopper can tell what is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_by: Option<Instant>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineEntry>,
    /// What goes back, oldest first.
    pub refunds: Vec<Refund>,
    /// After-sale cases, newest first.
    pub cases: Vec<CaseSummary>,
    /// Until when one may be opened; `null` before anything was received.
    pub after_sale: Option<AfterSaleWindow>,
    /// Complaints, newest first.
    pub complaints: Vec<ComplaintSummary>,
    /// Whether one may complain about it, its cases or its refunds.
    pub may_complain: bool,
    /// May it be cancelled?
    pub cancellation: Cancellation,
    /// What may be done now, most urgent first.
    pub actions: Vec<Action>,
    /// The version of the shop's policy when it was placed.
    pub policy_version: String,
    /// Why staff decide although the policy lets the shopper cancel at once; absent when that is not so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CancelLimit>,
}

/// A shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    /// Opaque.
    pub id: String,
    /// In the shopper's language.
    pub name: String,
}

/// How to reach a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// To call.
    pub phone: String,
    /// When somebody answers it, in words.
    pub hours: String,
    /// To write to.
    pub email: String,
    /// Within how many hours it is answered.
    pub email_reply_hours: u32,
    /// Whether the shop has a chat (`POST /conversations`).
    #[serde(default)]
    pub chat: bool,
    /// The shop's accounts at social networks, as they are to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub social: Vec<SocialAccount>,
}

/// An account of the shop at a social network, where support answers, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SocialAccount {
    /// What it is: 微信公众号.
    pub name: String,
    /// By which it is found there.
    pub handle: String,
    /// Its page, `https` only; absent where there is nothing but the handle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// Opaque, unique in the order.
    pub id: String,
    /// The product.
    pub title: String,
    /// Colour, size, zone, face value.
    pub variant: Option<String>,
    /// Ordered.
    pub quantity: u32,
    /// Of these, cancelled.
    pub cancelled_quantity: u32,
    /// Before discounts.
    pub unit_price: Money,
    /// `unit_price` × `quantity`.
    pub total: Money,
    /// Its picture.
    pub image_url: Option<String>,
    /// Physical or digital.
    pub kind: LineKind,
    /// Why it stays in the order when the order is cancelled; absent when it would go, too, and when `cancellation`
    /// says that nothing can be cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays: Option<NotPossibleReason>,
}

/// How a total comes about: `goods - discount - coupon - points_value + freight = total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Amounts {
    /// The lines at their full price.
    pub goods: Money,
    /// Taken off by the shop.
    pub discount: Money,
    /// Taken off by coupons.
    pub coupon: Money,
    /// Taken off by points.
    pub points_value: Money,
    /// How many points.
    pub points: i64,
    /// Carriage.
    pub freight: Money,
    /// To be paid, or paid.
    pub total: Money,
}

/// Where an order goes. Also the body of `PUT /orders/{id}/address`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    /// Who receives it.
    pub recipient: String,
    /// The telephone.
    pub phone: String,
    /// Province, city, district.
    pub region: String,
    /// Street, house, room.
    pub street: String,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Parcel {
    /// Who carries it.
    pub courier: String,
    /// The consignment number.
    pub tracking_number: String,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// The way.
    pub channel: Channel,
    /// The account, as the shopper knows it.
    pub account: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub paid_at: Instant,
}

/// Why an order waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pending {
    /// The cause.
    pub cause: PendingCause,
    /// For `incomplete_info`: the fields that are missing or wrong.
    pub missing: Vec<AddressField>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// When.
    pub at: Instant,
    /// What.
    pub what: TimelineEvent,
    /// Who did it.
    pub by: Actor,
    /// Words with it, in the shopper's language where they are ours.
    pub detail: Option<String>,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// Opaque.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// Where to: 微信零钱, 招商银行 尾号 0403.
    pub account: String,
    /// Where it stands.
    pub state: RefundState,
    /// When it was made ready.
    pub created_at: Instant,
    /// When it changed last.
    pub updated_at: Instant,
    /// When the payment provider accepted it; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Instant>,
    /// The day on which the bank itself expects it to be there, where it says so: `arrives_by` is that day then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<Day>,
    /// `failed`: why, as far as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<RefundFailure>,
    /// Which promise is broken by now; absent while they are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Lateness>,
    /// The last day on which it is sent.
    pub starts_by: Day,
    /// The first day on which it may arrive.
    pub arrives_from: Day,
    /// The last day on which it should arrive.
    pub arrives_by: Day,
    /// The dates are an estimate: the calendar of that year is not known yet.
    pub estimated: bool,
}

/// May the shopper cancel? One of five kinds; the fields that a kind has no use for are `null` or absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cancellation {
    /// Which.
    pub kind: CancellationKind,
    /// `self_service`: until when; `null` without a window. `requested`: until when staff decide; `null` without such a time.
    #[serde(default)]
    pub until: Option<Instant>,
    /// `not_possible`: why, a [`crate::NotPossibleReason`]. `cancelled` and `requested`: the reason's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `cancelled` and `requested`: the reason in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_label: Option<String>,
    /// `not_possible`: what to do instead, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<NextStep>,
    /// `cancelled`: by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<CancelledBy>,
    /// `cancelled` and `requested`: when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
    /// `cancelled` and `requested`: the words that came with it. `not_possible` after a declined request: staff's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The five answers to "may I cancel?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CancellationKind {
    /// At once. Lines with `stays` stay.
    SelfService,
    /// Staff decide. Lines with `stays` stay.
    ByRequest,
    /// Staff are deciding.
    Requested,
    /// No.
    NotPossible,
    /// Done.
    Cancelled,
}

/// What a shopper may do with an order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Pay it, at `pay_url`.
    Pay,
    /// Correct address or telephone.
    CorrectAddress,
    /// Cancel it at once.
    Cancel,
    /// Ask for it to be cancelled.
    RequestCancellation,
    /// Withdraw that request.
    WithdrawRequest,
    /// Ask for money back, with or without returning goods.
    AskAfterSale,
    /// Reach a person. Always there.
    ContactSupport,
}

/// The data of the server-sent event `ready`, with which a stream begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamReady {
    /// Whether the shopper's orders may have changed since the mark that the stream was asked for with; always without
    /// one. Then what is shown should be loaded afresh.
    pub missed: bool,
}

/// The data of the server-sent event `order_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderChanged {
    /// Which order.
    pub id: String,
    /// Its version now.
    pub version: i64,
}
