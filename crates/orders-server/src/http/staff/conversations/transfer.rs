//! `POST /staff/conversations/{id}/transfer`.

use axum::response::Response;
use orders_api::{ConversationStanding, TransferConversation};
use orders_domain::{ConversationMove, Permission, StaffId};

use super::StaffMove;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::staff::colleagues::may_chat_for;

/// Give a conversation to a colleague: one who can log in, sees the shop and may chat. Another is `unknown`. What a colleague
/// has is given away, or taken over by giving it to oneself, by naming that colleague in `from`.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/transfer", tag = "staff", operation_id = "transfer_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = TransferConversation,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 200, description = "It is theirs.", body = ConversationStanding),
        (status = 409, description = "`served_by_another`: a colleague has it, and not whom `from` names, as `served_by` says; `conversation_not_served`: nobody has it; `conversation_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn transfer_conversation(
    by: StaffMove,
    Body { value, fingerprint }: Body<TransferConversation>,
) -> Result<Response, Failure> {
    by.staff.may(Permission::Chat)?;
    let conversation = by.staff.conversation(&by.app, by.id.clone()).await?;
    let colleagues = may_chat_for(&by.app, &conversation.shop).await?;
    let to = StaffId(value.to);
    if !colleagues.iter().any(|colleague| colleague.id == to) {
        return Err(Failure::unknown("to"));
    }
    let passes = ConversationMove::Transfer {
        by: by.own(),
        to,
        from: value.from.map(StaffId),
    };
    by.make(&fingerprint, &passes).await
}
