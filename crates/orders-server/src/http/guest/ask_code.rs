//! `POST /guest/codes`.

use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;
use orders_api::{AskGuestCode, GuestCodeAsked, field_codes};
use orders_domain::Instant;
use orders_store::Changed;

use crate::config::limits::{
    GUEST_CODE_SECONDS, GUEST_CODES_PER_ADDRESS, GUEST_CODES_PER_CONTACT, GUEST_CODES_PER_NUMBER,
    LOGIN_CHARS, NUMBER_CHARS,
};
use crate::guest::{self, Asked, Contact};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::{answer, respond};
use crate::http::session::log_in::{Address, address_key, within_limits};
use crate::http::text::Text;
use crate::random;
use crate::state::App;

/// Ask for a one-time code to see one order, by its number and a telephone or an e-mail address that belongs to it.
///
/// The answer is the same, after the same time, whether they fit or not: what was asked for is looked up after it was
/// answered, and a code is sent only when they fit. Requests are counted by contact, number and address, those that fit
/// and those that do not alike.
#[utoipa::path(
    post, path = "/guest/codes", tag = "guest", operation_id = "ask_guest_code",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = AskGuestCode,
    responses(
        (status = 202, description = "If they fit, a code is on its way.", body = GuestCodeAsked),
        (status = 422, description = "Fields are wrong: see `errors`. A `contact` that no code is sent to here is `not_allowed`.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_attempts`: wait for `Retry-After` seconds.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn ask_guest_code(
    State(app): State<App>,
    address: Address,
    context: Context,
    key: IdempotencyKey,
    Body {
        value: body,
        fingerprint,
    }: Body<AskGuestCode>,
) -> Result<Response, Failure> {
    let number = Text::line("number", body.number.trim(), NUMBER_CHARS)?;
    let typed = Text::required("contact", &body.contact, LOGIN_CHARS)?;
    let contact = Contact::of(typed);
    let contact = contact.ok_or_else(|| Failure::field("contact", field_codes::INVALID))?;
    if !contact.is_served(&app) {
        return Err(Failure::field("contact", field_codes::NOT_ALLOWED));
    }
    let now = app.clock.now();
    let once = key.once("anybody", &fingerprint, now);
    if let Some(once) = &once
        && let Some(before) = app.store.answered(once).await?
    {
        return respond(before);
    }
    count(&app, address, number, &contact, now).await?;

    let code = random::digits().map_err(Failure::internal)?;
    let id = random::hex::<16>().map_err(Failure::internal)?;
    let hash = app.passwords.hash(code.clone()).await;
    let hash = hash.map_err(Failure::internal)?;
    let expires = now + TimeDelta::seconds(GUEST_CODE_SECONDS);
    let told = GuestCodeAsked {
        guest_request: id.clone(),
        expires_at: crate::http::instant(expires),
    };
    let begun = app
        .store
        .begin_guest_code(&id, &hash, expires, once.as_ref(), answer(202, &told))
        .await?;
    if let Changed::Done { .. } = begun {
        let asked = Asked {
            id,
            number: number.to_owned(),
            contact,
            code,
            language: context.language,
        };
        // A task of its own: whoever asked does not wait for it, and learns nothing from how long it takes.
        tokio::spawn(guest::serve(app.clone(), asked));
    }
    respond(begun)
}

/// Counts the request, or refuses it when there were too many. Hashes, because what people type here is personal.
async fn count(
    app: &App,
    address: Address,
    number: &str,
    contact: &Contact,
    now: Instant,
) -> Result<(), Failure> {
    let hash = |text: &str| random::sha256(text.as_bytes());
    let limits = [
        (
            format!("guest contact:{}", hash(contact.as_str())),
            GUEST_CODES_PER_CONTACT,
        ),
        (
            format!("guest number:{}", hash(number)),
            GUEST_CODES_PER_NUMBER,
        ),
        (
            format!("guest {}", address_key(address)),
            GUEST_CODES_PER_ADDRESS,
        ),
    ];
    let _counting = app.guests.counting.lock().await;
    within_limits(app, &limits, now).await?;
    for (key, _) in &limits {
        app.store.record_login_failure(key, now).await?;
    }
    Ok(())
}
