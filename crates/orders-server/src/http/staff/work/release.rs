//! `DELETE /staff/work/{id}/claim`.

use axum::extract::State;
use axum::http::StatusCode;
use orders_domain::Permission;

use super::shops_of;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// Let go of something, so that others may take it. What somebody else has in hand stays theirs. Of the `Idempotency-Key`
/// only the form is checked.
#[utoipa::path(
    delete, path = "/staff/work/{id}/claim", tag = "staff", operation_id = "release_work",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 204, description = "It is not theirs any more.")),
)]
pub async fn release_work(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
) -> Result<StatusCode, Failure> {
    staff.may(Permission::SeeWork)?;
    let shops = shops_of(&app, &staff);
    let now = app.clock.now();
    let there = app.store.release_work(&id, staff.id(), &shops, now).await?;
    if there {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Failure::NotFound)
    }
}
