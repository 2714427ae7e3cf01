//! `GET /integration/refunds/{refund}` and `POST /integration/refunds/{refund}/decisions`.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use orders_api::{Decision, RefundForShop, WayForShop};
use orders_domain::{self as domain, Order, OrderId, Policy, RefundId};
use orders_store::{Answer, Changed, Verdict};
use serde::Deserialize;
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::http::context::Context;
use crate::http::error::{Failure, json, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::work::claimed;
use crate::http::text::Text;
use crate::http::wire::{View, instant, wire_money};
use crate::state::App;

/// The longest id of somebody of the staff, and the longest words to the shopper.
const STAFF_CHARS: usize = 64;
const NOTE_CHARS: usize = 500;

/// A decision of the staff on another way.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideWay {
    /// What.
    pub decision: Decision,
    /// Who: the shop's id of them. Two approvals must be two people's.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// Why not, for the shopper; needed to decline.
    #[serde(default)]
    pub note: Option<String>,
}

/// One refund, with the account that its shopper named.
#[utoipa::path(
    get, path = "/integration/refunds/{refund}", tag = "integration", operation_id = "show_refund_to_shop",
    params(("refund" = String, Path, min_length = 1, max_length = 64)),
    security(("integration_key" = [])),
    responses((status = 200, description = "The refund.", body = RefundForShop)),
)]
pub async fn show_refund_to_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    PathId(refund): PathId,
) -> Result<Json<RefundForShop>, Failure> {
    let refund = RefundId(refund);
    let id = order_of(&app, &refund).await?;
    let order = app.store.order_by_id(&id).await?;
    let order = order.ok_or(Failure::NotFound)?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    wire(&order, &refund, view.policy, Account::InFull)
        .map(Json)
        .ok_or(Failure::NotFound)
}

/// Staff decide on another way for a refund. Above the policy's amount two different people have to approve.
#[utoipa::path(
    post, path = "/integration/refunds/{refund}/decisions", tag = "integration", operation_id = "decide_refund_way",
    params(
        ("refund" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = DecideWay,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The refund after it.", body = RefundForShop),
        (status = 409, description = "`no_open_way`; `refund_not_held`: not known yet whether the provider has it, try again in a minute; `second_person_needed`: the same person approved it before.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn decide_refund_way(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(refund): PathId,
    Body { value, fingerprint }: Body<DecideWay>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    let decided = Decided {
        by: ShopSide::Systems(&value.staff),
        refund: RefundId(refund),
        decision: value.decision,
        note: note_for(value.decision, value.note)?,
    };
    decided.carry_out(&app, &context, &key, &fingerprint).await
}

/// The words that come with a decision, which a no needs.
///
/// # Errors
/// [`Failure::Invalid`].
pub fn note_for(decision: Decision, note: Option<String>) -> Result<String, Failure> {
    let note = note.unwrap_or_default();
    match decision {
        Decision::Decline => Text::required("note", &note, NOTE_CHARS)?,
        Decision::Approve => Text::at_most("note", &note, NOTE_CHARS)?,
    };
    Ok(note)
}

/// A decision on another way for a refund.
pub struct Decided<'a> {
    /// Whose.
    pub by: ShopSide<'a>,
    /// On which refund.
    pub refund: RefundId,
    /// What.
    pub decision: Decision,
    /// Why not.
    pub note: String,
}

impl Decided<'_> {
    /// Carries it out, and answers with the refund after it.
    ///
    /// # Errors
    /// When there is no such refund, or the store fails. What the rules refuse is an answer.
    pub async fn carry_out(
        &self,
        app: &App,
        context: &Context,
        key: &IdempotencyKey,
        fingerprint: &str,
    ) -> Result<Response, Failure> {
        let Self {
            by,
            refund,
            decision,
            note,
        } = self;
        let id = order_of(app, refund).await?;
        let now = app.clock.now();
        let mut ended = false;
        let decide = |order: Option<Order>| {
            let decided = || {
                let order = order.as_ref().ok_or(Failure::NotFound)?;
                let view = View::of(app, order, context.language, now)?;
                let decided = match decision {
                    Decision::Approve => {
                        order.approve_way(refund, by.staff(), view.policy, view.calendar, now)
                    }
                    Decision::Decline => order.decline_way(refund, note, now),
                };
                let change = decided
                    .ok_or(Failure::NotFound)?
                    .map_err(Failure::RefundWay)?;
                let after = wire(&change.order, refund, view.policy, Account::Masked);
                let after = after.ok_or(Failure::NotFound)?;
                Ok((change, json(&after)))
            };
            match decided() {
                Ok((change, body)) => {
                    ended = true;
                    Verdict {
                        change: Some(change),
                        answer: Answer { status: 200, body },
                        remember: true,
                    }
                }
                // Not kept: a decision that comes too early may be sent again.
                Err(failure) => {
                    let failure: Failure = failure;
                    Verdict {
                        change: None,
                        answer: failure.answer(context),
                        remember: false,
                    }
                }
            }
        };
        let once = key.once(&by.caller(), fingerprint, now);
        let selector = by.order_named(id);
        let answer = match app
            .store
            .change(&selector, once.as_ref(), now, decide)
            .await?
        {
            Changed::Done { answer, .. } | Changed::Replayed(answer) => answer,
            Changed::KeyReused => return Err(Failure::KeyReused),
            Changed::ClaimedByAnother(held) => return Err(claimed(held)),
        };
        if ended {
            // A refund that was held goes on at once.
            app.store.hasten_refund(refund, now).await?;
        }
        Ok(send(answer))
    }
}

/// The order that a refund belongs to.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such refund.
pub async fn order_of(app: &App, refund: &RefundId) -> Result<OrderId, Failure> {
    let order = app.store.order_of_refund(refund).await?;
    order.ok_or(Failure::NotFound)
}

/// How an account is written: answers that are kept for their idempotency keys do not hold it in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// For who looks at the one refund.
    InFull,
    /// Enough to know it again.
    Masked,
}

/// A refund for the shop's staff; `None` when the order has no such refund.
pub fn wire(
    order: &Order,
    id: &RefundId,
    policy: &Policy,
    account: Account,
) -> Option<RefundForShop> {
    let refund = order.refunds.iter().find(|refund| refund.id == *id)?;
    let course = &refund.course;
    Some(RefundForShop {
        refund: refund.id.0.clone(),
        order: order.id.0.clone(),
        external_id: order.external_id.0.clone(),
        shop: order.shop.0.clone(),
        amount: wire_money(refund.amount),
        channel: refund.channel,
        account: refund.account.zh_cn.clone(),
        state: refund.state,
        provider: course.provider.as_ref().map(|provider| provider.0.clone()),
        reference: course.reference.clone(),
        failure: course.failure,
        way: course
            .change
            .as_ref()
            .map(|change| way(change, policy, refund.amount.amount, account)),
    })
}

fn way(change: &domain::WayChange, policy: &Policy, amount: i64, account: Account) -> WayForShop {
    WayForShop {
        channel: change.way.channel,
        account: match account {
            Account::InFull => change.way.account.clone(),
            Account::Masked => change.way.masked().zh_cn,
        },
        holder: change.way.holder.clone(),
        bank: change.way.bank.clone(),
        asked_at: instant(change.asked_at),
        state: change.state(),
        held: change.held,
        approvals: change
            .approvals
            .iter()
            .map(|approval| approval.by.clone())
            .collect(),
        approvals_needed: policy.approvals_needed(amount),
    }
}
