//! `GET /staff/complaints`.

use axum::Json;
use axum::extract::State;
use orders_api::{ComplaintList, ComplaintState};
use orders_domain::Permission;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::complaints::list::page;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// The complaints of the shops whose orders they see: what is due next comes first.
#[utoipa::path(
    get, path = "/staff/complaints", tag = "staff", operation_id = "list_complaints_for_staff",
    params(
        ("state" = Option<ComplaintState>, Query, description = "Only those in this state."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "A page of them.", body = ComplaintList)),
)]
pub async fn list_complaints_for_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Json<ComplaintList>, Failure> {
    staff.may(Permission::SeeWork)?;
    let shops = staff.shops().to_vec();
    page(&app, &context, &query, shops).await.map(Json)
}
