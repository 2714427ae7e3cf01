//! `POST /orders/{id}/cancellation`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CancelOrder, CancelOutcome, NOTE_MAX, Outcome};
use orders_domain::{CancelIntent, CancelSuccess, LineId, LineQuantity, OrderId};
use orders_store::{Changed, Verdict};

use super::{answer, cancel_refused, refuse, respond};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::text::Text;
use crate::http::wire::View;
use crate::state::App;

/// The longest code of a reason, and the most lines named.
const REASON_CHARS: usize = 64;
const LINES_MAX: usize = 200;

/// Cancel an order or parts of it: at once, or by asking staff, as the shop's policy says.
///
/// The decision is made on the order as it is at this moment, in the transaction that writes it.
#[utoipa::path(
    post, path = "/orders/{id}/cancellation", tag = "orders", operation_id = "cancel_order",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = CancelOrder,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "Cancelled.", body = CancelOutcome),
        (status = 202, description = "Handed to staff.", body = CancelOutcome),
        (status = 409, description = "`order_not_cancellable`, with the order, the reason and the next steps.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn cancel_order(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body {
        value: body,
        fingerprint,
    }: Body<CancelOrder>,
) -> Result<Response, Failure> {
    let intent = intent(body)?;
    let now = app.clock.now();
    let once = key.once(shopper.id().as_str(), &fingerprint, now);
    let mut outcome = "invalid";
    let decide = |order: Option<orders_domain::Order>| {
        let Some(order) = order else {
            return refuse(&Failure::NotFound, &context);
        };
        let view = match View::of(&app, &order, context.language, now) {
            Ok(view) => view,
            Err(failure) => return refuse(&failure, &context),
        };
        let (status, change, wire) = match order.cancel(view.policy, view.calendar, &intent, now) {
            Ok(CancelSuccess::Cancelled(change)) => (201, change, Outcome::Cancelled),
            Ok(CancelSuccess::Requested(change)) => (202, change, Outcome::Requested),
            Err(error) => {
                let failure = cancel_refused(error, &order, intent.lines.as_deref(), view);
                outcome = match failure {
                    Failure::NotCancellable(_) => "refused",
                    _ => "invalid",
                };
                return refuse(&failure, &context);
            }
        };
        outcome = match wire {
            Outcome::Cancelled => "cancelled",
            Outcome::Requested => "requested",
        };
        let order = view.detail(&change.order);
        let wire = CancelOutcome {
            outcome: wire,
            order,
        };
        Verdict {
            change: Some(change),
            answer: answer(status, &wire),
            remember: true,
        }
    };
    let selector = shopper.own(&OrderId(id));
    let changed = app.store.change(&selector, once.as_ref(), decide).await?;
    app.metrics.cancel(match changed {
        Changed::Done { .. } => outcome,
        Changed::Replayed(_) => "replayed",
        Changed::KeyReused => "invalid",
    });
    respond(changed)
}

fn intent(body: CancelOrder) -> Result<CancelIntent, Failure> {
    Text::line("reason", &body.reason, REASON_CHARS)?;
    // Blank words are none.
    let note = body
        .note
        .map(|note| note.trim().to_owned())
        .filter(|note| !note.is_empty());
    if let Some(note) = &note {
        Text::at_most("note", note, NOTE_MAX)?;
    }
    if body
        .lines
        .as_ref()
        .is_some_and(|lines| lines.len() > LINES_MAX)
    {
        return Err(Failure::field("lines", orders_api::field_codes::TOO_LONG));
    }
    // An empty list is not the whole order: the rules refuse it.
    let lines = body.lines.map(|lines| {
        lines
            .into_iter()
            .map(|line| LineQuantity {
                line: LineId(line.line),
                quantity: line.quantity,
            })
            .collect()
    });
    Ok(CancelIntent {
        reason: body.reason,
        note,
        lines,
    })
}
