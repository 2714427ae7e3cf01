//! `GET /notifications`.

use axum::Json;
use axum::extract::State;
use orders_api::NotificationList;
use orders_store::{News, Notification, NotificationPage};

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

/// What happened that the shopper wants to know, newest first: to their orders, which are as they are now, and that they
/// were answered in a conversation while they were away.
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
    let cursor = query
        .one("cursor")?
        .map(|cursor| Text::at_most("cursor", cursor, CURSOR_CHARS))
        .transpose()?;
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let page = app.store.notifications(shopper.id(), cursor, limit).await?;
    let items = page.items.iter();
    let items = items.map(|item| to_wire(&app, &context, (&page, item)));
    Ok(Json(NotificationList {
        items: items.collect::<Result<_, _>>()?,
        next_cursor: page.next_cursor.clone(),
        unread: page.unread,
    }))
}

fn to_wire(
    app: &App,
    context: &Context,
    (page, item): (&NotificationPage, &Notification),
) -> Result<orders_api::Notification, Failure> {
    let missing = |what: &str| Failure::internal(format!("{} has no {what}", item.id()));
    let now = app.clock.now();
    match &item.news {
        News::Event { order, entry, .. } => {
            let order = page.orders.get(order).ok_or_else(|| missing("order"))?;
            let view = View::of(app, order, context.language, now)?;
            Ok(view.notification(order, entry, item))
        }
        News::Answer {
            conversation, at, ..
        } => {
            let found = page.conversations.get(conversation);
            let conversation = found.ok_or_else(|| missing("conversation"))?;
            let order = conversation.order.as_ref();
            let order = order.and_then(|order| page.orders.get(order));
            let view = View::of_talk(app, conversation, context.language, now)?;
            Ok(view.answer(conversation, order, (*at, item)))
        }
    }
}
