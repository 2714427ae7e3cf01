//! The only room of the console that speaks HTTP: one request at a time, its answer or its failure.

mod cases;
mod complaints;
mod conversations;
mod enquiries;
mod insight;
mod notes;
mod orders;
mod policies;
mod refunds;
mod replies;
mod session;
mod work;

pub use cases::*;
pub use complaints::*;
pub use conversations::*;
pub use enquiries::*;
pub use insight::*;
pub use notes::*;
pub use orders::*;
pub use policies::*;
pub use refunds::*;
pub use replies::*;
pub use session::*;
pub use work::*;

pub use storefront::client::Failure;

use gloo_net::http::{Method, RequestBuilder, Response};
use orders_api::{Claim, ClaimedProblem, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storefront::words::Lang;

use crate::browser;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// Somebody else has it in hand.
    Another(Claim),
    /// Something else.
    Failed(Failure),
}

/// How long an answer may take before it counts as lost.
const PATIENCE_MS: i32 = 20_000;

/// A request on its way to be sent.
struct Call<'a> {
    method: Method,
    url: &'a str,
    body: Option<String>,
    key: Option<&'a str>,
}

impl<'a> Call<'a> {
    fn get(url: &'a str) -> Self {
        Self {
            method: Method::GET,
            url,
            body: None,
            key: None,
        }
    }

    fn mutate(method: Method, url: &'a str, key: &'a str) -> Self {
        Self {
            method,
            url,
            body: None,
            key: Some(key),
        }
    }

    fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_string(body).ok();
        self
    }

    async fn ask(self, lang: Lang) -> Result<(Response, String), Failure> {
        let patience = browser::Patience::new(PATIENCE_MS);
        let mut builder = RequestBuilder::new(self.url)
            .method(self.method)
            .header("Accept", "application/json")
            .header("Accept-Language", lang.tag())
            .abort_signal(patience.signal().as_ref());
        if let Some(key) = self.key {
            builder = builder.header("Idempotency-Key", key);
        }
        let request = match self.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(body),
            None => builder.build(),
        };
        let response = request.map_err(|_| Failure::Unreadable)?.send().await;
        let response = response.map_err(|_| Failure::Unreachable)?;
        let text = response.text().await.map_err(|_| Failure::Unreachable)?;
        Ok((response, text))
    }

    async fn text(self, lang: Lang) -> Result<String, Failure> {
        let (response, text) = self.ask(lang).await?;
        match response.status() {
            200..300 => Ok(text),
            status => Err(failure_of(status, &text)),
        }
    }

    async fn read<T: DeserializeOwned>(self, lang: Lang) -> Result<T, Failure> {
        let text = self.text(lang).await?;
        serde_json::from_str(&text).map_err(|_| Failure::Unreadable)
    }

    /// What came of something that a colleague may have in hand.
    async fn done<T: DeserializeOwned>(self, lang: Lang) -> Result<T, NotDone> {
        let (response, text) = self.ask(lang).await.map_err(NotDone::Failed)?;
        match response.status() {
            200..300 => {
                serde_json::from_str(&text).map_err(|_| NotDone::Failed(Failure::Unreadable))
            }
            status => Err(not_done(status, &text)),
        }
    }
}

/// Why something was not done, by the status and the body of the answer.
fn not_done(status: u16, text: &str) -> NotDone {
    match serde_json::from_str::<ClaimedProblem>(text) {
        Ok(claimed) => NotDone::Another(claimed.claim),
        Err(_) => NotDone::Failed(failure_of(status, text)),
    }
}

/// What a status other than success means, with the body that came with it.
fn failure_of(status: u16, text: &str) -> Failure {
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => Failure::Refused(Box::new(problem)),
        // A gateway that cannot reach the server answers for it.
        Err(_) if status >= 500 => Failure::Unreachable,
        Err(_) => Failure::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_in_hand_is_read_from_the_refusal() {
        let problem = r#"{"type":"about:blank","title":"","status":409,"detail":"","code":"claimed_by_another","request_id":"1""#;
        let claim =
            r#","claim":{"by":{"id":"wang","name":"王静"},"until":"2026-11-21T13:40:00.000Z"}}"#;
        let NotDone::Another(claim) = not_done(409, &format!("{problem}{claim}")) else {
            panic!("somebody has it");
        };
        assert_eq!(claim.by.name, "王静");
        let other = not_done(409, &format!("{problem}}}"));
        assert!(
            matches!(other, NotDone::Failed(Failure::Refused(_))),
            "{other:?}"
        );
        let lost = not_done(502, "<html>");
        assert_eq!(lost, NotDone::Failed(Failure::Unreachable));
    }
}
