//! `GET /integration/complaints`.

use axum::Json;
use axum::extract::State;
use orders_api::{ComplaintList, ComplaintState};
use orders_domain::ShopId;
use orders_store::ComplaintQuery;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::integration::by_due::{limit_in, shown, state_in};
use crate::http::query::Query;
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
    let page = app
        .store
        .list_complaints(&ComplaintQuery {
            state: state_in(query, ComplaintState::from_code)?,
            shops,
            cursor: query.one("cursor")?.map(str::to_owned),
            limit: limit_in(query)?,
        })
        .await?;
    let items = shown(app, context, page.complaints, |view, order, complaint| {
        let complaint = order.complaint(complaint)?;
        Some(view.complaint_in_list(order, complaint))
    });
    Ok(ComplaintList {
        items: items.await?,
        next_cursor: page.next_cursor,
    })
}
