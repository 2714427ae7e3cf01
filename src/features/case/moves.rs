//! What the shopper does in a case, and whether it has come about.

use orders_api::{Actor, CaseAct, CaseDetail, CaseMessage, Parcel};

use super::unanswered::Meant;

/// What the shopper does in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Say something.
    Say,
    /// Appeal.
    Appeal,
    /// Tell the parcel.
    Send,
    /// Withdraw it.
    Withdraw,
}

/// A move with what it says.
#[derive(Clone, PartialEq, Eq)]
pub enum Intent {
    /// These words.
    Say(CaseMessage),
    /// With these words.
    Appeal(CaseMessage),
    /// This parcel.
    Send(Parcel),
    /// Nothing else.
    Withdraw,
}

impl Intent {
    /// What it leaves in the thread.
    const fn act(&self) -> CaseAct {
        match self {
            Self::Say(_) => CaseAct::Said,
            Self::Appeal(_) => CaseAct::Appealed,
            Self::Send(_) => CaseAct::Sent,
            Self::Withdraw => CaseAct::Withdrawn,
        }
    }
}

impl Meant for Intent {
    type Move = Move;
    type Of = CaseDetail;

    fn of(&self) -> Move {
        match self {
            Self::Say(_) => Move::Say,
            Self::Appeal(_) => Move::Appeal,
            Self::Send(_) => Move::Send,
            Self::Withdraw => Move::Withdraw,
        }
    }

    fn is_in(&self, case: &CaseDetail, before: usize) -> bool {
        let new = case.thread.get(before..).unwrap_or_default();
        new.iter().any(|entry| {
            let same = entry.by == Actor::Shopper && entry.what == self.act();
            same && match self {
                Self::Say(message) => {
                    entry.text.as_deref().unwrap_or_default() == message.text
                        && entry.evidence.len() == message.evidence.len()
                }
                Self::Appeal(_) | Self::Send(_) | Self::Withdraw => true,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use orders_api::CaseState;

    use super::super::sample;
    use super::*;

    #[test]
    fn a_move_has_come_about_only_when_it_is_new_in_the_thread() {
        let open = sample::case(CaseState::Open);
        let said = |text: &str| {
            Intent::Say(CaseMessage {
                text: text.to_owned(),
                evidence: Vec::new(),
            })
        };
        let mut now = open.clone();
        let at = "2026-11-26T09:00:00.000Z";
        let entry = sample::entry(at, Actor::Shopper, CaseAct::Said, Some("one"));
        now.thread.push(entry);
        let before = open.thread.len();
        assert!(said("one").is_in(&now, before));
        assert!(!said("two").is_in(&now, before));
        assert!(!said("one").is_in(&now, now.thread.len()), "said before");
        assert!(!Intent::Withdraw.is_in(&now, before));
        let withdrawn = sample::case(CaseState::Withdrawn);
        assert!(Intent::Withdraw.is_in(&withdrawn, before));
        let answered = sample::answered();
        let theirs = said("麻烦补一张吊牌的照片。");
        assert!(!theirs.is_in(&answered, before), "not the shopper's");
    }
}
