//! `GET /conversations`.

use axum::Json;
use axum::extract::State;
use orders_api::ConversationList;

use super::{seen_by, wire};
use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::state::App;

/// The shopper's conversations, newest first.
#[utoipa::path(
    get, path = "/conversations", tag = "conversations", operation_id = "list_conversations",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "A page of conversations.", body = ConversationList)),
)]
pub async fn list_conversations(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    query: Query,
) -> Result<Json<ConversationList>, Failure> {
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let cursor = query.one("cursor")?;
    let page = app
        .store
        .conversations_of(shopper.owner(), cursor, limit)
        .await?;
    let mut items = Vec::with_capacity(page.items.len());
    for conversation in page.items {
        let conversation = seen_by(&shopper, conversation);
        items.push(wire::whole(&app, &context, &conversation).await?);
    }
    Ok(Json(ConversationList {
        items,
        next_cursor: page.next_cursor,
    }))
}
