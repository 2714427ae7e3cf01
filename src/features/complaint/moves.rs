//! What the shopper does in a complaint, and whether it has come about.

use orders_api::{
    AcceptProposal, Actor, ComplaintAct, ComplaintDetail, ComplaintMessage, DisputeProposal,
};

use crate::features::case::Meant;

/// What the shopper does in a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Say something.
    Say,
    /// Accept the proposal.
    Accept,
    /// Dispute it.
    Dispute,
    /// Withdraw the complaint.
    Withdraw,
}

/// A move with what it says.
#[derive(Clone, PartialEq, Eq)]
pub enum Intent {
    /// These words.
    Say(ComplaintMessage),
    /// The proposal that is shown.
    Accept(AcceptProposal),
    /// The proposal that is shown, with these words.
    Dispute(DisputeProposal),
    /// Nothing else.
    Withdraw,
}

impl Intent {
    /// What it leaves in the thread.
    const fn act(&self) -> ComplaintAct {
        match self {
            Self::Say(_) => ComplaintAct::Said,
            Self::Accept(_) => ComplaintAct::Accepted,
            Self::Dispute(_) => ComplaintAct::Disputed,
            Self::Withdraw => ComplaintAct::Withdrawn,
        }
    }
}

impl Meant for Intent {
    type Move = Move;
    type Of = ComplaintDetail;

    fn of(&self) -> Move {
        match self {
            Self::Say(_) => Move::Say,
            Self::Accept(_) => Move::Accept,
            Self::Dispute(_) => Move::Dispute,
            Self::Withdraw => Move::Withdraw,
        }
    }

    fn is_in(&self, complaint: &ComplaintDetail, before: usize) -> bool {
        let new = complaint.thread.get(before..).unwrap_or_default();
        new.iter().any(|entry| {
            let same = entry.by == Actor::Shopper && entry.what == self.act();
            same && match self {
                Self::Say(message) => {
                    entry.text.as_deref().unwrap_or_default() == message.text
                        && entry.evidence.len() == message.evidence.len()
                }
                Self::Accept(_) | Self::Dispute(_) | Self::Withdraw => true,
            }
        })
    }
}
