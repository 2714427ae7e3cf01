//! What the shop's staff do in an after-sale case: decided by the same rules, with who it was on record.

use crate::{
    Actor, Calendar, Case, CaseAct, CaseEntry, CaseMove, CaseState, Change, DraftOn, DraftOutcome,
    Instant, MoveRefusal, Order, Policy, Second, StaffId, text::printable, to_millisecond,
};

/// Somebody of the shop's staff, and what they say with what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffWords {
    /// The shop's id of them.
    pub staff: String,
    /// Words to the shopper, beside those that the move itself has.
    pub note: Option<String>,
}

impl Order {
    /// Makes a move in the case `id` on behalf of the shop, and records who made it. Words that come with it are said
    /// in the case, after it. What would make refunds above the policy's amount waits for a second person, and nothing else
    /// is decided meanwhile.
    ///
    /// # Errors
    /// As [`Order::move_case`], and [`MoveRefusal::SamePerson`].
    pub fn move_case_by(
        &self,
        staff: &StaffWords,
        id: &str,
        action: &CaseMove,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, MoveRefusal> {
        let case = self.case(id).ok_or(MoveRefusal::NoSuchCase)?;
        let decides = match action {
            CaseMove::Approve { .. } | CaseMove::Dismiss { .. } => true,
            CaseMove::Second(Second::Approve | Second::Decline { .. }) => true,
            CaseMove::Say { .. }
            | CaseMove::Reject { .. }
            | CaseMove::Appeal { .. }
            | CaseMove::Send { .. }
            | CaseMove::Receive
            | CaseMove::Withdraw => false,
        };
        if decides && case.state == CaseState::Appealed && case.was_decided_by(&staff.staff) {
            return Err(MoveRefusal::SamePerson);
        }
        let waits = self.place_of_draft(Some(id));
        match (action, waits) {
            (CaseMove::Second(says), Some(index)) => {
                self.second_case(&staff.staff, says, index, policy, calendar, now)
            }
            (CaseMove::Second(_), None) => Err(MoveRefusal::NotNow),
            (CaseMove::Say { .. }, _) | (_, None) => {
                let mut change = self.moved_by(&staff.staff, id, action, policy, calendar, now)?;
                change.say_in_case(id, staff, now);
                let amount = change.goes_back();
                if !policy.decision_takes_two(amount) {
                    return Ok(change);
                }
                let on = DraftOn::Case {
                    case: id.to_owned(),
                    state: case.state,
                    note: staff.note.as_deref().and_then(printable),
                };
                Ok(self.drafted(on, amount, (&staff.staff, policy), now))
            }
            (_, Some(_)) => Err(MoveRefusal::NotNow),
        }
    }

    /// `second` says whether the draft at `index` is done.
    fn second_case(
        &self,
        second: &str,
        says: &Second,
        index: usize,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, MoveRefusal> {
        let draft = &self.body.drafts[index];
        let DraftOn::Case { case, state, note } = &draft.on else {
            return Err(MoveRefusal::NoSuchCase);
        };
        let outcome = DraftOutcome::said(second, says, now);
        if let Second::Decline { .. } = says {
            // Whoever drafted it may take it back, too.
            outcome.why.as_ref().ok_or(MoveRefusal::WordsNeeded)?;
            return Ok(self.draft_declined(index, outcome));
        }
        if draft.is_by(second) {
            return Err(MoveRefusal::SamePerson);
        }
        let action = DraftOn::case_move(*state);
        let change = self.moved_by(second, case, &action, policy, calendar, now);
        let mut change = change.map_err(|refusal| match refusal {
            // A refused parcel was accepted meanwhile: that is to be decided anew.
            MoveRefusal::AddressNeeded => MoveRefusal::NotNow,
            refusal => refusal,
        })?;
        // What was said stays with who said it.
        let words = StaffWords {
            staff: draft.by.clone(),
            note: note.clone(),
        };
        change.say_in_case(case, &words, now);
        change.settle(index, outcome);
        Ok(change)
    }

    /// Makes the move and records who made it, whoever else has to agree.
    fn moved_by(
        &self,
        staff: &str,
        id: &str,
        action: &CaseMove,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, MoveRefusal> {
        let before = self.case(id).map_or(0, |case| case.thread.len());
        let mut change = self.move_case(id, action, policy, calendar, now)?;
        let cases = &mut change.order.body.cases;
        let case = cases.iter_mut().find(|case| case.id == id);
        let case = case.ok_or(MoveRefusal::NoSuchCase)?;
        for entry in &mut case.thread[before..] {
            entry.staff = Some(staff.to_owned());
        }
        Ok(change)
    }
}

impl Change {
    /// Words that come with a move in the case `id`, after it.
    fn say_in_case(&mut self, id: &str, words: &StaffWords, now: Instant) {
        let cases = &mut self.order.body.cases;
        let case = cases.iter_mut().find(|case| case.id == id);
        let text = words.note.as_deref().and_then(printable);
        if let (Some(case), Some(text)) = (case, text) {
            let by = case.thread.last().map_or(Actor::Seller, |last| last.by);
            case.thread.push(CaseEntry {
                at: to_millisecond(now),
                by,
                what: CaseAct::Said,
                text: Some(text),
                staff: Some(words.staff.clone()),
                evidence: Vec::new(),
            });
        }
    }
}

impl Case {
    /// Whether this is who said no the first time.
    fn was_decided_by(&self, staff: &str) -> bool {
        let by_them = |by: &String| StaffId::same(by, staff);
        self.thread.iter().any(|entry| {
            entry.what == CaseAct::Rejected && entry.staff.as_ref().is_some_and(by_them)
        })
    }

    /// As whom the shop speaks in it: once it has gone to staff, who did not decide it the first time, as them.
    pub fn voice_of_shop(&self) -> Actor {
        let to_staff = |entry: &CaseEntry| {
            matches!(entry.what, CaseAct::Appealed | CaseAct::EscalatedBySilence)
        };
        if self.thread.iter().any(to_staff) {
            Actor::Staff
        } else {
            Actor::Seller
        }
    }
}
