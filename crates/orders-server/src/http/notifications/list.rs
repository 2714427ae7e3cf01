//! `GET /notifications`.

use axum::Json;
use axum::extract::State;
use orders_api::NotificationList;

use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::session::Account;
use crate::http::text::Text;
use crate::http::wire::View;
use crate::state::App;

/// The longest cursor that the list gives out.
const CURSOR_CHARS: usize = 20;

/// What happened to the shopper's orders that they want to know, newest first, with the orders as they are now.
#[utoipa::path(
    get, path = "/notifications", tag = "notifications", operation_id = "list_notifications",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 20),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "A page of notifications.", body = NotificationList),
        (status = 403, description = "`guest_session`: notifications are of the account.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list_notifications(
    State(app): State<App>,
    shopper: Account,
    context: Context,
    query: Query,
) -> Result<Json<NotificationList>, Failure> {
    let now = app.clock.now();
    let cursor = query
        .one("cursor")?
        .map(|cursor| Text::at_most("cursor", cursor, CURSOR_CHARS))
        .transpose()?;
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let page = app.store.notifications(shopper.id(), cursor, limit).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for item in page.items {
        let order = page
            .orders
            .get(&item.id.order)
            .ok_or_else(|| Failure::internal(format!("{} has no order", item.id)))?;
        let view = View::of(&app, order, context.language, now)?;
        items.push(view.notification(order, &item));
    }
    Ok(Json(NotificationList {
        items,
        next_cursor: page.next_cursor,
        unread: page.unread,
    }))
}
