//! A bucket that speaks like S3, as far as it is asked: objects, parts of them, lists. It insists on a signature.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// Objects by their keys, and the parts of those that are being put together.
#[derive(Clone, Default)]
pub struct Bucket {
    objects: Arc<Mutex<BTreeMap<String, Bytes>>>,
    parts: Arc<Mutex<BTreeMap<u32, Bytes>>>,
}

const NAME: &str = "/photos";
const MODIFIED: &str = "Sun, 22 Nov 2026 08:00:00 GMT";

impl Bucket {
    /// Listens, and says where.
    pub async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().expect("keys").keys().cloned().collect()
    }

    /// In how many parts objects came that were put together so.
    pub fn parts(&self) -> usize {
        self.parts.lock().expect("parts").len()
    }
}

async fn answer(
    State(bucket): State<Bucket>,
    method: Method,
    uri: Uri,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signed = headers.get(header::AUTHORIZATION).is_some_and(|value| {
        value
            .as_bytes()
            .starts_with(b"AWS4-HMAC-SHA256 Credential=photographer/")
    });
    let Some(key) = uri.path().strip_prefix(NAME).filter(|_| signed) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let key = key.trim_start_matches('/').to_owned();
    let tag = [(header::ETAG, "\"tag\"")];
    let mut objects = bucket.objects.lock().expect("objects");
    let mut parts = bucket.parts.lock().expect("parts");
    let part = query.get("partNumber").and_then(|part| part.parse().ok());
    match (method, part) {
        (Method::POST, _) if query.contains_key("uploads") => {
            "<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>"
                .into_response()
        }
        (Method::POST, _) => {
            let whole: Vec<u8> = parts.values().flatten().copied().collect();
            objects.insert(key, Bytes::from(whole));
            "<CompleteMultipartUploadResult><ETag>tag</ETag></CompleteMultipartUploadResult>"
                .into_response()
        }
        (Method::PUT, Some(part)) => {
            parts.insert(part, body);
            tag.into_response()
        }
        (Method::PUT, None) => {
            objects.insert(key, body);
            tag.into_response()
        }
        (Method::DELETE, _) => {
            objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        (Method::GET, _) if key.is_empty() => list(&objects, &query).into_response(),
        (Method::GET, _) => match objects.get(&key) {
            Some(object) => get(object, &headers),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        _ => StatusCode::NOT_IMPLEMENTED.into_response(),
    }
}

fn list(objects: &BTreeMap<String, Bytes>, query: &BTreeMap<String, String>) -> String {
    let prefix = query.get("prefix").map_or("", String::as_str);
    let mut text = "<ListBucketResult>".to_owned();
    let mut folders = Vec::new();
    for (key, object) in objects {
        let Some(rest) = key.strip_prefix(prefix) else {
            continue;
        };
        match rest
            .split_once('/')
            .filter(|_| query.contains_key("delimiter"))
        {
            Some((folder, _)) => folders.push(format!("{prefix}{folder}/")),
            None => {
                let size = object.len();
                let _ = write!(
                    text,
                    "<Contents><Key>{key}</Key><Size>{size}</Size>\
                     <LastModified>2026-11-22T08:00:00.000Z</LastModified></Contents>"
                );
            }
        }
    }
    folders.dedup();
    for folder in folders {
        let _ = write!(
            text,
            "<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>"
        );
    }
    text + "</ListBucketResult>"
}

fn get(object: &Bytes, headers: &HeaderMap) -> Response {
    let about = [(header::ETAG, "\"tag\""), (header::LAST_MODIFIED, MODIFIED)];
    let range = headers
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok()?.strip_prefix("bytes=")?.split_once('-'));
    let Some((first, last)) = range else {
        return (about, object.clone()).into_response();
    };
    let first: usize = first.parse().expect("a number");
    let last: usize = last.parse().expect("a number");
    let range = format!("bytes {first}-{last}/{}", object.len());
    (
        StatusCode::PARTIAL_CONTENT,
        about,
        [(header::CONTENT_RANGE, range)],
        object.slice(first..=last),
    )
        .into_response()
}
