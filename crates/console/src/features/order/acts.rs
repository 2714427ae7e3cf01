//! What can be done with an order now, and what has to be filled in for it: pure functions of what is shown.

use orders_api::{
    Address, CancelForSeller, CaseAct, CaseDecision, CaseForShop, CaseKind, CaseState, Decision,
    DraftState, LiftLimit, Permission, RefundForShop, SecondPersonSays, SellerReason, StaffDecides,
    StaffDecidesCase, StaffDraft, StaffOrder, StaffProposes, StaffSays, WayState,
};

use super::complaint_acts::{Proposes, proposal_of, proposals};

/// Something that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Offer {
    /// Decide the request to cancel.
    Request,
    /// Confirm the order.
    Confirm,
    /// Correct where it goes.
    Address,
    /// Lift its shopper's limit.
    Limit,
    /// Cancel it for the seller.
    Cancel,
    /// Decide this case.
    Case(String),
    /// Answer in this case.
    Say(String),
    /// Decide on another way for this refund.
    Way(String),
    /// Take this complaint up.
    TakeUp(String),
    /// Propose something in this complaint.
    Propose(String),
    /// Say, as the second person, whether what a colleague decided is done.
    SecondPerson(Drafted),
    /// Answer in this complaint.
    Answer(String),
}

/// What a colleague decided and a second person has to agree with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Drafted {
    /// A proposal in this complaint.
    Proposal(String),
    /// That this case is granted.
    Case(String),
    /// That the request to cancel is granted.
    Request,
    /// That it is cancelled for the seller.
    Cancel,
}

/// Who looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Their id.
    pub id: String,
    /// What they may do.
    pub permissions: Vec<Permission>,
}

impl Viewer {
    fn may(&self, what: Permission) -> bool {
        self.permissions.contains(&what)
    }
}

/// What is offered, most urgent first. What their role may not do is not.
pub fn offers(
    order: &StaffOrder,
    cases: &[CaseForShop],
    refunds: &[RefundForShop],
    viewer: &Viewer,
) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut last = Vec::new();
    for action in &order.actions {
        match action {
            Permission::DecideRequest if waiting(&order.cancel_drafts).is_some() => {
                offers.push(Offer::SecondPerson(Drafted::Request));
            }
            Permission::DecideRequest => offers.push(Offer::Request),
            Permission::ConfirmOrder => offers.push(Offer::Confirm),
            Permission::CorrectAddress => offers.push(Offer::Address),
            Permission::LiftLimit => last.push(Offer::Limit),
            Permission::CancelForSeller if waiting(&order.cancel_drafts).is_some() => {
                offers.push(Offer::SecondPerson(Drafted::Cancel));
            }
            Permission::CancelForSeller => last.push(Offer::Cancel),
            // Of these, the order's own actions say nothing.
            Permission::SeeWork
            | Permission::Chat
            | Permission::DecideCase
            | Permission::DecideAppeal
            | Permission::DecideRefundWay
            | Permission::AnswerComplaint
            | Permission::DecideDispute
            | Permission::Note
            | Permission::SeeAudit
            | Permission::SeeInsight
            | Permission::Export
            | Permission::EditReplies
            | Permission::DraftPolicy
            | Permission::PublishPolicy
            | Permission::ManageStaff => {}
        }
    }
    for case in cases {
        let id = &case.case.case;
        if !decisions(case, viewer).is_empty() {
            offers.push(if waiting(&case.drafts).is_some() {
                Offer::SecondPerson(Drafted::Case(id.clone()))
            } else {
                Offer::Case(id.clone())
            });
        }
        if viewer.may(Permission::DecideCase) && !is_over(case.case.state) {
            last.insert(0, Offer::Say(id.clone()));
        }
    }
    for refund in refunds {
        let open = refund
            .way
            .as_ref()
            .is_some_and(|way| way.state == WayState::Open);
        if open && viewer.may(Permission::DecideRefundWay) {
            offers.push(Offer::Way(refund.refund.clone()));
        }
    }
    offers.extend(last);
    offers
}

/// The draft that waits for a second person.
pub fn waiting(drafts: &[StaffDraft]) -> Option<&StaffDraft> {
    let mut drafts = drafts.iter();
    drafts.find(|draft| draft.state == DraftState::Waiting)
}

/// Whether who looks at it drafted what waits for a second person.
pub fn drafted_by_them(drafts: &[StaffDraft], viewer: &Viewer) -> bool {
    waiting(drafts).is_some_and(|draft| draft.by.eq_ignore_ascii_case(&viewer.id))
}

/// Whether a case stays as it is.
const fn is_over(state: CaseState) -> bool {
    match state {
        CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed => true,
        CaseState::Open
        | CaseState::AwaitingReturn
        | CaseState::Returning
        | CaseState::Rejected
        | CaseState::Appealed => false,
    }
}

/// How a case may be decided by who looks at it.
pub fn decisions(case: &CaseForShop, viewer: &Viewer) -> Vec<CaseDecision> {
    if !viewer.may(Permission::DecideCase) {
        return Vec::new();
    }
    match case.case.state {
        CaseState::Open => vec![CaseDecision::Approve, CaseDecision::Reject],
        CaseState::Returning => vec![CaseDecision::Receive, CaseDecision::Reject],
        CaseState::Appealed if viewer.may(Permission::DecideAppeal) && !said_no(case, viewer) => {
            vec![CaseDecision::Approve, CaseDecision::Dismiss]
        }
        CaseState::Appealed
        | CaseState::AwaitingReturn
        | CaseState::Rejected
        | CaseState::Refunded
        | CaseState::Withdrawn
        | CaseState::Closed => Vec::new(),
    }
}

/// Whether who looks at it is the one who said no to the case: another person decides the appeal.
pub fn said_no(case: &CaseForShop, viewer: &Viewer) -> bool {
    let by_them = |staff: &Option<String>| {
        staff
            .as_ref()
            .is_some_and(|staff| staff.eq_ignore_ascii_case(&viewer.id))
    };
    case.thread
        .iter()
        .any(|entry| entry.what == CaseAct::Rejected && by_them(&entry.staff))
}

/// Whether who looks at it has approved it already, and a second person has to.
pub fn approved_before(refund: &RefundForShop, viewer: &Viewer) -> bool {
    refund.way.as_ref().is_some_and(|way| {
        way.approvals
            .iter()
            .any(|staff| staff.eq_ignore_ascii_case(&viewer.id))
    })
}

/// Whether a decision needs words to the shopper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// None can be given.
    Without,
    /// As one likes.
    Optional,
    /// It needs some.
    Needed,
}

/// One of the ways to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which.
    pub what: What,
    /// Its words to the shopper.
    pub note: Note,
    /// Whether it says where the goods are to be sent.
    pub return_to: bool,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Yes or no.
    Plain(Decision),
    /// On a case.
    Case(CaseDecision),
    /// Why the seller cancels.
    Seller(SellerReason),
    /// What is proposed in a complaint.
    Propose(Proposes),
}

/// Whether the goods have to be sent before any money goes back.
pub fn is_to_be_sent(case: &CaseForShop) -> bool {
    case.case.kind == CaseKind::ReturnAndRefund && case.parcel.is_none()
}

/// Between what there is to choose; empty where there is only one thing to do.
pub fn choices(
    offer: &Offer,
    cases: &[CaseForShop],
    refunds: &[RefundForShop],
    viewer: &Viewer,
) -> Vec<Choice> {
    let choice = |what, note| Choice {
        what,
        note,
        return_to: false,
    };
    let yes = || choice(What::Plain(Decision::Approve), Note::Without);
    let no = || choice(What::Plain(Decision::Decline), Note::Needed);
    match offer {
        Offer::Request => vec![yes(), no()],
        Offer::Way(id) => {
            let refund = refunds.iter().find(|refund| refund.refund == *id);
            // The provider may have it, or a second person has to approve it: then only no is possible.
            let held = refund
                .and_then(|refund| refund.way.as_ref())
                .is_some_and(|way| way.held);
            let approved = refund.is_some_and(|refund| approved_before(refund, viewer));
            if held && !approved {
                vec![yes(), no()]
            } else {
                vec![no()]
            }
        }
        Offer::Case(id) => {
            let Some(case) = cases.iter().find(|case| case.case.case == *id) else {
                return Vec::new();
            };
            let to_be_sent = is_to_be_sent(case);
            let decided = decisions(case, viewer).into_iter();
            decided
                .map(|decision| Choice {
                    what: What::Case(decision),
                    note: match decision {
                        CaseDecision::Approve | CaseDecision::Receive => Note::Optional,
                        CaseDecision::Reject | CaseDecision::Dismiss => Note::Needed,
                    },
                    return_to: to_be_sent && decision == CaseDecision::Approve,
                })
                .collect()
        }
        Offer::Cancel => SellerReason::ALL
            .map(|reason| choice(What::Seller(reason), Note::Optional))
            .to_vec(),
        Offer::Propose(_) => proposals(),
        Offer::SecondPerson(_) => vec![yes(), no()],
        Offer::Confirm
        | Offer::Address
        | Offer::Limit
        | Offer::Say(_)
        | Offer::TakeUp(_)
        | Offer::Answer(_) => Vec::new(),
    }
}

/// What was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What was chosen.
    pub choice: Option<Choice>,
    /// Words to the shopper.
    pub note: String,
    /// Where the goods are to be sent.
    pub return_to: String,
    /// What a proposal gives: an amount in yuan, points, or what it is.
    pub gives: String,
    /// Where the order goes.
    pub address: Address,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A choice.
    Choice,
    /// Words.
    Note,
    /// Where the goods are to be sent.
    ReturnTo,
    /// What a proposal gives.
    Gives,
}

/// Something that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Decide the request to cancel.
    Request(StaffDecides),
    /// Confirm the order.
    Confirm,
    /// Correct where it goes.
    Address(Address),
    /// Lift its shopper's limit.
    Limit(LiftLimit),
    /// Cancel it for the seller.
    Cancel(CancelForSeller),
    /// Decide a case.
    Case(String, StaffDecidesCase),
    /// Answer in a case.
    Say(String, StaffSays),
    /// Decide on another way for a refund.
    Way(String, StaffDecides),
    /// Take a complaint up.
    TakeUp(String),
    /// Propose something in a complaint.
    Propose(String, StaffProposes),
    /// Say, as the second person, whether what a colleague decided is done.
    SecondPerson(Drafted, SecondPersonSays),
    /// Answer in a complaint.
    Answer(String, StaffSays),
}

/// What is sent of what was filled in.
///
/// # Errors
/// What is missing.
pub fn act_of(offer: &Offer, filled: &Filled) -> Result<Act, Missing> {
    let text = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let note = text(&filled.note);
    let chosen = || filled.choice.clone().ok_or(Missing::Choice);
    let noted = |choice: &Choice| match choice.note {
        Note::Without => Ok(None),
        Note::Optional => Ok(note.clone()),
        Note::Needed => note.clone().map(Some).ok_or(Missing::Note),
    };
    let plain = || {
        let choice = chosen()?;
        let What::Plain(decision) = choice.what else {
            return Err(Missing::Choice);
        };
        let note = noted(&choice)?;
        Ok(StaffDecides { decision, note })
    };
    Ok(match offer {
        Offer::Confirm => Act::Confirm,
        Offer::Address => Act::Address(filled.address.clone()),
        Offer::Say(case) => {
            let text = note.clone().ok_or(Missing::Note)?;
            Act::Say(case.clone(), StaffSays { text })
        }
        Offer::Limit => {
            let note = note.clone().ok_or(Missing::Note)?;
            Act::Limit(LiftLimit { note })
        }
        Offer::Answer(complaint) => {
            let text = note.clone().ok_or(Missing::Note)?;
            Act::Answer(complaint.clone(), StaffSays { text })
        }
        Offer::TakeUp(complaint) => Act::TakeUp(complaint.clone()),
        Offer::SecondPerson(drafted) => {
            let StaffDecides { decision, note } = plain()?;
            let says = SecondPersonSays { decision, note };
            Act::SecondPerson(drafted.clone(), says)
        }
        Offer::Propose(complaint) => {
            let choice = chosen()?;
            let What::Propose(proposes) = choice.what else {
                return Err(Missing::Choice);
            };
            // What comes first in the form is asked for first.
            let checked = proposal_of(proposes, &filled.gives, String::new());
            let mut proposal = checked.ok_or(Missing::Gives)?;
            proposal.reason = note.clone().ok_or(Missing::Note)?;
            Act::Propose(complaint.clone(), proposal)
        }
        Offer::Request => Act::Request(plain()?),
        Offer::Way(refund) => Act::Way(refund.clone(), plain()?),
        Offer::Cancel => {
            let choice = chosen()?;
            let What::Seller(reason) = choice.what else {
                return Err(Missing::Choice);
            };
            let note = noted(&choice)?;
            Act::Cancel(CancelForSeller { reason, note })
        }
        Offer::Case(case) => {
            let choice = chosen()?;
            let What::Case(decision) = choice.what else {
                return Err(Missing::Choice);
            };
            let return_to = if choice.return_to {
                Some(text(&filled.return_to).ok_or(Missing::ReturnTo)?)
            } else {
                None
            };
            let note = noted(&choice)?;
            let decides = StaffDecidesCase {
                decision,
                note,
                return_to,
            };
            Act::Case(case.clone(), decides)
        }
    })
}
