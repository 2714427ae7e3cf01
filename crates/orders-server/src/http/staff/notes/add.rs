//! `POST /staff/orders/{id}/notes` and `POST /staff/conversations/{id}/notes`.

use axum::response::Response;
use orders_api::{AddNote, StaffNote};

use super::Noter;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;

/// Note something about an order for the others. It stays as it is: nobody changes or deletes a note.
#[utoipa::path(
    post, path = "/staff/orders/{id}/notes", tag = "staff", operation_id = "add_order_note",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = AddNote,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 201, description = "The note.", body = StaffNote)),
)]
pub async fn add_order_note(
    by: Noter,
    key: IdempotencyKey,
    body: Body<AddNote>,
) -> Result<Response, Failure> {
    let about = by.order().await?;
    by.add(&about, &key, &body).await
}

/// Note something about a conversation for the others. It stays as it is: nobody changes or deletes a note.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/notes", tag = "staff", operation_id = "add_conversation_note",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = AddNote,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 201, description = "The note.", body = StaffNote)),
)]
pub async fn add_conversation_note(
    by: Noter,
    key: IdempotencyKey,
    body: Body<AddNote>,
) -> Result<Response, Failure> {
    let about = by.conversation().await?;
    by.add(&about, &key, &body).await
}
