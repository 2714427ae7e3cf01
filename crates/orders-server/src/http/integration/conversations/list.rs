//! `GET /integration/conversations`.

use axum::Json;
use axum::extract::State;
use orders_api::{Conversation, ConversationState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::conversations::wire;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::query::Query;
use crate::state::App;

/// A conversation, to the shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationForShop {
    /// As its shopper sees it.
    pub conversation: Conversation,
    /// Whose it is.
    pub shopper: String,
    /// Who of the staff has it, or had it at the end.
    pub staff: Option<String>,
}

/// Conversations, page by page.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationListForShop {
    /// Oldest first.
    pub items: Vec<ConversationForShop>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// The conversations of all shoppers, oldest first.
#[utoipa::path(
    get, path = "/integration/conversations", tag = "integration", operation_id = "list_conversations_for_shop",
    params(
        ("state" = Option<ConversationState>, Query, description = "Only those in this state."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "A page of them.", body = ConversationListForShop)),
)]
pub async fn list_conversations_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    query: Query,
) -> Result<Json<ConversationListForShop>, Failure> {
    let state = query
        .one("state")?
        .map(|code| ConversationState::from_code(code).ok_or_else(|| Failure::unknown("state")))
        .transpose()?;
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let cursor = query.one("cursor")?;
    let page = app.store.list_conversations(state, cursor, limit).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for conversation in &page.items {
        items.push(ConversationForShop {
            conversation: wire::whole(&app, &context, conversation).await?,
            shopper: conversation.shopper.0.clone(),
            staff: conversation.staff.as_ref().map(|staff| staff.0.clone()),
        });
    }
    Ok(Json(ConversationListForShop {
        items,
        next_cursor: page.next_cursor,
    }))
}
