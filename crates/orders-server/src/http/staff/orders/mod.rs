//! Orders in the console: found, read, decided.

pub mod act;
pub mod audit;
pub mod cancel;
pub mod confirm;
pub mod correct_address;
pub mod decide_request;
pub mod find;
pub mod show;

use orders_api::{Permission, ShopperForStaff, StaffDecision, StaffOrder};
use orders_domain::{Order, ShopperId};
use orders_store::{AuditEntry, Door};

use super::Staff;
use crate::http::error::Failure;
use crate::http::wire::{View, instant};
use crate::state::App;

/// What is shown of an order beside the order itself.
#[derive(Debug)]
struct Beside {
    shopper: ShopperForStaff,
    /// Newest first.
    decisions: Vec<StaffDecision>,
}

impl Beside {
    /// What belongs to `order`.
    async fn of(app: &App, order: &Order) -> Result<Self, Failure> {
        let trail = app.store.audit_of(&order.id).await?;
        let entries = trail.entries.iter().rev();
        Ok(Self {
            shopper: shopper(app, &order.shopper).await?,
            decisions: entries.filter_map(decision).collect(),
        })
    }

    /// The order as `staff` see it.
    fn with(&self, order: &Order, staff: &Staff, view: View<'_>) -> StaffOrder {
        let mut actions: Vec<Permission> = order.open_to_staff();
        actions.retain(|what| staff.role().may(*what));
        StaffOrder {
            order: view.detail(order),
            shopper: self.shopper.clone(),
            actions,
            decisions: self.decisions.clone(),
        }
    }
}

async fn shopper(app: &App, id: &ShopperId) -> Result<ShopperForStaff, Failure> {
    let known = app.store.credentials_of(id).await?;
    Ok(ShopperForStaff {
        id: id.0.clone(),
        name: known
            .map(|known| known.shopper.display_name)
            .unwrap_or_default(),
        logins: app.store.logins_of(id).await?,
    })
}

/// What one of the staff did, in the console or by the shop's systems.
fn decision(entry: &AuditEntry) -> Option<StaffDecision> {
    match entry.door {
        Door::Staff | Door::Shop => Some(StaffDecision {
            at: instant(entry.at),
            staff: entry.staff.clone()?.0,
            what: entry.what.clone(),
        }),
        Door::Shopper | Door::System => None,
    }
}
