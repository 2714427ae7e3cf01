//! `GET /evidence/{id}`.

use axum::Json;
use orders_api::EvidenceUpload;

use super::own::OwnUpload;
use super::wire;
use crate::http::error::Failure;

/// How far an upload is, and what became of it.
#[utoipa::path(
    get, path = "/evidence/{id}", tag = "evidence", operation_id = "show_upload",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The upload.", body = EvidenceUpload)),
)]
pub async fn show_upload(own: OwnUpload) -> Result<Json<EvidenceUpload>, Failure> {
    wire(&own.upload).map(Json)
}
