//! One refund on its own page.

use serde::{Deserialize, Serialize};

use crate::{Actor, Channel, Instant, Money, Refund, Shop, Support, TimelineEvent, WayState};

/// `GET /refunds/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundDetail {
    /// The refund.
    pub refund: Refund,
    /// The order that it belongs to.
    pub order: OrderBrief,
    /// Whether the shopper may ask for another way now.
    pub may_change_way: bool,
    /// The shopper's last wish for another way; `null` without one.
    pub way: Option<RefundWay>,
    /// What happened to it, newest first.
    pub history: Vec<RefundEvent>,
    /// The order's other refunds, oldest first: a split payment goes back in parts.
    pub others: Vec<Refund>,
    /// The id of the last complaint about it; `null` without one.
    pub complaint: Option<String>,
    /// Whether one may complain about it now: no complaint about it is under way.
    pub may_complain: bool,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// An order, as far as the page of a refund or a case needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderBrief {
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
    /// The version of the shop's policy that it goes by.
    #[serde(default)]
    pub policy_version: String,
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

/// A wish for another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundWay {
    /// `bank_card` or `alipay`.
    pub channel: Channel,
    /// The account, masked: 工商银行 尾号 0128.
    pub account: String,
    /// When the shopper asked.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: WayState,
    /// `declined`: why, in staff's words.
    pub note: Option<String>,
    /// `open`: until when staff decide; absent without such a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// `PUT /refunds/{id}/way`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskRefundWay {
    /// `bank_card` or `alipay`.
    pub channel: Channel,
    /// The card's number (spaces do not matter), or what the Alipay account logs in with.
    pub account: String,
    /// Whose account it is, as the bank or Alipay knows them.
    pub holder: String,
    /// The bank, of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// The shopper's password, once more.
    pub password: String,
}

impl std::fmt::Debug for AskRefundWay {
    /// Without what is secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AskRefundWay")
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}
