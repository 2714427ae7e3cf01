//! Logging in and out, and who is asking.

pub mod confirm;
pub mod current;
pub mod handoff;
pub mod log_in;
pub mod log_out;

use std::borrow::Cow;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use orders_domain::{Language, Order, OrderId, ShopperId};
use orders_store::{Once, Owner, Selector};

use super::context::{Context, SHOPPER};
use super::error::Failure;
use crate::config::limits::SESSION_SECONDS;
use crate::state::App;

/// The shopper who is logged in, or a guest with one order of theirs. The only way for a handler to an order: what is
/// somebody else's cannot be asked for.
#[derive(Clone, Debug)]
pub struct Shopper {
    owner: Owner,
    display_name: String,
    token_hash: String,
}

impl Shopper {
    /// What there is for them: every question to the store names it.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Whose idempotency keys.
    pub fn scope(&self) -> Cow<'_, str> {
        self.owner.scope()
    }

    /// Whose account it is.
    ///
    /// # Errors
    /// [`Failure::GuestSession`] for a guest, who has none here.
    pub fn account(&self) -> Result<&ShopperId, Failure> {
        match &self.owner {
            Owner::Account(shopper) => Ok(shopper),
            Owner::Guest { .. } => Err(Failure::GuestSession),
        }
    }

    /// The hash of the session's token, to look whether it still lives.
    pub fn token_hash(&self) -> &str {
        &self.token_hash
    }

    /// The session on the wire. A guest is told nothing of the account.
    pub fn to_wire(&self) -> orders_api::Session {
        wire(&self.owner, &self.display_name)
    }

    /// Names an order of this shopper's, to change it.
    pub fn own(&self, order: &OrderId) -> Selector {
        Selector::Owned {
            owner: self.owner.clone(),
            order: order.clone(),
        }
    }

    /// An order of this shopper's.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none, which somebody else's order is like.
    pub async fn order(&self, app: &App, order: &OrderId) -> Result<Order, Failure> {
        app.store
            .order_of(&self.owner, order)
            .await?
            .ok_or(Failure::NotFound)
    }
}

impl FromRequestParts<App> for Shopper {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let token = token(&parts.headers, app.https()).ok_or(Failure::NotLoggedIn)?;
        let token_hash = crate::random::sha256(token.as_bytes());
        let signed_in = app
            .store
            .session(&token_hash, app.clock.now())
            .await?
            .ok_or(Failure::NotLoggedIn)?;
        if let Some(context) = parts.extensions.get::<Context>() {
            // Asked for a second time within a request, it is the same shopper.
            let _ = context.shopper.set(mark(&signed_in.owner));
        }
        Ok(Self {
            owner: signed_in.owner,
            display_name: signed_in.shopper.display_name,
            token_hash,
        })
    }
}

/// The shopper who is logged in with an account of theirs: for what a guest has no part in.
#[derive(Clone, Debug)]
pub struct Account(ShopperId);

impl Account {
    /// Whose.
    pub const fn id(&self) -> &ShopperId {
        &self.0
    }
}

impl FromRequestParts<App> for Account {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let shopper = Shopper::from_request_parts(parts, app).await?;
        shopper.account().cloned().map(Self)
    }
}

/// Whose session it is, on the wire.
fn wire(owner: &Owner, display_name: &str) -> orders_api::Session {
    match owner {
        Owner::Account(shopper) => orders_api::Session {
            shopper: orders_api::Shopper {
                id: shopper.0.clone(),
                display_name: display_name.to_owned(),
            },
            guest_order: None,
        },
        Owner::Guest { order, .. } => orders_api::Session {
            shopper: orders_api::Shopper {
                id: format!("guest-{}", name_of(owner)),
                display_name: String::new(),
            },
            guest_order: Some(order.0.clone()),
        },
    }
}

/// The session's token: from `Authorization` alone when there is one, else from the cookie. The check
/// against other sites' pages relies on this order.
fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    token_in(headers, cookie_name(https))
}

/// A session's token, with the cookie of that name.
pub(super) fn token_in(headers: &HeaderMap, cookie: &str) -> Option<String> {
    let token = match headers.get(header::AUTHORIZATION) {
        Some(value) => bearer(value)?,
        None => headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| {
                let value = pair.trim().strip_prefix(cookie)?;
                value.strip_prefix('=')
            })?,
    };
    // Ours are 64 hexadecimal digits; anything longer is not worth hashing.
    (token.len() == 64).then(|| token.to_owned())
}

/// The token of `Authorization: Bearer TOKEN`.
pub fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// `__Host-` makes browsers insist on `Secure`, on `Path=/` and on this very host.
const fn cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-tepai_session"
    } else {
        "tepai_session"
    }
}

/// Begins a session of `shopper`'s: the answer says who it is, its cookie carries the session.
///
/// # Errors
/// [`Failure::KeyReused`] when another request has taken the idempotency key; when there is no randomness, or the store fails.
pub(super) async fn begin(
    app: &App,
    shopper: orders_store::Shopper,
    language: Language,
    once: Option<&Once>,
) -> Result<Response, Failure> {
    let owner = Owner::Account(shopper.id.clone());
    let response = begin_for(app, &owner, &shopper.display_name, SESSION_SECONDS, once).await?;
    // Mails are written in the language of the last log-in, until another is chosen in the page.
    app.store.set_language(&shopper.id, language).await?;
    Ok(response)
}

/// Begins a session that lives for so many seconds.
///
/// # Errors
/// As [`begin`].
pub(super) async fn begin_for(
    app: &App,
    owner: &Owner,
    display_name: &str,
    seconds: i64,
    once: Option<&Once>,
) -> Result<Response, Failure> {
    if let Some(once) = once
        && !app.store.take_key(once).await?
    {
        return Err(Failure::KeyReused);
    }
    let token = crate::random::hex::<32>().map_err(Failure::internal)?;
    let now = app.clock.now();
    let expires = now + TimeDelta::seconds(seconds);
    let token_hash = crate::random::sha256(token.as_bytes());
    app.store
        .create_session(&token_hash, owner, now, expires)
        .await?;
    let mark = [(SHOPPER, mark(owner))];
    let cookie = [(header::SET_COOKIE, cookie(&token, app.https(), seconds))];
    let session = Json(wire(owner, display_name));
    Ok((cookie, mark, session).into_response())
}

/// An opaque name for a shopper or a guest, by which the service worker tells whose an answer is.
fn mark(owner: &Owner) -> HeaderValue {
    // Hexadecimal digits are always a header.
    HeaderValue::from_str(&name_of(owner)).unwrap_or(HeaderValue::from_static(""))
}

/// Stands for an owner where nobody is to be recognised by it.
fn name_of(owner: &Owner) -> String {
    let mut hash = crate::random::sha256(format!("shopper {}", owner.scope()).as_bytes());
    hash.truncate(16);
    hash
}

/// The cookie that carries `token` for so many seconds; an empty token removes it.
fn cookie(token: &str, https: bool, seconds: i64) -> HeaderValue {
    let name = cookie_name(https);
    let secure = if https { "; Secure" } else { "" };
    let age = if token.is_empty() { 0 } else { seconds };
    let text = format!("{name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    // Tokens are hexadecimal, so that this is always a header.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_does_not_count_beside_an_authorization_header() {
        let mut headers = HeaderMap::new();
        let ours = "a".repeat(64);
        let cookie = format!("x=1; tepai_session={ours}");
        headers.insert("cookie", cookie.parse().expect("a header"));
        assert_eq!(token(&headers, false), Some(ours));
        assert_eq!(token(&headers, true), None);
        headers.insert("authorization", HeaderValue::from_static("Basic eDp5"));
        assert_eq!(token(&headers, false), None);
    }
}
