//! `GET /integration/cases`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use orders_api::{CaseList, CaseState};
use orders_domain::{Order, OrderId, ShopId};
use orders_store::CaseQuery;

use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::query::Query;
use crate::http::wire::View;
use crate::state::App;

/// The cases of all shoppers: what is due next comes first.
#[utoipa::path(
    get, path = "/integration/cases", tag = "integration", operation_id = "list_cases",
    params(
        ("state" = Option<CaseState>, Query, description = "Only those in this state."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "A page of them.", body = CaseList)),
)]
pub async fn list_cases(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    query: Query,
) -> Result<Json<CaseList>, Failure> {
    page(&app, &context, &query, Vec::new()).await.map(Json)
}

/// The page of cases that `query` asks for, of orders of `shops`; of all when there are none.
///
/// # Errors
/// When the query makes no sense, or the store fails.
pub async fn page(
    app: &App,
    context: &Context,
    query: &Query,
    shops: Vec<ShopId>,
) -> Result<CaseList, Failure> {
    let state = query
        .one("state")?
        .map(|code| CaseState::from_code(code).ok_or_else(|| Failure::unknown("state")))
        .transpose()?;
    let page = app
        .store
        .list_cases(&CaseQuery {
            state,
            shops,
            cursor: query.one("cursor")?.map(str::to_owned),
            limit: query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT),
        })
        .await?;
    let now = app.clock.now();
    let mut orders: HashMap<OrderId, Order> = HashMap::new();
    let mut items = Vec::with_capacity(page.cases.len());
    for (case, id) in page.cases {
        if !orders.contains_key(&id)
            && let Some(order) = app.store.order_by_id(&id).await?
        {
            orders.insert(id.clone(), order);
        }
        let Some(order) = orders.get(&id) else {
            continue;
        };
        let view = View::of(app, order, context.language, now)?;
        if let Some(case) = order.case(&case) {
            items.push(view.case_in_list(order, case));
        }
    }
    Ok(CaseList {
        items,
        next_cursor: page.next_cursor,
    })
}
