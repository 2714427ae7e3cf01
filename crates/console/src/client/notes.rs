//! Notes of the staff for one another.

use gloo_net::http::Method;
use orders_api::{AddNote, StaffNote, StaffNotes};
use storefront::words::Lang;

use super::{Call, Failure};

/// What was noted after a note. `url` says about what.
pub async fn notes_after(lang: Lang, url: &str, after: i64) -> Result<StaffNotes, Failure> {
    Call::get(&format!("{url}?after={after}")).read(lang).await
}

/// Notes something.
pub async fn add_note(
    lang: Lang,
    url: &str,
    note: &AddNote,
    key: &str,
) -> Result<StaffNote, Failure> {
    Call::mutate(Method::POST, url, key)
        .json(note)
        .read(lang)
        .await
}
