//! What can be done with an order's complaints, and what has to be filled in for it: pure functions of what is shown.

use orders_api::{
    ComplaintAct, ComplaintForShop, ComplaintState, Permission, ProposalKind, StaffProposes,
};

use super::acts::{Choice, Drafted, Note, Offer, Viewer, What};

/// What may be proposed: the wire's kinds, with money and points apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposes {
    /// Money of the order goes back.
    Refund,
    /// The shop pays an amount of its own.
    Money,
    /// The shop gives points.
    Points,
    /// A coupon, a present, a repair.
    Goodwill,
    /// Nothing, with a reason.
    Nothing,
}

impl Proposes {
    const ALL: [Self; 5] = [
        Self::Refund,
        Self::Money,
        Self::Points,
        Self::Goodwill,
        Self::Nothing,
    ];

    /// Whether something has to be filled in beside the reason.
    pub const fn gives(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// Whether who looks at it may decide it: what a supervisor has takes more than an answer.
pub fn may_decide(complaint: &ComplaintForShop, viewer: &Viewer) -> bool {
    let escalated = complaint.complaint.escalated_at.is_some();
    let wanted = if escalated {
        Permission::DecideDispute
    } else {
        Permission::AnswerComplaint
    };
    viewer.permissions.contains(&wanted)
}

/// Whether who looks at it made what is disputed: another person decides that.
pub fn made_it(complaint: &ComplaintForShop, viewer: &Viewer) -> bool {
    let thread = &complaint.thread;
    let disputed = thread
        .iter()
        .position(|entry| entry.what == ComplaintAct::Disputed);
    thread[..disputed.unwrap_or(0)].iter().any(|entry| {
        let proposes = matches!(entry.what, ComplaintAct::Drafted | ComplaintAct::Proposed);
        let staff = entry.staff.as_ref();
        proposes && staff.is_some_and(|staff| staff.eq_ignore_ascii_case(&viewer.id))
    })
}

/// Whether who looks at it drafted the proposal that waits for a second person.
pub fn drafted_it(complaint: &ComplaintForShop, viewer: &Viewer) -> bool {
    let by = complaint.drafted_by.as_ref();
    by.is_some_and(|by| by.eq_ignore_ascii_case(&viewer.id))
}

/// What is to be decided, and then what may be said.
pub fn complaint_offers(
    complaints: &[ComplaintForShop],
    viewer: &Viewer,
) -> (Vec<Offer>, Vec<Offer>) {
    let (mut decide, mut say) = (Vec::new(), Vec::new());
    for complaint in complaints {
        let id = &complaint.complaint.complaint;
        let state = complaint.complaint.state;
        let (at_work, over) = match state {
            ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
                (true, false)
            }
            ComplaintState::Proposed => (false, false),
            ComplaintState::Accepted
            | ComplaintState::Resolved
            | ComplaintState::Withdrawn
            | ComplaintState::Closed => (false, true),
        };
        let is_party = state == ComplaintState::Disputed && made_it(complaint, viewer);
        if may_decide(complaint, viewer) && at_work {
            if state == ComplaintState::Received && complaint.draft.is_none() {
                decide.push(Offer::TakeUp(id.clone()));
            }
            // Whoever made what is disputed decides nothing about it.
            if !is_party && complaint.draft.is_some() {
                decide.push(Offer::SecondPerson(Drafted::Proposal(id.clone())));
            } else if !is_party {
                decide.push(Offer::Propose(id.clone()));
            }
        }
        if viewer.permissions.contains(&Permission::AnswerComplaint) && !over {
            say.push(Offer::Answer(id.clone()));
        }
    }
    (decide, say)
}

/// Between what there is to propose.
pub fn proposals() -> Vec<Choice> {
    Proposes::ALL
        .map(|proposes| Choice {
            what: What::Propose(proposes),
            note: Note::Needed,
            return_to: false,
        })
        .to_vec()
}

/// An amount as it is typed, in yuan, in fen: `12`, `12.5`, `12.50`.
pub fn fen(text: &str) -> Option<i64> {
    let (yuan, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(yuan) || !digits(rest) || rest.len() > 2 {
        return None;
    }
    let rest: i64 = format!("{rest:0<2}").parse().ok()?;
    let yuan: i64 = yuan.parse().ok()?;
    yuan.checked_mul(100)?.checked_add(rest)
}

/// What is sent; `None` when what it gives is missing or cannot be read.
pub fn proposal_of(proposes: Proposes, gives: &str, reason: String) -> Option<StaffProposes> {
    let gives = gives.trim();
    let mut proposal = StaffProposes {
        kind: ProposalKind::None,
        amount: None,
        points: None,
        gift: None,
        reason,
    };
    match proposes {
        Proposes::Refund | Proposes::Money => {
            proposal.kind = if proposes == Proposes::Refund {
                ProposalKind::Refund
            } else {
                ProposalKind::Compensation
            };
            proposal.amount = Some(fen(gives).filter(|amount| *amount > 0)?);
        }
        Proposes::Points => {
            proposal.kind = ProposalKind::Compensation;
            let points = gives.parse().ok();
            proposal.points = Some(points.filter(|points: &i64| *points > 0)?);
        }
        Proposes::Goodwill => {
            proposal.kind = ProposalKind::Goodwill;
            proposal.gift = Some((!gives.is_empty()).then(|| gives.to_owned())?);
        }
        Proposes::Nothing => {}
    }
    Some(proposal)
}
