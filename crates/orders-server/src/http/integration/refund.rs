//! `GET /integration/refunds/{refund}` and `POST /integration/refunds/{refund}/decisions`.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use orders_api::{Channel, Instant, Money, RefundFailure, RefundState, WayState};
use orders_domain::{self as domain, Order, OrderId, Policy, RefundId};
use orders_store::{Answer, Changed, Selector, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::http::context::Context;
use crate::http::error::{Failure, json, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::text::Text;
use crate::http::wire::{View, instant, wire_money};
use crate::state::App;

/// The longest id of somebody of the staff, and the longest words to the shopper.
const STAFF_CHARS: usize = 64;
const NOTE_CHARS: usize = 500;

/// A refund, as the shop's staff need it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundForShop {
    /// Its id.
    pub refund: String,
    /// The order, as the shop knows it.
    pub external_id: String,
    /// Its shop.
    pub shop: String,
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// To which account, as the shopper sees it.
    pub account: String,
    /// Where it stands.
    pub state: RefundState,
    /// By which provider of the payments file Tepai makes it; `null` when the shop does.
    pub provider: Option<String>,
    /// The provider's own id of it.
    pub reference: Option<String>,
    /// Why it failed.
    pub failure: Option<RefundFailure>,
    /// The shopper's last wish for another way.
    pub way: Option<WayForShop>,
}

/// A wish for another way.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayForShop {
    /// `bank_card` or `alipay`.
    pub channel: Channel,
    /// The card's number, or what the account logs in with: in full for who asks, masked in the answer to a decision.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// The bank, of a card.
    pub bank: Option<String>,
    /// When the shopper asked.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: WayState,
    /// Whether it can be decided: the provider is known not to have the refund.
    pub held: bool,
    /// Who of the staff approved it.
    pub approvals: Vec<String>,
    /// How many have to.
    pub approvals_needed: usize,
}

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

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Decision {
    Approve,
    Decline,
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
    let note = value.note.as_deref().unwrap_or_default();
    match value.decision {
        Decision::Decline => Text::required("note", note, NOTE_CHARS)?,
        Decision::Approve => Text::at_most("note", note, NOTE_CHARS)?,
    };
    let refund = RefundId(refund);
    let id = order_of(&app, &refund).await?;
    let now = app.clock.now();
    let mut ended = false;
    let decide = |order: Option<Order>| {
        let decided = || {
            let order = order.as_ref().ok_or(Failure::NotFound)?;
            let view = View::of(&app, order, context.language, now)?;
            let decided = match value.decision {
                Decision::Approve => {
                    order.approve_way(&refund, &value.staff, view.policy, view.calendar, now)
                }
                Decision::Decline => order.decline_way(&refund, note, now),
            };
            let change = decided
                .ok_or(Failure::NotFound)?
                .map_err(Failure::RefundWay)?;
            let after = wire(&change.order, &refund, view.policy, Account::Masked);
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
                    answer: failure.answer(&context),
                    remember: false,
                }
            }
        }
    };
    let once = key.once("integration", &fingerprint, now);
    let selector = Selector::ById(id);
    let answer = match app
        .store
        .change(&selector, once.as_ref(), now, decide)
        .await?
    {
        Changed::Done { answer, .. } | Changed::Replayed(answer) => answer,
        Changed::KeyReused => return Err(Failure::KeyReused),
    };
    if ended {
        // A refund that was held goes on at once.
        app.store.hasten_refund(&refund, now).await?;
    }
    Ok(send(answer))
}

async fn order_of(app: &App, refund: &RefundId) -> Result<OrderId, Failure> {
    let order = app.store.order_of_refund(refund).await?;
    order.ok_or(Failure::NotFound)
}

/// How an account is written: answers that are kept for their idempotency keys do not hold it in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Account {
    InFull,
    Masked,
}

fn wire(order: &Order, id: &RefundId, policy: &Policy, account: Account) -> Option<RefundForShop> {
    let refund = order.refunds.iter().find(|refund| refund.id == *id)?;
    let course = &refund.course;
    Some(RefundForShop {
        refund: refund.id.0.clone(),
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
