//! `POST /integration/orders/{external_id}/events`.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use orders_api::{OrderState, field_codes};
use orders_domain::{Applied, EventRefusal, ExternalId, Order};
use orders_store::{Answer, Changed, Once, Selector, Verdict};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::IntegrationKey;
use super::shop_event::PostEvent;
use crate::http::context::Context;
use crate::http::error::{Failure, json, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::work::claimed;
use crate::http::wire::View;
use crate::random::sha256;
use crate::state::App;

/// What became of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOutcome {
    /// The order's state now.
    pub state: OrderState,
    /// Its version now.
    pub version: i64,
    /// Whether the event changed it; late and repeated events do not.
    pub applied: bool,
}

/// Tell what happened to an order.
///
/// Idempotent by `event_id`: only answers of 200 are kept, so that a refused `packing_started` can be sent
/// again once the order is no longer on hold. Out-of-order and repeated events are harmless.
#[utoipa::path(
    post, path = "/integration/orders/{external_id}/events", tag = "integration", operation_id = "post_event",
    params(
        ("external_id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$", description = "Checked only: `event_id` is what counts."),
    ),
    request_body = PostEvent,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The order's state.", body = EventOutcome),
        (status = 409, description = "`order_cancelled`, `order_on_hold` or `incomplete_info`: do not pack or ship. `order_not_cancellable`: too late for the seller to cancel.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn post_event(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    _: IdempotencyKey,
    PathId(external_id): PathId,
    Body { value, .. }: Body<Value>,
) -> Result<Response, Failure> {
    // Of the parsed value, not of the bytes: a repetition may be written with other spaces.
    let fingerprint = sha256(value.to_string().as_bytes());
    let event = PostEvent::read(value)?;
    let now = app.clock.now();
    let once = Once {
        scope: format!("integration/events/{external_id}"),
        key: event.event_id.clone(),
        fingerprint,
        at: now,
    };
    let decide = |order: Option<Order>| match apply(&app, &context, &event, order) {
        Ok(verdict) => verdict,
        Err(failure) => Verdict {
            change: None,
            answer: failure.answer(&context),
            remember: false,
        },
    };
    let selector = Selector::External(ExternalId(external_id));
    match app
        .store
        .change(&selector, Some(&once), now, decide)
        .await?
    {
        Changed::Done { answer, .. } | Changed::Replayed(answer) => Ok(send(answer)),
        Changed::KeyReused => Err(Failure::KeyReused),
        Changed::ClaimedByAnother(held) => Err(claimed(held)),
    }
}

fn apply(
    app: &App,
    context: &Context,
    event: &PostEvent,
    order: Option<Order>,
) -> Result<Verdict, Failure> {
    let order = order.ok_or(Failure::NotFound)?;
    let now = app.clock.now();
    let view = View::of(app, &order, context.language, now)?;
    let dated = event.to_domain(order.body.amounts.currency)?;
    let applied = order
        .apply(&dated, view.policy, view.calendar, now)
        .map_err(refusal)?;
    let (change, outcome) = match applied {
        Applied::Changed(change) => {
            let outcome = outcome(&change.order, true);
            (Some(*change), outcome)
        }
        Applied::Unchanged => (None, outcome(&order, false)),
    };
    let answer = Answer {
        status: 200,
        body: json(&outcome),
    };
    Ok(Verdict {
        change,
        answer,
        remember: true,
    })
}

fn outcome(order: &Order, applied: bool) -> EventOutcome {
    EventOutcome {
        state: order.state,
        version: order.version,
        applied,
    }
}

fn refusal(refusal: EventRefusal) -> Failure {
    match refusal {
        EventRefusal::OrderCancelled => Failure::OrderCancelled,
        EventRefusal::OrderOnHold => Failure::OrderOnHold,
        EventRefusal::IncompleteInfo => Failure::IncompleteInfo,
        EventRefusal::NotCancellable => Failure::SellerCannotCancel,
        EventRefusal::Mismatch => Failure::Invalid(BTreeMap::from([(
            "body".to_owned(),
            field_codes::INVALID.to_owned(),
        )])),
    }
}
