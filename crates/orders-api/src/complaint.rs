//! Complaints on the wire: what may be complained about, complaining, and what became of it.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, CaseSummary, ComplaintAct, ComplaintAction, ComplaintConsequence, ComplaintState,
    ComplaintTopic, ComplaintWish, Evidence, Instant, Money, OrderBrief, PreviewRefund,
    ProposalKind, Refund, Shop, Support, Turn,
};

/// `GET /orders/{id}/complaint`: what may be complained about. 409 `no_complaints` where the shop takes none, or none of
/// this order (any more).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintOptions {
    /// The order.
    pub order: OrderBrief,
    /// What it may be about: the order first, then its cases and refunds, newest first.
    pub subjects: Vec<ComplaintSubject>,
    /// The topics to choose from.
    pub topics: Vec<ComplaintTopic>,
    /// The wishes to choose from. `refund` is only there while there is something left to refund.
    pub wishes: Vec<ComplaintWish>,
    /// The most that can be wished for as a refund: what was paid and has not gone back.
    pub refundable: Money,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// Until when somebody takes it up, if it is sent now.
    pub confirm_by: Instant,
    /// Until when something is proposed, if it is sent now.
    pub propose_by: Instant,
    /// How many days the shopper has to answer a proposal.
    pub answer_days: u32,
    /// What follows when the shop is silent even after a supervisor has it: `grant` or `outside`.
    pub silence: ComplaintConsequence,
    /// Where to go when shop and shopper do not agree.
    pub outside: OutsideRoute,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// Something that may be complained about: the order itself when neither `case` nor `refund` is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintSubject {
    /// One of the order's after-sale cases.
    pub case: Option<CaseSummary>,
    /// One of its refunds.
    pub refund: Option<Refund>,
    /// The id of the complaint about it that is under way: there is one at a time. `null` when it may be complained about.
    pub complaint: Option<String>,
}

/// A body outside of the shop that helps consumers, and when to turn to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutsideRoute {
    /// Its name.
    pub name: String,
    /// To call.
    pub phone: String,
    /// Its website.
    pub url: String,
    /// When to use it, in words.
    pub when: String,
}

/// `POST /orders/{id}/complaints`: complains. Answered with 201 and the [`ComplaintDetail`]; 409 `complaint_open` when
/// there is one about the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenComplaint {
    /// One of the topics that are offered.
    pub topic: ComplaintTopic,
    /// One of the wishes that are offered.
    pub wish: ComplaintWish,
    /// With `refund`, how much, in minor units of the order's currency: from 1 up to what is refundable. Absent for what
    /// the case came to, or else for all that is refundable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub amount: Option<i64>,
    /// The id of the case that it is about. At most one of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The id of the refund that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// What happened, in the shopper's words.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub text: String,
    /// Photos and videos, by the ids of their uploads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// A complaint in the order that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintSummary {
    /// Opaque.
    pub id: String,
    /// Where it stands.
    pub state: ComplaintState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over, or when the shop was silent twice.
    pub until: Option<Instant>,
    /// Its topic.
    pub topic: ComplaintTopic,
    /// The id of the case that it is about.
    pub case: Option<String>,
    /// The id of the refund that it is about.
    pub refund: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
}

/// `GET /complaints/{id}`, and the answer to every move in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintDetail {
    /// Opaque.
    pub id: String,
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
    pub case: Option<CaseSummary>,
    /// The refund that it is about.
    pub refund: Option<Refund>,
    /// When it was opened.
    pub opened_at: Instant,
    /// Its stages, in their order, with their dates.
    pub stages: Vec<ComplaintStage>,
    /// Since when a supervisor has it: the shopper disputed a proposal, or a date was missed; `null` before.
    pub escalated_at: Option<Instant>,
    /// Since when the shopper need not wait any longer before going outside, because the shop was silent twice; `null`
    /// before.
    pub outside_at: Option<Instant>,
    /// What is proposed: what there is to accept or dispute, or what it ended with; `null` without one.
    pub proposal: Option<ComplaintProposal>,
    /// Everything that was said and done, oldest first. Nothing of it is ever deleted.
    pub thread: Vec<ComplaintEntry>,
    /// The refunds that it made.
    pub refunds: Vec<Refund>,
    /// What the shopper may do now, most urgent first.
    pub actions: Vec<ComplaintAction>,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// Where to go when shop and shopper do not agree; `null` where the shop's policy names none any more.
    pub outside: Option<OutsideRoute>,
    /// The order.
    pub order: OrderBrief,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// A stage of a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintStage {
    /// Which.
    pub step: ComplaintStep,
    /// When it was reached; `null` before, and for good when it was skipped.
    pub at: Option<Instant>,
    /// By when it is to be reached: of the one that is waited for, and from the beginning of `proposed`.
    pub by: Option<Instant>,
}

/// A stage, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintStep {
    /// It is here.
    Received,
    /// Somebody looks into it.
    Investigated,
    /// Something was proposed.
    Proposed,
    /// The shopper disputed that; only there when it was.
    Disputed,
    /// A supervisor has decided the dispute; only there when there is one.
    Decided,
    /// It is over.
    Over,
}

impl ComplaintStep {
    /// Every step, in their order.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::Investigated,
        Self::Proposed,
        Self::Disputed,
        Self::Decided,
        Self::Over,
    ];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Investigated => "investigated",
            Self::Proposed => "proposed",
            Self::Disputed => "disputed",
            Self::Decided => "decided",
            Self::Over => "over",
        }
    }

    /// The step of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// What the shop proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintProposal {
    /// Which.
    pub kind: ProposalKind,
    /// How much, of a `refund`, or of a `compensation` in money.
    pub amount: Option<Money>,
    /// How many points, of a `compensation` in points.
    pub points: Option<i64>,
    /// What is given, of `goodwill`, in words.
    pub gift: Option<String>,
    /// Why just this.
    pub reason: String,
    /// Whether it is the last word: it can be accepted, or declined, which closes the complaint.
    pub last: bool,
    /// Of a `refund` that can be accepted now: what would go back, and by when.
    pub refunds: Vec<PreviewRefund>,
}

/// Something that was said or done in a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintEntry {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: ComplaintAct,
    /// In words.
    pub text: Option<String>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
    /// What was proposed; `refunds` is empty here.
    pub proposal: Option<ComplaintProposal>,
}

/// `POST /complaints/{id}/acceptance`: accepts the proposal that the shopper has read. 409 `complaint_not_now` when
/// another one stands by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptProposal {
    /// Its `last`.
    pub last: bool,
}

/// `POST /complaints/{id}/dispute`: disputes the proposal that the shopper has read, with words, with evidence or
/// without. 409 `complaint_not_now` when another one stands by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeProposal {
    /// Its `last`.
    pub last: bool,
    /// Why, in words.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub text: String,
    /// Photos and videos, by the ids of their uploads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// `POST /complaints/{id}/messages`: words, with evidence or without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintMessage {
    /// In words; it needs some, or evidence.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub text: String,
    /// Photos and videos, by the ids of their uploads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}
