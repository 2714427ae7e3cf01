//! `GET /cases/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::CaseDetail;
use orders_domain::Case;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// One case: whose turn it is and until when, what was said and done, and what it comes to.
#[utoipa::path(
    get, path = "/cases/{id}", tag = "after_sale", operation_id = "show_case",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The case.", body = CaseDetail)),
)]
pub async fn show_case(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<CaseDetail>, Failure> {
    let now = app.clock.now();
    let order = Case::order_of(&id).ok_or(Failure::NotFound)?;
    // Somebody else's order does not exist, and its cases neither.
    let order = shopper.order(&app, &order).await?;
    let view = View::of(&app, &order, context.language, now)?;
    view.case_detail(&order, &id)
        .map(Json)
        .ok_or(Failure::NotFound)
}
