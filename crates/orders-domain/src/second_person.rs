//! Large refunds take two people of the staff (PRODUCT §4): what the first of them decides is a draft until a second one
//! agrees. Only then it is carried out, and only then its shopper hears of it.
//!
//! Another way for a refund and a proposal in a complaint have the same in a form of their own, because there it is part of
//! what is decided ([`crate::WayChange`], [`crate::Complaint`]).

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Actor, CaseAct, CaseMove, CaseState, Change, Instant, Order, OrderState, Policy, Refund,
    StaffAct, StaffId, TimelineEvent, change::Draft, due::due_after, text::printable,
    to_millisecond,
};

/// A decision of one of the staff that waits for a second person, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffDraft {
    /// What is to be done.
    #[serde(flatten)]
    pub on: DraftOn,
    /// What goes back with it in all, in minor units, as it was when it was drafted.
    pub amount: i64,
    /// Who drafted it: the shop's id of them.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Until when a second person has to have said something, where nothing else says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// What became of it; `None` while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DraftOutcome>,
}

/// What a draft is about, and what is done when it is agreed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum DraftOn {
    /// The shopper's request to cancel is granted.
    Request,
    /// What is left is cancelled for the seller.
    SellerCancel {
        /// One of [`crate::SELLER_REASONS`].
        reason: String,
        /// In words, for the shopper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// An after-sale case is granted, in the state in which it was: one whose goods are on their way back was looked at.
    Case {
        /// Which.
        case: String,
        /// Where it stood.
        state: CaseState,
        /// Words to the shopper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftOutcome {
    /// When.
    pub at: Instant,
    /// What.
    pub state: DraftState,
    /// Who said so; `None` when it lapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why not, for whoever drafted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DraftState {
    /// A second person has to say something.
    Waiting,
    /// They agreed, and it was carried out.
    Approved,
    /// They did not, or whoever drafted it took it back: it is undecided as before.
    Declined,
    /// What it is about was over, or somebody else's turn, before anybody said anything.
    Lapsed,
}

codes!(DraftState {
    Waiting => "waiting",
    Approved => "approved",
    Declined => "declined",
    Lapsed => "lapsed",
});

/// What a second person says of what a colleague has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Second {
    /// It is carried out.
    Approve,
    /// It is not.
    Decline {
        /// Why, for the colleague.
        why: String,
    },
}

impl Policy {
    /// Whether a decision of the staff that makes refunds of `amount` in all, in minor units, takes two of them.
    pub fn decision_takes_two(&self, amount: i64) -> bool {
        self.decisions_two_approve_above
            .is_some_and(|above| amount > above)
    }
}

impl Change {
    /// What goes back with it in all, in minor units.
    pub(crate) fn goes_back(&self) -> i64 {
        let refunds = self.effects.refunds.iter();
        refunds.fold(0, |sum, refund| sum.saturating_add(refund.amount.amount))
    }

    /// Writes down what became of a draft.
    pub(crate) fn settle(&mut self, index: usize, outcome: DraftOutcome) {
        if let Some(draft) = self.order.body.drafts.get_mut(index) {
            draft.outcome = Some(outcome);
        }
    }
}

impl DraftOutcome {
    /// They said so now.
    pub(crate) fn said(by: &str, says: &Second, now: Instant) -> Self {
        let (state, why) = match says {
            Second::Approve => (DraftState::Approved, None),
            Second::Decline { why } => (DraftState::Declined, printable(why)),
        };
        Self {
            at: to_millisecond(now),
            state,
            by: Some(by.to_owned()),
            why,
        }
    }
}

impl StaffDraft {
    /// Where it stands.
    pub fn state(&self) -> DraftState {
        let outcome = self.outcome.as_ref();
        outcome.map_or(DraftState::Waiting, |outcome| outcome.state)
    }

    /// Whether that is who drafted it.
    pub fn is_by(&self, staff: &str) -> bool {
        StaffId::same(&self.by, staff)
    }

    /// Whether it is about that case; `None` is the order itself: its request to cancel, or the seller's cancel.
    pub fn is_on(&self, id: Option<&str>) -> bool {
        match &self.on {
            DraftOn::Request | DraftOn::SellerCancel { .. } => id.is_none(),
            DraftOn::Case { case, .. } => id == Some(case),
        }
    }

    /// Whether what it is about is as it was.
    fn still_holds(&self, order: &Order) -> bool {
        match &self.on {
            DraftOn::Request => order.on_hold(),
            // As the act itself asks: a parcel that is packed meanwhile is cancelled as well.
            DraftOn::SellerCancel { .. } => order.state.may_become(OrderState::Cancelled),
            DraftOn::Case { case, state, .. } => {
                order.case(case).is_some_and(|case| case.state == *state)
            }
        }
    }
}

impl DraftOn {
    /// What it is about, in a word, as it begins the codes of the trail.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::SellerCancel { .. } => "seller_cancel",
            Self::Case { .. } => "case",
        }
    }

    /// What is done with the order itself when it is agreed with; `None` for a case.
    pub(crate) fn act(&self) -> Option<StaffAct> {
        match self {
            Self::Request => Some(StaffAct::ApproveRequest),
            Self::SellerCancel { reason, note } => Some(StaffAct::CancelForSeller {
                reason: reason.clone(),
                note: note.clone(),
            }),
            Self::Case { .. } => None,
        }
    }

    /// The move that grants the case.
    pub(crate) const fn case_move(state: CaseState) -> CaseMove {
        match state {
            CaseState::Returning => CaseMove::Receive,
            CaseState::Open
            | CaseState::AwaitingReturn
            | CaseState::Rejected
            | CaseState::Appealed
            | CaseState::Refunded
            | CaseState::Withdrawn
            | CaseState::Closed => CaseMove::Approve { return_to: None },
        }
    }
}

impl Order {
    /// The draft on the case `id`, or with `None` on the order itself, that waits for a second person. Of each there is at
    /// most one: while the shopper's request waits for one nobody cancels for the seller, nor the other way round.
    pub fn waiting_draft(&self, id: Option<&str>) -> Option<&StaffDraft> {
        let index = self.place_of_draft(id)?;
        self.body.drafts.get(index)
    }

    /// How many steps there were about it: whoever has it in hand lets go of it when there is another.
    pub(crate) fn draft_steps(&self, id: Option<&str>) -> usize {
        let drafts = self.body.drafts.iter().filter(|draft| draft.is_on(id));
        drafts
            .map(|draft| 1 + usize::from(draft.outcome.is_some()))
            .sum()
    }

    pub(crate) fn place_of_draft(&self, id: Option<&str>) -> Option<usize> {
        let waits = |draft: &StaffDraft| draft.outcome.is_none() && draft.is_on(id);
        self.body.drafts.iter().position(waits)
    }

    /// What went back with each decision of the staff on a request or a case and each cancel for the seller, in minor units,
    /// and whether two of them are on record for it. One may be nobody of ours: what the shop's own system grants of a
    /// request or cancels is told like theirs.
    pub(crate) fn granted_by_staff(&self) -> Vec<(i64, bool)> {
        let approved = |id: Option<&str>, at: Option<Instant>| {
            self.body.drafts.iter().any(|draft| {
                let outcome = draft.outcome.as_ref();
                let agreed = outcome.filter(|outcome| outcome.state == DraftState::Approved);
                let then = |outcome: &DraftOutcome| at.is_none_or(|at| outcome.at == at);
                draft.is_on(id) && agreed.is_some_and(then)
            })
        };
        let sum = |refunds: Vec<&Refund>| refunds.iter().map(|made| made.amount.amount).sum();
        let places = self.timeline.iter().enumerate();
        let cancels = places
            .filter(|(_, entry)| {
                let cancels = matches!(
                    entry.what,
                    TimelineEvent::Cancelled | TimelineEvent::PartlyCancelled
                );
                cancels && matches!(entry.by, Actor::Staff | Actor::Seller)
            })
            .map(|(place, entry)| {
                let by_two = approved(None, Some(entry.at));
                (sum(self.refunds_made_at(place)), by_two)
            });
        let cases = self.body.cases.iter().filter(|case| {
            let mut moves = case.thread.iter().rev();
            let last = moves.find(|entry| entry.what != CaseAct::Said);
            case.state == CaseState::Refunded && last.is_some_and(|last| last.staff.is_some())
        });
        let cases = cases.map(|case| (case.settlement.amount, approved(Some(&case.id), None)));
        cancels.chain(cases).collect()
    }

    /// Only writes down what was decided and by whom: nothing is done yet. Until when a second person has to have said
    /// something is the time of what it is about; a cancel for the seller has that of a request to cancel.
    pub(crate) fn drafted(
        &self,
        on: DraftOn,
        amount: i64,
        (by, policy): (&str, &Policy),
        now: Instant,
    ) -> Change {
        let now = to_millisecond(now);
        let until = matches!(on, DraftOn::SellerCancel { .. });
        let until = until.then(|| due_after(policy.staff_hours.request, now));
        let mut draft = Draft::of(self);
        draft.order.body.drafts.push(StaffDraft {
            on,
            amount,
            by: by.to_owned(),
            at: now,
            until: until.flatten(),
            outcome: None,
        });
        draft.finish()
    }

    /// Nothing is done: what was drafted is undecided again.
    pub(crate) fn draft_declined(&self, index: usize, outcome: DraftOutcome) -> Change {
        let mut change = Draft::of(self).finish();
        change.settle(index, outcome);
        change
    }

    /// Drafts do not outlive what they are about: withdrawn, overtaken by silence, cancelled by the seller.
    pub(crate) fn let_drafts_lapse(&mut self) {
        let over = |draft: &StaffDraft| draft.outcome.is_none() && !draft.still_holds(self);
        let over: Vec<bool> = self.body.drafts.iter().map(over).collect();
        // What ended them is told there.
        let last = self.timeline.last().map(|entry| entry.at);
        for (draft, over) in self.body.drafts.iter_mut().zip(over) {
            if over {
                draft.outcome = Some(DraftOutcome {
                    // It may have happened before it was drafted, and be told later.
                    at: last.map_or(draft.at, |last| last.max(draft.at)),
                    state: DraftState::Lapsed,
                    by: None,
                    why: None,
                });
            }
        }
    }
}
