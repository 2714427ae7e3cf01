//! What a policy says about complaints.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{ComplaintTopic, LocalText, Proposal};

/// What the shop does when it was silent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintSilence {
    /// A refund that was wished for is made, as far as there is money left; else as below.
    Grant,
    /// The outside route is open.
    Outside,
}

codes!(ComplaintSilence {
    Grant => "grant",
    Outside => "outside",
});

/// The dates and limits of a complaint. It keeps those that were in force when it was opened, whatever the shop changes
/// later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintTerms {
    /// Within how many hours somebody takes a complaint up.
    pub confirm_hours: u32,
    /// Within how many days after it was opened something is proposed.
    pub propose_days: u32,
    /// How many days a supervisor has, after a dispute or when a date was missed.
    pub supervisor_days: u32,
    /// How many days the shopper has to answer a proposal.
    pub answer_days: u32,
    /// What follows when a supervisor is silent, too.
    pub silence: ComplaintSilence,
    /// Above how much a proposal needs two people, in minor units or points; `None` for never.
    pub two_approve_above: Option<i64>,
    /// The most photos and videos with one message; no more than [`crate::EVIDENCE_AT_ONCE`].
    pub evidence_at_once: u32,
}

impl ComplaintTerms {
    /// Whether two people have to agree with that proposal.
    pub fn takes_two(&self, proposal: &Proposal) -> bool {
        self.two_approve_above
            .is_some_and(|above| proposal.comes_to() > above)
    }
}

/// What a policy says about complaints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaints {
    /// How many days after anything happened to an order one may complain about it.
    pub days: u32,
    /// Whether a case that is dismissed for good opens a complaint by itself.
    pub after_dismissal: bool,
    /// How many days after the last day that was promised a refund which has not arrived opens a complaint by itself; `None`
    /// where none does.
    pub late_refund_days: Option<u32>,
    /// Whether a request to cancel that was not decided in its time, and an order that was not accepted in its, open a
    /// complaint by themselves.
    pub broken_dates: bool,
    /// Dates and limits.
    pub terms: ComplaintTerms,
    /// The topics to choose from.
    pub topics: Vec<ComplaintTopic>,
    /// Where to go when the shop and the shopper do not agree.
    pub outside: OutsideRoute,
}

/// A body outside of the shop that helps consumers (PRODUCT §4: 12315).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideRoute {
    /// Its name.
    pub name: LocalText,
    /// To call.
    pub phone: String,
    /// Its website.
    pub url: String,
    /// When to use it.
    pub when: LocalText,
}
