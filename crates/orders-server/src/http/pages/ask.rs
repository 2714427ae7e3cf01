//! Asking the API within the process, with the cookie and in the language of whoever asked for the page.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use storefront::json::Json;
use storefront::start::{Answer, posted};
use tower::ServiceExt;

use crate::http::context::Context;
use crate::http::error::Failure;

const KEY_HEADER: &str = "idempotency-key";
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Answers are ours, and none is larger than a page of a hundred orders.
const MOST: usize = 4 << 20;

/// The API's routes.
#[derive(Clone, Debug)]
pub struct Api(pub Router);

/// An answer of the API.
#[derive(Debug)]
pub struct Asked {
    /// The call.
    pub url: String,
    /// Its status.
    pub status: StatusCode,
    /// Its body, which is JSON.
    pub body: String,
    /// The cookie it sets.
    pub cookie: Option<HeaderValue>,
    /// After how many seconds to try again, when there were too many attempts.
    pub retry_after: Option<u64>,
}

impl Asked {
    /// Something of ours that goes with the answers, under a name that is no call's.
    pub fn ours(name: &str, value: &Json) -> Self {
        Self {
            url: name.to_owned(),
            status: StatusCode::OK,
            body: value.print(),
            cookie: None,
            retry_after: None,
        }
    }

    /// What a call would have answered that was not made because of `failure`.
    pub fn refused(url: String, failure: &Failure, context: &Context) -> Self {
        let answer = failure.answer(context);
        Self {
            url,
            status: StatusCode::from_u16(answer.status)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body: answer.body,
            cookie: None,
            retry_after: match failure {
                Failure::TooManyAttempts(seconds) => Some(*seconds),
                _ => None,
            },
        }
    }

    /// For the storefront to begin with.
    pub fn for_start(&self) -> Answer {
        Answer {
            url: self.url.clone(),
            status: self.status.as_u16(),
            body: Json::parse(&self.body).unwrap_or_default(),
        }
    }
}

impl Api {
    /// Asks a question.
    pub async fn get(&self, headers: &HeaderMap, context: &Context, url: String) -> Asked {
        let request = Request::builder().method(Method::GET).uri(&url);
        self.send(headers, context, url, request.body(Body::empty()))
            .await
    }

    /// Asks for a change, as the form of a page does: from the same address, under the form's key.
    pub async fn change(
        &self,
        from: &Parts,
        context: &Context,
        (method, url): (Method, String),
        key: Option<&str>,
        body: Option<String>,
    ) -> Asked {
        let mut request = Request::builder().method(&method).uri(&url);
        if let Some(key) = key {
            request = request.header(KEY_HEADER, key);
        }
        if let Some(peer) = from.extensions.get::<ConnectInfo<SocketAddr>>() {
            request = request.extension(*peer);
        }
        for value in from.headers.get_all(FORWARDED_FOR) {
            request = request.header(FORWARDED_FOR, value);
        }
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body)),
            None => request.body(Body::empty()),
        };
        let name = posted(method.as_str(), &url);
        self.send(&from.headers, context, name, request).await
    }

    /// Sends a request with the headers that say who asks.
    pub async fn send(
        &self,
        headers: &HeaderMap,
        context: &Context,
        url: String,
        request: Result<Request<Body>, axum::http::Error>,
    ) -> Asked {
        let response = match request {
            Ok(mut request) => {
                for name in [header::COOKIE, header::AUTHORIZATION] {
                    for value in headers.get_all(&name) {
                        request.headers_mut().append(&name, value.clone());
                    }
                }
                request.extensions_mut().insert(context.clone());
                match self.0.clone().oneshot(request).await {
                    Ok(response) => response,
                    Err(never) => match never {},
                }
            }
            Err(error) => axum::response::IntoResponse::into_response(Failure::internal(error)),
        };
        let (mut parts, body) = response.into_parts();
        if let Some(failure) = parts.extensions.remove::<Arc<Failure>>() {
            return Asked::refused(url, &failure, context);
        }
        let bytes = to_bytes(body, MOST).await.unwrap_or_default();
        Asked {
            url,
            status: parts.status,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            cookie: parts.headers.remove(header::SET_COOKIE),
            retry_after: None,
        }
    }
}

/// The answers as a script element holds them: no `<` that could end it.
pub fn as_json(answers: &[Asked]) -> String {
    let mut out = String::from("[");
    for (index, answer) in answers.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let url = serde_json::Value::from(answer.url.as_str());
        let body = if answer.body.is_empty() {
            "null"
        } else {
            &answer.body
        };
        out.push_str(&format!(
            "{{\"url\":{url},\"status\":{},\"body\":{body}}}",
            answer.status.as_u16()
        ));
    }
    out.push(']');
    out.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_answer_ends_the_script() {
        let answer = Asked {
            url: "/a?q=</script>".into(),
            status: StatusCode::OK,
            body: r#"{"note":"</script><script>alert(1)</script><!--"}"#.into(),
            cookie: None,
            retry_after: None,
        };
        let text = as_json(&[answer]);
        assert!(!text.contains('<'));
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            read[0]["body"]["note"],
            "</script><script>alert(1)</script><!--"
        );
    }
}
