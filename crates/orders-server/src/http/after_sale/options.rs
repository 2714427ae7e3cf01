//! `GET /orders/{id}/after-sale`.

use axum::Json;
use axum::extract::State;
use orders_api::AfterSaleOptions;
use orders_domain::OrderId;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// What may be asked for: line by line, until when, for which reasons, and why not.
#[utoipa::path(
    get, path = "/orders/{id}/after-sale", tag = "after_sale", operation_id = "show_after_sale",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "What may be asked for.", body = AfterSaleOptions)),
)]
pub async fn show_after_sale(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<AfterSaleOptions>, Failure> {
    let now = app.clock.now();
    let order = shopper.order(&app, &OrderId(id)).await?;
    let view = View::of(&app, &order, context.language, now)?;
    Ok(Json(view.after_sale_options(&order)))
}
