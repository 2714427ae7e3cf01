//! `GET /staff/complaints/{complaint}`.

use axum::Json;
use axum::extract::State;
use orders_api::ComplaintForShop;
use orders_domain::{Complaint, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::View;
use crate::state::App;

/// One complaint, with everything that its shopper said and sent, and who of the staff did what.
#[utoipa::path(
    get, path = "/staff/complaints/{complaint}", tag = "staff", operation_id = "show_complaint_to_staff",
    params(("complaint" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "The complaint.", body = ComplaintForShop)),
)]
pub async fn show_complaint_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(complaint): PathId,
) -> Result<Json<ComplaintForShop>, Failure> {
    staff.may(Permission::SeeWork)?;
    let id = Complaint::order_of(&complaint).ok_or(Failure::NotFound)?;
    let order = staff.order(&app, &id).await?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    let complaint = view.complaint_for_shop(&order, &complaint);
    complaint.map(Json).ok_or(Failure::NotFound)
}
