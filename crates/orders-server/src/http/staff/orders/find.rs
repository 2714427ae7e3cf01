//! `GET /staff/orders`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use orders_api::{FoundOrder, FoundOrders, Person, field_codes};
use orders_domain::{Permission, ShopperId};
use orders_store::OrderSearch;

use crate::config::limits::{CURSOR_CHARS, PAGE_DEFAULT, PAGE_MAX, SEARCH_CHARS};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::text::Text;
use crate::http::wire::View;
use crate::password::normal_login;
use crate::state::App;

/// Orders by what somebody tells of them, newest first: those of the shopper who logs in with `q`, those that go to that
/// telephone, those with that number, in whatever case, and that with that id at the shop.
#[utoipa::path(
    get, path = "/staff/orders", tag = "staff", operation_id = "find_orders",
    params(
        ("q" = String, Query, description = "A number, the shop's id, a telephone number or an e-mail address: the whole of it.", min_length = 1, max_length = 100),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 256),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "A page of what was found.", body = FoundOrders)),
)]
pub async fn find_orders(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Json<FoundOrders>, Failure> {
    staff.may(Permission::SeeWork)?;
    let q = query.one("q")?.unwrap_or_default().trim();
    if q.is_empty() {
        return Err(Failure::field("q", field_codes::REQUIRED));
    }
    let q = Text::at_most("q", q, SEARCH_CHARS)?;
    let cursor = query
        .one("cursor")?
        .map(|cursor| Text::at_most("cursor", cursor, CURSOR_CHARS))
        .transpose()?;
    let found = app
        .store
        .find_orders(&OrderSearch {
            text: q.to_owned(),
            login: normal_login(q),
            shops: staff.shops().to_vec(),
            cursor: cursor.map(str::to_owned),
            limit: query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT),
        })
        .await?;
    let now = app.clock.now();
    let mut names: HashMap<ShopperId, String> = HashMap::new();
    let mut items = Vec::with_capacity(found.orders.len());
    for order in &found.orders {
        if !names.contains_key(&order.shopper) {
            let known = app.store.credentials_of(&order.shopper).await?;
            let name = known.map(|known| known.shopper.display_name);
            names.insert(order.shopper.clone(), name.unwrap_or_default());
        }
        items.push(FoundOrder {
            order: View::of(&app, order, context.language, now)?.summary(order),
            shopper: Person {
                id: order.shopper.0.clone(),
                name: names.get(&order.shopper).cloned().unwrap_or_default(),
            },
        });
    }
    Ok(Json(FoundOrders {
        items,
        next_cursor: found.next_cursor,
    }))
}
