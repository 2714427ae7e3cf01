//! `GET /orders/{id}/complaint`.

use axum::Json;
use axum::extract::State;
use orders_api::ComplaintOptions;
use orders_domain::OrderId;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// What may be complained about, what may be wished for, when there will be an answer, and where to go without one.
#[utoipa::path(
    get, path = "/orders/{id}/complaint", tag = "complaints", operation_id = "show_complaint_options",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "What may be complained about.", body = ComplaintOptions),
        (status = 409, description = "`no_complaints`: the shop takes none, or none about this order any more.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_complaint_options(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<ComplaintOptions>, Failure> {
    let now = app.clock.now();
    let order = shopper.order(&app, &OrderId(id)).await?;
    let view = View::of(&app, &order, context.language, now)?;
    let options = view.complaint_options(&order);
    options.map(Json).ok_or(Failure::NoComplaints)
}
