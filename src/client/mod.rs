//! The only room that speaks HTTP: one request at a time, its answer or its failure.

mod age;
mod cases;
mod complaints;
mod conversations;
mod evidence;
mod guest;
mod help;
mod notifications;
mod orders;
mod refunds;
mod session;

pub use age::{Age, on_age};
pub use cases::*;
pub use complaints::*;
pub use conversations::*;
pub use evidence::*;
pub use guest::*;
pub use help::*;
pub use notifications::*;
pub use orders::*;
pub use refunds::*;
pub use session::*;

use gloo_net::http::{Method, RequestBuilder};
use orders_api::{Problem, codes};

use crate::browser;
use crate::json::{self, Json, Read, Write};
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

    /// What a status other than success means, with the body that came with it.
    pub(crate) fn of(status: u16, body: Option<Json>) -> Self {
        match body.and_then(Problem::read) {
            Some(problem) => Self::Refused(Box::new(problem)),
            // A gateway that cannot reach the server answers for it.
            None if status >= 500 => Self::Unreachable,
            None => Self::Unreadable,
        }
    }

    /// [`Self::of`], with the wrong fields, and the order that may come with a refusal. Reading them is code that My
    /// Orders does without.
    pub(crate) fn in_full(status: u16, mut body: Option<Json>) -> Self {
        let mut take = |name| {
            body.as_mut()
                .map(|body| body.take(name))
                .unwrap_or_default()
        };
        let (order, errors) = (take("order"), take("errors"));
        let mut failure = Self::of(status, body);
        if let Self::Refused(problem) = &mut failure {
            problem.order = Read::read(order).flatten();
            problem.errors = Read::read(errors).unwrap_or_default();
        }
        failure
    }

    /// Whether the server said for good what became of a mutation. Else nobody knows: it is sent again under the same key.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Refused(problem) => {
                problem.status < 500
                    && !matches!(
                        problem.code.as_str(),
                        codes::CONFLICT | codes::TOO_MANY_ATTEMPTS | codes::TIMEOUT
                    )
            }
            Self::Unreachable | Self::Unreadable => false,
        }
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

    /// The answer's status and text.
    async fn ask(self, lang: Lang) -> Result<(u16, String), Failure> {
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
        if self.key.is_none() {
            age::tell(match &response {
                Ok(response) => response
                    .headers()
                    .get(age::SEEN)
                    .map_or(Age::Now, Age::Seen),
                Err(_) => Age::Lost,
            });
        }
        let response = response.map_err(|_| Failure::Unreachable)?;
        let status = response.status();
        let text = response.text().await.map_err(|_| Failure::Unreachable)?;
        Ok((status, text))
    }

    async fn text(self, lang: Lang) -> Result<String, Failure> {
        match self.ask(lang).await? {
            (200..300, text) => Ok(text),
            (status, text) => Err(Failure::of(status, Json::parse(&text))),
        }
    }

    /// [`Self::read`], with all that a refusal may say.
    async fn read_in_full<T: Read>(self, lang: Lang) -> Result<T, Failure> {
        match self.ask(lang).await? {
            (200..300, text) => json::read(&text).ok_or(Failure::Unreadable),
            (status, text) => Err(Failure::in_full(status, Json::parse(&text))),
        }
    }

    async fn read<T: Read>(self, lang: Lang) -> Result<T, Failure> {
        let text = self.text(lang).await?;
        json::read(&text).ok_or(Failure::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A refusal with a status and a code.
    fn refused(status: u16, code: &str) -> Failure {
        let text = |text: &str| Json::text(text);
        let problem = Json::object([
            ("type", text("")),
            ("title", text("")),
            ("status", Json::Whole(status.into())),
            ("detail", text("")),
            ("code", text(code)),
            ("request_id", text("")),
        ]);
        let failure = Failure::of(status, Some(problem));
        assert!(matches!(failure, Failure::Refused(_)), "{failure:?}");
        failure
    }

    #[test]
    fn what_may_have_been_carried_out_is_not_settled() {
        for failure in [
            Failure::Unreachable,
            Failure::Unreadable,
            refused(500, codes::INTERNAL),
            refused(503, codes::UNAVAILABLE),
            refused(408, codes::TIMEOUT),
            refused(409, codes::CONFLICT),
            refused(429, codes::TOO_MANY_ATTEMPTS),
        ] {
            assert!(!failure.is_settled(), "{failure:?}");
        }
        for failure in [
            refused(404, codes::NOT_FOUND),
            refused(409, codes::ORDER_NOT_CANCELLABLE),
            refused(422, codes::INVALID_FIELDS),
        ] {
            assert!(failure.is_settled(), "{failure:?}");
        }
    }
}
