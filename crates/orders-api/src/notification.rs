//! Notifications on the wire: what happened that a shopper wants to know, to their orders and in their conversations.

use serde::{Deserialize, Serialize};

use crate::{Actor, Instant, Money, Shop, TimelineEvent};

/// `GET /notifications`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotificationList {
    /// What was told last first.
    pub items: Vec<Notification>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
    /// How many were not read.
    pub unread: i64,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notification {
    /// Opaque.
    pub id: String,
    /// When it happened.
    pub at: Instant,
    /// When the shopper was told, in whose order the list is: later than it happened, when the shop said so late.
    pub told_at: Instant,
    /// What.
    pub what: Happening,
    /// Who did it.
    pub by: Actor,
    /// In words, in the shopper's language: a reason, staff's words.
    pub detail: Option<String>,
    /// Of a refund, an after-sale case, a complaint or a conversation, its id.
    pub subject: Option<String>,
    /// Of a refund or an after-sale case, how much; of a complaint, what was proposed or granted in money.
    pub amount: Option<Money>,
    /// Whether the shopper has to do something.
    pub urgent: bool,
    /// Whether it was read.
    pub read: bool,
    /// The order's id; `null` of a conversation about no order.
    pub order: Option<String>,
    /// The order's number; likewise.
    pub number: Option<String>,
    /// The name of the order's first line; of a conversation about no order, what it is about.
    pub title: String,
    /// The shop.
    pub shop: Shop,
}

/// What happened: to an order, or in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Happening {
    /// To an order.
    Order(TimelineEvent),
    /// In a conversation.
    Talk(TalkEvent),
}

/// What happens in a conversation that its shopper is told while they are away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TalkEvent {
    /// The staff have answered.
    #[serde(rename = "conversation_answered")]
    Answered,
}

/// `GET /notifications/unread`, and the answer to `POST /notifications/read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unread {
    /// How many were not read.
    pub unread: i64,
}

/// `POST /notifications/read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkRead {
    /// The newest one that was seen, by its id: that and all older ones count as read, whether they were shown or not.
    pub up_to: String,
}
