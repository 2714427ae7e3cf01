//! What the shop's staff do in an after-sale case: decided by the same rules, with who it was on record.

use crate::{
    Actor, Calendar, Case, CaseAct, CaseEntry, CaseMove, CaseState, Change, Instant, MoveRefusal,
    Order, Policy, StaffId, text::printable, to_millisecond,
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
    /// in the case, after it.
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
        if let Some(case) = self.case(id)
            && matches!(action, CaseMove::Approve { .. } | CaseMove::Dismiss { .. })
            && case.state == CaseState::Appealed
            && case.was_decided_by(&staff.staff)
        {
            return Err(MoveRefusal::SamePerson);
        }
        let before = self.case(id).map_or(0, |case| case.thread.len());
        let mut change = self.move_case(id, action, policy, calendar, now)?;
        let cases = &mut change.order.body.cases;
        let case = cases.iter_mut().find(|case| case.id == id);
        let case = case.ok_or(MoveRefusal::NoSuchCase)?;
        let by = case.thread.last().map_or(Actor::Seller, |last| last.by);
        if let Some(text) = staff.note.as_deref().and_then(printable) {
            case.thread.push(CaseEntry {
                at: to_millisecond(now),
                by,
                what: CaseAct::Said,
                text: Some(text),
                staff: None,
                evidence: Vec::new(),
            });
        }
        for entry in &mut case.thread[before..] {
            entry.staff = Some(staff.staff.clone());
        }
        Ok(change)
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
