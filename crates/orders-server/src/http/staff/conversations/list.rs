//! `GET /staff/conversations`.

use axum::Json;
use axum::extract::State;
use orders_api::{ConversationState, StaffConversationList};
use orders_domain::Permission;

use super::{Names, to_wire};
use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::staff::work::shops_of;
use crate::state::App;

/// The conversations of the shops that they see, oldest first. Of those in a state, those that wait by their place, those that
/// were left by the time that was promised, those that are served by what is unanswered, those that are over by their end, the
/// newest first.
#[utoipa::path(
    get, path = "/staff/conversations", tag = "staff", operation_id = "list_conversations_for_staff",
    params(
        ("state" = Option<ConversationState>, Query, description = "Only those in this state."),
        ("mine" = Option<bool>, Query, description = "`true`: only those that they have, or had at the end."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "A page of them.", body = StaffConversationList)),
)]
pub async fn list_conversations_for_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Json<StaffConversationList>, Failure> {
    staff.may(Permission::Chat)?;
    let state = query
        .one("state")?
        .map(|code| ConversationState::from_code(code).ok_or_else(|| Failure::unknown("state")))
        .transpose()?;
    let mine = match query.one("mine")? {
        None | Some("false") => None,
        Some("true") => Some(staff.id()),
        Some(_) => return Err(Failure::unknown("mine")),
    };
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let shops = shops_of(&app, &staff);
    let cursor = query.one("cursor")?;
    let page = app
        .store
        .conversations_for_staff(&shops, state, mine, cursor, limit)
        .await?;
    let names = Names::of(&app).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for conversation in &page.items {
        items.push(to_wire(&app, &context, &names, conversation).await?);
    }
    Ok(Json(StaffConversationList {
        items,
        next_cursor: page.next_cursor,
    }))
}
