//! Photos and videos: beginning an upload, sending it piece by piece, asking how far it is, giving it up.

use gloo_net::http::{Method, RequestBuilder};
use orders_api::{BeginUpload, EVIDENCE, EvidenceUpload};

use super::{Call, Failure};
use crate::browser::{self, Piece, new_key};
use crate::json::{self, Json};
use crate::words::Lang;

/// How long the answer to a piece may take: a slow line sends the smallest in that time, and after the last piece the
/// server looks into the file.
const PIECE_PATIENCE_MS: i32 = 90_000;

/// Begins an upload. The same `key` again is the same upload.
pub async fn begin_upload(lang: Lang, bytes: i64, key: &str) -> Result<EvidenceUpload, Failure> {
    Call::mutate(Method::POST, EVIDENCE, key)
        .json(&BeginUpload { bytes })
        .read_in_full(lang)
        .await
}

/// How far an upload is.
pub async fn upload(lang: Lang, id: &str) -> Result<EvidenceUpload, Failure> {
    Call::get(&orders_api::evidence(id)).read(lang).await
}

/// Sends the piece of a file that begins at `offset`: that, and no key, keeps it from counting twice.
pub async fn send_piece(
    lang: Lang,
    id: &str,
    offset: i64,
    piece: Piece,
) -> Result<EvidenceUpload, Failure> {
    let patience = browser::Patience::new(PIECE_PATIENCE_MS);
    let request = RequestBuilder::new(&orders_api::evidence(id))
        .method(Method::PATCH)
        .header("Accept", "application/json")
        .header("Accept-Language", lang.tag())
        .header("Content-Type", "application/octet-stream")
        .header("Upload-Offset", &offset.to_string())
        .abort_signal(patience.signal().as_ref())
        .body(piece)
        .map_err(|_| Failure::Unreadable)?;
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    let status = response.status();
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    match status {
        200..300 => json::read(&text).ok_or(Failure::Unreadable),
        _ => Err(Failure::in_full(status, Json::parse(&text))),
    }
}

/// Gives an upload up, as long as no case has it.
pub async fn discard_upload(lang: Lang, id: &str) -> Result<(), Failure> {
    Call::mutate(Method::DELETE, &orders_api::evidence(id), &new_key())
        .text(lang)
        .await
        .map(drop)
}
