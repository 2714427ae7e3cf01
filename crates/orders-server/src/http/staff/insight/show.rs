//! `GET /staff/insight`.

use axum::Json;
use axum::extract::State;
use orders_api::Insight;
use orders_domain::Permission;

use super::{Asked, count, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// Cancellations and their reasons, refunds against what was promised, how soon the chat was answered, after-sale cases and
/// complaints, and how long what had to be decided waited: of a period of at most 366 days, in the time zone of each shop,
/// and of as many days before. Everything counts on the day on which it began.
#[utoipa::path(
    get, path = "/staff/insight", tag = "staff", operation_id = "show_insight",
    params(
        ("shop" = Option<String>, Query, description = "Only of this shop; of all that they see without.", max_length = 64),
        ("from" = Option<String>, Query, description = "The first day, `YYYY-MM-DD`; 30 days up to the last without.", max_length = 10),
        ("to" = Option<String>, Query, description = "The last day, `YYYY-MM-DD`; today without.", max_length = 10),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_insight"))),
    responses(
        (status = 200, description = "The figures.", body = Insight),
        (status = 404, description = "`not_found`: there is no such shop, or they do not see it.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_insight(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Json<Insight>, Failure> {
    staff.may(Permission::SeeInsight)?;
    let asked = Asked::of(&app, &staff, &query)?;
    let counted = count::count(&app, &asked).await?;
    Ok(Json(wire::insight(&app, &asked, counted, context.language)))
}
