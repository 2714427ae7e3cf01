//! The outermost layer: request id, language, time limit, panics, problems, headers, log line and count. A form of the
//! storefront's pages gets a page instead of a problem.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use orders_api::EVIDENCE;

use super::context::{BUILD, Context, REQUEST_ID, SHOPPER};
use super::error::Failure;
use super::pages::{Api, Sent};
use super::security::Kind;
use crate::config::limits::{PIECE_TIME, REQUEST_TIME};
use crate::state::App;

/// The service worker.
const WORKER: &str = "/sw.js";

/// Runs a request and finishes its answer. The log line holds the route's template, never the
/// address itself: ids and searches are nobody's business there.
pub async fn edge(
    State(app): State<App>,
    Extension(pages): Extension<Api>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let context = Context::of(request.headers());
    request.extensions_mut().insert(context.clone());
    let method = request.method().clone();
    let api = request.uri().path().starts_with("/api/");
    let worker = request.uri().path() == WORKER;
    let route = request.extensions().get::<MatchedPath>().map_or_else(
        || Arc::from("other"),
        |path| Arc::<str>::from(path.as_str()),
    );

    let (form, request) = Sent::of(request);
    // A piece of a video comes over a telephone's line, and its file is looked into.
    let piece = method == Method::PATCH && route.starts_with(EVIDENCE);
    let time = if piece { PIECE_TIME } else { REQUEST_TIME };
    let run = AssertUnwindSafe(tokio::time::timeout(time, next.run(request)));
    let mut response = match run.catch_unwind().await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Failure::Timeout.into_response(),
        // The panic hook has logged where it came from.
        Err(_) => Failure::internal("a handler panicked").into_response(),
    };
    if let Some(failure) = response.extensions_mut().remove::<Arc<Failure>>() {
        let page = form.and_then(|form| form.refused(&app, &pages, &failure));
        let mut rendered = page.unwrap_or_else(|| failure.render(&context));
        // 405 comes with `Allow`, which only the router knows.
        for (name, value) in response.headers() {
            if !matches!(name.as_str(), "content-type" | "content-length") {
                rendered.headers_mut().insert(name.clone(), value.clone());
            }
        }
        response = rendered;
    }

    let said = response.extensions().get::<Kind>().copied();
    let headers = response.headers_mut();
    let html = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/html");
    let kind = if let Some(said) = said {
        said
    } else if api {
        Kind::Api
    } else if worker || headers.get(header::CONTENT_TYPE).is_some_and(html) {
        Kind::Page
    } else {
        Kind::File
    };
    app.security.apply(headers, kind);
    if let Ok(id) = HeaderValue::from_str(&context.request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if let Some(mark) = context.shopper.get() {
        response.headers_mut().insert(SHOPPER, mark.clone());
    }
    if let Some(build) = &app.assets.build {
        response.headers_mut().insert(BUILD, build.clone());
    }
    let status = response.status().as_u16();
    let took = started.elapsed();
    // Methods are the caller's text as well.
    let method = match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH") => known,
        _ => "other",
    };
    app.metrics.request(&route, method, status, took);
    tracing::info!(
        request_id = %context.request_id,
        method,
        route = %route,
        status,
        micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}
