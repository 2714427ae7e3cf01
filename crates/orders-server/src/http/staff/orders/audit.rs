//! `GET /staff/orders/{id}/audit`.

use axum::Json;
use axum::extract::State;
use orders_api::{AuditEntry, AuditTrail};
use orders_domain::{OrderId, Permission};

use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::instant;
use crate::state::App;

/// Every change of an order: when, by which door, by whom of the staff, and what; and whether the trail is whole.
#[utoipa::path(
    get, path = "/staff/orders/{id}/audit", tag = "staff", operation_id = "show_audit",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_audit"))),
    responses((status = 200, description = "The trail.", body = AuditTrail)),
)]
pub async fn show_audit(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
) -> Result<Json<AuditTrail>, Failure> {
    staff.may(Permission::SeeAudit)?;
    let order = staff.order(&app, &OrderId(id)).await?;
    let trail = app.store.audit_of(&order.id).await?;
    let items = trail.entries.into_iter().map(|entry| AuditEntry {
        seq: entry.seq,
        at: instant(entry.at),
        by: entry.door.code().to_owned(),
        staff: entry.staff.map(|staff| staff.0),
        what: entry.what,
        before: entry.before,
        version: entry.version,
    });
    Ok(Json(AuditTrail {
        items: items.collect(),
        whole: trail.broken_at.is_none(),
        broken_at: trail.broken_at,
    }))
}
