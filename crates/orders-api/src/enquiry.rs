//! The procedure of support, as it is recorded: who asks and why, what was looked up, what was answered.

use serde::{Deserialize, Serialize};

use crate::{
    CaseState, EnquiryAnswer, Identification, Instant, Money, OrderState, Person, RefundState,
    Topic,
};

/// `GET /staff/orders/{id}/enquiries` and `GET /staff/conversations/{id}/enquiries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enquiries {
    /// The newest first; at most 50.
    pub items: Vec<Enquiry>,
    /// What is known of the first step before anybody asks; `null` for an order.
    pub known: Option<KnownAsker>,
}

/// What a conversation tells of who asks, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownAsker {
    /// By what it is confirmed.
    pub confirmed_by: Identification,
    /// What they ask about.
    pub topic: Topic,
    /// The id of the order that they ask about; `null` for none.
    pub order: Option<String>,
}

/// Somebody's question, and what the staff did to answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enquiry {
    /// Opaque.
    pub id: String,
    /// The id of the order that it is about, or was found to be about.
    pub order: Option<String>,
    /// The id of the conversation in which it was asked.
    pub conversation: Option<String>,
    /// What was recorded, oldest first. A step that was recorded again holds as it was recorded last.
    pub entries: Vec<EnquiryEntry>,
    /// Whether an answer was given: nothing is added to it any more.
    pub over: bool,
    /// Whether no entry was changed, taken out or put in since it was recorded.
    pub whole: bool,
}

/// A step of the procedure, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnquiryEntry {
    /// Counts from 1 within the enquiry.
    pub seq: i64,
    /// Who of the staff.
    pub by: Person,
    /// When.
    pub at: Instant,
    /// What.
    #[serde(flatten)]
    pub step: EnquiryStep,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EnquiryStep {
    /// Who asks, and why.
    Who {
        /// By what it was confirmed.
        confirmed_by: Identification,
        /// What they ask about.
        topic: Topic,
        /// In words.
        note: Option<String>,
    },
    /// The order was looked up.
    LookedUp {
        /// As it was.
        order: SeenOrder,
        /// What was seen besides, in words.
        note: Option<String>,
    },
    /// An answer was given.
    Answered {
        /// Which.
        answer: EnquiryAnswer,
        /// In words.
        text: String,
        /// The `seq` of the message that says it.
        message: Option<i64>,
        /// The `seq` of the entry of the order's trail that did it.
        act: Option<i64>,
    },
}

/// An order as it was when it was looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenOrder {
    /// Opaque.
    pub id: String,
    /// The number that shopper and support use.
    pub number: String,
    /// Where it stood.
    pub state: OrderState,
    /// In which version.
    pub version: i64,
    /// Whether a request to cancel was open.
    pub on_hold: bool,
    /// Its refunds.
    pub refunds: Vec<SeenRefund>,
    /// Its after-sale cases.
    pub cases: Vec<SeenCase>,
}

/// A refund as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenRefund {
    /// Opaque.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// Where it stood.
    pub state: RefundState,
}

/// An after-sale case as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenCase {
    /// Opaque.
    pub id: String,
    /// Where it stood.
    pub state: CaseState,
}

/// `POST` to `/staff/orders/{id}/enquiries`, `/staff/conversations/{id}/enquiries` and `/staff/enquiries/{id}/who`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordWho {
    /// By what it is confirmed who asks.
    pub confirmed_by: Identification,
    /// What they ask about.
    pub topic: Topic,
    /// In words; at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// `POST /staff/enquiries/{id}/look-up`. What the order is like is filled in by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordLookUp {
    /// The id of the order; without, the one that the enquiry is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What was seen besides; at most 500 characters.
    // Without a default of its own: an empty array would be read as this, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// `POST /staff/enquiries/{id}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordAnswer {
    /// Which.
    pub answer: EnquiryAnswer,
    /// In words; 1 to 500 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub text: String,
    /// The `seq` of the message of the conversation that says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<i64>,
    /// The `seq` of the entry of the order's trail that did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<i64>,
}

/// The event `enquiry_changed`: a step of an enquiry was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnquiryChanged {
    /// The order that it is about.
    pub order: Option<String>,
    /// The conversation in which it was asked.
    pub conversation: Option<String>,
}
