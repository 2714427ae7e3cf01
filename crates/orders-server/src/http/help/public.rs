//! Answers that are the same for everybody in a language, and may be kept.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::Language;
use serde::Serialize;

use crate::http::error::{Failure, json};
use crate::random::sha256;

/// Staff publish policies while the server runs: whoever keeps an answer asks again after five minutes.
const CACHE: &str = "public, max-age=300";

/// `value` with its tag, or that it is the one that is kept already.
///
/// # Errors
/// Never, as a tag is always a header.
pub fn public(
    headers: &HeaderMap,
    language: Language,
    value: &impl Serialize,
) -> Result<Response, Failure> {
    let body = json(value);
    let etag = format!("\"{}\"", &sha256(body.as_bytes())[..16]);
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == etag);
    let etag = HeaderValue::from_str(&etag).map_err(Failure::internal)?;
    let kept = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, HeaderValue::from_static(CACHE)),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(language.tag()),
        ),
    ];
    Ok((kept, kind, body).into_response())
}
