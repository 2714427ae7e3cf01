//! `GET /integration/evidence/{id}/file`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_domain::EvidenceId;

use super::IntegrationKey;
use crate::http::error::Failure;
use crate::http::evidence::serve::serve;
use crate::http::path_id::PathId;
use crate::state::App;

/// A photo or video that a case or a conversation has, for the shop's staff. What none has is its shopper's alone.
#[utoipa::path(
    get, path = "/integration/evidence/{id}/file", tag = "integration", operation_id = "show_evidence_to_shop",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Range" = Option<String>, Header, description = "One range of bytes."),
    ),
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The photo or video.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 206, description = "The bytes that were asked for.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 304, description = "Unchanged."),
        (status = 416, description = "`range_not_satisfiable`: it has no such bytes.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_evidence_to_shop(
    _: IntegrationKey,
    State(app): State<App>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let kept = app.store.evidence_for_shop(&EvidenceId(id)).await?;
    serve(&app, &kept.ok_or(Failure::NotFound)?, &headers).await
}
