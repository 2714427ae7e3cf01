//! A complaint as the shop's staff need it: with who of them did what, and what waits for a second person.

use orders_api::{ComplaintEntryForShop, ComplaintForShop, ComplaintInList};
use orders_domain::{Complaint, ComplaintEntry, Order};

use crate::http::wire::{View, instant, money};
use crate::http::wire_case::evidence;
use crate::http::wire_complaint::proposal_to_wire;

impl View<'_> {
    /// A complaint in the shop's list.
    pub fn complaint_in_list(&self, order: &Order, one: &Complaint) -> ComplaintInList {
        ComplaintInList {
            complaint: one.id.clone(),
            order: order.id.0.clone(),
            external_id: order.external_id.0.clone(),
            number: order.number.clone(),
            shop: order.shop.0.clone(),
            shopper: order.shopper.0.clone(),
            state: one.state,
            turn: one.turn(),
            until: one.until.map(instant),
            then: one.consequence(),
            topic: one.topic,
            wish: one.wish,
            wished: one.wished.map(|wished| money(order, wished)),
            case: one.about.case.clone(),
            refund: one.about.refund.clone(),
            escalated_at: one.escalated_at.map(instant),
            outside_at: one.outside_at.map(instant),
            opened_at: instant(one.opened_at),
        }
    }

    /// A complaint for the shop's staff; `None` when the order has no such complaint.
    pub fn complaint_for_shop(&self, order: &Order, id: &str) -> Option<ComplaintForShop> {
        let one = order.complaint(id)?;
        let above = one.terms.two_approve_above;
        Some(ComplaintForShop {
            complaint: self.complaint_in_list(order, one),
            refundable: money(order, order.refundable()),
            two_approve_above: above.map(|above| money(order, above)),
            draft: one.draft.as_ref().map(proposal_to_wire),
            drafted_by: one.drafted_by().map(str::to_owned),
            proposal: one.proposal().map(proposal_to_wire),
            thread: one.thread.iter().map(entry).collect(),
            refunds: one.refunds.iter().map(|refund| refund.0.clone()).collect(),
        })
    }
}

fn entry(entry: &ComplaintEntry) -> ComplaintEntryForShop {
    ComplaintEntryForShop {
        at: instant(entry.at),
        by: entry.by,
        staff: entry.staff.clone(),
        what: entry.what,
        text: entry.text.clone(),
        evidence: entry.evidence.iter().map(evidence).collect(),
        proposal: entry.proposal.as_ref().map(proposal_to_wire),
    }
}
