//! After-sale cases in the shape of the wire.

use orders_api as api;
use orders_domain::Order;

use super::wire::{View, instant, money};

impl View<'_> {
    /// The cases of an order, newest first.
    pub fn case_summaries(&self, order: &Order) -> Vec<api::CaseSummary> {
        let cases = order.body.cases.iter().rev();
        cases
            .map(|case| api::CaseSummary {
                id: case.id.clone(),
                kind: case.kind,
                state: case.state,
                turn: case.state.turn(),
                until: case.until.map(instant),
                amount: money(order, case.settlement.amount),
                opened_at: instant(case.opened_at),
            })
            .collect()
    }

    /// Until when a case may be opened.
    pub fn after_sale_window(&self, order: &Order) -> Option<api::AfterSaleWindow> {
        let (until, until_faulty) = order.case_deadlines(self.policy)?;
        Some(api::AfterSaleWindow {
            until: instant(until),
            until_faulty: instant(until_faulty),
        })
    }
}
