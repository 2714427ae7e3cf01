//! `DELETE /staff/session`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::staff::{token, without_cookie};
use crate::random;
use crate::state::App;

/// Log out of the console. Nothing to log out of is fine: of the `Idempotency-Key` only the form is checked.
#[utoipa::path(
    delete, path = "/staff/session", tag = "staff", operation_id = "log_out_staff",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    security((), ("staff_cookie" = []), ("staff_bearer" = [])),
    responses((status = 204, description = "Nobody is logged in any more.")),
)]
pub async fn log_out_staff(
    State(app): State<App>,
    _: IdempotencyKey,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(token) = token(&headers, app.https()) {
        app.store
            .end_staff_session(&random::sha256(token.as_bytes()))
            .await?;
    }
    Ok((StatusCode::NO_CONTENT, without_cookie(app.https())).into_response())
}
