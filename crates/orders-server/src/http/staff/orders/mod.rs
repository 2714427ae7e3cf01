//! Orders in the console: found, read, decided.

pub mod act;
pub mod approve_cancel;
pub mod approve_request;
pub mod audit;
pub mod cancel;
pub mod confirm;
pub mod correct_address;
pub mod decide_request;
pub mod find;
pub mod lift_limit;
pub mod show;

use orders_api::{
    Permission, SellerReason, ShopperForStaff, StaffDecision, StaffOrder, WouldRefund,
};
use orders_domain::{Order, QuotedRefund, ShopperId, StaffAct};
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
        let mut actions: Vec<Permission> = order.open_to_staff(view.policy, view.now);
        actions.retain(|what| staff.role().may(*what));
        let would_refund = actions.iter();
        StaffOrder {
            order: view.detail(order),
            shopper: self.shopper.clone(),
            would_refund: would_refund
                .filter_map(|what| would_refund_by(order, *what, view))
                .collect(),
            actions,
            cancel_drafts: view.drafts(order, None),
            standing: view.standing(order),
            decisions: self.decisions.clone(),
        }
    }
}

/// What `action` would give back: that of the act itself.
fn would_refund_by(order: &Order, action: Permission, view: View<'_>) -> Option<WouldRefund> {
    let act = match action {
        Permission::DecideRequest => StaffAct::ApproveRequest,
        // Whatever the reason.
        Permission::CancelForSeller => StaffAct::CancelForSeller {
            reason: SellerReason::CannotFulfil.code().to_owned(),
            note: None,
        },
        Permission::SeeWork
        | Permission::Chat
        | Permission::DecideCase
        | Permission::DecideAppeal
        | Permission::DecideRefundWay
        | Permission::ConfirmOrder
        | Permission::CorrectAddress
        | Permission::AnswerComplaint
        | Permission::DecideDispute
        | Permission::Note
        | Permission::SeeAudit
        | Permission::LiftLimit
        | Permission::SeeInsight
        | Permission::Export
        | Permission::EditReplies
        | Permission::DraftPolicy
        | Permission::PublishPolicy
        | Permission::ManageStaff => return None,
    };
    let change = order.act_by_staff(&act, view.policy, view.calendar, view.now);
    let made = change.ok()?.effects.refunds;
    let sum = made.iter().map(|refund| refund.amount.amount).sum();
    let quoted = made.into_iter().map(|refund| QuotedRefund {
        amount: refund.amount,
        channel: refund.channel,
        account: refund.account,
        promise: refund.promise,
        payment: refund.course.payment.unwrap_or_default(),
        provider: refund.course.provider,
    });
    Some(WouldRefund {
        action,
        takes_two: view.takes_two(sum),
        refunds: quoted.map(|one| view.preview_refund(&one)).collect(),
    })
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
        Door::Shopper | Door::Guest | Door::System => None,
    }
}
