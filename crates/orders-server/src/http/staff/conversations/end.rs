//! `POST /staff/conversations/{id}/end`.

use axum::response::Response;
use orders_api::ConversationStanding;
use orders_domain::ConversationMove;

use super::StaffMove;
use crate::http::error::Failure;

/// End a conversation that is theirs or nobody's, and that was answered: what was not, only its shopper ends. What has ended stays ended, until its shopper says something within a week.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/end", tag = "staff", operation_id = "end_conversation_for_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 200, description = "It has ended.", body = ConversationStanding),
        (status = 409, description = "`served_by_another`: a colleague has it, as `served_by` says; `claimed_by_another`: a colleague has it in hand in the queue; `conversation_unanswered`: nobody has answered yet.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn end_conversation_for_staff(by: StaffMove) -> Result<Response, Failure> {
    by.make("", &ConversationMove::EndByStaff(Some(by.own())))
        .await
}
