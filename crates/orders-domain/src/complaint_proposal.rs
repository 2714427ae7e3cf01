//! What the shop proposes in a complaint (PRODUCT §4).

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Complaint, ComplaintAct, ComplaintEntry, ComplaintState, Instant, Money};

/// What the shop proposes (PRODUCT §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProposalKind {
    /// Money of the order goes back, by the way it was paid.
    Refund,
    /// The shop pays an amount or points of its own, outside of what the order cost.
    Compensation,
    /// A coupon, a present, a repair: in words.
    Goodwill,
    /// Nothing; the reason says why.
    None,
}

codes!(ProposalKind {
    Refund => "refund",
    Compensation => "compensation",
    Goodwill => "goodwill",
    None => "none",
});

/// What the shop proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which.
    pub kind: ProposalKind,
    /// How much, of a refund or a compensation in money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// How many points, of a compensation in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// What is given, of goodwill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<String>,
    /// Why just this; always there.
    pub reason: String,
    /// Whether it is the last word: a supervisor's, after a dispute.
    #[serde(default)]
    pub last: bool,
}

impl Proposal {
    /// What it costs the shop, in minor units: a point counts as one, so that points need a second person just as money
    /// does. What a present is worth nobody has said.
    pub fn comes_to(&self) -> i64 {
        let money = self.amount.map_or(0, |amount| amount.amount);
        money.saturating_add(self.points.unwrap_or(0))
    }
}

impl Complaint {
    fn last_proposed(&self) -> Option<&ComplaintEntry> {
        let mut thread = self.thread.iter().rev();
        thread.find(|entry| entry.what == ComplaintAct::Proposed)
    }

    /// When something was proposed for the last time.
    pub fn proposed_at(&self) -> Option<Instant> {
        self.last_proposed().map(|entry| entry.at)
    }

    /// What is proposed now; `None` before, and when what was proposed has been disputed.
    pub fn proposal(&self) -> Option<&Proposal> {
        let entry = self.last_proposed()?;
        match self.state {
            ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
                None
            }
            ComplaintState::Proposed
            | ComplaintState::Accepted
            | ComplaintState::Resolved
            | ComplaintState::Withdrawn
            | ComplaintState::Closed => entry.proposal.as_ref(),
        }
    }

    /// The proposal that waits for the shopper's answer, if it is the one that the shopper means: there are at most two,
    /// and one of them is the last.
    pub fn proposal_to_answer(&self, last: bool) -> Option<&Proposal> {
        let waits = self.state == ComplaintState::Proposed;
        self.proposal()
            .filter(|proposal| waits && proposal.last == last)
    }
}
