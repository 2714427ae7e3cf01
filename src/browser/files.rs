//! Files that the shopper picks: what is known of them, their bytes piece by piece, and how they look before they are sent.

use wasm_bindgen::JsCast;
use web_sys::{Blob, Event, File, HtmlInputElement, Url};

/// Some of a file's bytes; read only when they are sent.
pub type Piece = Blob;

/// A file that the shopper picked. The browser keeps it readable as long as the page is there.
#[derive(Clone, Debug)]
pub struct PickedFile(File);

#[expect(
    clippy::cast_possible_truncation,
    reason = "sizes of files and milliseconds since 1970 are far from 2^53"
)]
impl PickedFile {
    /// Its name, without folders.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> i64 {
        self.0.size() as i64
    }

    /// What the browser takes it for, by its name: `image/jpeg`; empty when it does not know.
    pub fn media_type(&self) -> String {
        self.0.type_()
    }

    /// When it was changed last, in milliseconds since 1970.
    pub fn modified_ms(&self) -> i64 {
        self.0.last_modified() as i64
    }

    /// So many bytes of it, from there on.
    pub fn piece(&self, from: i64, bytes: i64) -> Option<Piece> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "sizes of files are far from 2^53"
        )]
        let (from, to) = (from as f64, (from + bytes) as f64);
        self.0.slice_with_f64_and_f64(from, to).ok()
    }
}

/// A piece without bytes.
pub fn no_bytes() -> Option<Piece> {
    Blob::new().ok()
}

/// The files that were picked in the field that an event comes from. The field is emptied, so that the same file can be
/// picked again.
pub fn picked_files(event: &Event) -> Vec<PickedFile> {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else {
        return Vec::new();
    };
    let files = field.files();
    let files = files.map_or_else(Vec::new, |files| {
        (0..files.length())
            .filter_map(|at| files.get(at))
            .map(PickedFile)
            .collect()
    });
    field.set_value("");
    files
}

/// A picked file as a picture of this page, until it is dropped.
#[derive(Debug)]
pub struct Preview(String);

impl Preview {
    /// Of a photo.
    pub fn of(file: &PickedFile) -> Option<Self> {
        Url::create_object_url_with_blob(&file.0).ok().map(Self)
    }

    /// Its address, which only this page can open.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _revoked = Url::revoke_object_url(&self.0);
    }
}
