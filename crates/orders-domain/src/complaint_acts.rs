//! What is done in a complaint: by its shopper, by the shop and its supervisors, and by time passing (PRODUCT §4).

use chrono::TimeDelta;

use crate::{
    Actor, Calendar, Change, Complaint, ComplaintAct, ComplaintConsequence, ComplaintEntry,
    ComplaintState, Evidence, Instant, Order, OutboxMessage, Policy, Proposal, ProposalKind,
    StaffId, TimelineEvent, change::Draft, text::printable, to_millisecond,
};

/// Something that is done in a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComplaintMove {
    /// The shopper says something, or adds evidence.
    Say {
        /// In words.
        text: String,
        /// Photos and videos.
        evidence: Vec<Evidence>,
    },
    /// The shopper accepts what is proposed.
    Accept {
        /// Which proposal: the last word, or the one before. It may have become another since the shopper read it.
        last: bool,
    },
    /// The shopper disputes it; the last proposal is declined.
    Dispute {
        /// Which proposal, as above.
        last: bool,
        /// Why.
        why: String,
        /// New evidence.
        evidence: Vec<Evidence>,
    },
    /// The shopper withdraws it.
    Withdraw,
    /// Somebody of the shop looks into it.
    TakeUp,
    /// The shop says something.
    Answer {
        /// In words.
        text: String,
    },
    /// The shop proposes something; after a dispute it is the last word.
    Propose(Proposal),
    /// A second person agrees with the proposal that waits for one.
    Approve,
    /// A second person does not.
    DeclineDraft {
        /// Why, for the first.
        why: String,
    },
}

/// Why a move in a complaint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplaintRefusal {
    /// The order has no such complaint.
    NoSuchComplaint,
    /// It is not in a state for that.
    NotNow,
    /// Words are missing.
    WordsNeeded,
    /// More photos and videos than are taken at once.
    TooMuchEvidence,
    /// What is proposed is not whole: an amount, points or a gift is missing, or out of place, or not above zero.
    NotWhole(ProposalField),
    /// Less money is left than is proposed to go back.
    NotEnoughLeft,
    /// Whoever proposed something is not the second person, and does not decide its dispute.
    SamePerson,
}

/// A field of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalField {
    /// How much money.
    Amount,
    /// How many points.
    Points,
    /// What is given.
    Gift,
}

/// The most points that are no slip of the keyboard.
const MAX_POINTS: i64 = 100_000_000;

impl ComplaintMove {
    /// Whether it is the shop's to make.
    pub const fn is_of_shop(&self) -> bool {
        matches!(
            self,
            Self::TakeUp
                | Self::Answer { .. }
                | Self::Propose(_)
                | Self::Approve
                | Self::DeclineDraft { .. }
        )
    }
}

impl Order {
    /// The complaint of that id.
    pub fn complaint(&self, id: &str) -> Option<&Complaint> {
        self.body.complaints.iter().find(|one| one.id == id)
    }

    /// Makes a move in the complaint `id`; `staff` is who of the shop makes it. `policy` is the order's, for the dates of
    /// refunds.
    ///
    /// # Errors
    /// [`ComplaintRefusal`]; nothing changes then.
    pub fn move_complaint(
        &self,
        id: &str,
        action: &ComplaintMove,
        staff: Option<&str>,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, ComplaintRefusal> {
        use ComplaintRefusal::{NotNow, SamePerson, TooMuchEvidence, WordsNeeded};
        let index = self.body.complaints.iter().position(|one| one.id == id);
        let index = index.ok_or(ComplaintRefusal::NoSuchComplaint)?;
        let complaint = &self.body.complaints[index];
        let state = complaint.state;
        if state.is_final() {
            return Err(NotNow);
        }
        let words = |text: &str| printable(text).ok_or(WordsNeeded);
        let few = |evidence: &[Evidence]| {
            let most = complaint.terms.evidence_at_once as usize;
            (evidence.len() <= most)
                .then_some(())
                .ok_or(TooMuchEvidence)
        };
        let is_at_work = matches!(
            state,
            ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed
        );
        // Agreeing with the last word, or not, is deciding the dispute, too.
        let is_party = |staff: &str| {
            state == ComplaintState::Disputed && complaint.made_what_is_disputed(staff)
        };
        let voice = complaint.voice_of_shop();
        let mut step = Step::of(self, index, staff, now);
        match action {
            ComplaintMove::Say { text, evidence } => {
                few(evidence)?;
                let text = printable(text);
                if text.is_none() && evidence.is_empty() {
                    return Err(WordsNeeded);
                }
                step.say(Actor::Shopper, ComplaintAct::Said, text, evidence);
                let complaint = id.to_owned();
                step.draft.send(OutboxMessage::ComplaintSaid { complaint });
            }
            ComplaintMove::Accept { last } => {
                let proposal = complaint.proposal_to_answer(*last).cloned();
                let proposal = proposal.ok_or(NotNow)?;
                step.say(Actor::Shopper, ComplaintAct::Accepted, None, &[]);
                step.turn_to(ComplaintState::Accepted);
                step.tell(TimelineEvent::ComplaintAccepted, Actor::Shopper);
                let complaint = id.to_owned();
                step.draft
                    .send(OutboxMessage::ComplaintAccepted { complaint });
                step.carry_out(&proposal, policy, calendar);
            }
            ComplaintMove::Dispute {
                last,
                why,
                evidence,
            } => {
                let why = words(why)?;
                few(evidence)?;
                complaint.proposal_to_answer(*last).ok_or(NotNow)?;
                step.say(Actor::Shopper, ComplaintAct::Disputed, Some(why), evidence);
                let next = if *last {
                    ComplaintState::Closed
                } else {
                    step.escalate();
                    ComplaintState::Disputed
                };
                step.turn_to(next);
                step.tell(TimelineEvent::ComplaintDisputed, Actor::Shopper);
                let complaint = id.to_owned();
                step.draft
                    .send(OutboxMessage::ComplaintDisputed { complaint });
            }
            ComplaintMove::Withdraw => {
                step.say(Actor::Shopper, ComplaintAct::Withdrawn, None, &[]);
                step.turn_to(ComplaintState::Withdrawn);
                step.tell(TimelineEvent::ComplaintWithdrawn, Actor::Shopper);
                let complaint = id.to_owned();
                step.draft
                    .send(OutboxMessage::ComplaintWithdrawn { complaint });
            }
            ComplaintMove::TakeUp => {
                if state != ComplaintState::Received {
                    return Err(NotNow);
                }
                step.take_up(voice);
            }
            ComplaintMove::Answer { text } => {
                let text = words(text)?;
                step.say(voice, ComplaintAct::Said, Some(text), &[]);
                step.tell(TimelineEvent::ComplaintAnswered, voice);
            }
            ComplaintMove::Propose(proposal) => {
                if !is_at_work || complaint.draft.is_some() {
                    return Err(NotNow);
                }
                let disputed = state == ComplaintState::Disputed;
                if staff.is_some_and(is_party) {
                    return Err(SamePerson);
                }
                let proposal = self.checked(proposal, disputed)?;
                if state == ComplaintState::Received {
                    step.take_up(voice);
                }
                if complaint.terms.takes_two(&proposal) {
                    step.drafted(voice, proposal);
                } else {
                    step.propose(voice, proposal);
                }
            }
            ComplaintMove::Approve => {
                let proposal = complaint.draft.clone().ok_or(NotNow)?;
                let first = complaint.drafted_by();
                let is_first = |staff: &str| first.is_some_and(|first| StaffId::same(first, staff));
                if staff.is_some_and(|staff| is_first(staff) || is_party(staff)) {
                    return Err(SamePerson);
                }
                // What there was to refund may have gone back otherwise since.
                let proposal = self.checked(&proposal, proposal.last)?;
                step.complaint().draft = None;
                step.propose(voice, proposal);
            }
            ComplaintMove::DeclineDraft { why } => {
                let why = words(why)?;
                // Whoever drafted it may take it back, too.
                complaint.draft.as_ref().ok_or(NotNow)?;
                if staff.is_some_and(is_party) {
                    return Err(SamePerson);
                }
                step.complaint().draft = None;
                step.say(voice, ComplaintAct::DraftDeclined, Some(why), &[]);
            }
        }
        Ok(step.draft.finish())
    }

    /// A proposal as it can be made now: whole, and not more than is left.
    fn checked(&self, proposal: &Proposal, last: bool) -> Result<Proposal, ComplaintRefusal> {
        use ComplaintRefusal::{NotEnoughLeft, NotWhole, WordsNeeded};
        let reason = printable(&proposal.reason).ok_or(WordsNeeded)?;
        let amount = proposal.amount.map(|amount| amount.amount);
        let gift = proposal.gift.as_deref().and_then(printable);
        let wrong = |field: ProposalField| Err(NotWhole(field));
        let most = self.body.amounts.total.max(0);
        match (proposal.kind, amount, proposal.points, &gift) {
            (ProposalKind::Refund, None, _, _) => return wrong(ProposalField::Amount),
            (ProposalKind::Refund, Some(amount), None, None) => {
                if amount < 1 {
                    return wrong(ProposalField::Amount);
                }
                if amount > self.refundable() {
                    return Err(NotEnoughLeft);
                }
            }
            // The shop's own money: not more than what the order cost, which is more than anybody means to give.
            (ProposalKind::Compensation, Some(amount), None, None) => {
                if !(1..=most).contains(&amount) {
                    return wrong(ProposalField::Amount);
                }
            }
            (ProposalKind::Compensation, None, Some(points), None) => {
                if !(1..=MAX_POINTS).contains(&points) {
                    return wrong(ProposalField::Points);
                }
            }
            (ProposalKind::Compensation, None, None, _) => return wrong(ProposalField::Amount),
            (ProposalKind::Goodwill, None, None, Some(_))
            | (ProposalKind::None, None, None, None) => {}
            (ProposalKind::Goodwill, None, None, None) => return wrong(ProposalField::Gift),
            (ProposalKind::Goodwill | ProposalKind::None, Some(_), _, _) => {
                return wrong(ProposalField::Amount);
            }
            (_, _, Some(_), _) => return wrong(ProposalField::Points),
            (_, _, None, Some(_)) => return wrong(ProposalField::Gift),
        }
        Ok(Proposal {
            reason,
            gift,
            last,
            ..proposal.clone()
        })
    }

    /// What follows when whoever's turn it is in a complaint has let the time pass; `None` when nobody has. The shop's
    /// silence is never to the shopper's disadvantage.
    pub fn complaint_time_over(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Change> {
        let over = |one: &Complaint| one.until.is_some_and(|until| until <= now);
        let index = self.body.complaints.iter().position(over)?;
        let complaint = &self.body.complaints[index];
        let id = complaint.id.clone();
        let mut step = Step::of(self, index, None, now);
        // What is left may have become nothing since.
        let grant = complaint.wished.map(|wished| wished.min(self.refundable()));
        match (complaint.consequence()?, grant) {
            (ComplaintConsequence::Escalate, _) => {
                step.escalate();
                step.say(Actor::System, ComplaintAct::Escalated, None, &[]);
                let days = complaint.terms.supervisor_days;
                step.complaint().until = Some(step.now + TimeDelta::days(i64::from(days)));
                step.tell(TimelineEvent::ComplaintEscalated, Actor::System);
                step.draft
                    .send(OutboxMessage::ComplaintEscalated { complaint: id });
            }
            (ComplaintConsequence::Grant, Some(amount)) if amount > 0 => {
                let proposal = Proposal {
                    kind: ProposalKind::Refund,
                    amount: Some(self.money(amount)),
                    points: None,
                    gift: None,
                    reason: String::new(),
                    last: true,
                };
                step.complaint().draft = None;
                step.say(Actor::System, ComplaintAct::GrantedBySilence, None, &[]);
                if let Some(entry) = step.complaint().thread.last_mut() {
                    entry.proposal = Some(proposal.clone());
                }
                step.turn_to(ComplaintState::Resolved);
                step.tell(TimelineEvent::ComplaintResolved, Actor::System);
                step.carry_out(&proposal, policy, calendar);
            }
            (ComplaintConsequence::Grant | ComplaintConsequence::Outside, _) => {
                step.say(Actor::System, ComplaintAct::OutsideOpened, None, &[]);
                let now = step.now;
                let complaint = step.complaint();
                complaint.outside_at = Some(now);
                complaint.until = None;
                step.tell(TimelineEvent::ComplaintOutside, Actor::System);
            }
            (ComplaintConsequence::Close, _) => {
                step.say(Actor::System, ComplaintAct::Closed, None, &[]);
                step.turn_to(ComplaintState::Closed);
                step.tell(TimelineEvent::ComplaintClosed, Actor::System);
            }
        }
        Some(step.draft.finish())
    }
}

/// A move in the making.
struct Step<'a> {
    draft: Draft,
    index: usize,
    staff: Option<&'a str>,
    now: Instant,
}

impl<'a> Step<'a> {
    fn of(order: &Order, index: usize, staff: Option<&'a str>, now: Instant) -> Self {
        Self {
            draft: Draft::of(order),
            index,
            staff,
            now: to_millisecond(now),
        }
    }

    fn complaint(&mut self) -> &mut Complaint {
        &mut self.draft.order.body.complaints[self.index]
    }

    fn say(&mut self, by: Actor, what: ComplaintAct, text: Option<String>, evidence: &[Evidence]) {
        let entry = ComplaintEntry {
            at: self.now,
            by,
            what,
            text,
            staff: self.staff.map(str::to_owned),
            evidence: evidence.to_vec(),
            proposal: None,
        };
        self.complaint().thread.push(entry);
    }

    fn tell(&mut self, what: TimelineEvent, by: Actor) {
        let id = self.complaint().id.clone();
        let now = self.now;
        self.draft.note(now, what, by, Some(id));
    }

    /// Where it stands from now on, and until when.
    fn turn_to(&mut self, state: ComplaintState) {
        let now = self.now;
        let complaint = self.complaint();
        let days = |days: u32| Some(now + TimeDelta::days(i64::from(days)));
        complaint.until = match state {
            // A date that was given stays: taking it up late does not give more time.
            ComplaintState::Received | ComplaintState::Investigating => complaint.until,
            ComplaintState::Proposed => days(complaint.terms.answer_days),
            ComplaintState::Disputed => days(complaint.terms.supervisor_days),
            ComplaintState::Accepted
            | ComplaintState::Resolved
            | ComplaintState::Withdrawn
            | ComplaintState::Closed => None,
        };
        complaint.state = state;
        if state.is_final() {
            complaint.draft = None;
        }
    }

    fn take_up(&mut self, by: Actor) {
        self.say(by, ComplaintAct::TakenUp, None, &[]);
        self.turn_to(ComplaintState::Investigating);
        let complaint = self.complaint();
        if !complaint.is_escalated() {
            complaint.until = Some(complaint.propose_by());
        }
        self.tell(TimelineEvent::ComplaintTaken, by);
    }

    fn escalate(&mut self) {
        let now = self.now;
        self.complaint().escalated_at.get_or_insert(now);
    }

    fn drafted(&mut self, by: Actor, proposal: Proposal) {
        let reason = Some(proposal.reason.clone());
        self.say(by, ComplaintAct::Drafted, reason, &[]);
        if let Some(entry) = self.complaint().thread.last_mut() {
            entry.proposal = Some(proposal.clone());
        }
        self.complaint().draft = Some(proposal);
    }

    fn propose(&mut self, by: Actor, proposal: Proposal) {
        // The last word that offers nothing leaves nothing to accept.
        let over = proposal.last && proposal.kind == ProposalKind::None;
        let (what, state, event) = if over {
            (
                ComplaintAct::Resolved,
                ComplaintState::Resolved,
                TimelineEvent::ComplaintResolved,
            )
        } else {
            (
                ComplaintAct::Proposed,
                ComplaintState::Proposed,
                TimelineEvent::ComplaintProposed,
            )
        };
        self.say(by, what, Some(proposal.reason.clone()), &[]);
        if let Some(entry) = self.complaint().thread.last_mut() {
            entry.proposal = Some(proposal);
        }
        self.turn_to(state);
        self.tell(event, by);
    }

    /// Makes good what was accepted, or granted by silence. Of a refund never more than is left by now.
    fn carry_out(&mut self, proposal: &Proposal, policy: &Policy, calendar: &Calendar) {
        let complaint = self.complaint().id.clone();
        match (proposal.kind, proposal.amount) {
            (ProposalKind::Refund, Some(amount)) => {
                let order = &self.draft.order;
                let amount = amount.amount.min(order.refundable()).max(0);
                let refunds = order.refunds_of(amount, policy, calendar, self.now);
                let before = order.refunds.len();
                self.draft.refund(refunds, self.now);
                let made = self.draft.order.refunds[before..].iter();
                let made: Vec<_> = made.map(|refund| refund.id.clone()).collect();
                self.complaint().refunds = made;
            }
            (ProposalKind::Compensation, amount) => {
                self.draft.send(OutboxMessage::ComplaintCompensated {
                    complaint,
                    amount,
                    points: proposal.points,
                });
            }
            (ProposalKind::Goodwill, _) => {
                let gift = proposal.gift.clone().unwrap_or_default();
                self.draft
                    .send(OutboxMessage::ComplaintGoodwill { complaint, gift });
            }
            (ProposalKind::Refund | ProposalKind::None, _) => {}
        }
    }
}
