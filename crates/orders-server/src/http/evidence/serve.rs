//! A photo or video as an answer: with the type that it was kept as and no other, whole or a part of it.

use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_domain::EvidenceKind;
use orders_evidence::Kept;
use orders_store::KeptEvidence;

use crate::config::limits::EVIDENCE_FRESH_SECONDS;
use crate::http::error::Failure;
use crate::http::security::Kind;
use crate::state::App;

/// What of a file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that it does not have.
    Nothing,
}

/// The file, as far as `request` asks for it.
///
/// # Errors
/// [`Failure::Unavailable`] when it cannot be read.
pub async fn serve(
    app: &App,
    kept: &KeptEvidence,
    request: &HeaderMap,
) -> Result<Response, Failure> {
    let form = match kept.evidence.kind {
        EvidenceKind::Photo => Kept::Jpeg,
        EvidenceKind::Video => Kept::Mp4,
    };
    let id = &kept.evidence.id;
    let length = u64::try_from(kept.bytes).map_err(Failure::internal)?;
    let tag = format!("\"{id}\"");
    // The cookie says whose it is: what the browser keeps for one shopper is not the next one's.
    let always = [
        (header::ETAG, tag.clone()),
        (
            header::CACHE_CONTROL,
            format!("private, max-age={EVIDENCE_FRESH_SECONDS}, immutable"),
        ),
        (header::VARY, "Cookie, Authorization".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    if names(request, header::IF_NONE_MATCH, &tag) {
        // What the browser has keeps the headers that come now.
        return Ok(sent_in((StatusCode::NOT_MODIFIED, always).into_response()));
    }
    let (status, range) = match part(request, &tag, length) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Nothing => {
            let has = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((has, Failure::RangeNotSatisfiable).into_response());
        }
    };
    let bytes = app.evidence.files.read(id, range.clone()).await;
    let bytes = bytes.map_err(|error| Failure::Unavailable(error.to_string()))?;
    let about = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (
            header::CONTENT_LENGTH,
            (range.end - range.start).to_string(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"evidence-{id}.{}\"", form.extension()),
        ),
    ];
    let mut response = (status, always, about, Body::from_stream(bytes)).into_response();
    if status == StatusCode::PARTIAL_CONTENT {
        let (first, last) = (range.start, range.end - 1);
        let range = HeaderValue::from_str(&format!("bytes {first}-{last}/{length}"));
        let range = range.map_err(Failure::internal)?;
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    Ok(sent_in(response))
}

fn sent_in(mut response: Response) -> Response {
    response.extensions_mut().insert(Kind::SentIn);
    response
}

/// Which part is asked for. Several ranges, and what is no range, count as none: the whole file is an answer to both.
fn part(request: &HeaderMap, tag: &str, length: u64) -> Part {
    let outdated = request.contains_key(header::IF_RANGE) && !names(request, header::IF_RANGE, tag);
    let range = request
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok()?.trim().strip_prefix("bytes="))
        .filter(|_| !outdated);
    let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match (first, number(first), last, number(last)) {
        (_, Some(first), _, Some(last)) if first <= last => first..last.saturating_add(1),
        (_, Some(first), "", _) => first..length,
        ("", _, _, Some(count)) => length.saturating_sub(count)..length,
        _ => return Part::Whole,
    };
    let range = range.start..range.end.min(length);
    if range.start < range.end {
        Part::Bytes(range)
    } else {
        Part::Nothing
    }
}

/// Whether a header names this tag.
fn names(request: &HeaderMap, header: header::HeaderName, tag: &str) -> bool {
    let value = request.get(header).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.split(',').any(|part| part.trim() == tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_to_the_file_and_what_is_none_means_all_of_it() {
        for (range, expected) in [
            ("bytes=0-9", Part::Bytes(0..10)),
            ("bytes=90-", Part::Bytes(90..100)),
            ("bytes=-10", Part::Bytes(90..100)),
            ("bytes=-1000", Part::Bytes(0..100)),
            ("bytes=99-1000", Part::Bytes(99..100)),
            ("bytes=0-18446744073709551615", Part::Bytes(0..100)),
            ("bytes=100-", Part::Nothing),
            ("bytes=100-200", Part::Nothing),
            ("bytes=-0", Part::Nothing),
            ("bytes=9-0", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("lines=0-9", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            assert_eq!(part(&headers, "\"a\"", 100), expected, "{range}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"a\""));
            assert_eq!(part(&headers, "\"a\"", 100), expected, "{range}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
            assert_eq!(part(&headers, "\"a\"", 100), Part::Whole, "{range}");
        }
        assert_eq!(part(&HeaderMap::new(), "\"a\"", 100), Part::Whole);
    }
}
