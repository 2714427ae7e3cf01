//! `GET /integration/conversations/{id}/messages`.

use axum::Json;
use axum::extract::State;
use orders_api::ChatMessages;
use orders_domain::ConversationId;

use crate::config::limits::PAGE_MAX;
use crate::http::conversations::{seq, wire};
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::state::App;

/// What was said in a conversation after a message, in order, and who of the staff said it.
#[utoipa::path(
    get, path = "/integration/conversations/{id}/messages", tag = "integration", operation_id = "list_messages_for_shop",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last message that the caller has; 0 without.", minimum = 0),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "At most 100 messages, and where the conversation stands.", body = ChatMessages)),
)]
pub async fn list_messages_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<ChatMessages>, Failure> {
    let id = ConversationId(id);
    let conversation = app.store.conversation(&id).await?;
    let conversation = conversation.ok_or(Failure::NotFound)?;
    let said = app
        .store
        .messages(&id, seq(&query, "after")?, PAGE_MAX)
        .await?;
    Ok(Json(ChatMessages {
        more: said
            .last()
            .is_some_and(|last| last.seq < conversation.last_seq),
        items: said.iter().map(wire::message_for_shop).collect(),
        standing: wire::standing(&app, &conversation).await?,
    }))
}
