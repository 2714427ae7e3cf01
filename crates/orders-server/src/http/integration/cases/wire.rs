//! A case as the shop's staff need it: with everything that its shopper said and sent, and who of them did what.

use orders_api::{
    Actor, CaseAct, CaseKind, CaseSettlement, CaseState, Condition, Consequence, Evidence, Instant,
    Money, Parcel, Turn,
};
use orders_domain::{self as domain, Case, Order};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::wire::{View, instant, money};
use crate::http::wire_case::{evidence, settlement_of};

/// A case in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseInList {
    /// Its id.
    pub case: String,
    /// The order, as the shop knows it.
    pub external_id: String,
    /// The number that shopper and support use.
    pub number: String,
    /// Its shop.
    pub shop: String,
    /// Whose it is.
    pub shopper: String,
    /// The money alone, or a return.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over.
    pub until: Option<Instant>,
    /// What follows when that passes; `null` when it is over.
    pub then: Option<Consequence>,
    /// The code of the shopper's reason.
    pub reason: String,
    /// What it comes to.
    pub amount: Money,
    /// When it was opened.
    pub opened_at: Instant,
}

/// A case, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseForShop {
    /// What the list says of it.
    #[serde(flatten)]
    pub case: CaseInList,
    /// In which condition the goods are, as the shopper says; `null` where nothing was received.
    pub condition: Option<Condition>,
    /// Of what.
    pub lines: Vec<CaseLineForShop>,
    /// What it comes to.
    pub settlement: CaseSettlement,
    /// Everything that was said and done, oldest first.
    pub thread: Vec<CaseEntryForShop>,
    /// Where the goods are to be sent.
    pub return_to: Option<String>,
    /// The parcel that goes back.
    pub parcel: Option<Parcel>,
    /// The ids of the refunds that it made.
    pub refunds: Vec<String>,
}

/// Some of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLineForShop {
    /// The line's id.
    pub line: String,
    /// What it is.
    pub title: String,
    /// How many of it.
    pub quantity: u32,
    /// The ids of the components that are meant; empty when it is meant whole.
    pub components: Vec<String>,
}

/// Something that was said or done.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEntryForShop {
    /// When.
    pub at: Instant,
    /// Who, as the shopper sees it.
    pub by: Actor,
    /// Who of the staff; `null` when it was none of them.
    pub staff: Option<String>,
    /// What.
    pub what: CaseAct,
    /// In words.
    pub text: Option<String>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

impl View<'_> {
    /// A case in the shop's list.
    pub fn case_in_list(&self, order: &Order, case: &Case) -> CaseInList {
        CaseInList {
            case: case.id.clone(),
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
