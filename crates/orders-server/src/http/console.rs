//! The console's page and files, below `/staff`. The page is the same for each of its addresses, and carries a policy of its
//! own: it runs what is in its files and nothing else, and nobody has it in a frame.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::assets::{self, Asset};
use super::error::Failure;
use super::pages;
use super::security::Kind;
use crate::state::App;

/// The files inside the program; empty when it was built before the console.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded_staff.rs"));

const INDEX: &str = "index.html";

/// All files of the console.
#[derive(Debug, Default)]
pub struct ConsoleFiles(HashMap<String, Asset>);

impl ConsoleFiles {
    /// The files inside the program.
    pub fn embedded() -> Self {
        let files = EMBEDDED
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes)));
        Self::of(files.collect())
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn from_folder(folder: &Path) -> io::Result<Self> {
        Ok(Self::of(assets::read(folder)?))
    }

    fn of(files: BTreeMap<String, Bytes>) -> Self {
        Self(assets::served(files))
    }
}

/// Answers below `/staff`: a file of the console, or its page.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    let name = path.strip_prefix("/staff").unwrap_or(path);
    let name = name.trim_start_matches('/');
    let files = &app.console.0;
    let headers = request.headers();
    let mut response = match files.get(name).filter(|_| name != INDEX) {
        Some(file) => file.answer(headers, StatusCode::OK),
        // What looks like a file and is none is one of another build.
        None if name
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains('.')) =>
        {
            Failure::NotFound.into_response()
        }
        None => match files.get(INDEX) {
            Some(page) => shown(page.answer(headers, StatusCode::OK)),
            None => pages::not_built(),
        },
    };
    response.headers_mut().insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}

/// The page, which is never kept.
fn shown(mut page: Response) -> Response {
    page.headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page.extensions_mut().insert(Kind::Console);
    page
}
