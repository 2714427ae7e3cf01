//! `GET /staff/orders/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::StaffOrder;
use orders_domain::{OrderId, Permission};

use super::Beside;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::View;
use crate::state::App;

/// One order: all that its shopper sees, who they are, and who of the staff decided what.
#[utoipa::path(
    get, path = "/staff/orders/{id}", tag = "staff", operation_id = "show_order_to_staff",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "The order.", body = StaffOrder)),
)]
pub async fn show_order_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<StaffOrder>, Failure> {
    staff.may(Permission::SeeWork)?;
    let order = staff.order(&app, &OrderId(id)).await?;
    let beside = Beside::of(&app, &order).await?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    Ok(Json(beside.with(&order, &staff, view)))
}
