//! How long shoppers waited for a decision, of each kind that somebody has to make (S3).

use serde::{Deserialize, Serialize};

use crate::{Actor, Instant, Spread, TimelineEvent, codes::codes, insight_tallies::whole_minutes};

/// What somebody of the shop has to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DecisionKind {
    /// Whether an order that waits is accepted.
    PendingConfirmation,
    /// A request to cancel.
    CancellationRequest,
    /// An after-sale case, for the first time.
    Case,
    /// A complaint: what is proposed first.
    Complaint,
}

codes!(DecisionKind {
    PendingConfirmation => "pending_confirmation",
    CancellationRequest => "cancellation_request",
    Case => "case",
    Complaint => "complaint",
});

/// Something that had to be decided, and what ended the wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionFact {
    /// When it began.
    pub opened_at: Instant,
    /// The first that ended it, when, and by whom; `None` while it waits.
    pub ended: Option<(Instant, TimelineEvent, Actor)>,
}

/// How long decisions took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionTally {
    /// All that began.
    pub opened: u64,
    /// In how many minutes they were decided, nights and holidays included. What the policy decides because the shop was
    /// silent is decided, too.
    pub minutes: Spread,
    /// Those that wait.
    pub waiting: u64,
    /// Those that were over before anybody decided: withdrawn, cancelled by the shopper, not paid in time.
    pub ended: u64,
}

impl DecisionTally {
    /// How many were decided.
    pub fn decided(&self) -> u64 {
        self.minutes.count()
    }

    /// One more.
    pub fn add(&mut self, fact: &DecisionFact) {
        self.opened += 1;
        match fact.ended {
            None => self.waiting += 1,
            Some((_, _, Actor::Shopper) | (_, TimelineEvent::Cancelled, Actor::System)) => {
                self.ended += 1;
            }
            Some((at, ..)) => {
                let took = at - fact.opened_at;
                self.minutes.add(whole_minutes(took.num_milliseconds()));
            }
        }
    }
}
