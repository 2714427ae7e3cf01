//! The steps of a tale that are about complaints: always the order's latest one.

use orders_domain::{
    ComplaintAbout, ComplaintIntent, ComplaintMove, ComplaintTopic, ComplaintWish, Instant, Money,
    Proposal, ProposalKind,
};

use super::Tale;

/// A complaint about the order itself, without an amount or evidence.
pub fn complaint(topic: ComplaintTopic, wish: ComplaintWish, text: &str) -> ComplaintIntent {
    ComplaintIntent {
        about: ComplaintAbout::default(),
        topic,
        wish,
        amount: None,
        text: text.to_owned(),
        evidence: Vec::new(),
    }
}

/// The proposal of a refund.
pub fn refund_proposal(amount: Money, reason: &str) -> ComplaintMove {
    ComplaintMove::Propose(Proposal {
        kind: ProposalKind::Refund,
        amount: Some(amount),
        points: None,
        gift: None,
        reason: reason.to_owned(),
        last: false,
    })
}

impl Tale<'_> {
    /// The id of its latest case.
    pub fn last_case(&self) -> Option<String> {
        self.order.body.cases.last().map(|case| case.id.clone())
    }

    /// The shopper complains.
    pub fn complained(self, at: Instant, intent: &ComplaintIntent) -> Self {
        let change = self.policy().and_then(|policy| {
            let rules = policy.complaints.as_ref();
            self.order.complain(intent, rules, at).ok()
        });
        self.after(change, intent)
    }

    /// The shopper, or somebody of the shop, makes a move in it.
    pub fn complaint_moved(self, at: Instant, staff: Option<&str>, action: &ComplaintMove) -> Self {
        let change = self.policy().and_then(|policy| {
            let complaint = self.order.body.complaints.last()?;
            let calendar = &self.rules.calendar;
            self.order
                .move_complaint(&complaint.id, action, staff, policy, calendar, at)
                .ok()
        });
        self.after(change, action)
    }
}
