//! `GET /staff/policies`.

use axum::Json;
use axum::extract::State;
use orders_api::{StaffPolicies, StaffPolicy};
use orders_domain::Permission;

use super::{shop, versions, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::help;
use crate::http::staff::Staff;
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
    let mut items = Vec::new();
    for policy in app.shops.policies() {
        let Ok(id) = shop(&app, &staff, policy.shop.0.clone()) else {
            continue;
        };
        let mut wired = Vec::new();
        for version in &versions(&app, &id).await? {
            wired.push(wire(&app, version, policy).await?);
        }
        items.push(StaffPolicy {
            shop: help::shop(policy, context.language),
            versions: wired,
            has_draft: app.store.policy_draft(&id).await?.is_some(),
        });
    }
    Ok(Json(StaffPolicies { items }))
}
