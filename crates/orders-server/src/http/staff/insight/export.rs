//! `GET /staff/insight.csv`.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use orders_api::field_codes;
use orders_domain::Permission;

use super::table::Table;
use super::{Asked, count, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// The figures of a chart to calculate with, as comma-separated values (RFC 4180) in UTF-8. Who took them is in the server's
/// log.
#[utoipa::path(
    get, path = "/staff/insight.csv", tag = "staff", operation_id = "export_insight",
    params(
        ("of" = String, Query, description = "Which: `cancellations`, `reasons`, `refunds`, `arrival_days`, `channels`, `support`, `ratings`, `cases`, `complaints`, `decisions`.", max_length = 64),
        ("shop" = Option<String>, Query, description = "As in `show_insight`.", max_length = 64),
        ("from" = Option<String>, Query, description = "As in `show_insight`.", max_length = 10),
        ("to" = Option<String>, Query, description = "As in `show_insight`.", max_length = 10),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("export"))),
    responses(
        (status = 200, description = "The figures, as an attachment.", body = String, content_type = "text/csv"),
        (status = 404, description = "`not_found`: there is no such shop, or they do not see it.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn export_insight(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Response, Failure> {
    staff.may(Permission::Export)?;
    let of = query.one("of")?;
    let of = of.ok_or_else(|| Failure::field("of", field_codes::REQUIRED))?;
    let of = Table::from_code(of).ok_or_else(|| Failure::unknown("of"))?;
    let asked = Asked::of(&app, &staff, &query)?;
    let counted = count::count(&app, &asked).await?;
    let insight = wire::insight(&app, &asked, counted, context.language);
    let (from, to) = (asked.period.from, asked.period.to);
    let shops: Vec<&str> = asked.shops.iter().map(|shop| shop.as_str()).collect();
    tracing::info!(
        request_id = %context.request_id, staff = %staff.id(), of = of.code(), %from, %to,
        shops = shops.join(","), "figures are exported",
    );
    let name = format!(
        "attachment; filename=\"tepai-{}-{from}-{to}.csv\"",
        of.code()
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, of.text(&insight)).into_response())
}
