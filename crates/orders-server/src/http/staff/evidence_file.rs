//! `GET /staff/evidence/{id}/file`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_domain::{EvidenceId, Permission};

use super::Staff;
use crate::http::error::Failure;
use crate::http::evidence::serve::serve;
use crate::http::path_id::PathId;
use crate::state::App;

/// A photo or video that a case or a conversation has. What none has is its shopper's alone.
#[utoipa::path(
    get, path = "/staff/evidence/{id}/file", tag = "staff", operation_id = "show_evidence_to_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Range" = Option<String>, Header, description = "One range of bytes."),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses(
        (status = 200, description = "The photo or video.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 206, description = "The bytes that were asked for.", content((String = "image/jpeg"), (String = "video/mp4"))),
        (status = 304, description = "Unchanged."),
        (status = 416, description = "`range_not_satisfiable`: it has no such bytes.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_evidence_to_staff(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    staff.may(Permission::SeeWork)?;
    let id = EvidenceId(id);
    // One that was sent in a conversation about an order may be in a case of it as well.
    match app.store.order_of_evidence(&id).await? {
        Some(order) => {
            staff.order(&app, &order).await?;
        }
        None => {
            let talk = app.store.conversation_of_evidence(&id).await?;
            staff
                .conversation(&app, talk.ok_or(Failure::NotFound)?)
                .await?;
        }
    }
    let kept = app.store.evidence_for_shop(&id).await?;
    serve(&app, &kept.ok_or(Failure::NotFound)?, &headers).await
}
