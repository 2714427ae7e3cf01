//! The headers that tell browsers what they may do, and the refusal of other sites' mutations.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use crate::state::App;

/// For what is no page: a browser that shows it as one may do nothing there.
const NO_PAGE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// For what shoppers have sent in: shown alone, it is nobody's page, and has nothing.
const SENT_IN_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// For the console: what is in its files, the photos of what was ordered, and nobody's frame.
const CONSOLE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' https: data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    connect-src 'self'";

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The API's.
    Api,
    /// A shopper's photo or video, from the API.
    SentIn,
    /// A page, or the service worker, which asks for pages.
    Page,
    /// The console's page.
    Console,
    /// A file that pages use. Many go to each shopper, so that what only matters to pages is left out.
    File,
}

/// The headers of every answer, made once at start.
#[derive(Debug)]
pub struct SecurityHeaders {
    page_policy: HeaderValue,
    console_policy: HeaderValue,
    https: bool,
}

impl SecurityHeaders {
    /// For pages whose inline scripts and style have these hashes (`sha256-…`) and which these may embed, at this `origin`.
    ///
    /// # Errors
    /// When `frame_ancestors` cannot be part of a header.
    pub fn new(
        script_hashes: &[String],
        style_hashes: &[String],
        frame_ancestors: &str,
        origin: &str,
        https: bool,
    ) -> Result<Self, header::InvalidHeaderValue> {
        let mut scripts = String::new();
        for hash in script_hashes {
            scripts.push_str(&format!(" '{hash}'"));
        }
        let mut style = String::new();
        for hash in style_hashes {
            style.push_str(&format!(" '{hash}'"));
        }
        // A semicolon would end the directive and begin another.
        let frame_ancestors = frame_ancestors.replace(';', " ");
        // Safari before 15.4 takes `'self'` for pages' schemes only, not for a socket's.
        let socket = origin.replacen("http", "ws", 1);
        let page_policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{style}; \
             img-src 'self' https: data: blob:; media-src 'self'; connect-src 'self' {socket}; font-src 'self'; manifest-src 'self'; \
             worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
        );
        Ok(Self {
            page_policy: HeaderValue::from_str(&page_policy)?,
            console_policy: HeaderValue::from_str(&format!("{CONSOLE_POLICY} {socket}"))?,
            https,
        })
    }

    /// Adds them to an answer.
    pub fn apply(&self, headers: &mut HeaderMap, kind: Kind) {
        let policy = match kind {
            Kind::Page => self.page_policy.clone(),
            Kind::Console => self.console_policy.clone(),
            Kind::SentIn => HeaderValue::from_static(SENT_IN_POLICY),
            Kind::Api | Kind::File => HeaderValue::from_static(NO_PAGE_POLICY),
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        if kind != Kind::File {
            for (name, value) in [
                (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
                (
                    HeaderName::from_static("permissions-policy"),
                    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
                ),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        if self.https {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            );
        }
        if kind == Kind::SentIn {
            headers.insert(
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            );
        }
        if matches!(kind, Kind::Api | Kind::SentIn) {
            headers
                .entry(header::CACHE_CONTROL)
                .or_insert(HeaderValue::from_static("private, no-store"));
        }
    }
}

/// Refuses mutations that a page of another site sends with the shopper's cookie.
///
/// A request with `Authorization` is let through: browsers do not add that by themselves, and the
/// cookie is not looked at then.
pub async fn refuse_cross_site(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let harmless = request.method().is_safe() || headers.contains_key(header::AUTHORIZATION);
    if harmless || same_site(headers, &app.origin) {
        next.run(request).await
    } else {
        Failure::CrossSite.into_response()
    }
}

/// Whether the page that sent this is ours. Programs that are no browsers send neither header.
pub fn same_site(headers: &HeaderMap, own_origin: &str) -> bool {
    let origin = headers.get(header::ORIGIN);
    let own = |origin: &HeaderValue| {
        let origin = origin.as_bytes();
        let host = headers.get(header::HOST).map(HeaderValue::as_bytes);
        origin == own_origin.as_bytes()
            || host.is_some_and(|host| {
                [b"http://".as_slice(), b"https://"]
                    .iter()
                    .any(|scheme| origin.strip_prefix(*scheme) == Some(host))
            })
    };
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(b"same-origin" | b"none") => true,
        Some(_) => origin.is_some_and(|origin| origin == own_origin),
        None => origin.is_none_or(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("shop.example"));
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        same_site(&headers, "https://shop.example")
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        for (headers, expected) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "none")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "https://shop.example")], true),
            (vec![("origin", "https://evil.example")], false),
            (vec![("origin", "https://shop.example.evil.example")], false),
            (vec![("origin", "null")], false),
            (
                vec![
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
        ] {
            assert_eq!(allowed(&headers), expected, "{headers:?}");
        }
    }
}
