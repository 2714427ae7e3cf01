//! What staff decided and a second person has to agree with, in the shape of the wire.

use orders_api as api;
use orders_domain::{DraftOn, Order, StaffDraft};

use super::wire::{View, instant, money};

impl View<'_> {
    /// The drafts on the case `id`, or with `None` on the order itself, oldest first.
    pub fn drafts(&self, order: &Order, id: Option<&str>) -> Vec<api::StaffDraft> {
        let drafts = order.body.drafts.iter().filter(|draft| draft.is_on(id));
        drafts.map(|draft| to_wire(order, draft)).collect()
    }

    /// Whether refunds of `amount` take two people of the staff.
    pub fn takes_two(&self, amount: i64) -> bool {
        self.policy.decision_takes_two(amount)
    }
}

fn to_wire(order: &Order, draft: &StaffDraft) -> api::StaffDraft {
    let outcome = draft.outcome.as_ref();
    let (reason, note) = match &draft.on {
        DraftOn::Request => (None, None),
        DraftOn::SellerCancel { reason, note } => {
            (api::SellerReason::from_code(reason), note.as_ref())
        }
        DraftOn::Case { note, .. } => (None, note.as_ref()),
    };
    api::StaffDraft {
        amount: money(order, draft.amount),
        by: draft.by.clone(),
        at: instant(draft.at),
        reason,
        note: note.cloned(),
        state: draft.state(),
        decided_by: outcome.and_then(|outcome| outcome.by.clone()),
        decided_at: outcome.map(|outcome| instant(outcome.at)),
        why: outcome.and_then(|outcome| outcome.why.clone()),
    }
}
