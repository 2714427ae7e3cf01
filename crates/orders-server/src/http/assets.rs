//! The storefront's files: read into a table at start, so that a path is only ever a key.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{fs, io};

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::error::Failure;
use super::pages::{self, Api, Template};
use crate::state::App;

/// The files inside the program; empty when it was built before the storefront.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

const INDEX: &str = "index.html";

/// All files of the storefront.
#[derive(Debug, Default)]
pub struct Assets {
    files: HashMap<String, Asset>,
    /// `sha256-…` of each inline script of the page, for the Content-Security-Policy.
    pub script_hashes: Vec<String>,
    /// The same of the style sheets that are in it when it is rendered.
    pub style_hashes: Vec<String>,
    /// What this build is called.
    pub build: Option<HeaderValue>,
    template: Option<Template>,
}

/// A file as it is served.
#[derive(Debug)]
pub(super) struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    kind: &'static str,
    etag: HeaderValue,
    cache: &'static str,
}

impl Assets {
    /// The files inside the program.
    pub fn embedded() -> Self {
        Self::from_files(
            EMBEDDED
                .iter()
                .map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes)))
                .collect(),
        )
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn from_folder(folder: &Path) -> io::Result<Self> {
        Ok(Self::from_files(read(folder)?))
    }

    fn from_files(files: BTreeMap<String, Bytes>) -> Self {
        let script_hashes = files
            .get(INDEX)
            .map(|page| inline_scripts(&String::from_utf8_lossy(page)))
            .unwrap_or_default();
        let build = files
            .get(INDEX)
            .and_then(|page| build_of(&String::from_utf8_lossy(page)));
        let template = template_of(&files);
        let styles = template.as_ref().map(Template::styles);
        let style_hashes = styles.unwrap_or_default().into_iter().map(hash).collect();
        Self {
            files: served(files),
            script_hashes,
            style_hashes,
            build,
            template,
        }
    }

    /// The page to fill in; `None` without a storefront.
    pub fn template(&self) -> Option<&Template> {
        self.template.as_ref()
    }
}

/// The files of a folder, by their paths within it.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub(super) fn read(folder: &Path) -> io::Result<BTreeMap<String, Bytes>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    Ok(files)
}

/// Files with the compressed forms that stand beside them.
pub(super) fn served(mut files: BTreeMap<String, Bytes>) -> HashMap<String, Asset> {
    let names: Vec<String> = files
        .keys()
        .filter(|name| !(name.ends_with(".br") || name.ends_with(".gz")))
        .cloned()
        .collect();
    names
        .into_iter()
        .filter_map(|name| {
            let plain = files.remove(&name)?;
            let etag = format!("\"{}\"", &crate::random::sha256(&plain)[..16]);
            let asset = Asset {
                brotli: files.remove(&format!("{name}.br")),
                gzip: files.remove(&format!("{name}.gz")),
                kind: content_type(&name),
                etag: HeaderValue::from_str(&etag).ok()?,
                cache: cache_control(&name),
                plain,
            };
            Some((name, asset))
        })
        .collect()
}

/// Answers everything that is not the API's: files, the page for the storefront's addresses, or 404.
pub async fn serve(
    State(app): State<App>,
    Extension(api): Extension<Api>,
    request: Request,
) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path == "/api" {
        return Failure::NotFound.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (allow, Failure::MethodNotAllowed).into_response();
    }
    let Ok(path) = percent_encoding::percent_decode_str(path).decode_utf8() else {
        return Failure::BadRequest.into_response();
    };
    let name = path.trim_start_matches('/');
    let headers = request.headers();
    match (app.assets.files.get(name), page_status(&path, headers)) {
        (Some(asset), _) => asset.answer(headers, StatusCode::OK),
        (_, Some(status)) => match (app.assets.template(), app.assets.files.get(INDEX)) {
            (Some(template), _) => pages::show(&app, &api, template, request, status).await,
            // Somebody else's page goes out as it is.
            (None, Some(page)) => page.answer(headers, status),
            (None, None) => pages::not_built(),
        },
        (_, None) => Failure::NotFound.into_response(),
    }
}

/// With which status a path gets the page: 200 for an address of the storefront, 404 for another that a
/// browser opens as a page (the storefront then says so), and not at all for what looks like a file.
fn page_status(path: &str, headers: &HeaderMap) -> Option<StatusCode> {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let ours = matches!(
        segments.as_slice(),
        ["" | "index.html"
            | "login"
            | "guest"
            | "logout"
            | "orders"
            | "support"
            | "help"
            | "notifications"]
            | [
                "orders" | "refunds" | "cases" | "complaints" | "support" | "help",
                _
            ]
            | [
                "orders",
                _,
                "cancel" | "withdraw" | "address" | "after-sale" | "complain"
            ]
            | ["cases", _, "messages" | "appeal" | "parcel" | "withdrawal"]
            | [
                "complaints",
                _,
                "messages" | "acceptance" | "dispute" | "withdrawal"
            ]
            | ["support", _, "messages" | "end" | "rating"]
            | ["notifications", "read"]
            | ["help", "policies", _]
            | ["refunds", _, "way"]
            | ["refunds", _, "way", "withdraw"]
    );
    if ours {
        return Some(StatusCode::OK);
    }
    let file = segments.last().is_some_and(|last| last.contains('.'));
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    (!file && wants_page).then_some(StatusCode::NOT_FOUND)
}

impl Asset {
    /// The file, in the form that the browser understands best.
    pub(super) fn answer(&self, headers: &HeaderMap, status: StatusCode) -> Response {
        let (encoding, bytes) = self.encoded(headers);
        let unchanged = status == StatusCode::OK
            && headers
                .get_all(header::IF_NONE_MATCH)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == self.etag.as_bytes());
        let mut response = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (status, Body::from(bytes.clone())).into_response()
        };
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        out.insert(header::ETAG, weak(&self.etag));
        if self.brotli.is_some() || self.gzip.is_some() {
            out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(encoding) = encoding.filter(|_| !unchanged) {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    /// The smallest form that the browser understands.
    fn encoded(&self, headers: &HeaderMap) -> (Option<&'static str>, &Bytes) {
        let accepts = |name| pages::accepts(headers, name);
        match (&self.brotli, &self.gzip) {
            (Some(bytes), _) if accepts("br") => (Some("br"), bytes),
            (_, Some(bytes)) if accepts("gzip") => (Some("gzip"), bytes),
            _ => (None, &self.plain),
        }
    }
}

/// The tag as a weak one: the forms of a file differ in their bytes and not in what they say.
fn weak(etag: &HeaderValue) -> HeaderValue {
    let mut tag = b"W/".to_vec();
    tag.extend_from_slice(etag.as_bytes());
    HeaderValue::from_bytes(&tag).unwrap_or_else(|_| etag.clone())
}

/// How long browsers may keep a file without asking. A picture seldom changes, and may be a day late.
fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else if content_type(name).starts_with("image/") {
        "public, max-age=86400, stale-while-revalidate=604800"
    } else {
        "no-cache"
    }
}

/// Whether a name carries a hash of the content: `-` and at least eight hexadecimal digits, before `.` or `_`.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.match_indices('-').any(|(at, _)| {
        let rest = &file[at + 1..];
        let digits = rest
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        digits >= 8 && rest[digits..].starts_with(['.', '_'])
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The hash of every inline script of a page, as a Content-Security-Policy names it.
fn inline_scripts(page: &str) -> Vec<String> {
    // Browsers hash what they parsed, and parsing makes every line end a single line feed.
    let page: Cow<'_, str> = if page.contains('\r') {
        page.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        page.into()
    };
    let lower = page.to_ascii_lowercase();
    let mut hashes = Vec::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find("<script").map(|found| found + at) {
        let Some(open) = lower[start..].find('>').map(|found| found + start + 1) else {
            break;
        };
        let Some(close) = lower[open..].find("</script").map(|found| found + open) else {
            break;
        };
        if !lower[start..open].contains(" src=") && close > open {
            hashes.push(hash(&page[open..close]));
        }
        at = close;
    }
    hashes
}

/// The hash of an inline script or style, as a Content-Security-Policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// What the page says that its build is called.
fn build_of(page: &str) -> Option<HeaderValue> {
    let (_, rest) = page.split_once("<meta name=\"tepai-build\" content=\"")?;
    let (build, _) = rest.split_once('"')?;
    HeaderValue::from_str(build).ok()
}

/// The page with its style sheet, to be filled in.
fn template_of(files: &BTreeMap<String, Bytes>) -> Option<Template> {
    let text = |name: &str| Some(String::from_utf8_lossy(files.get(name)?).into_owned());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    Template::new(&text(INDEX)?, text, &names)
}

/// Base64 with padding, which is the form of a hash in a Content-Security-Policy.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for letter in 0..4 {
            if letter <= chunk.len() {
                let index = bits >> (18 - 6 * letter) & 63;
                text.push(char::from(LETTERS[index as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Bytes>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            files.insert(format!("{prefix}{name}"), Bytes::from(fs::read(&path)?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_known() {
        for (name, hashed) in [
            ("storefront-1f0c9e8d7b6a5c4d.js", true),
            ("storefront-1f0c9e8d7b6a5c4d_bg.wasm", true),
            ("assets/style-0123abcd.css", true),
            ("index.html", false),
            ("products/running-shoes.svg", false),
            ("icon-192.png", false),
            ("decade-facade.svg", false),
        ] {
            assert_eq!(is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn inline_scripts_are_hashed_and_others_are_not() {
        let page =
            "<script src=\"/a.js\"></script>\r\n<SCRIPT type=module>\nlet a = 1;\r\n</SCRIPT>";
        assert_eq!(
            inline_scripts(page),
            inline_scripts("<script>\nlet a = 1;\n</script>")
        );
        assert_eq!(inline_scripts(page).len(), 1);
        assert!(inline_scripts("<script").is_empty());
    }

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
