//! `GET /staff/policies`.

use axum::Json;
use axum::extract::State;
use orders_api::{StaffPolicies, StaffPolicy};
use orders_domain::Permission;

use super::{versions, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::help;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// The policies of the shops whose orders they see, with all their versions.
#[utoipa::path(
    get, path = "/staff/policies", tag = "staff", operation_id = "list_policies",
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "All of them.", body = StaffPolicies)),
)]
pub async fn list_policies(
    State(app): State<App>,
    staff: Staff,
    context: Context,
) -> Result<Json<StaffPolicies>, Failure> {
    staff.may(Permission::SeeWork)?;
    app.shops.refresh(&app.store, app.clock.now()).await?;
    let names = Names::of(&app).await?;
    let mut items = Vec::new();
    for policy in app.shops.policies() {
        if !staff.sees(&policy.shop) {
            continue;
        }
        let versions = versions(&app, &policy.shop).await?;
        let versions = versions.iter();
        items.push(StaffPolicy {
            shop: help::shop(policy, context.language),
            versions: versions
                .map(|version| wire(&app, &names, version, policy))
                .collect(),
            has_draft: app.store.policy_draft(&policy.shop).await?.is_some(),
        });
    }
    Ok(Json(StaffPolicies { items }))
}
