//! What every request carries: an id to find it by, and the language to answer in.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use orders_api::Language;

/// The header that carries the request's id, in and out.
pub const REQUEST_ID: &str = "x-request-id";

/// The header with the mark of the shopper whose data an answer may hold. The service worker keeps answers by it.
pub const SHOPPER: HeaderName = HeaderName::from_static("x-tepai-shopper");

/// The header that names the build of the storefront that belongs to this server. The service worker compares it.
pub const BUILD: HeaderName = HeaderName::from_static("x-tepai-build");

/// A request's id and language.
#[derive(Clone, Debug)]
pub struct Context {
    /// To quote to support, and to find the log line with.
    pub request_id: String,
    /// The language of the answer.
    pub language: Language,
    /// The mark of the shopper whose data the answer may hold, once somebody is found to be logged in.
    pub shopper: Arc<OnceLock<HeaderValue>>,
}

impl Context {
    /// Reads both from the headers; makes an id when there is none or it is not of a plain form.
    pub fn of(headers: &HeaderMap) -> Self {
        let given = headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| {
                (1..=64).contains(&id.len())
                    && id
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            });
        let request_id = match given {
            Some(id) => id.to_owned(),
            // Without randomness a request still deserves an answer; its id is then only not unique.
            None => crate::random::hex::<12>().unwrap_or_else(|_| "none".to_owned()),
        };
        let language = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(preferred)
            .unwrap_or_default();
        Self {
            request_id,
            language,
            shopper: Arc::default(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Context {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts
            .extensions
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self::of(&parts.headers)))
    }
}

/// The language of ours that an `Accept-Language` likes best; the first of equals, Chinese without any.
fn preferred(accept: &str) -> Language {
    let mut best = (0_u32, Language::default());
    for part in accept.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default();
        let weight = pieces
            .find_map(|piece| piece.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        if let Some(language) = Language::from_tag(tag)
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

/// `0.8` as 800; what cannot be read as 0.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), fraction.parse::<u32>()) {
        (Ok(whole), Ok(fraction)) => (whole.min(1) * 1000 + fraction).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_liked_best() {
        for (accept, language) in [
            ("en", Language::En),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::En),
            ("fr, zh-TW;q=0.5, en;q=0.4", Language::ZhCn),
            ("zh;q=0.1, en;q=0.9", Language::En),
            ("fr", Language::ZhCn),
            ("en;q=0", Language::ZhCn),
            (";;q=x,,", Language::ZhCn),
        ] {
            assert_eq!(preferred(accept), language, "{accept}");
        }
    }

    #[test]
    fn a_request_id_of_another_form_is_replaced() {
        for bad in ["", "a b", "<script>", &"x".repeat(65)] {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, bad.parse().expect("a header value"));
            assert_ne!(Context::of(&headers).request_id, bad);
        }
    }
}
