//! `POST /staff/conversations/{id}/read`.

use axum::extract::State;
use axum::http::StatusCode;
use orders_api::ReadChat;
use orders_domain::{ConversationId, Permission};
use orders_store::Reader;

use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// Have read everything up to a message; the shopper is told. What was read stays read, so that sending it again is harmless:
/// of the `Idempotency-Key` only the form is checked.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/read", tag = "staff", operation_id = "read_conversation_as_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ReadChat,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 204, description = "It counts as read. Nothing changes when it was read before, or when there is no such message yet.")),
)]
pub async fn read_conversation_as_staff(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value, .. }: Body<ReadChat>,
) -> Result<StatusCode, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    app.store
        .read_conversation(&conversation.id, Reader::Staff, value.seq)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
