//! `GET /staff/conversations/{id}/messages`.

use axum::Json;
use axum::extract::State;
use orders_api::StaffMessages;
use orders_domain::{ConversationId, Permission};

use crate::config::limits::MESSAGES_WAIT_SECONDS;
use crate::http::conversations::messages::said;
use crate::http::conversations::{seq, wire};
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// What was said after a message, in order, and who of the staff it was. With `wait`, the answer comes when there is something,
/// or after so many seconds without.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/messages", tag = "staff", operation_id = "list_messages_for_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last message that the caller has; 0 without.", minimum = 0),
        ("wait" = Option<u32>, Query, description = "For how many seconds to wait for something; not at all without.", minimum = 1, maximum = 20),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "At most 100 messages, and where the conversation stands.", body = StaffMessages)),
)]
pub async fn list_messages_for_staff(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<StaffMessages>, Failure> {
    staff.may(Permission::Chat)?;
    let id = staff.conversation(&app, ConversationId(id)).await?.id;
    let after = seq(&query, "after")?;
    let wait = query.count("wait", MESSAGES_WAIT_SECONDS)?;
    let mut listening = app.chats.listen(&id);
    let said = said(&app, &id, after, wait, &mut listening).await?;
    // What was said may have moved it.
    let conversation = staff.conversation(&app, id).await?;
    Ok(Json(StaffMessages {
        more: said
            .last()
            .is_some_and(|last| last.seq < conversation.last_seq),
        items: said.iter().map(wire::message_for_shop).collect(),
        standing: wire::standing(&app, &conversation).await?,
    }))
}
