//! `POST /orders/{id}/cancellation`.

use axum::response::Response;
use orders_api::{CancelOrder, CancelOutcome, NOTE_MAX, Outcome};
use orders_domain::{CancelIntent, CancelSuccess, LineId, LineQuantity};
use orders_store::Changed;

use super::own::OwnOrder;
use super::{answer, cancel_refused, respond};
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

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
    own: OwnOrder,
    Body {
        value: body,
        fingerprint,
    }: Body<CancelOrder>,
) -> Result<Response, Failure> {
    let intent = intent(body)?;
    let mut outcome = "invalid";
    let changed = own.change(&fingerprint, |order, view| {
        let cancelled = order.cancel(view.policy, view.calendar, &intent, view.now);
        let (status, change, wire) = match cancelled {
            Ok(CancelSuccess::Cancelled(change)) => (201, change, Outcome::Cancelled),
            Ok(CancelSuccess::Requested(change)) => (202, change, Outcome::Requested),
            Err(error) => {
                let failure = cancel_refused(error, order, intent.lines.as_deref(), view);
                outcome = match failure {
                    Failure::NotCancellable(_) => "refused",
                    _ => "invalid",
                };
                return Err(failure);
            }
        };
        outcome = match wire {
            Outcome::Cancelled => "cancelled",
            Outcome::Requested => "requested",
        };
        // Known from the order as it was; a request gives nothing back yet.
        let quote = order.quote(
            view.policy,
            view.calendar,
            intent.lines.as_deref(),
            view.now,
        );
        let quote = quote.ok().filter(|_| wire == Outcome::Cancelled);
        let (restored, not_restored) = quote
            .map(|quote| view.given_back(&quote.restored, &quote.not_restored))
            .unwrap_or_default();
        let wire = CancelOutcome {
            outcome: wire,
            order: view.detail(&change.order),
            restored,
            not_restored,
        };
        Ok((change, answer(status, &wire)))
    });
    let changed = changed.await?;
    own.app.metrics.cancel(match changed {
        Changed::Done { .. } => outcome,
        Changed::Replayed(_) => "replayed",
        Changed::KeyReused | Changed::ClaimedByAnother(_) => "invalid",
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
