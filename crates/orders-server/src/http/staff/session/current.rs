//! `GET /staff/session`.

use axum::Json;
use axum::extract::State;
use orders_api::StaffSession;

use super::to_wire;
use crate::http::context::Context;
use crate::http::staff::Staff;
use crate::state::App;

/// Who of the staff is logged in, and what they may do.
#[utoipa::path(
    get, path = "/staff/session", tag = "staff", operation_id = "current_staff_session",
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    responses((status = 200, description = "Who is logged in.", body = StaffSession)),
)]
pub async fn current_staff_session(
    State(app): State<App>,
    staff: Staff,
    context: Context,
) -> Json<StaffSession> {
    Json(to_wire(&app, &staff.member, context.language))
}
