//! `POST /session/handoff`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{HandOff, Session};

use super::begin;
use super::log_in::{Address, address_key, within_limits};
use crate::config::limits::{ATTEMPTS_PER_ADDRESS, HANDOFF_CHARS};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::text::Text;
use crate::random;
use crate::state::App;

/// Log in with a one-time code that the host app's backend asked for.
///
/// `secret` is what the page made its `binding` of, so that a code is of use to that page only. The first use of a code
/// is its last, whatever comes of it. A used code, an old one, another page's and one that never was get the same answer.
///
/// No answer is kept for the `Idempotency-Key`, because it carries a secret: sent again, the code is used. After a log-in,
/// its key with another code is refused.
#[utoipa::path(
    post, path = "/session/handoff", tag = "session", operation_id = "hand_off",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = HandOff,
    responses((status = 200, description = "Logged in; the cookie carries the session.", body = Session)),
)]
pub async fn hand_off(
    State(app): State<App>,
    address: Address,
    context: Context,
    key: IdempotencyKey,
    Body { value: body, .. }: Body<HandOff>,
) -> Result<Response, Failure> {
    let code = Text::id("code", &body.code, HANDOFF_CHARS)?;
    let secret = Text::id("secret", &body.secret, HANDOFF_CHARS)?;
    let now = app.clock.now();
    let once = key.once("anybody", &random::sha256(code.as_bytes()), now);
    // Counted apart from passwords: a host app at fault must not keep people from logging in by hand.
    let attempts = format!("handoff {}", address_key(address));
    within_limits(&app, &[(attempts.clone(), ATTEMPTS_PER_ADDRESS)], now).await?;
    let taken = app
        .store
        .take_hand_off(&random::sha256(code.as_bytes()), now)
        .await?;
    let fits = taken
        .filter(|taken| !taken.expired && random::same(&taken.binding, &random::binding(secret)));
    let Some(taken) = fits else {
        app.store.record_login_failure(&attempts, now).await?;
        return Err(Failure::InvalidHandOffCode);
    };
    begin(&app, taken.shopper, context.language, once.as_ref()).await
}
