//! `GET /staff/cases/{case}`.

use axum::Json;
use axum::extract::State;
use orders_api::CaseForShop;
use orders_domain::{Case, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::View;
use crate::state::App;

/// One case, with everything that its shopper said and sent, and who of the staff did what.
#[utoipa::path(
    get, path = "/staff/cases/{case}", tag = "staff", operation_id = "show_case_to_staff",
    params(("case" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "The case.", body = CaseForShop)),
)]
pub async fn show_case_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(case): PathId,
) -> Result<Json<CaseForShop>, Failure> {
    staff.may(Permission::SeeWork)?;
    let id = Case::order_of(&case).ok_or(Failure::NotFound)?;
    let order = staff.order(&app, &id).await?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    let case = view.case_for_shop(&order, &case);
    case.map(Json).ok_or(Failure::NotFound)
}
