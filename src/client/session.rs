//! Who is logged in, logging in, logging out.

use gloo_net::http::Method;
use orders_api::{HANDOFF, HOSTS, HandOff, LogIn, SESSION, Session};

use super::{Call, Failure};
use crate::browser::new_key;
use crate::words::Lang;

/// Who is logged in.
pub async fn session(lang: Lang) -> Result<Session, Failure> {
    Call::get(SESSION).read(lang).await
}

/// Logs in; the browser keeps the cookie.
pub async fn log_in(lang: Lang, with: &LogIn) -> Result<Session, Failure> {
    Call::mutate(Method::POST, SESSION, &new_key())
        .json(with)
        .read_in_full(lang)
        .await
}

/// Logs out.
pub async fn log_out(lang: Lang) -> Result<(), Failure> {
    Call::mutate(Method::DELETE, SESSION, &new_key())
        .text(lang)
        .await
        .map(drop)
}

/// Logs in with a host app's one-time code; the browser keeps the cookie.
pub async fn hand_off(lang: Lang, with: &HandOff) -> Result<Session, Failure> {
    Call::mutate(Method::POST, HANDOFF, &new_key())
        .json(with)
        .read(lang)
        .await
}

/// The origins of pages that may be the host of a page in a frame.
pub async fn hosts(lang: Lang) -> Result<Vec<String>, Failure> {
    Call::get(HOSTS).read(lang).await
}
