//! `POST /staff/conversations/{id}/take`.

use axum::response::Response;
use orders_api::ConversationStanding;
use orders_domain::ConversationMove;

use super::StaffMove;
use crate::http::error::Failure;

/// Take a conversation out of the queue, or from among what was left.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/take", tag = "staff", operation_id = "take_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 200, description = "It is theirs.", body = ConversationStanding),
        (status = 409, description = "`served_by_another`: a colleague has it, as `served_by` says; `claimed_by_another`: a colleague has it in hand in the queue; `conversation_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn take_conversation(by: StaffMove) -> Result<Response, Failure> {
    by.make("", &ConversationMove::Take(by.own())).await
}
