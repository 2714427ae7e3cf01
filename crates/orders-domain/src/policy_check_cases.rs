//! The part of the look before a policy is published that is about what went on after receipt: how a draft would have
//! taken, timed and settled the cases and complaints that there were.

use chrono::TimeDelta;

use crate::{
    Actor, AfterSale, Case, CaseAct, CaseKind, CaseReason, Complaint, ComplaintAbout, ComplaintAct,
    ComplaintTerms, Complaints, Order, Policy, PolicyEffect, Silence, TimelineEntry, TimelineEvent,
};

impl Order {
    /// How its cases and complaints would have fared. A case goes by the order's policy; a complaint goes by the one that
    /// is in force when it is opened, and is compared with what it began with.
    pub(crate) fn cases_would_change(
        &self,
        held: &Policy,
        draft: &Policy,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        for case in &self.body.cases {
            let late = !self.case_in_time(case, draft) && self.case_in_time(case, held);
            see(PolicyEffect::CaseTooLate, late);
            if let (Some(held), Some(draft)) = (&held.after_sale, &draft.after_sale) {
                self.case_would_change(case, held, draft, see);
            }
            let opens = |policy: &Policy| {
                let rules = policy.complaints.as_ref();
                rules.is_some_and(|rules| rules.after_dismissal)
            };
            let about = ComplaintAbout::of_case(&case.id);
            let opened = case.is_dismissed() && self.last_complaint(&about).is_none();
            let opens = !opens(held) && opens(draft);
            see(PolicyEffect::ComplaintOpens, opened && opens);
        }
        for complaint in &self.body.complaints {
            self.complaint_would_change(complaint, draft.complaints.as_ref(), see);
        }
    }

    fn case_would_change(
        &self,
        case: &Case,
        held: &AfterSale,
        draft: &AfterSale,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        let (took, takes) = (self.takes(case, held), self.takes(case, draft));
        see(PolicyEffect::CaseRefused, took.is_some() && takes.is_none());
        if let (Some(took), Some(takes)) = (took, takes) {
            let (was, will) = (case.comes_to(held, took), case.comes_to(draft, takes));
            see(PolicyEffect::CaseMore, will > was);
            see(PolicyEffect::CaseLess, will < was);
        }
        let was_there = |acts: &[CaseAct]| case.thread.iter().any(|one| acts.contains(&one.what));
        let appealed = was_there(&[CaseAct::Appealed, CaseAct::EscalatedBySilence]);
        let stages = [
            (true, held.merchant_hours, draft.merchant_hours),
            (appealed, held.staff_hours, draft.staff_hours),
            (
                case.return_to.is_some(),
                held.return_days,
                draft.return_days,
            ),
            (
                was_there(&[CaseAct::Rejected]),
                held.appeal_days,
                draft.appeal_days,
            ),
        ];
        for (_, was, will) in stages.into_iter().filter(|(was_there, ..)| *was_there) {
            see(PolicyEffect::CaseTimeShorter, will < was);
            see(PolicyEffect::CaseTimeLonger, will > was);
        }
        let otherwise = held.silence != draft.silence && self.was_left_to_silence(case, held);
        see(PolicyEffect::SilenceOtherwise, otherwise);
    }

    /// The reason by which `rules` would have taken the case with all that was sent in it; `None` where they would not.
    fn takes<'a>(&self, case: &Case, rules: &'a AfterSale) -> Option<&'a CaseReason> {
        let reason = rules.reason(&case.reason)?;
        let on_its_way = self
            .delivered_at
            .is_none_or(|signed| case.opened_at < signed);
        let condition = case.condition.is_none_or(|condition| {
            reason.seller_fault || rules.deductions[condition as usize].is_some()
        });
        let mut own = case.thread.iter().filter(|one| one.by == Actor::Shopper);
        let few = own.all(|one| one.evidence.len() <= rules.evidence_at_once as usize);
        let shown = case
            .thread
            .first()
            .is_some_and(|one| !one.evidence.is_empty());
        let takes = reason.kinds.contains(&case.kind)
            && reason.refused_parcel == on_its_way
            && (shown || !reason.evidence);
        (takes && condition && few).then_some(reason)
    }

    /// Whether the merchant let the time to decide it pass, and `silence` said what followed.
    fn was_left_to_silence(&self, case: &Case, held: &AfterSale) -> bool {
        let decides = |act: CaseAct| {
            matches!(
                act,
                CaseAct::Approved
                    | CaseAct::Rejected
                    | CaseAct::ApprovedBySilence
                    | CaseAct::EscalatedBySilence
            )
        };
        let mut thread = case.thread.iter();
        let Some(first) = thread.find(|one| decides(one.what)) else {
            return false;
        };
        match (held.silence, first.what) {
            (Silence::Approve, CaseAct::ApprovedBySilence) => true,
            // A parcel that was accepted after all goes to staff whatever the policy says.
            (Silence::Escalate, CaseAct::EscalatedBySilence) => {
                let received = self.delivered_at.is_some_and(|signed| signed <= first.at);
                !(case.refuses_parcel() && received)
            }
            _ => false,
        }
    }

    fn complaint_would_change(
        &self,
        complaint: &Complaint,
        draft: Option<&Complaints>,
        see: &mut impl FnMut(PolicyEffect, bool),
    ) {
        let Some(draft) = draft.filter(|draft| self.would_take(complaint, draft)) else {
            see(PolicyEffect::ComplaintRefused, true);
            return;
        };
        let terms = &complaint.terms;
        let times = |terms: &ComplaintTerms| {
            [
                terms.confirm_hours,
                terms.propose_days,
                terms.supervisor_days,
            ]
        };
        for (was, will) in times(terms).into_iter().zip(times(&draft.terms)) {
            see(PolicyEffect::ComplaintSooner, will < was);
            see(PolicyEffect::ComplaintLater, will > was);
        }
        let mut thread = complaint.thread.iter();
        let proposed = thread.any(|entry| entry.what == ComplaintAct::Proposed);
        let (was, will) = (terms.answer_days, draft.terms.answer_days);
        see(PolicyEffect::AnswerShorter, proposed && will < was);
        see(PolicyEffect::AnswerLonger, proposed && will > was);
        let mut thread = complaint.thread.iter();
        let left = thread.any(|entry| {
            let by_silence = matches!(
                entry.what,
                ComplaintAct::GrantedBySilence | ComplaintAct::OutsideOpened
            );
            by_silence && entry.by == Actor::System
        });
        // Without a wish for money, silence leads outside whatever the policy says.
        let otherwise = left && complaint.wished.is_some() && terms.silence != draft.terms.silence;
        see(PolicyEffect::SilenceOtherwise, otherwise);
        let by_staff = complaint
            .thread
            .iter()
            .filter(|entry| entry.staff.is_some());
        for proposal in by_staff.filter_map(|entry| entry.proposal.as_ref()) {
            let (was, will) = (terms.takes_two(proposal), draft.terms.takes_two(proposal));
            see(PolicyEffect::ProposalTwoApprove, will && !was);
            see(PolicyEffect::ProposalOneApproves, was && !will);
        }
    }

    /// Whether `draft` would have taken a complaint that there was.
    fn would_take(&self, complaint: &Complaint, draft: &Complaints) -> bool {
        let opens = |entry: &&TimelineEntry| {
            entry.what == TimelineEvent::ComplaintOpened
                && entry.detail.as_ref() == Some(&complaint.id)
        };
        let before = self.timeline.iter().take_while(|entry| !opens(entry));
        let last = before.map(|entry| entry.at).max().unwrap_or(self.placed_at);
        let in_time = complaint.opened_at < last + TimeDelta::days(i64::from(draft.days));
        match complaint.thread.first().map(|entry| entry.what) {
            Some(ComplaintAct::OpenedByRule) => draft.after_dismissal,
            Some(ComplaintAct::OpenedByDelay) => draft.late_refund_days.is_some() && in_time,
            Some(ComplaintAct::OpenedByBrokenDate) => draft.broken_dates && in_time,
            _ => draft.topics.contains(&complaint.topic) && in_time,
        }
    }
}

impl Case {
    /// What it would have come to by these rules, in minor units, of what its goods were worth.
    fn comes_to(&self, rules: &AfterSale, reason: &CaseReason) -> i64 {
        let goods = self.settlement.goods;
        let returned = self.kind == CaseKind::ReturnAndRefund;
        match self.condition.filter(|_| returned) {
            _ if reason.seller_fault => {
                let carriage: i64 = self.worth.iter().map(|worth| worth.freight).sum();
                goods + carriage
            }
            Some(condition) => {
                let percent = rules.deductions[condition as usize].unwrap_or(0);
                let deduction = i128::from(goods) * i128::from(percent) / 100;
                goods - i64::try_from(deduction).unwrap_or(0)
            }
            None => goods,
        }
    }

    /// Whether staff dismissed its appeal: that is the last that happened in it.
    pub(crate) fn is_dismissed(&self) -> bool {
        let mut acts = self.thread.iter().rev();
        let last = acts.find(|entry| entry.what != CaseAct::Said);
        last.is_some_and(|entry| entry.what == CaseAct::Dismissed)
    }
}
