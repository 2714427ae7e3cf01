//! `GET /complaints/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::ComplaintDetail;
use orders_domain::Complaint;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// One complaint: its stages and their dates, what was said and done, and what is proposed.
#[utoipa::path(
    get, path = "/complaints/{id}", tag = "complaints", operation_id = "show_complaint",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The complaint.", body = ComplaintDetail)),
)]
pub async fn show_complaint(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<ComplaintDetail>, Failure> {
    let now = app.clock.now();
    let order = Complaint::order_of(&id).ok_or(Failure::NotFound)?;
    // Somebody else's order does not exist, and its complaints neither.
    let order = shopper.order(&app, &order).await?;
    let view = View::of(&app, &order, context.language, now)?;
    view.complaint_detail(&order, &id)
        .map(Json)
        .ok_or(Failure::NotFound)
}
