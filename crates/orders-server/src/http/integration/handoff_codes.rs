//! `POST /integration/handoff-codes`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use orders_api::field_codes;
use orders_domain::ShopperId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::config::limits::HANDOFF_SECONDS;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::text::Text;
use crate::random;
use crate::state::App;

/// Whose log-in is handed to which page.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueHandOffCode {
    /// The id of a shopper, as in `PUT /integration/shoppers/{id}`.
    #[schema(min_length = 1, max_length = 64)]
    pub shopper: String,
    /// What the page sent in `need_login`: the SHA-256 of its secret, base64url without padding.
    #[schema(pattern = "^[A-Za-z0-9_-]{43}$")]
    pub binding: String,
}

/// A code for the page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandOffCode {
    /// To be given to the page, and nowhere else.
    pub code: String,
    /// When it is of no use any more.
    pub expires_at: DateTime<Utc>,
}

const SHOPPER_CHARS: usize = 64;

/// Ask for a one-time code that logs a shopper in on the page that made `binding`.
///
/// Each call makes another code, also with the same `Idempotency-Key`, of which only the form is checked: of the code
/// itself the server keeps a hash, and nothing to answer a repetition with. What is not used is gone after a minute.
#[utoipa::path(
    post, path = "/integration/handoff-codes", tag = "integration", operation_id = "issue_handoff_code",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = IssueHandOffCode,
    security(("integration_key" = [])),
    responses((status = 201, description = "The code.", body = HandOffCode)),
)]
pub async fn issue_handoff_code(
    _: IntegrationKey,
    State(app): State<App>,
    _: IdempotencyKey,
    Body { value: body, .. }: Body<IssueHandOffCode>,
) -> Result<(StatusCode, Json<HandOffCode>), Failure> {
    Text::line("shopper", &body.shopper, SHOPPER_CHARS)?;
    if !is_binding(&body.binding) {
        return Err(Failure::field("binding", field_codes::INVALID));
    }
    let shopper = ShopperId(body.shopper);
    if app.store.credentials_of(&shopper).await?.is_none() {
        return Err(Failure::unknown("shopper"));
    }
    let code = random::hex::<32>().map_err(Failure::internal)?;
    let expires_at = app.clock.now() + TimeDelta::seconds(HANDOFF_SECONDS);
    app.store
        .put_hand_off(
            &random::sha256(code.as_bytes()),
            &shopper,
            &body.binding,
            expires_at,
        )
        .await?;
    Ok((StatusCode::CREATED, Json(HandOffCode { code, expires_at })))
}

/// Whether it has the form of 32 bytes in base64url.
fn is_binding(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
