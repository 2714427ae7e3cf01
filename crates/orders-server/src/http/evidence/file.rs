//! `GET /evidence/{id}/file`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_store::UploadState;

use super::own::OwnUpload;
use super::serve::serve;
use crate::http::error::Failure;
use crate::state::App;

/// The photo or video itself, as it was kept. It never changes.
#[utoipa::path(
    get, path = "/evidence/{id}/file", tag = "evidence", operation_id = "show_evidence",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Range" = Option<String>, Header, description = "One range of bytes; videos are played by it."),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The photo or video.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 206, description = "The bytes that were asked for.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 304, description = "Unchanged."),
        (status = 416, description = "`range_not_satisfiable`: it has no such bytes.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_evidence(
    State(app): State<App>,
    own: OwnUpload,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match own.upload.state {
        UploadState::Ready(kept) => serve(&app, &kept, &headers).await,
        UploadState::Receiving | UploadState::Refused(_) => Err(Failure::NotFound),
    }
}
