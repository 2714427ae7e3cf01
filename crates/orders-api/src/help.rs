//! The help centre on the wire: articles, and a shop's policy as it is in force.

use serde::{Deserialize, Serialize};

use crate::{
    CaseReason, Channel, ConditionOption, Consequence, Day, HelpPage, HelpTopic, NextStep,
    OrderState, OutsideRoute, Reason, Shop, Support,
};

/// `GET /help`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpList {
    /// The shop whose policy the articles are filled in from.
    pub shop: Shop,
    /// All shops.
    pub shops: Vec<Shop>,
    /// What was asked for; `null` for all articles.
    pub q: Option<String>,
    /// The articles: best first, or by topic when nothing was asked for.
    pub items: Vec<HelpEntry>,
    /// When nothing was found: the other shops in whose articles something is.
    pub elsewhere: Vec<Shop>,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpEntry {
    /// Stable.
    pub id: String,
    /// What it is about.
    pub topic: HelpTopic,
    /// Its title.
    pub title: String,
    /// The short answer.
    pub answer: String,
}

/// `GET /help/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpArticle {
    /// Stable.
    pub id: String,
    /// What it is about.
    pub topic: HelpTopic,
    /// Its title.
    pub title: String,
    /// The questions that it answers.
    pub questions: Vec<String>,
    /// The short answer.
    pub answer: String,
    /// Steps and details.
    pub parts: Vec<HelpPart>,
    /// Pages that it leads to.
    pub links: Vec<HelpPage>,
    /// Other articles of the same shop.
    pub related: Vec<HelpEntry>,
    /// The shop whose policy it is filled in from.
    pub shop: Shop,
    /// The shops that it holds for now.
    pub shops: Vec<Shop>,
    /// How to reach a person there.
    pub support: Support,
    /// The version of the policy that it is filled in from.
    pub policy_version: String,
    /// The version that is in force now.
    pub in_force: String,
    /// Whether nothing that it says is of the version that an order goes by: it is of the shop as it is now, and
    /// `policy_version` is the one in force.
    #[serde(default)]
    pub of_today: bool,
}

/// A part of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpPart {
    /// Its heading, if it has one.
    pub heading: Option<String>,
    /// Whether its paragraphs are steps, one after the other.
    pub steps: bool,
    /// Its texts.
    pub paragraphs: Vec<String>,
}

/// `GET /policies/{shop}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyDetail {
    /// The shop.
    pub shop: Shop,
    /// All shops.
    pub shops: Vec<Shop>,
    /// Its version; orders name the one that they were placed under.
    pub version: String,
    /// The first day that it was in force.
    pub since: Day,
    /// The version that is in force now.
    pub in_force: String,
    /// All versions so far, the latest first.
    #[serde(default)]
    pub versions: Vec<PolicySince>,
    /// In what it differs from the one in force; in nothing when it is that one.
    #[serde(default)]
    pub differs: Vec<PolicySection>,
    /// How to reach a person.
    pub support: Support,
    /// Who may cancel, state by state.
    pub cancelling: Vec<PolicyRule>,
    /// Goods for which that does not hold; the first that matches decides.
    pub exceptions: Vec<PolicyException>,
    /// Whether parts of an order may be cancelled.
    pub partial: bool,
    /// The reasons for a cancel to choose from.
    pub reasons: Vec<Reason>,
    /// The clocks of refunds.
    pub refunds: Vec<PolicyClock>,
    /// Within how many hours the shop decides what waits for it.
    #[serde(default)]
    pub hours: PolicyHours,
    /// What holds after receipt; `null` where the shop takes no cases.
    pub after_sale: Option<PolicyAfterSale>,
    /// What comes of cancelling too often; absent where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abuse: Option<PolicyAbuse>,
    /// How complaints are dealt with, by the policy in force, whichever version this is; absent where none are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<PolicyComplaints>,
}

/// A version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicySince {
    /// Its name.
    pub version: String,
    /// The first day that it was in force.
    pub since: Day,
}

/// What a policy says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicySection {
    /// Who may cancel.
    Cancelling,
    /// The reasons for it.
    Reasons,
    /// When refunds arrive.
    Refunds,
    /// What holds after receipt.
    AfterSale,
    /// What comes of cancelling too often.
    Abuse,
}

/// Within how many hours the shop decides what waits for it; `null` where nothing is promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyHours {
    /// A request to cancel.
    pub request: Option<u32>,
    /// Whether an order that waits is accepted.
    pub confirm: Option<u32>,
    /// Another way for a refund.
    pub way: Option<u32>,
}

/// How complaints are dealt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyComplaints {
    /// For how many days after anything last happened to an order one may complain about it.
    pub days: u32,
    /// Within how many hours somebody takes a complaint up.
    pub confirm_hours: u32,
    /// Within how many days something is proposed.
    pub propose_days: u32,
    /// How many days the shopper has to answer a proposal.
    pub answer_days: u32,
    /// How many days a supervisor has, after a dispute or when a date was missed.
    pub supervisor_days: u32,
    /// Whether the refund that was wished for is granted when the supervisor is silent, too; else the outside route is open.
    pub silence_grants: bool,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// The way outside of the shop.
    pub outside: OutsideRoute,
}

/// What comes of cancelling too often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyAbuse {
    /// A cancel is late so many minutes after the order was placed.
    pub grace_minutes: u32,
    /// So many late cancels are ordinary …
    pub free: u32,
    /// … within so many days, after which each is forgotten.
    pub forget_days: u32,
    /// The reasons with which none counts, in words.
    pub never_for: Vec<String>,
    /// With the how many-th late cancel the shopper is warned.
    pub warned_at: u32,
    /// With the how many-th staff decide for a while …
    pub limited_at: u32,
    /// … of so many days.
    pub limit_days: u32,
}

/// Who may cancel in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyRule {
    /// The state.
    pub state: OrderState,
    /// How it is cancelled.
    pub outcome: CancelRule,
    /// For how many minutes after the order was placed; `null` without a limit.
    pub window_minutes: Option<u32>,
    /// What to do instead, best first.
    pub next_steps: Vec<NextStep>,
}

/// Goods for which the rule of a state does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyException {
    /// Which, in words.
    pub goods: String,
    /// In these states.
    pub states: Vec<OrderState>,
    /// How they are cancelled.
    pub outcome: CancelRule,
}

/// How an order is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CancelRule {
    /// By the shopper, at once.
    SelfService,
    /// Staff decide.
    ByRequest,
    /// Not.
    NotPossible,
}

/// The clocks of a refund, in working days after the cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyClock {
    /// By which way.
    pub channel: Channel,
    /// It starts within so many.
    pub starts_within: u32,
    /// It arrives after so many at the earliest …
    pub arrives_from: u32,
    /// … and so many at the latest.
    pub arrives_within: u32,
}

/// What holds after receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyAfterSale {
    /// How many days after the day of signing a shopper may ask without a fault of the seller; `null` where the shop takes
    /// nothing back without one.
    pub days: Option<u32>,
    /// The same when the seller is at fault.
    pub fault_days: u32,
    /// How many hours the merchant has to answer.
    pub merchant_hours: u32,
    /// What follows when the merchant does not.
    pub silence: Consequence,
    /// How many hours staff have for an appeal.
    pub staff_hours: u32,
    /// How many days the shopper has to send the goods.
    pub return_days: u32,
    /// How many days the shopper has to appeal.
    pub appeal_days: u32,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// What is taken off for the condition of the goods, without a fault of the seller.
    pub conditions: Vec<ConditionOption>,
    /// The reasons to choose from.
    pub reasons: Vec<CaseReason>,
}
