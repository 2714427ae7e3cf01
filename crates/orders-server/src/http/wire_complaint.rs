//! Complaints in the shape of the wire.

use orders_api as api;
use orders_api::{ComplaintAct, ComplaintState, ComplaintStep, ProposalKind};
use orders_domain::{
    Complaint, ComplaintAbout, ComplaintConsequence, ComplaintEntry, ComplaintSilence, Complaints,
    Order, Proposal,
};

use super::wire::{View, instant, money, wire_money};
use super::wire_case::evidence;

impl View<'_> {
    /// What the shop's policy in force says about complaints; `None` where it takes none.
    pub fn complaint_rules(&self) -> Option<&Complaints> {
        self.shop_now.complaints.as_ref()
    }

    /// The complaints of an order, newest first.
    pub fn complaint_summaries(&self, order: &Order) -> Vec<api::ComplaintSummary> {
        let complaints = order.body.complaints.iter().rev();
        complaints
            .map(|one| api::ComplaintSummary {
                id: one.id.clone(),
                state: one.state,
                turn: one.turn(),
                until: one.until.map(instant),
                topic: one.topic,
                case: one.about.case.clone(),
                refund: one.about.refund.clone(),
                opened_at: instant(one.opened_at),
            })
            .collect()
    }

    /// What may be complained about; `None` when nothing may be.
    pub fn complaint_options(&self, order: &Order) -> Option<api::ComplaintOptions> {
        let rules = self.complaint_rules();
        let rules = rules.filter(|rules| order.takes_complaint(Some(rules), self.now))?;
        Some(api::ComplaintOptions {
            order: self.brief(order),
            subjects: self.complaint_subjects(order),
            topics: rules.topics.clone(),
            wishes: order.complaint_wishes(),
            refundable: money(order, order.refundable()),
            evidence_at_once: rules.terms.evidence_at_once,
            confirm_by: instant(rules.confirm_by(self.now)),
            propose_by: instant(rules.propose_by(self.now)),
            answer_days: rules.terms.answer_days,
            silence: match rules.terms.silence {
                ComplaintSilence::Grant => ComplaintConsequence::Grant,
                ComplaintSilence::Outside => ComplaintConsequence::Outside,
            },
            outside: self.outside_route(rules),
            shop: self.shop(),
            support: self.support(),
        })
    }

    fn complaint_subjects(&self, order: &Order) -> Vec<api::ComplaintSubject> {
        let open = |about: ComplaintAbout| {
            let open = order.open_complaint(&about);
            open.map(|open| open.id.clone())
        };
        let mut subjects = vec![api::ComplaintSubject {
            case: None,
            refund: None,
            complaint: open(ComplaintAbout::default()),
        }];
        for case in self.case_summaries(order) {
            let complaint = open(ComplaintAbout::of_case(&case.id));
            subjects.push(api::ComplaintSubject {
                case: Some(case),
                refund: None,
                complaint,
            });
        }
        for refund in order.refunds.iter().rev() {
            let complaint = open(ComplaintAbout::of_refund(refund.id.as_str()));
            subjects.push(api::ComplaintSubject {
                case: None,
                refund: Some(self.refund(refund)),
                complaint,
            });
        }
        subjects
    }

    fn outside_route(&self, rules: &Complaints) -> api::OutsideRoute {
        api::OutsideRoute {
            name: self.text(&rules.outside.name),
            phone: rules.outside.phone.clone(),
            url: rules.outside.url.clone(),
            when: self.text(&rules.outside.when),
        }
    }

    /// One complaint of the order on its own page; `None` when the order has no such complaint.
    pub fn complaint_detail(&self, order: &Order, id: &str) -> Option<api::ComplaintDetail> {
        let one = order.complaint(id)?;
        let cases = self.case_summaries(order).into_iter();
        let mut cases = cases.filter(|case| one.about.case.as_deref() == Some(case.id.as_str()));
        let mut refunds = order.refunds.iter();
        let about = one.about.refund.as_deref();
        let about = refunds.find(|refund| Some(refund.id.as_str()) == about);
        let made = order.refunds.iter();
        let made = made.filter(|refund| one.refunds.contains(&refund.id));
        let seen = one.thread.iter().filter(|entry| is_seen(entry.what));
        Some(api::ComplaintDetail {
            id: one.id.clone(),
            state: one.state,
            turn: one.turn(),
            until: one.until.map(instant),
            then: one.consequence(),
            topic: one.topic,
            wish: one.wish,
            wished: one.wished.map(|wished| money(order, wished)),
            case: cases.next(),
            refund: about.map(|refund| self.refund(refund)),
            opened_at: instant(one.opened_at),
            stages: stages(one),
            escalated_at: one.escalated_at.map(instant),
            outside_at: one.outside_at.map(instant),
            proposal: one
                .proposal()
                .map(|proposal| self.proposal_to_accept(order, one, proposal)),
            thread: seen.map(entry).collect(),
            refunds: made.map(|refund| self.refund(refund)).collect(),
            actions: one.shopper_may(),
            evidence_at_once: one.terms.evidence_at_once,
            // A shop that takes no complaints any more names it to those who complained before.
            outside: self
                .complaint_rules()
                .or(self.policy.complaints.as_ref())
                .map(|rules| self.outside_route(rules)),
            order: self.brief(order),
            shop: self.shop(),
            support: self.support(),
        })
    }

    /// A proposal with what would go back, were it accepted now.
    fn proposal_to_accept(
        &self,
        order: &Order,
        complaint: &Complaint,
        proposal: &Proposal,
    ) -> api::ComplaintProposal {
        let is_open = complaint.state == ComplaintState::Proposed;
        let mut wire = proposal_to_wire(proposal);
        if let (ProposalKind::Refund, Some(amount), true) =
            (proposal.kind, proposal.amount, is_open)
        {
            let amount = amount.amount.min(order.refundable());
            let refunds = order.refunds_of(amount, self.policy, self.calendar, self.now);
            wire.refunds = refunds.iter().map(|one| self.preview_refund(one)).collect();
        }
        wire
    }
}

/// Whether the shopper sees it: what waits for a second person is between the two.
const fn is_seen(what: ComplaintAct) -> bool {
    !matches!(what, ComplaintAct::Drafted | ComplaintAct::DraftDeclined)
}

/// A proposal, without what would go back.
pub fn proposal_to_wire(proposal: &Proposal) -> api::ComplaintProposal {
    api::ComplaintProposal {
        kind: proposal.kind,
        amount: proposal.amount.map(wire_money),
        points: proposal.points,
        gift: proposal.gift.clone(),
        reason: proposal.reason.clone(),
        last: proposal.last,
        refunds: Vec::new(),
    }
}

/// The stages of a complaint, from what was done in it.
fn stages(one: &Complaint) -> Vec<api::ComplaintStage> {
    let acts = |acts: &[ComplaintAct], after: Option<usize>| {
        let from = after.map_or(0, |after| after + 1);
        let mut thread = one.thread.iter().enumerate().skip(from);
        thread.find(|(_, entry)| acts.contains(&entry.what))
    };
    let at = |found: Option<(usize, &ComplaintEntry)>| found.map(|(_, entry)| instant(entry.at));
    let place = |found: Option<(usize, &ComplaintEntry)>| found.map(|(place, _)| place);
    let answer = [ComplaintAct::Proposed, ComplaintAct::Resolved];
    let taken = acts(&[ComplaintAct::TakenUp], None);
    let proposed = acts(&answer, None);
    let disputed = acts(&[ComplaintAct::Disputed], place(proposed));
    let decided = acts(&answer, place(disputed)).filter(|_| disputed.is_some());
    let over = one.thread.iter().rev().find(|_| one.state.is_final());
    let waits = match one.state {
        ComplaintState::Received => Some(ComplaintStep::Investigated),
        ComplaintState::Investigating => Some(ComplaintStep::Proposed),
        ComplaintState::Disputed => Some(ComplaintStep::Decided),
        ComplaintState::Proposed => Some(ComplaintStep::Over),
        ComplaintState::Accepted
        | ComplaintState::Resolved
        | ComplaintState::Withdrawn
        | ComplaintState::Closed => None,
    };
    let propose_by = (one.state == ComplaintState::Received && !one.is_escalated())
        .then(|| instant(one.propose_by()));
    ComplaintStep::ALL
        .into_iter()
        .filter(|step| match step {
            ComplaintStep::Disputed | ComplaintStep::Decided => disputed.is_some(),
            ComplaintStep::Received
            | ComplaintStep::Investigated
            | ComplaintStep::Proposed
            | ComplaintStep::Over => true,
        })
        .map(|step| api::ComplaintStage {
            step,
            at: match step {
                ComplaintStep::Received => Some(instant(one.opened_at)),
                ComplaintStep::Investigated => at(taken),
                ComplaintStep::Proposed => at(proposed),
                ComplaintStep::Disputed => at(disputed),
                ComplaintStep::Decided => at(decided),
                ComplaintStep::Over => over.map(|entry| instant(entry.at)),
            },
            by: match step {
                // Known from the beginning, even while something else is waited for.
                ComplaintStep::Proposed if propose_by.is_some() => propose_by.clone(),
                _ if waits == Some(step) => one.until.map(instant),
                _ => None,
            },
        })
        .collect()
}

/// An entry as the shopper sees it: as whom somebody of the shop acted, and not who they are.
fn entry(entry: &ComplaintEntry) -> api::ComplaintEntry {
    api::ComplaintEntry {
        at: instant(entry.at),
        by: entry.by,
        what: entry.what,
        text: entry.text.clone(),
        evidence: entry.evidence.iter().map(evidence).collect(),
        proposal: entry.proposal.as_ref().map(proposal_to_wire),
    }
}
