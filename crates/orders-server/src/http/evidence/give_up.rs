//! `DELETE /evidence/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use orders_domain::EvidenceId;
use orders_store::{Answer, Changed};

use crate::http::error::{Failure, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::staff::work::claimed;
use crate::state::App;

/// Give an upload up, or remove a photo or video that was not sent. What a case or a conversation has stays.
#[utoipa::path(
    delete, path = "/evidence/{id}", tag = "evidence", operation_id = "give_up_upload",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 204, description = "It is gone."),
        (status = 409, description = "`evidence_in_use`: a case or a conversation has it.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn give_up_upload(
    State(app): State<App>,
    shopper: Shopper,
    key: IdempotencyKey,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    let id = EvidenceId(id);
    let once = key.once(&shopper.scope(), "", app.clock.now());
    let gone = Answer {
        status: StatusCode::NO_CONTENT.as_u16(),
        body: String::new(),
    };
    let given_up = app
        .store
        .give_up_upload(shopper.owner(), &id, once.as_ref(), gone);
    match given_up.await? {
        Some(Changed::Done { .. }) => {
            // Its row stays for tidying: a file that is being cleaned at this moment may still be put there.
            if let Err(error) = app.evidence.files.forget(&id).await {
                tracing::warn!(evidence = %id, %error, "bytes are left; tidying will try again");
            }
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Some(Changed::Replayed(answer)) if answer.body.is_empty() => {
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Some(Changed::Replayed(answer)) => Ok(send(answer)),
        Some(Changed::KeyReused) => Err(Failure::KeyReused),
        Some(Changed::ClaimedByAnother(held)) => Err(claimed(held)),
        None => match app.store.upload_of(shopper.owner(), &id).await? {
            Some(_) => Err(Failure::EvidenceInUse),
            None => Err(Failure::NotFound),
        },
    }
}
