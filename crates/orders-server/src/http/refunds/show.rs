//! `GET /refunds/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::RefundDetail;
use orders_domain::RefundId;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// One refund: where the money is, what happened so far, and when it should be there.
#[utoipa::path(
    get, path = "/refunds/{id}", tag = "refunds", operation_id = "show_refund",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The refund.", body = RefundDetail)),
)]
pub async fn show_refund(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<RefundDetail>, Failure> {
    let now = app.clock.now();
    let id = RefundId(id);
    let order = app.store.order_of_refund(&id).await?;
    // Somebody else's order does not exist, and its refunds neither.
    let order = shopper
        .order(&app, &order.ok_or(Failure::NotFound)?)
        .await?;
    let view = View::of(&app, &order, context.language, now)?;
    view.refund_detail(&order, &id)
        .map(Json)
        .ok_or(Failure::NotFound)
}
