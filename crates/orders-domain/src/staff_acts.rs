//! What the shop's staff do with an order in the console: by the same rules as the shop's events, and never unnoticed.
//!
//! An event that comes late or twice is harmless and changes nothing. A person who decides what somebody else has decided
//! meanwhile is told so: they acted on what they saw, and it was not so any more.

use crate::{
    Actor, Address, AddressNotEditable, Calendar, Change, DraftOn, DraftOutcome, EventRefusal,
    Instant, Order, OrderState, OutboxMessage, Policy, Second, text::printable, to_millisecond,
};

/// Something that staff do with an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffAct {
    /// Accept an order that waits (S1).
    Confirm,
    /// Grant the shopper's request to cancel.
    ApproveRequest,
    /// Decline it.
    DeclineRequest {
        /// Why, for the shopper.
        note: String,
    },
    /// Say, as the second person, whether a request that a colleague granted is.
    SecondRequest(Second),
    /// Correct where an order goes that waits, as the shopper said (S1).
    CorrectAddress(Address),
    /// Lift the limit that its shopper has for cancelling too often (S3).
    LiftLimit {
        /// Why, for the shopper.
        note: String,
    },
    /// Cancel what is left, for the seller (S3).
    CancelForSeller {
        /// One of [`crate::SELLER_REASONS`].
        reason: String,
        /// In words, for the shopper.
        note: Option<String>,
    },
    /// Say, as the second person, whether what a colleague cancels for the seller is.
    SecondCancel(Second),
}

impl StaffAct {
    /// The draft of it, where it is one that takes two people above the policy's amount.
    fn draft(&self) -> Option<DraftOn> {
        match self {
            Self::ApproveRequest => Some(DraftOn::Request),
            Self::CancelForSeller { reason, note } => Some(DraftOn::SellerCancel {
                reason: reason.clone(),
                note: note.as_deref().and_then(printable),
            }),
            Self::Confirm
            | Self::DeclineRequest { .. }
            | Self::SecondRequest(_)
            | Self::CorrectAddress(_)
            | Self::LiftLimit { .. }
            | Self::SecondCancel(_) => None,
        }
    }
}

/// Why staff cannot do that with the order as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRefusal {
    /// There is no open request to decide, nothing that waits for a second person, or a colleague has decided meanwhile with
    /// whom that person has to agree first.
    NoOpenRequest,
    /// It does not wait to be confirmed.
    NothingToConfirm,
    /// It lacks what only the shopper can tell.
    IncompleteInfo,
    /// It does not wait (any more), or goes nowhere.
    AddressNotEditable,
    /// It is on its way, over, or cancelled already.
    NotCancellable,
    /// Its shopper has no limit (any more).
    NotLimited,
    /// The reason is none of a seller's.
    UnknownReason,
    /// They granted it or cancelled it for the seller themselves, and a second person has to agree.
    SamePerson,
}

impl Order {
    /// Does what `act` says for `staff`, at `now`. A request whose refunds are above the policy's amount is granted, and an
    /// order with more than that to give back is cancelled for the seller, when a second person agrees; until then nothing
    /// else is decided about its cancelling.
    ///
    /// # Errors
    /// Why the order as it is does not allow it; nothing changes then.
    pub fn act_by(
        &self,
        staff: &str,
        act: &StaffAct,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, StaffRefusal> {
        let does = |act: &StaffAct| self.act_by_staff(act, policy, calendar, now);
        let Some(index) = self.place_of_draft(None) else {
            let change = does(act)?;
            let amount = change.goes_back();
            return Ok(match act.draft() {
                Some(on) if policy.decision_takes_two(amount) => {
                    self.drafted(on, amount, (staff, policy), now)
                }
                Some(_) | None => change,
            });
        };
        let waits = &self.body.drafts[index];
        match (act, &waits.on) {
            (
                StaffAct::ApproveRequest
                | StaffAct::DeclineRequest { .. }
                | StaffAct::CancelForSeller { .. },
                _,
            ) => Err(if waits.is_by(staff) {
                StaffRefusal::SamePerson
            } else {
                // Somebody else has decided meanwhile: that is to be agreed with or not.
                StaffRefusal::NoOpenRequest
            }),
            (StaffAct::SecondRequest(says), DraftOn::Request)
            | (StaffAct::SecondCancel(says), DraftOn::SellerCancel { .. }) => {
                let outcome = DraftOutcome::said(staff, says, now);
                match says {
                    // Whoever drafted it may take it back, too.
                    Second::Decline { .. } => Ok(self.draft_declined(index, outcome)),
                    Second::Approve if waits.is_by(staff) => Err(StaffRefusal::SamePerson),
                    Second::Approve => {
                        let act = waits.on.act().ok_or(StaffRefusal::NoOpenRequest)?;
                        let mut change = does(&act)?;
                        change.settle(index, outcome);
                        Ok(change)
                    }
                }
            }
            (StaffAct::SecondRequest(_) | StaffAct::SecondCancel(_), _) => {
                Err(StaffRefusal::NoOpenRequest)
            }
            (StaffAct::Confirm | StaffAct::CorrectAddress(_) | StaffAct::LiftLimit { .. }, _) => {
                does(act)
            }
        }
    }

    /// What `act` does at `now` when everybody has agreed who has to.
    ///
    /// # Errors
    /// Why the order as it is does not allow it; nothing changes then.
    pub fn act_by_staff(
        &self,
        act: &StaffAct,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, StaffRefusal> {
        let at = to_millisecond(now);
        let draft = match act {
            StaffAct::Confirm if self.state != OrderState::PendingConfirmation => {
                return Err(StaffRefusal::NothingToConfirm);
            }
            StaffAct::Confirm => {
                let draft = self.confirmed(Actor::Staff, at);
                let draft = draft.map_err(|_| StaffRefusal::IncompleteInfo)?;
                let mut draft = draft.ok_or(StaffRefusal::NothingToConfirm)?;
                // The shop's own events say what it knows; this it does not know yet.
                draft.send(OutboxMessage::OrderConfirmed);
                draft
            }
            StaffAct::ApproveRequest | StaffAct::DeclineRequest { .. } if !self.on_hold() => {
                return Err(StaffRefusal::NoOpenRequest);
            }
            // Nothing waits for a second person.
            StaffAct::SecondRequest(_) | StaffAct::SecondCancel(_) => {
                return Err(StaffRefusal::NoOpenRequest);
            }
            StaffAct::ApproveRequest => self
                .approved(policy, calendar, at, now)
                .map_err(|_| StaffRefusal::NotCancellable)?
                .ok_or(StaffRefusal::NoOpenRequest)?,
            StaffAct::DeclineRequest { note } => self
                .declined(note, at)
                .map_err(|_| StaffRefusal::NoOpenRequest)?
                .ok_or(StaffRefusal::NoOpenRequest)?,
            StaffAct::CorrectAddress(address) => {
                return self
                    .correct_address_by(Actor::Staff, address.clone(), policy, now)
                    .map_err(|AddressNotEditable| StaffRefusal::AddressNotEditable);
            }
            StaffAct::LiftLimit { note } => self
                .limit_lifted(note, policy, now)
                .ok_or(StaffRefusal::NotLimited)?,
            StaffAct::CancelForSeller { reason, note } => self
                .seller_cancelled(reason, note.as_deref(), policy, calendar, at, now)
                .map_err(|refusal| match refusal {
                    EventRefusal::Mismatch => StaffRefusal::UnknownReason,
                    EventRefusal::OrderCancelled
                    | EventRefusal::OrderOnHold
                    | EventRefusal::IncompleteInfo
                    | EventRefusal::NotCancellable => StaffRefusal::NotCancellable,
                })?
                .ok_or(StaffRefusal::NotCancellable)?,
        };
        Ok(draft.finish())
    }
}
