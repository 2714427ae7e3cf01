//! Complaints as the shop's staff need them: with who of the staff did what, and what waits for a second person.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, ComplaintAct, ComplaintConsequence, ComplaintProposal, ComplaintState, ComplaintTopic,
    ComplaintWish, Decision, Evidence, Instant, Money, ProposalKind, Turn,
};

/// Complaints, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintList {
    /// What is due next comes first; what is over comes last.
    pub items: Vec<ComplaintInList>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A complaint in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintInList {
    /// Its id.
    pub complaint: String,
    /// The order, by its id here.
    pub order: String,
    /// The order, as the shop knows it.
    pub external_id: String,
    /// The number that shopper and support use.
    pub number: String,
    /// Its shop.
    pub shop: String,
    /// Whose it is.
    pub shopper: String,
    /// Where it stands.
    pub state: ComplaintState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over, or when the shop was silent twice.
    pub until: Option<Instant>,
    /// What follows when that passes; `null` when nothing does.
    pub then: Option<ComplaintConsequence>,
    /// Its topic.
    pub topic: ComplaintTopic,
    /// What the shopper wants to come of it.
    pub wish: ComplaintWish,
    /// How much, of a wish for a refund.
    pub wished: Option<Money>,
    /// The case that it is about.
    pub case: Option<String>,
    /// The refund that it is about.
    pub refund: Option<String>,
    /// Since when a supervisor has it; `null` before.
    pub escalated_at: Option<Instant>,
    /// Since when the outside route is open; `null` before.
    pub outside_at: Option<Instant>,
    /// When it was opened.
    pub opened_at: Instant,
}

/// A complaint, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintForShop {
    /// What the list says of it.
    #[serde(flatten)]
    pub complaint: ComplaintInList,
    /// The most that can be refunded: what was paid, has not gone back, and is in no case under way.
    pub refundable: Money,
    /// Above how much a proposal needs a second person; `null` for never.
    pub two_approve_above: Option<Money>,
    /// A proposal that waits for a second person.
    pub draft: Option<ComplaintProposal>,
    /// Who drafted it.
    pub drafted_by: Option<String>,
    /// What is proposed now, or what it ended with.
    pub proposal: Option<ComplaintProposal>,
    /// Everything that was said and done, oldest first.
    pub thread: Vec<ComplaintEntryForShop>,
    /// The ids of the refunds that it made.
    pub refunds: Vec<String>,
}

/// Something that was said or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintEntryForShop {
    /// When.
    pub at: Instant,
    /// Who, as the shopper sees it.
    pub by: Actor,
    /// Who of the staff; `null` when it was none of them.
    pub staff: Option<String>,
    /// What.
    pub what: ComplaintAct,
    /// In words.
    pub text: Option<String>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
    /// What was drafted or proposed.
    pub proposal: Option<ComplaintProposal>,
}

/// `POST /staff/complaints/{complaint}/proposals`: what the shop proposes; after a dispute, the supervisor's last word. With
/// the kind `none` the last word leaves nothing to accept, and the complaint is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffProposes {
    /// Which.
    pub kind: ProposalKind,
    /// How much, in minor units of the order's currency: needed with `refund`; with `compensation`, this or `points`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub amount: Option<i64>,
    /// How many points, with `compensation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub points: Option<i64>,
    /// What is given, with `goodwill`; needed with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub gift: Option<String>,
    /// Why just this, for the shopper.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}

/// `POST …/approvals`: what a second person says of what a colleague decided: a proposal in a complaint, or what makes a large
/// refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondPersonSays {
    /// Yes: it is done. No: it is not.
    pub decision: Decision,
    /// Why not, for the colleague; needed to decline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}
