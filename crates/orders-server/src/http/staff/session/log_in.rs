//! `POST /staff/session`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use orders_api::{StaffLogIn, StaffSession};

use super::to_wire;
use crate::config::limits::{ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS, LOGIN_CHARS};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::session::log_in::{Address, address_key, within_limits};
use crate::http::staff::{TERM, cookie};
use crate::http::text::Text;
use crate::random;
use crate::state::App;
use crate::totp;

/// Log in to the console with id, password and the code of an authenticator app.
///
/// The cookie of the answer carries the session. Everything wrong gets the same answer in the same time. A code is used
/// once, so that the request, sent again, is refused; of the `Idempotency-Key` only the form is checked.
#[utoipa::path(
    post, path = "/staff/session", tag = "staff", operation_id = "log_in_staff",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = StaffLogIn,
    responses((status = 200, description = "Logged in; the cookie carries the session.", body = StaffSession)),
)]
pub async fn log_in_staff(
    State(app): State<App>,
    address: Address,
    context: Context,
    _: IdempotencyKey,
    Body { value: body, .. }: Body<StaffLogIn>,
) -> Result<Response, Failure> {
    let login = Text::required("login", &body.login, LOGIN_CHARS)?;
    Text::required("password", &body.password, LOGIN_CHARS)?;
    let code = Text::required("code", &body.code, LOGIN_CHARS)?;
    let login = login.trim().to_lowercase();
    let now = app.clock.now();
    let limits = [
        // Not the shoppers' count: somebody may shop under the same name.
        (
            format!("staff:{}", random::sha256(login.as_bytes())),
            ATTEMPTS_PER_ACCOUNT,
        ),
        (address_key(address), ATTEMPTS_PER_ADDRESS),
    ];

    // Asked twice, as at the shoppers' log-in.
    within_limits(&app, &limits, now).await?;
    let turn = app.passwords.turn().await.map_err(Failure::internal)?;
    within_limits(&app, &limits, now).await?;

    let found = app.store.staff_by_login(&login).await?;
    let secrets = found.as_ref().map(|(_, secrets)| secrets);
    // Both are looked at, whatever comes of the other: the time tells nothing of which was wrong.
    let step = totp::step_of(
        secrets.map(|secrets| secrets.totp_secret.as_str()),
        code,
        now,
    );
    let stored = secrets.map(|secrets| secrets.password_hash.clone());
    let fits = turn
        .fits(body.password, stored)
        .await
        .map_err(Failure::internal)?;
    let token = random::hex::<32>().map_err(Failure::internal)?;
    let begun = match (&found, step) {
        (Some((member, secrets)), Some(step)) if fits => {
            let hash = random::sha256(token.as_bytes());
            let begun = app
                .store
                .begin_staff_session(&member.id, secrets, step, &hash, now, TERM);
            begun.await?
        }
        _ => false,
    };
    let Some((member, _)) = found.filter(|_| begun) else {
        for (key, _) in &limits {
            app.store.record_login_failure(key, now).await?;
        }
        tracing::warn!(request_id = %context.request_id, "a log-in to the console failed");
        return Err(Failure::InvalidCredentials);
    };
    // Not before a failure is counted: whoever has the next turn is asked after that count.
    drop(turn);
    app.store.clear_login_failures(&limits[0].0).await?;
    tracing::info!(request_id = %context.request_id, staff = %member.id, "logged in to the console");

    let cookie = [(header::SET_COOKIE, cookie(&token, app.https()))];
    let session = to_wire(&app, &member, context.language);
    Ok((cookie, Json(session)).into_response())
}
