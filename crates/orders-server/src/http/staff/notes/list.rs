//! `GET /staff/orders/{id}/notes` and `GET /staff/conversations/{id}/notes`.

use axum::Json;
use orders_api::StaffNotes;

use super::Noter;
use crate::http::error::Failure;
use crate::http::query::Query;

/// What the staff noted about an order, oldest first.
#[utoipa::path(
    get, path = "/staff/orders/{id}/notes", tag = "staff", operation_id = "list_order_notes",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last note that the caller has; 0 without.", minimum = 0),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 200, description = "At most 100 of them.", body = StaffNotes)),
)]
pub async fn list_order_notes(by: Noter, query: Query) -> Result<Json<StaffNotes>, Failure> {
    let (_, about) = by.order().await?;
    Ok(Json(by.list(&about, &query).await?))
}

/// What the staff noted about a conversation, oldest first.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/notes", tag = "staff", operation_id = "list_conversation_notes",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last note that the caller has; 0 without.", minimum = 0),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 200, description = "At most 100 of them.", body = StaffNotes)),
)]
pub async fn list_conversation_notes(by: Noter, query: Query) -> Result<Json<StaffNotes>, Failure> {
    let (_, about) = by.conversation().await?;
    Ok(Json(by.list(&about, &query).await?))
}
