//! `GET /support`.

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use orders_api::{ChatNow, SupportWays};
use orders_domain::{
    Instant, LikelyWait, Order, OrderId, Policy, QueuePlace, ShopId, ShopperId, likely_wait,
};
use orders_store::{OrderQuery, Owner, Tab};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::help::{shop, support};
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::http::wire::{View, instant};
use crate::state::App;

/// How many orders are offered to choose from.
const RECENT: u32 = 5;

/// The ways to a person: chat, telephone, e-mail, as they are now, and the order that it is about.
#[utoipa::path(
    get, path = "/support", tag = "conversations", operation_id = "show_support",
    params(
        ("order" = Option<String>, Query, description = "About which order of the shopper's. A guest's own without.", max_length = 64),
        ("case" = Option<String>, Query, description = "About which after-sale case of that order; for the page only.", max_length = 64),
        ("shop" = Option<String>, Query, description = "With which shop, where it is about no order. That of the last order without.", max_length = 64),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The ways.", body = SupportWays),
        (status = 404, description = "`not_found`: the shopper has no such order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_support(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    query: Query,
) -> Result<Json<SupportWays>, Failure> {
    let now = app.clock.now();
    let language = context.language;
    // A guest asks about the order, also without saying so.
    let only = shopper.owner().only().cloned();
    let order = match query.one("order")?.map(OrderId::from).or(only) {
        Some(id) => {
            let found = app.store.order_of(shopper.owner(), &id).await?;
            Some(found.ok_or(Failure::NotFound)?)
        }
        None => None,
    };
    let recent = match (&order, shopper.owner()) {
        (None, Owner::Account(account)) => recent(&app, account).await?,
        (Some(_), _) | (None, Owner::Guest { .. }) => Vec::new(),
    };
    // Ways to a person are those in force, whatever an order was placed under.
    let policy = match (&order, query.one("shop")?, recent.first()) {
        (None, Some(id), _) => {
            let policy = app.shops.policy(&ShopId(id.to_owned()));
            policy.ok_or_else(|| Failure::unknown("shop"))?
        }
        (Some(order), _, _) | (None, None, Some(order)) => {
            View::of(&app, order, language, now)?.shop_now
        }
        (None, None, None) => app.shops.any().ok_or(Failure::NotFound)?,
    };
    let brief = |order: &Order| Ok(View::of(&app, order, language, now)?.brief(order));
    let lines = match &order {
        Some(order) => View::of(&app, order, language, now)?.lines(order),
        None => Vec::new(),
    };
    let reply = TimeDelta::hours(i64::from(policy.support.email_reply_hours));
    Ok(Json(SupportWays {
        shop: shop(policy, language),
        shops: app
            .shops
            .policies()
            .map(|policy| shop(policy, language))
            .collect(),
        support: support(policy, language),
        email_due_at: instant(now.checked_add_signed(reply).unwrap_or(now)),
        chat: chat_now(&app, policy, now).await?,
        order: order.as_ref().map(brief).transpose()?,
        lines,
        recent: recent.iter().map(brief).collect::<Result<_, Failure>>()?,
    }))
}

async fn recent(app: &App, account: &ShopperId) -> Result<Vec<Order>, Failure> {
    let query = OrderQuery {
        tab: Tab::All,
        q: String::new(),
        placed_from: None,
        placed_to: None,
        cursor: None,
        limit: RECENT,
    };
    Ok(app.store.list_orders(account, &query).await?.orders)
}

/// The chat of a shop at `now`; `None` where it has none.
async fn chat_now(app: &App, policy: &Policy, now: Instant) -> Result<Option<ChatNow>, Failure> {
    let calendar = &app.shops.calendar;
    let Some(open) = policy.chat_is_open(calendar, now) else {
        return Ok(None);
    };
    if open {
        let queue = app.store.queue_at(&policy.shop, now).await?;
        let at = QueuePlace {
            place: queue.place,
            came_as: queue.came_as,
            waited: TimeDelta::zero(),
        };
        let wait_minutes = match likely_wait(&queue.waits, at) {
            Some(LikelyWait::Minutes(minutes)) => Some(minutes),
            Some(LikelyWait::Longer) | None => None,
        };
        return Ok(Some(ChatNow {
            open,
            opens_at: None,
            answered_by: None,
            place: Some(queue.place),
            wait_minutes,
        }));
    }
    Ok(Some(ChatNow {
        open,
        opens_at: policy.chat_opens(calendar, now).map(instant),
        answered_by: policy.chat_answer_due(calendar, now).map(instant),
        place: None,
        wait_minutes: None,
    }))
}
