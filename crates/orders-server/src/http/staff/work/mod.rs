//! The staff's queue: what waits, and who has it in hand.

pub mod claim;
pub mod list;
pub mod release;

use orders_api as api;
use orders_domain::{Advice, Order, ShopId};
use orders_store::{WorkClaim, WorkEntry};

use super::Staff;
use crate::http::error::Failure;
use crate::http::wire::{instant, wire_money};
use crate::state::App;

/// The shops whose work they see, by name: the queue is searched shop by shop.
pub fn shops_of(app: &App, staff: &Staff) -> Vec<ShopId> {
    let all = app.shops.policies().map(|policy| policy.shop.clone());
    all.filter(|shop| staff.sees(shop)).collect()
}

/// Who has an entry in hand, on the wire.
pub fn claim(claim: WorkClaim) -> api::Claim {
    api::Claim {
        by: api::Person {
            id: claim.staff.0,
            name: claim.name,
        },
        until: instant(claim.until),
    }
}

/// What somebody else has in hand is not to be decided.
pub fn claimed(held: WorkClaim) -> Failure {
    Failure::ClaimedByAnother(Box::new(claim(held)))
}

/// An entry, with what the policy says about it.
///
/// # Errors
/// When the store fails.
pub async fn item(app: &App, entry: WorkEntry) -> Result<api::WorkItem, Failure> {
    let order = match &entry.order {
        Some(order) => app.store.order_by_id(order).await?,
        None => None,
    };
    let advice = match &entry.subject {
        Some(id) if entry.kind == api::WorkKind::Conversation => {
            let found = app.store.conversation(&id.as_str().into()).await?;
            found.map(|found| Advice::Conversation {
                topic: found.subject.topic,
                state: found.state,
            })
        }
        _ => order.as_ref().and_then(|order| advice(app, &entry, order)),
    };
    Ok(api::WorkItem {
        kind: entry.kind,
        shop: entry.shop.0,
        order: order.map(|order| api::WorkOrder {
            id: order.id.0,
            number: order.number,
        }),
        subject: entry.subject,
        since: instant(entry.since),
        due_at: entry.due_at.map(instant),
        advice: advice.map(to_wire),
        claim: entry.claim.map(claim),
        shopper_name: entry.shopper_name,
        id: entry.id,
    })
}

fn advice(app: &App, entry: &WorkEntry, order: &Order) -> Option<Advice> {
    let policy = app.shops.policy_of(order)?;
    order.advice(
        entry.kind,
        entry.subject.as_deref(),
        policy,
        app.clock.now(),
    )
}

fn to_wire(advice: Advice) -> api::WorkAdvice {
    match advice {
        Advice::Request {
            outcome,
            reason,
            drafted_by,
        } => api::WorkAdvice::CancellationRequest {
            outcome,
            reason,
            drafted_by,
        },
        Advice::SellerCancel { amount, drafted_by } => api::WorkAdvice::SellerCancel {
            amount: wire_money(amount),
            drafted_by,
        },
        Advice::Case {
            turn,
            in_time,
            deduction,
            amount,
            then,
            drafted_by,
        } => api::WorkAdvice::AfterSaleCase {
            turn,
            in_time,
            deduction: wire_money(deduction),
            amount: wire_money(amount),
            then,
            drafted_by,
        },
        Advice::Way {
            amount,
            approvals,
            needed,
            held,
        } => api::WorkAdvice::RefundWay {
            amount: wire_money(amount),
            approvals,
            approvals_needed: needed,
            held,
        },
        Advice::Pending { cause, missing } => {
            api::WorkAdvice::PendingConfirmation { cause, missing }
        }
        Advice::Complaint {
            turn,
            state,
            topic,
            wish,
            wished,
            left,
            second,
            then,
        } => api::WorkAdvice::Complaint {
            turn,
            state,
            topic,
            wish,
            wished: wished.map(wire_money),
            left: wire_money(left),
            second,
            then,
        },
        Advice::Conversation { topic, state } => api::WorkAdvice::Conversation { topic, state },
    }
}
