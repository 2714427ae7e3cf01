//! `POST /session`.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use chrono::TimeDelta;
use orders_api::{LogIn, Session};
use orders_domain::Instant;

use super::begin;
use crate::config::limits::{
    ATTEMPT_WINDOW_SECONDS, ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS, LOGIN_CHARS,
};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::text::Text;
use crate::password::normal_login;
use crate::random;
use crate::state::App;

/// Log in with e-mail address or telephone number and password.
///
/// The cookie of the answer carries the session. Every wrong pair gets the same answer in the same time.
///
/// The session's secret is not kept for the `Idempotency-Key`: sent again, the request gets the same body and a session
/// of its own; the first ends by itself. After a log-in, its key with another login or password is refused.
#[utoipa::path(
    post, path = "/session", tag = "session", operation_id = "log_in",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = LogIn,
    responses((status = 200, description = "Logged in; the cookie carries the session.", body = Session)),
)]
pub async fn log_in(
    State(app): State<App>,
    address: Address,
    context: Context,
    key: IdempotencyKey,
    Body { value: body, .. }: Body<LogIn>,
) -> Result<Response, Failure> {
    let login = Text::required("login", &body.login, LOGIN_CHARS)?;
    Text::required("password", &body.password, LOGIN_CHARS)?;
    let login = normal_login(login);
    let now = app.clock.now();
    // No digest of the password, which would help to guess it: that another one is wrong tells it apart, too.
    let once = key.once("anybody", &random::sha256(login.as_bytes()), now);
    let limits = [
        (account_key(&login), ATTEMPTS_PER_ACCOUNT),
        (address_key(address), ATTEMPTS_PER_ADDRESS),
    ];

    // Asked twice: before waiting, so that those who must wait do not fill the queue; and in the turn,
    // so that a burst of guesses does not slip through before the first is counted.
    within_limits(&app, &limits, now).await?;
    let turn = app.passwords.turn().await.map_err(Failure::internal)?;
    within_limits(&app, &limits, now).await?;

    let found = app.store.shopper_by_login(&login).await?;
    let stored = found
        .as_ref()
        .map(|found| found.password_hash.clone())
        .filter(|hash| !hash.is_empty());
    let fits = turn
        .fits(body.password, stored)
        .await
        .map_err(Failure::internal)?;
    let Some(found) = found.filter(|_| fits) else {
        for (key, _) in &limits {
            app.store.record_login_failure(key, now).await?;
        }
        if let Some(once) = &once
            && app.store.key_taken(once).await?.is_some()
        {
            return Err(Failure::KeyReused);
        }
        return Err(Failure::InvalidCredentials);
    };
    drop(turn);
    app.store.clear_login_failures(&limits[0].0).await?;

    begin(&app, found.shopper, context.language, once.as_ref()).await
}

/// Refuses with [`Failure::TooManyAttempts`] when one of the keys has failed too often of late.
pub(in crate::http) async fn within_limits(
    app: &App,
    limits: &[(String, i64)],
    now: Instant,
) -> Result<(), Failure> {
    let since = now - TimeDelta::seconds(ATTEMPT_WINDOW_SECONDS);
    for (key, limit) in limits {
        let failures = app.store.login_failures(key, since).await?;
        if failures.count >= *limit {
            let oldest = failures.oldest.unwrap_or(now);
            let wait = oldest + TimeDelta::seconds(ATTEMPT_WINDOW_SECONDS + 1) - now;
            let seconds = u64::try_from(wait.num_seconds()).unwrap_or(0).max(1);
            return Err(Failure::TooManyAttempts(seconds));
        }
    }
    Ok(())
}

/// Accounts that do not exist are counted alike, so that the limit tells nothing. A hash, because what
/// people type here is personal, and now and then a password.
fn account_key(login: &str) -> String {
    format!("account:{}", random::sha256(login.as_bytes()))
}

/// Of IPv6, the network: one customer has as many addresses there as they like.
pub(in crate::http) fn address_key(Address(address): Address) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => format!("address:{address}"),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}")
        }
        None => "address:unknown".to_owned(),
    }
}

/// Where a request comes from: the peer, or what the nearest proxies that we trust say.
#[derive(Debug)]
pub struct Address(Option<IpAddr>);

impl FromRequestParts<App> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0.ip());
        let forwarded = forwarded_for(&parts.headers, app.trusted_proxies);
        Ok(Self(forwarded.or(peer)))
    }
}

/// The entry of `X-Forwarded-For` that the outermost of `proxies` trusted proxies wrote. Everything
/// left of it was sent by the client, who may write what they like.
fn forwarded_for(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let from_the_end = proxies.checked_sub(1)?;
    let entries: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let entry = entries.iter().rev().nth(from_the_end)?.trim();
    entry.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let mut headers = HeaderMap::new();
        let value = "6.6.6.6, 1.2.3.4, 10.0.0.1";
        headers.insert("x-forwarded-for", value.parse().expect("a header"));
        for (proxies, address) in [
            (0, None),
            (1, Some("10.0.0.1")),
            (2, Some("1.2.3.4")),
            (4, None),
        ] {
            let expected = address.map(|address| address.parse().expect("an address"));
            assert_eq!(forwarded_for(&headers, proxies), expected, "{proxies}");
        }
    }
}
