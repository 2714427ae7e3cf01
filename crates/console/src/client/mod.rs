//! The only room of the console that speaks HTTP: one request at a time, its answer or its failure.

mod cases;
mod orders;
mod refunds;
mod session;
mod work;

pub use cases::*;
pub use orders::*;
pub use refunds::*;
pub use session::*;
pub use work::*;

pub use storefront::client::Failure;

use gloo_net::http::{Method, RequestBuilder, Response};
use orders_api::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use storefront::words::Lang;

use crate::browser;

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
