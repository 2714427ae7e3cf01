//! Policies in the console: their versions, a draft of the next, and what it would change.

use serde::{Deserialize, Serialize};

use crate::{Day, Instant, Person, PolicyEffect, Shop};

/// `GET /staff/policies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffPolicies {
    /// Those of the shops whose orders they see.
    pub items: Vec<StaffPolicy>,
}

/// The policy of a shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffPolicy {
    /// Whose.
    pub shop: Shop,
    /// Its versions, the latest first.
    pub versions: Vec<PolicyVersion>,
    /// Whether there is a draft of a next one.
    pub has_draft: bool,
}

/// A version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyVersion {
    /// Which.
    pub version: String,
    /// Where it stands.
    pub state: PolicyVersionState,
    /// From when on it holds for new orders.
    pub in_force_from: Instant,
    /// Who published it; `null` for what a policy file says.
    pub published_by: Option<Person>,
    /// When; `null` for what a policy file says.
    pub published_at: Option<Instant>,
    /// Why, in their words.
    pub note: Option<String>,
}

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyVersionState {
    /// Its day is yet to come.
    Scheduled,
    /// New orders are placed under it.
    InForce,
    /// It holds for the orders that were placed under it.
    Past,
}

/// A version with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyVersionText {
    /// The version.
    pub version: PolicyVersion,
    /// As it is written: TOML.
    pub text: String,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyDraft {
    /// As it is written: TOML.
    pub text: String,
    /// Counts the changes of the shop's drafts, from 1 on: no two texts have the same.
    pub revision: i64,
    /// Who changed it last.
    pub changed_by: Person,
    /// When.
    pub changed_at: Instant,
    /// The first mistake in it; `null` when it could be published.
    pub mistake: Option<PolicyMistake>,
    /// The rules in which it differs from the policy in force.
    pub rules: Vec<PolicyRuleChange>,
}

/// What is wrong with a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyMistake {
    /// The dotted key, or the line.
    pub key: String,
    /// What is wrong with it, in English, as at the server's start.
    pub reason: String,
}

/// A rule that is another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyRuleChange {
    /// The dotted key.
    pub key: String,
    /// What it is, as it is written; `null` where there is none.
    pub before: Option<String>,
    /// What it would be; `null` where there would be none any more.
    pub after: Option<String>,
}

/// `PUT /staff/policies/{id}/draft`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavePolicyDraft {
    /// As it is written. It may have mistakes; only what has none can be published.
    pub text: String,
    /// The revision that it was made from; 0 where there is no draft yet.
    pub revision: i64,
}

/// `GET /staff/policies/{id}/draft/check`: what the draft would have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyCheck {
    /// The draft's revision.
    pub revision: i64,
    /// Of how many days the orders are.
    pub days: u32,
    /// How many orders were looked at.
    pub orders: u32,
    /// Whether these were all of those days; if not, they are the newest.
    pub complete: bool,
    /// How many would have fared differently in any way.
    pub affected: u32,
    /// In which ways.
    pub effects: Vec<PolicyEffectCount>,
    /// The rules, by their dotted keys, in which the draft differs from the version in force and of which past orders do
    /// not tell, or not everything: nothing above speaks for them.
    pub not_compared: Vec<String>,
}

/// How many orders would have fared differently in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyEffectCount {
    /// In which.
    pub effect: PolicyEffect,
    /// How many.
    pub orders: u32,
    /// Some of them, the newest first: at most five.
    pub examples: Vec<PolicyExample>,
}

/// An order that would have fared differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyExample {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
}

/// `POST /staff/policies/{id}/publication`. Version and day are those of the draft's text, said once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishPolicy {
    /// The draft's revision.
    pub revision: i64,
    /// The version that it becomes; one that the shop has not had.
    pub version: String,
    /// The day from which it holds for new orders: today, or a later one.
    pub since: Day,
    /// Why.
    pub note: Option<String>,
}
