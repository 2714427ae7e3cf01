//! `POST /staff/conversations/{id}/hand-back`.

use axum::response::Response;
use orders_api::ConversationStanding;
use orders_domain::ConversationMove;

use super::StaffMove;
use crate::http::error::Failure;

/// Put a conversation of theirs back where somebody else takes it: into the queue, in its old place, or out of hours among
/// what was left.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/hand-back", tag = "staff", operation_id = "hand_back_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 200, description = "It is nobody's.", body = ConversationStanding),
        (status = 409, description = "`served_by_another`: a colleague has it, as `served_by` says; `conversation_not_served`: nobody has it; `conversation_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn hand_back_conversation(by: StaffMove) -> Result<Response, Failure> {
    by.make("", &ConversationMove::HandBack(Some(by.own())))
        .await
}
