//! `PATCH /evidence/{id}`.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use orders_api::{EvidenceUpload, field_codes};

use super::own::OwnUpload;
use super::wire;
use crate::config::limits::PIECE_BYTES;
use crate::evidence::take_piece;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::{bytes_up_to, is_of_type};
use crate::state::App;

/// The header that says where in the file a piece belongs.
const OFFSET: &str = "upload-offset";

/// Send a piece of a file, of at most `piece_bytes`.
///
/// With the last one the file is looked into: the answer says `ready` or `refused`. A file of a kind that is not taken is
/// refused with its first piece already. When that takes long, the answer says `receiving` with all bytes there; a piece
/// without bytes, at the end, waits on, and has it done if nobody does.
///
/// The offset makes sending it again harmless: a piece that was counted already is refused with `upload_offset`, and `GET`
/// says where to go on. So it needs no `Idempotency-Key`; of one that comes, only the form is checked.
#[utoipa::path(
    patch, path = "/evidence/{id}", tag = "evidence", operation_id = "send_piece",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Upload-Offset" = i64, Header, minimum = 0, description = "Where in the file it begins: the upload's `offset`."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body(content = String, content_type = "application/octet-stream", description = "The bytes."),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "Where the upload stands.", body = EvidenceUpload),
        (status = 409, description = "`upload_offset`: it does not begin where the last one ended.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not `application/octet-stream`.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`upload-offset` is missing or no number; `body`: `too_large`, the file would be longer than announced.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn send_piece(
    State(app): State<App>,
    _: IdempotencyKey,
    own: OwnUpload,
    request: Request,
) -> Result<Json<EvidenceUpload>, Failure> {
    if !is_of_type(request.headers(), "application/octet-stream") {
        return Err(Failure::UnsupportedMediaType);
    }
    let offset = offset(request.headers())?;
    let bytes = bytes_up_to(request, PIECE_BYTES).await?;
    let upload = take_piece(&app, own.shopper.owner(), own.upload, offset, bytes).await?;
    wire(&upload.ok_or(Failure::NotFound)?).map(Json)
}

fn offset(headers: &HeaderMap) -> Result<i64, Failure> {
    let value = headers
        .get(OFFSET)
        .ok_or_else(|| Failure::field(OFFSET, field_codes::REQUIRED))?;
    value
        .to_str()
        .ok()
        .and_then(|text| text.parse().ok())
        .filter(|offset| *offset >= 0)
        .ok_or_else(|| Failure::field(OFFSET, field_codes::INVALID))
}
