//! Compressing a page on its way out.

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};

/// Five of eleven: as small as a page gets in about a millisecond.
const QUALITY: i32 = 5;
/// A window of 256 KiB is more than any page.
const WINDOW: i32 = 18;

/// The page as the browser wants it, and the name of its encoding.
pub fn compress(headers: &HeaderMap, page: String) -> (Option<HeaderValue>, Bytes) {
    if accepts(headers, "br")
        && let Some(bytes) = brotli(page.as_bytes())
    {
        return (Some(HeaderValue::from_static("br")), bytes.into());
    }
    if accepts(headers, "gzip")
        && let Some(bytes) = gzip(page.as_bytes())
    {
        return (Some(HeaderValue::from_static("gzip")), bytes.into());
    }
    (None, page.into())
}

fn brotli(page: &[u8]) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: page.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(page.len() / 4);
    brotli::BrotliCompress(&mut &page[..], &mut out, &parameters).ok()?;
    Some(out)
}

fn gzip(page: &[u8]) -> Option<Vec<u8>> {
    let out = Vec::with_capacity(page.len() / 4);
    let mut encoder = flate2::write::GzEncoder::new(out, flate2::Compression::default());
    encoder.write_all(page).ok()?;
    encoder.finish().ok()
}

/// Whether the browser understands an encoding.
pub fn accepts(headers: &HeaderMap, name: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let named = pieces.next() == Some(name);
            let refused = pieces.any(|piece| {
                piece
                    .strip_prefix("q=")
                    .is_some_and(|q| q.chars().all(|c| matches!(c, '0' | '.')))
            });
            named && !refused
        })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn asking(accept: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("accept-encoding", HeaderValue::from_static(accept));
        headers
    }

    #[test]
    fn a_page_arrives_as_it_was_in_every_encoding() {
        let page = "<p>订单</p>".repeat(500);
        for accept in ["br", "gzip, br;q=0", "identity"] {
            let (encoding, bytes) = compress(&asking(accept), page.clone());
            let mut read = String::new();
            match encoding.as_ref().map(HeaderValue::as_bytes) {
                Some(b"br") => {
                    brotli::Decompressor::new(&bytes[..], 4096).read_to_string(&mut read)
                }
                Some(_) => flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut read),
                None => (&bytes[..]).read_to_string(&mut read),
            }
            .expect("it can be read");
            assert_eq!(read, page, "{accept}");
            assert_eq!(encoding.is_some(), bytes.len() < 1000);
        }
    }
}
