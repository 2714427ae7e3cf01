//! What the shop's staff do with an order in the console: by the same rules as the shop's events, and never unnoticed.
//!
//! An event that comes late or twice is harmless and changes nothing. A person who decides what somebody else has decided
//! meanwhile is told so: they acted on what they saw, and it was not so any more.

use crate::{
    Actor, Address, AddressNotEditable, Calendar, Change, EventRefusal, Instant, Order, OrderState,
    OutboxMessage, Policy, to_millisecond,
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
    /// Correct where the order goes, as the shopper said (S1).
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
}

/// Why staff cannot do that with the order as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRefusal {
    /// There is no open request to decide.
    NoOpenRequest,
    /// It does not wait to be confirmed.
    NothingToConfirm,
    /// It lacks what only the shopper can tell.
    IncompleteInfo,
    /// It does not wait for an address.
    AddressNotEditable,
    /// It is on its way, over, or cancelled already.
    NotCancellable,
    /// Its shopper has no limit (any more).
    NotLimited,
    /// The reason is none of a seller's.
    UnknownReason,
}

impl Order {
    /// Does what `act` says, at `now`.
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
                    .correct_address_by(Actor::Staff, address.clone(), now)
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
