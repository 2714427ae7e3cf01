//! A case as the shop's staff need it: with everything that its shopper said and sent, and who of them did what.

use orders_api::{CaseEntryForShop, CaseForShop, CaseInList, CaseLineForShop, Parcel};
use orders_domain::{self as domain, Case, Order};

use crate::http::wire::{View, instant, money};
use crate::http::wire_case::{evidence, settlement_of};

impl View<'_> {
    /// A case in the shop's list.
    pub fn case_in_list(&self, order: &Order, case: &Case) -> CaseInList {
        CaseInList {
            case: case.id.clone(),
            order: order.id.0.clone(),
            external_id: order.external_id.0.clone(),
            number: order.number.clone(),
            shop: order.shop.0.clone(),
            shopper: order.shopper.0.clone(),
            kind: case.kind,
            state: case.state,
            turn: case.state.turn(),
            until: case.until.map(instant),
            then: self.consequence(order, case),
            reason: case.reason.clone(),
            amount: money(order, case.settlement.amount),
            opened_at: instant(case.opened_at),
        }
    }

    /// A case for the shop's staff; `None` when the order has no such case.
    pub fn case_for_shop(&self, order: &Order, id: &str) -> Option<CaseForShop> {
        let case = order.case(id)?;
        let line = |some: &domain::CaseLine| {
            let known = order.body.lines.iter().find(|line| line.id == some.line);
            CaseLineForShop {
                line: some.line.0.clone(),
                title: known.map(|line| self.text(&line.title)).unwrap_or_default(),
                quantity: some.quantity,
                components: some.components.clone(),
            }
        };
        Some(CaseForShop {
            case: self.case_in_list(order, case),
            condition: case.condition,
            lines: case.lines.iter().map(line).collect(),
            settlement: settlement_of(order, case.settlement),
            thread: case.thread.iter().map(entry).collect(),
            return_to: case.return_to.clone(),
            parcel: case.parcel.as_ref().map(|parcel| Parcel {
                courier: parcel.courier.clone(),
                tracking_number: parcel.tracking_number.clone(),
            }),
            refunds: case.refunds.iter().map(|refund| refund.0.clone()).collect(),
            takes_two: self.takes_two(case.settlement.amount),
            drafts: self.drafts(order, Some(&case.id)),
        })
    }
}

fn entry(entry: &domain::CaseEntry) -> CaseEntryForShop {
    CaseEntryForShop {
        at: instant(entry.at),
        by: entry.by,
        staff: entry.staff.clone(),
        what: entry.what,
        text: entry.text.clone(),
        evidence: entry.evidence.iter().map(evidence).collect(),
    }
}
