//! `DELETE /session`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{cookie, token};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::random;
use crate::state::App;

/// Log out. Nothing to log out of is fine, so that sending it again is harmless: no answer is kept for the
/// `Idempotency-Key`, of which only the form is checked.
#[utoipa::path(
    delete, path = "/session", tag = "session", operation_id = "log_out",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    security((), ("cookie" = []), ("bearer" = [])),
    responses((status = 204, description = "Nobody is logged in any more.")),
)]
pub async fn log_out(
    State(app): State<App>,
    _: IdempotencyKey,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(token) = token(&headers, app.https()) {
        app.store
            .end_session(&random::sha256(token.as_bytes()))
            .await?;
    }
    let cookie = [(header::SET_COOKIE, cookie("", app.https(), 0))];
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}
