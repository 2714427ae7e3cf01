//! `GET /orders`.

use axum::Json;
use axum::extract::State;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use orders_api::{OrderList, TabCounts, field_codes};
use orders_domain::Instant;
use orders_store::{OrderQuery, Tab};

use crate::config::limits::{CURSOR_CHARS, PAGE_DEFAULT, PAGE_MAX, SEARCH_CHARS};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::session::Account;
use crate::http::text::Text;
use crate::http::wire::View;
use crate::state::App;

/// The shopper's orders, newest first, and how many there are in each tab.
#[utoipa::path(
    get, path = "/orders", tag = "orders", operation_id = "list_orders",
    params(
        ("tab" = Option<orders_api::Tab>, Query, description = "Which tab; all without."),
        ("q" = Option<String>, Query, description = "Part of a number or a product's name.", max_length = 100),
        ("placed_from" = Option<String>, Query, format = Date, description = "Placed on this day of the shop or later."),
        ("placed_to" = Option<String>, Query, format = Date, description = "Placed on this day of the shop or earlier."),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 256),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "A page of orders.", body = OrderList),
        (status = 403, description = "`guest_session`: a guest has one order, and no list.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list_orders(
    State(app): State<App>,
    shopper: Account,
    context: Context,
    query: Query,
) -> Result<Json<OrderList>, Failure> {
    let now = app.clock.now();
    let tab = match query.one("tab")? {
        Some(code) => Tab::from_code(code).ok_or_else(|| Failure::unknown("tab"))?,
        None => Tab::All,
    };
    let q = query.one("q")?.unwrap_or_default().trim();
    let q = Text::at_most("q", q, SEARCH_CHARS)?.to_owned();
    let cursor = query
        .one("cursor")?
        .map(|cursor| Text::at_most("cursor", cursor, CURSOR_CHARS))
        .transpose()?
        .map(str::to_owned);
    let placed_from = query
        .day("placed_from")?
        .map(|day| start_of(&app, "placed_from", day))
        .transpose()?;
    let placed_to = query
        .day("placed_to")?
        .map(|day| {
            let next = day.checked_add_days(Days::new(1));
            start_of(&app, "placed_to", next.unwrap_or(day))
        })
        .transpose()?;
    let query = OrderQuery {
        tab,
        q,
        placed_from,
        placed_to,
        cursor,
        limit: query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT),
    };
    let page = app.store.list_orders(shopper.id(), &query).await?;
    let items = page
        .orders
        .iter()
        .map(|order| Ok(View::of(&app, order, context.language, now)?.summary(order)))
        .collect::<Result<_, Failure>>()?;
    let counts = page.counts;
    Ok(Json(OrderList {
        items,
        next_cursor: page.next_cursor,
        counts: TabCounts {
            all: counts.all,
            awaiting_payment: counts.awaiting_payment,
            to_ship: counts.to_ship,
            to_receive: counts.to_receive,
            after_sale: counts.after_sale,
            cancelled: counts.cancelled,
        },
    }))
}

/// The instant at which `day` begins where the shops are. They share a zone: a list is over all of them.
fn start_of(app: &App, field: &str, day: NaiveDate) -> Result<Instant, Failure> {
    let minutes = app
        .shops
        .any()
        .map_or(0, |policy| policy.utc_offset_minutes);
    day.and_time(NaiveTime::MIN)
        .checked_sub_signed(TimeDelta::minutes(i64::from(minutes)))
        .map(|at| at.and_utc())
        .ok_or_else(|| Failure::field(field, field_codes::OUT_OF_RANGE))
}
