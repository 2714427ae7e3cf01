//! Looking up one order without logging in.

use gloo_net::http::Method;
use orders_api::{
    AskGuestCode, GUEST, GUEST_CODES, GUEST_SESSION, GuestCodeAsked, GuestWays, OpenGuestSession,
    Session,
};

use super::{Call, Failure};
use crate::browser::new_key;
use crate::words::Lang;

/// To what codes are sent.
pub async fn guest_ways(lang: Lang) -> Result<GuestWays, Failure> {
    Call::get(GUEST).read(lang).await
}

/// Asks for a code.
pub async fn ask_guest_code(
    lang: Lang,
    what: &AskGuestCode,
    key: &str,
) -> Result<GuestCodeAsked, Failure> {
    Call::mutate(Method::POST, GUEST_CODES, key)
        .json(what)
        .read_in_full(lang)
        .await
}

/// Begins a session with a code; the browser keeps the cookie.
pub async fn open_guest_session(lang: Lang, with: &OpenGuestSession) -> Result<Session, Failure> {
    Call::mutate(Method::POST, GUEST_SESSION, &new_key())
        .json(with)
        .read_in_full(lang)
        .await
}
