//! `GET /integration/cases/{case}`.

use axum::Json;
use axum::extract::State;
use orders_api::CaseForShop;
use orders_domain::Case;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::IntegrationKey;
use crate::http::path_id::PathId;
use crate::http::wire::View;
use crate::state::App;

/// One case, with everything that its shopper said and sent.
#[utoipa::path(
    get, path = "/integration/cases/{case}", tag = "integration", operation_id = "show_case_to_shop",
    params(("case" = String, Path, min_length = 1, max_length = 64)),
    security(("integration_key" = [])),
    responses((status = 200, description = "The case.", body = CaseForShop)),
)]
pub async fn show_case_to_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    PathId(case): PathId,
) -> Result<Json<CaseForShop>, Failure> {
    let id = Case::order_of(&case).ok_or(Failure::NotFound)?;
    let order = app.store.order_by_id(&id).await?;
    let order = order.ok_or(Failure::NotFound)?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    view.case_for_shop(&order, &case)
        .map(Json)
        .ok_or(Failure::NotFound)
}
