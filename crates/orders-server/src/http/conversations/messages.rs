//! `GET /conversations/{id}/messages`: where WebSocket is blocked, a question that waits for an answer.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use orders_api::ChatMessages;
use orders_domain::{ConversationId, Message};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::{own, seq, wire};
use crate::chat::{Heard, Listening};
use crate::config::limits::{MESSAGES_WAIT_SECONDS, PAGE_MAX};
use crate::http::error::Failure;
use crate::http::events::stream::stopped;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::state::App;

/// What was said after a message, in order. With `wait`, the answer comes when there is something, or after so many seconds
/// without. Asked with the `seq` of the last message that is there, no message is lost and none comes twice.
#[utoipa::path(
    get, path = "/conversations/{id}/messages", tag = "conversations", operation_id = "list_messages",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last message that the caller has; 0 without.", minimum = 0),
        ("latest" = Option<u32>, Query, description = "Instead of `after`: the last so many messages.", minimum = 1, maximum = 100),
        ("wait" = Option<u32>, Query, description = "For how many seconds to wait for something; not at all without.", minimum = 1, maximum = 20),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "At most 100 messages, and where the conversation stands.", body = ChatMessages)),
)]
pub async fn list_messages(
    State(app): State<App>,
    shopper: Shopper,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<ChatMessages>, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    let after = match query.count("latest", PAGE_MAX)? {
        Some(latest) => (conversation.last_seq - i64::from(latest)).max(0),
        None => seq(&query, "after")?,
    };
    let wait = query.count("wait", MESSAGES_WAIT_SECONDS)?;
    let mut listening = app.chats.listen(&conversation.id);
    let said = said(&app, &conversation.id, after, wait, &mut listening).await?;
    // What was said may have moved it.
    let conversation = own(&app, &shopper, conversation.id.0).await?;
    Ok(Json(ChatMessages {
        more: said
            .last()
            .is_some_and(|last| last.seq < conversation.last_seq),
        items: said.iter().map(wire::message).collect(),
        standing: wire::standing(&app, &conversation).await?,
    }))
}

/// What was said after the message `after`, as soon as there is something, or at the end of `wait` seconds.
///
/// # Errors
/// When the store fails.
pub async fn said(
    app: &App,
    conversation: &ConversationId,
    after: i64,
    wait: Option<u32>,
    listening: &mut Listening,
) -> Result<Vec<Message>, Failure> {
    let until = Instant::now() + Duration::from_secs(u64::from(wait.unwrap_or_default()));
    let mut stopping = app.stopping.clone();
    loop {
        let said = app.store.messages(conversation, after, PAGE_MAX).await?;
        if !said.is_empty() || wait.is_none() {
            return Ok(said);
        }
        loop {
            tokio::select! {
                heard = listening.heard.recv() => match heard {
                    Ok(Heard::Changed) | Err(RecvError::Lagged(_)) => break,
                    Ok(Heard::Typing(_)) => {}
                    Err(RecvError::Closed) => return Ok(said),
                },
                () = tokio::time::sleep_until(until) => return Ok(said),
                () = stopped(&mut stopping) => return Ok(said),
            }
        }
    }
}
