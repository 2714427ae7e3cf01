//! A shopper's orders: found, read, cancelled, corrected.

pub mod cancel;
pub mod correct_address;
pub mod list;
pub mod own;
pub mod preview;
pub mod show;
pub mod withdraw;

use std::collections::BTreeMap;

use axum::response::Response;
use orders_api::field_codes;
use orders_domain::{CancelError, LineQuantity, Order};
use orders_store::{Answer, Changed, Verdict};

use super::context::Context;
use super::error::{Failure, Refused, send};
use super::wire::View;

/// A refused cancel as an answer. `lines` are those that were asked for, to name the one at fault.
fn cancel_refused(
    error: CancelError,
    order: &Order,
    lines: Option<&[LineQuantity]>,
    view: View<'_>,
) -> Failure {
    let at = |id: &orders_domain::LineId, field: &str, code: &str| {
        let index = lines
            .unwrap_or_default()
            .iter()
            .position(|line| line.line == *id)
            .unwrap_or_default();
        Failure::field(format!("lines[{index}].{field}"), code)
    };
    match error {
        CancelError::NotPossible { reason, next_steps } => {
            Failure::NotCancellable(Box::new(Refused {
                order: view.detail(order),
                reason,
                next_steps,
            }))
        }
        CancelError::UnknownReason => Failure::unknown("reason"),
        CancelError::NoteRequired => Failure::field("note", field_codes::REQUIRED),
        CancelError::UnknownLine(id) => at(&id, "line", field_codes::UNKNOWN),
        CancelError::QuantityOutOfRange(id) => at(&id, "quantity", field_codes::OUT_OF_RANGE),
        CancelError::PartialNotAllowed => Failure::field("lines", field_codes::NOT_ALLOWED),
        CancelError::NoLines => Failure::Invalid(BTreeMap::from([(
            "lines".to_owned(),
            field_codes::REQUIRED.to_owned(),
        )])),
    }
}

/// A verdict that changes nothing. The answer is kept for the idempotency key, but for "not found":
/// the order may come yet.
pub(super) fn refuse(failure: &Failure, context: &Context) -> Verdict {
    Verdict {
        change: None,
        answer: failure.answer(context),
        remember: !matches!(failure, Failure::NotFound | Failure::Internal(_)),
    }
}

/// What the store did, as a response.
pub(super) fn respond(changed: Changed) -> Result<Response, Failure> {
    match changed {
        Changed::Done { answer, .. } | Changed::Replayed(answer) => Ok(send(answer)),
        Changed::KeyReused => Err(Failure::KeyReused),
        Changed::ClaimedByAnother(held) => Err(super::staff::work::claimed(held)),
    }
}

/// An answer with a JSON body.
pub(super) fn answer(status: u16, body: &impl serde::Serialize) -> Answer {
    Answer {
        status,
        body: super::error::json(body),
    }
}
