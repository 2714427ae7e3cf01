//! `GET /staff/policies/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::PolicyVersionText;
use orders_domain::Permission;

use super::{shop, versions, wire};
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// A version of a shop's policy as it is written; without `version`, the one in force.
#[utoipa::path(
    get, path = "/staff/policies/{id}", tag = "staff", operation_id = "show_policy_text",
    params(
        ("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
        ("version" = Option<String>, Query, description = "Which.", max_length = 64),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "The version.", body = PolicyVersionText)),
)]
pub async fn show_policy_text(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<PolicyVersionText>, Failure> {
    staff.may(Permission::SeeWork)?;
    let shop = shop(&app, &staff, id).await?;
    let policy = app.shops.policy(&shop).ok_or(Failure::NotFound)?;
    let wanted = query.one("version")?.unwrap_or(&policy.version);
    let found = versions(&app, &shop).await?;
    let found = found.into_iter().find(|version| version.version == wanted);
    let found = found.ok_or(Failure::NotFound)?;
    Ok(Json(PolicyVersionText {
        version: wire(&app, &Names::of(&app).await?, &found, policy),
        text: found.text,
    }))
}
