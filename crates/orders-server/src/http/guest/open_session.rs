//! `POST /guest/session`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{OpenGuestSession, Session, field_codes};
use orders_store::Owner;

use crate::config::limits::{
    ATTEMPTS_PER_ADDRESS, GUEST_CODE_TRIES, GUEST_SESSION_SECONDS, HANDOFF_CHARS, LOGIN_CHARS,
};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::session::begin_for;
use crate::http::session::log_in::{Address, address_key, within_limits};
use crate::http::text::Text;
use crate::random;
use crate::state::App;

/// See one order with the code that was sent. The cookie of the answer carries a session that ends two hours later and has
/// that order alone; it takes the place of the one before.
///
/// A code is good for ten minutes, for five tries, and once. A wrong one, an old one, a used one and one that was never sent
/// get the same answer in the same time.
///
/// No answer is kept for the `Idempotency-Key`, because it carries a secret: sent again, the code is used. After a success,
/// its key with another code is refused.
#[utoipa::path(
    post, path = "/guest/session", tag = "guest", operation_id = "open_guest_session",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = OpenGuestSession,
    responses((status = 200, description = "The order can be seen; the cookie carries the session.", body = Session)),
)]
pub async fn open_guest_session(
    State(app): State<App>,
    address: Address,
    key: IdempotencyKey,
    Body { value: body, .. }: Body<OpenGuestSession>,
) -> Result<Response, Failure> {
    let request = Text::id("request", &body.request, HANDOFF_CHARS)?;
    let code = Text::required("code", &body.code, LOGIN_CHARS)?;
    // As it may be copied from a message.
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != random::DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Failure::field("code", field_codes::INVALID));
    }
    let now = app.clock.now();
    let once = key.once("anybody", &random::sha256(request.as_bytes()), now);
    let attempts = format!("guest code {}", address_key(address));
    let limits = [(attempts, ATTEMPTS_PER_ADDRESS)];
    // Asked twice, as at the log-in.
    within_limits(&app, &limits, now).await?;
    let turn = app.passwords.turn().await.map_err(Failure::internal)?;
    within_limits(&app, &limits, now).await?;

    let tried = app
        .store
        .try_guest_code(request, now, GUEST_CODE_TRIES)
        .await?;
    let (hash, owner) = match tried {
        Some(tried) => (Some(tried.code_hash), tried.owner),
        None => (None, None),
    };
    let fits = turn.fits(code, hash).await.map_err(Failure::internal)?;
    drop(turn);
    let owner = match owner.filter(|_| fits) {
        Some(owner) if is_there(&app, &owner).await? => owner,
        _ => {
            app.store.record_login_failure(&limits[0].0, now).await?;
            return Err(Failure::InvalidCode);
        }
    };
    if !app.store.use_guest_code(request).await? {
        return Err(Failure::InvalidCode);
    }
    begin_for(&app, &owner, "", GUEST_SESSION_SECONDS, once.as_ref()).await
}

/// Whether the order is still the shopper's.
async fn is_there(app: &App, owner: &Owner) -> Result<bool, Failure> {
    let Some(order) = owner.only() else {
        return Ok(false);
    };
    Ok(app.store.order_of(owner, order).await?.is_some())
}
