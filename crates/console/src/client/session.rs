//! Who is logged in, logging in, logging out.

use gloo_net::http::Method;
use orders_api::{STAFF_SESSION, StaffLogIn, StaffSession};
use storefront::words::Lang;

use super::{Call, Failure, failure_of};
use crate::browser::new_key;

/// Why somebody is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLetIn {
    /// Something of the three is wrong, or the answer was another.
    Failed(Failure),
    /// Too often; try again in so many seconds.
    Wait(i64),
}

/// Who is logged in.
pub async fn session(lang: Lang) -> Result<StaffSession, Failure> {
    Call::get(STAFF_SESSION).read(lang).await
}

/// Logs in; the browser keeps the cookie.
pub async fn log_in(lang: Lang, with: &StaffLogIn) -> Result<StaffSession, NotLetIn> {
    let key = new_key();
    let call = Call::mutate(Method::POST, STAFF_SESSION, &key).json(with);
    let (response, text) = call.ask(lang).await.map_err(NotLetIn::Failed)?;
    match response.status() {
        200..300 => serde_json::from_str(&text).map_err(|_| NotLetIn::Failed(Failure::Unreadable)),
        429 => {
            let after = response.headers().get("Retry-After");
            let seconds = after.and_then(|after| after.parse().ok());
            Err(NotLetIn::Wait(seconds.unwrap_or(60)))
        }
        status => Err(NotLetIn::Failed(failure_of(status, &text))),
    }
}

/// Logs out.
pub async fn log_out(lang: Lang) -> Result<(), Failure> {
    let key = new_key();
    let call = Call::mutate(Method::DELETE, STAFF_SESSION, &key);
    call.text(lang).await.map(drop)
}
