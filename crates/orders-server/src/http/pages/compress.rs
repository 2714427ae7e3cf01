//! Compressing a page on its way out.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};

/// Five of eleven: as small as a page gets in about a millisecond.
const QUALITY: i32 = 5;
/// For what is compressed once.
const BEST_QUALITY: i32 = 11;
/// A window of 256 KiB is more than any page.
const WINDOW: i32 = 18;
/// An empty last block of Brotli (RFC 7932, section 9.2: ISLAST and ISLASTEMPTY), which ends a stream.
const END: u8 = 0b11;

/// The beginnings of pages that are the same for every shopper (head, style, symbols), compressed once, as well as can be.
/// That is four fifths of the work of compressing each page.
#[derive(Debug, Default)]
pub struct Heads(Mutex<HashMap<String, Arc<[u8]>>>);

impl Heads {
    /// Of more than this, all are forgotten: languages and frames are few, whatever else there may be is not.
    const MOST: usize = 16;

    fn compressed(&self, head: &str) -> Option<Arc<[u8]>> {
        let locked = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = locked().get(head) {
            return Some(Arc::clone(known));
        }
        let new: Arc<[u8]> = brotli(head.as_bytes(), BEST_QUALITY, Part::First)?.into();
        let mut heads = locked();
        if heads.len() >= Self::MOST {
            heads.clear();
        }
        heads.insert(head.to_owned(), Arc::clone(&new));
        Some(new)
    }
}

/// The page as the browser wants it, and the name of its encoding. It consists of what comes `before`, which one of the
/// `heads` may stand for, and the rest.
pub fn compress(
    headers: &HeaderMap,
    before: String,
    rest: String,
    heads: Option<&Heads>,
) -> (Option<HeaderValue>, Bytes) {
    if accepts(headers, "br") {
        let together = heads
            .filter(|_| !before.is_empty())
            .and_then(|heads| with_head(heads, &before, &rest));
        let bytes =
            together.or_else(|| brotli((before.clone() + &rest).as_bytes(), QUALITY, Part::Whole));
        if let Some(bytes) = bytes {
            return (Some(HeaderValue::from_static("br")), bytes.into());
        }
    }
    let page = before + &rest;
    if accepts(headers, "gzip")
        && let Some(bytes) = gzip(page.as_bytes())
    {
        return (Some(HeaderValue::from_static("gzip")), bytes.into());
    }
    (None, page.into())
}

fn with_head(heads: &Heads, before: &str, rest: &str) -> Option<Vec<u8>> {
    let head = heads.compressed(before)?;
    let rest = brotli(rest.as_bytes(), QUALITY, Part::Next)?;
    Some([&head[..], &rest, &[END]].concat())
}

/// What is compressed at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// The first part of a stream; without its end.
    First,
    /// A part that follows; without beginning and end.
    Next,
}

fn brotli(text: &[u8], quality: i32, part: Part) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: WINDOW,
        size_hint: text.len(),
        bare_stream: part != Part::Whole,
        appendable: part != Part::Whole,
        catable: part == Part::Next,
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(text.len() / 4);
    brotli::BrotliCompress(&mut &text[..], &mut out, &parameters).ok()?;
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
        let heads = Heads::default();
        let (before, rest) = (
            "<title>我的订单</title>".repeat(90),
            "<p>订单</p>".repeat(500),
        );
        let page = format!("{before}{rest}");
        let cases = ["br", "br", "gzip, br;q=0", "identity"]
            .map(|accept| [(accept, false), (accept, true)]);
        for (accept, kept) in cases.into_iter().flatten() {
            let heads = kept.then_some(&heads);
            let (encoding, bytes) = compress(&asking(accept), before.clone(), rest.clone(), heads);
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

    #[test]
    fn a_page_without_a_head_or_without_the_rest_arrives_too() {
        let heads = Heads::default();
        for (before, rest) in [("", "<p>订单</p>"), ("<title></title>", ""), ("", "")] {
            let asking = asking("br");
            let (_, bytes) = compress(&asking, before.to_owned(), rest.to_owned(), Some(&heads));
            let mut read = String::new();
            let mut reader = brotli::Decompressor::new(&bytes[..], 4096);
            reader.read_to_string(&mut read).expect("it can be read");
            assert_eq!(read, format!("{before}{rest}"));
        }
    }

    #[test]
    fn heads_do_not_pile_up() {
        let heads = Heads::default();
        for n in 0..100 {
            let head = format!("<title>{n}</title>");
            let _ = compress(&asking("br"), head, "<p></p>".to_owned(), Some(&heads));
        }
        assert!(heads.0.lock().expect("unpoisoned").len() <= Heads::MOST);
    }
}
