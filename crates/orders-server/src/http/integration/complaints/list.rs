//! `GET /integration/complaints`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use orders_api::{ComplaintList, ComplaintState};
use orders_domain::{Order, OrderId, ShopId};
use orders_store::ComplaintQuery;

use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::query::Query;
use crate::http::wire::View;
use crate::state::App;

/// The complaints of all shoppers: what is due next comes first.
#[utoipa::path(
    get, path = "/integration/complaints", tag = "integration", operation_id = "list_complaints",
    params(
        ("state" = Option<ComplaintState>, Query, description = "Only those in this state."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "A page of them.", body = ComplaintList)),
)]
pub async fn list_complaints(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    query: Query,
) -> Result<Json<ComplaintList>, Failure> {
    page(&app, &context, &query, Vec::new()).await.map(Json)
}

/// The page of complaints that `query` asks for, of orders of `shops`; of all when there are none.
///
/// # Errors
/// When the query makes no sense, or the store fails.
pub async fn page(
    app: &App,
    context: &Context,
    query: &Query,
    shops: Vec<ShopId>,
) -> Result<ComplaintList, Failure> {
    let state = query
        .one("state")?
        .map(|code| ComplaintState::from_code(code).ok_or_else(|| Failure::unknown("state")))
        .transpose()?;
    let page = app
        .store
        .list_complaints(&ComplaintQuery {
            state,
            shops,
            cursor: query.one("cursor")?.map(str::to_owned),
            limit: query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT),
        })
        .await?;
    let now = app.clock.now();
    let mut orders: HashMap<OrderId, Order> = HashMap::new();
    let mut items = Vec::with_capacity(page.complaints.len());
    for (complaint, id) in page.complaints {
        if !orders.contains_key(&id)
            && let Some(order) = app.store.order_by_id(&id).await?
        {
            orders.insert(id.clone(), order);
        }
        let Some(order) = orders.get(&id) else {
            continue;
        };
        let view = View::of(app, order, context.language, now)?;
        if let Some(complaint) = order.complaint(&complaint) {
            items.push(view.complaint_in_list(order, complaint));
        }
    }
    Ok(ComplaintList {
        items,
        next_cursor: page.next_cursor,
    })
}
