//! `GET /staff/conversations/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::StaffConversation;
use orders_domain::{ConversationId, Permission};

use super::{Names, to_wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// One conversation: what it is about, whose it is, who has it, and how it was rated.
#[utoipa::path(
    get, path = "/staff/conversations/{id}", tag = "staff", operation_id = "show_conversation_to_staff",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The conversation.", body = StaffConversation)),
)]
pub async fn show_conversation_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<StaffConversation>, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let names = Names::of(&app).await?;
    Ok(Json(to_wire(&app, &context, &names, &conversation).await?))
}
