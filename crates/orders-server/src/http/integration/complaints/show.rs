//! `GET /integration/complaints/{complaint}`.

use axum::Json;
use axum::extract::State;
use orders_api::ComplaintForShop;
use orders_domain::Complaint;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::path_id::PathId;
use crate::http::wire::View;
use crate::state::App;

/// One complaint, with everything that its shopper said and sent.
#[utoipa::path(
    get, path = "/integration/complaints/{complaint}", tag = "integration", operation_id = "show_complaint_to_shop",
    params(("complaint" = String, Path, min_length = 1, max_length = 64)),
    security(("integration_key" = [])),
    responses((status = 200, description = "The complaint.", body = ComplaintForShop)),
)]
pub async fn show_complaint_to_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    PathId(complaint): PathId,
) -> Result<Json<ComplaintForShop>, Failure> {
    let id = Complaint::order_of(&complaint).ok_or(Failure::NotFound)?;
    let order = app.store.order_by_id(&id).await?;
    let order = order.ok_or(Failure::NotFound)?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    view.complaint_for_shop(&order, &complaint)
        .map(Json)
        .ok_or(Failure::NotFound)
}
