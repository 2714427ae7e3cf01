//! Complaints: what a shopper objects to when an order, a case or a refund went wrong, and how the shop makes it good
//! (PRODUCT §4; S1, S2).
//!
//! A complaint belongs to its order and is never deleted. Each of its stages has a date; what happens when that passes
//! is the policy's, and never to the shopper's disadvantage where the shop was silent.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Actor, ComplaintSilence, ComplaintTerms, Evidence, Instant, OrderId, Proposal, RefundId,
    StaffId, Turn,
};

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintState {
    /// It is here; nobody has taken it up yet.
    Received,
    /// Somebody looks into it.
    Investigating,
    /// The shop has proposed something; the shopper accepts or disputes it.
    Proposed,
    /// The shopper disputes it; a supervisor decides.
    Disputed,
    /// Over: the shopper accepted, and what was proposed is carried out.
    Accepted,
    /// Over: the wish was granted because the shop was silent, or a supervisor had the last word without offering more.
    Resolved,
    /// Over: the shopper withdrew it.
    Withdrawn,
    /// Over: the shopper did not answer the proposal in time, or declined the last one.
    Closed,
}

codes!(ComplaintState {
    Received => "received",
    Investigating => "investigating",
    Proposed => "proposed",
    Disputed => "disputed",
    Accepted => "accepted",
    Resolved => "resolved",
    Withdrawn => "withdrawn",
    Closed => "closed",
});

/// What it is about, to choose from; a policy says which of these a shop takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintTopic {
    /// It took too long: the goods, an answer, the money.
    Late,
    /// How the shop treated the shopper.
    Service,
    /// A refund or a return was refused (S1, S2).
    RefundRefused,
    /// The goods are not what they should be.
    Quality,
    /// What happened with the shopper's data.
    Privacy,
    /// Something else.
    Other,
}

codes!(ComplaintTopic {
    Late => "late",
    Service => "service",
    RefundRefused => "refund_refused",
    Quality => "quality",
    Privacy => "privacy",
    Other => "other",
});

/// What the shopper wants to come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintWish {
    /// Money that was paid, back.
    Refund,
    /// Something for the trouble.
    Compensation,
    /// An explanation.
    Explanation,
    /// An apology.
    Apology,
}

codes!(ComplaintWish {
    Refund => "refund",
    Compensation => "compensation",
    Explanation => "explanation",
    Apology => "apology",
});

/// What follows when the time of a stage passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintConsequence {
    /// A supervisor takes it over, with a new date.
    Escalate,
    /// The refund that was wished for is made.
    Grant,
    /// The outside route is open, without waiting any longer.
    Outside,
    /// It is closed; the proposal lapses.
    Close,
}

codes!(ComplaintConsequence {
    Escalate => "escalate",
    Grant => "grant",
    Outside => "outside",
    Close => "close",
});

/// What the shopper may do in a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintAction {
    /// Accept the proposal: it is carried out.
    Accept,
    /// Dispute it, with words: a supervisor decides; the last proposal is declined, and the complaint closed.
    Dispute,
    /// Say something, with evidence or without.
    Say,
    /// Withdraw it.
    Withdraw,
}

codes!(ComplaintAction {
    Accept => "accept",
    Dispute => "dispute",
    Say => "say",
    Withdraw => "withdraw",
});

/// What can be done in a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ComplaintAct {
    /// It was opened.
    Opened,
    /// It opened by itself, because a case was dismissed for good; the case is what it is about.
    OpenedByRule,
    /// It opened by itself, because a refund has not arrived long after its day; the refund is what it is about.
    OpenedByDelay,
    /// It opened by itself, because the shop did not decide in time what the order waited for.
    OpenedByBrokenDate,
    /// Somebody looks into it from now on.
    TakenUp,
    /// Something was said.
    Said,
    /// A proposal waits for a second person of the staff. Only staff see this.
    Drafted,
    /// The second person said no, and why. Only staff see this.
    DraftDeclined,
    /// Something was proposed; the text is why.
    Proposed,
    /// The shopper accepted.
    Accepted,
    /// The shopper disputes the proposal, or declines the last one; the text is why.
    Disputed,
    /// A supervisor takes it over, because its time had passed.
    Escalated,
    /// What was wished for is granted, because the shop was silent.
    GrantedBySilence,
    /// The outside route is open, because the shop was silent.
    OutsideOpened,
    /// The last word, without anything to accept; the text is why.
    Resolved,
    /// The shopper withdrew it.
    Withdrawn,
    /// Its time was over.
    Closed,
}

codes!(ComplaintAct {
    Opened => "opened",
    OpenedByRule => "opened_by_rule",
    OpenedByDelay => "opened_by_delay",
    OpenedByBrokenDate => "opened_by_broken_date",
    TakenUp => "taken_up",
    Said => "said",
    Drafted => "drafted",
    DraftDeclined => "draft_declined",
    Proposed => "proposed",
    Accepted => "accepted",
    Disputed => "disputed",
    Escalated => "escalated",
    GrantedBySilence => "granted_by_silence",
    OutsideOpened => "outside_opened",
    Resolved => "resolved",
    Withdrawn => "withdrawn",
    Closed => "closed",
});

impl ComplaintState {
    /// Whether a complaint stays so.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Resolved | Self::Withdrawn | Self::Closed
        )
    }

    /// Whether a complaint in this state may come to be in `next`.
    pub const fn may_become(self, next: Self) -> bool {
        use ComplaintState::{
            Accepted, Closed, Disputed, Investigating, Proposed, Received, Resolved, Withdrawn,
        };
        match self {
            Received => matches!(next, Investigating | Proposed | Resolved | Withdrawn),
            Investigating => matches!(next, Proposed | Resolved | Withdrawn),
            Proposed => matches!(next, Accepted | Disputed | Closed | Withdrawn),
            Disputed => matches!(next, Proposed | Resolved | Withdrawn),
            Accepted | Resolved | Withdrawn | Closed => false,
        }
    }
}

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Unique: the order's id and a number.
    pub id: String,
    /// What of the order it is about.
    #[serde(default)]
    pub about: ComplaintAbout,
    /// Its topic.
    pub topic: ComplaintTopic,
    /// What the shopper wants to come of it.
    pub wish: ComplaintWish,
    /// How much, in minor units, of a wish for a refund: never more than was left when it was opened.
    #[serde(default)]
    pub wished: Option<i64>,
    /// Its dates and limits.
    pub terms: ComplaintTerms,
    /// Where it stands.
    pub state: ComplaintState,
    /// Until when whoever's turn it is has; `None` when it is over, or when the shop has been silent twice.
    pub until: Option<Instant>,
    /// When it was opened.
    pub opened_at: Instant,
    /// Since when a supervisor has it; `None` before.
    #[serde(default)]
    pub escalated_at: Option<Instant>,
    /// Since when the shopper need not wait any longer before going outside; `None` before.
    #[serde(default)]
    pub outside_at: Option<Instant>,
    /// A proposal that waits for a second person.
    #[serde(default)]
    pub draft: Option<Proposal>,
    /// What was said and done, oldest first. Append-only; each proposal stays with its entry.
    pub thread: Vec<ComplaintEntry>,
    /// The refunds that it made.
    #[serde(default)]
    pub refunds: Vec<RefundId>,
}

/// What of an order a complaint is about: the order itself when neither is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintAbout {
    /// One of its cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// One of its refunds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
}

impl ComplaintAbout {
    /// That case.
    pub fn of_case(id: &str) -> Self {
        Self {
            case: Some(id.to_owned()),
            refund: None,
        }
    }

    /// That refund.
    pub fn of_refund(id: &str) -> Self {
        Self {
            case: None,
            refund: Some(id.to_owned()),
        }
    }
}

/// Something that was said or done in a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintEntry {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: ComplaintAct,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who of the shop's staff: for the audit, never shown to the shopper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// Photos and videos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What was drafted or proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

impl Complaint {
    /// What the shopper may do now, most urgent first.
    pub fn shopper_may(&self) -> Vec<ComplaintAction> {
        ComplaintAction::ALL
            .into_iter()
            .filter(|action| match action {
                ComplaintAction::Accept | ComplaintAction::Dispute => {
                    self.state == ComplaintState::Proposed
                }
                ComplaintAction::Say => !self.state.is_final(),
                ComplaintAction::Withdraw => self.state.may_become(ComplaintState::Withdrawn),
            })
            .collect()
    }

    /// Whether a supervisor has it: its shopper disputed a proposal, or a date was missed.
    pub const fn is_escalated(&self) -> bool {
        self.escalated_at.is_some()
    }

    /// Whose turn it is: the shop's until a supervisor has it, who counts as staff.
    pub const fn turn(&self) -> Turn {
        match self.state {
            ComplaintState::Received | ComplaintState::Investigating if !self.is_escalated() => {
                Turn::Merchant
            }
            ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
                Turn::Staff
            }
            ComplaintState::Proposed => Turn::Shopper,
            ComplaintState::Accepted
            | ComplaintState::Resolved
            | ComplaintState::Withdrawn
            | ComplaintState::Closed => Turn::Nobody,
        }
    }

    /// As whom the shop speaks in it.
    pub const fn voice_of_shop(&self) -> Actor {
        if self.is_escalated() {
            Actor::Staff
        } else {
            Actor::Seller
        }
    }

    /// Whether somebody of the staff has made the proposal that the shopper disputes: drafted, proposed or approved it.
    /// They do not decide the dispute.
    pub fn made_what_is_disputed(&self, staff: &str) -> bool {
        let disputed = |entry: &ComplaintEntry| entry.what == ComplaintAct::Disputed;
        let before = self.thread.iter().position(disputed).unwrap_or(0);
        self.thread[..before].iter().any(|entry| {
            let proposes = matches!(entry.what, ComplaintAct::Drafted | ComplaintAct::Proposed);
            let by = entry.staff.as_deref();
            proposes && by.is_some_and(|by| StaffId::same(by, staff))
        })
    }

    /// How many steps it has gone: whoever has it in hand lets go of it when there is another.
    pub fn steps(&self) -> usize {
        let step = |entry: &&ComplaintEntry| {
            matches!(
                entry.what,
                ComplaintAct::Drafted
                    | ComplaintAct::DraftDeclined
                    | ComplaintAct::Disputed
                    | ComplaintAct::Escalated
            )
        };
        self.thread.iter().filter(step).count()
    }

    /// Who drafted the proposal that waits for a second person.
    pub fn drafted_by(&self) -> Option<&str> {
        self.draft.as_ref()?;
        let mut drafts = self.thread.iter().rev();
        let last = drafts.find(|entry| entry.what == ComplaintAct::Drafted)?;
        last.staff.as_deref()
    }

    /// The order whose complaint has this id; `None` when no complaint can have it.
    pub fn order_of(id: &str) -> Option<OrderId> {
        let (order, number) = id.rsplit_once("-K")?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && !order.is_empty()).then(|| OrderId(order.to_owned()))
    }

    /// What follows when the time until [`Complaint::until`] passes; `None` when nothing does.
    pub fn consequence(&self) -> Option<ComplaintConsequence> {
        self.until?;
        match self.state {
            ComplaintState::Received | ComplaintState::Investigating if !self.is_escalated() => {
                Some(ComplaintConsequence::Escalate)
            }
            ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
                Some(match (self.terms.silence, self.wished) {
                    (ComplaintSilence::Grant, Some(_)) => ComplaintConsequence::Grant,
                    _ => ComplaintConsequence::Outside,
                })
            }
            ComplaintState::Proposed => Some(ComplaintConsequence::Close),
            ComplaintState::Accepted
            | ComplaintState::Resolved
            | ComplaintState::Withdrawn
            | ComplaintState::Closed => None,
        }
    }
}
