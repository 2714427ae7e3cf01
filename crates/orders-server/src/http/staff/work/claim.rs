//! `PUT /staff/work/{id}/claim`.

use axum::Json;
use axum::extract::State;
use orders_api::{ClaimWork, ClaimedProblem, WorkItem};
use orders_domain::Permission;
use orders_store::Claimed;

use super::{item, shops_of};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// Take something in hand for ten minutes, or keep it for ten more, so that nobody else decides it meanwhile. Sent again, it
/// does the same again: of the `Idempotency-Key` only the form is checked.
#[utoipa::path(
    put, path = "/staff/work/{id}/claim", tag = "staff", operation_id = "claim_work",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ClaimWork,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses(
        (status = 200, description = "It is theirs.", body = WorkItem),
        (status = 409, description = "`claimed_by_another`: somebody else has it, as `claim` says.", body = ClaimedProblem, content_type = "application/problem+json"),
    ),
)]
pub async fn claim_work(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value, .. }: Body<ClaimWork>,
) -> Result<Json<WorkItem>, Failure> {
    staff.may(Permission::SeeWork)?;
    let shops = shops_of(&app, &staff);
    let now = app.clock.now();
    let claimed = app
        .store
        .claim_work(&id, staff.id(), &shops, value.take_over, now);
    match claimed.await? {
        Claimed::Done(entry) => Ok(Json(item(&app, *entry).await?)),
        Claimed::ByAnother(claim) => Err(super::claimed(claim)),
        Claimed::NotThere => Err(Failure::NotFound),
    }
}
