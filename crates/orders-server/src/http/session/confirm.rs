//! The password once more, before something that a borrowed telephone must not do.

use orders_api::field_codes;
use orders_domain::ShopperId;

use super::log_in::{Address, address_key, within_limits};
use crate::config::limits::{ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS};
use crate::http::error::Failure;
use crate::state::App;

/// Checks that `password` is the one of the shopper who is logged in.
///
/// # Errors
/// `errors` with `password: wrong`, or `not_allowed` for an account without a password; after too many of those, [`Failure::TooManyAttempts`].
pub async fn confirm_password(
    app: &App,
    shopper: &ShopperId,
    address: Address,
    password: String,
) -> Result<(), Failure> {
    let now = app.clock.now();
    // Not the log-in's own count: guessing here must not keep the shopper from logging in, nor the other way round.
    let limits = [
        (format!("confirm:{shopper}"), ATTEMPTS_PER_ACCOUNT),
        (address_key(address), ATTEMPTS_PER_ADDRESS),
    ];
    // Asked twice, as at the log-in.
    within_limits(app, &limits, now).await?;
    let turn = app.passwords.turn().await.map_err(Failure::internal)?;
    within_limits(app, &limits, now).await?;
    let known = app.store.credentials_of(shopper).await?;
    let stored = known
        .map(|known| known.password_hash)
        .filter(|hash| !hash.is_empty());
    if stored.is_none() {
        // Who always comes from the host app has none, and nothing to guess.
        return Err(Failure::field("password", field_codes::NOT_ALLOWED));
    }
    if turn
        .fits(password, stored)
        .await
        .map_err(Failure::internal)?
    {
        app.store.clear_login_failures(&limits[0].0).await?;
        return Ok(());
    }
    for (key, _) in &limits {
        app.store.record_login_failure(key, now).await?;
    }
    Err(Failure::field("password", field_codes::WRONG))
}
