//! The only room that speaks HTTP: one request at a time, its answer or its failure.

mod orders;
mod session;

pub use orders::*;
pub use session::*;

use gloo_net::http::{Method, RequestBuilder};
use orders_api::{Problem, codes};

use crate::browser;
use crate::json::{self, Read, Write};
use crate::words::Lang;

/// How long an answer may take before it counts as lost.
const PATIENCE_MS: i32 = 20_000;

/// Why there is no answer to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing came back: no network, no server, or too late. Whether a mutation was carried out is unknown.
    Unreachable,
    /// The server said no, and why.
    Refused(Box<Problem>),
    /// Something came back that is not of this API: a proxy's page, an older server.
    Unreadable,
}

impl Failure {
    /// Whether nobody is logged in (any more).
    pub fn is_logged_out(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == codes::NOT_LOGGED_IN)
    }

    /// The status of a refusal; 0 for the others.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(problem) => problem.status,
            Self::Unreachable | Self::Unreadable => 0,
        }
    }
}

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

    fn json(mut self, body: &impl Write) -> Self {
        self.body = Some(body.json().print());
        self
    }

    async fn text(self, lang: Lang) -> Result<String, Failure> {
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
        let response = request
            .map_err(|_| Failure::Unreadable)?
            .send()
            .await
            .map_err(|_| Failure::Unreachable)?;
        let (ok, status) = (response.ok(), response.status());
        let text = response.text().await.map_err(|_| Failure::Unreachable)?;
        if ok {
            return Ok(text);
        }
        match json::read::<Problem>(&text) {
            Some(problem) => Err(Failure::Refused(Box::new(problem))),
            // A gateway that cannot reach the server answers for it.
            None if status >= 500 => Err(Failure::Unreachable),
            None => Err(Failure::Unreadable),
        }
    }

    async fn read<T: Read>(self, lang: Lang) -> Result<T, Failure> {
        let text = self.text(lang).await?;
        json::read(&text).ok_or(Failure::Unreadable)
    }
}
