//! `GET`, `PUT` and `DELETE /staff/policies/{id}/draft`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use orders_api::{PolicyDraft, SavePolicyDraft, field_codes};
use orders_domain::Permission;

use super::{shop, wire_draft};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::text::Text;
use crate::state::App;

/// The draft of a shop's next policy, with its first mistake and with what it says differently.
#[utoipa::path(
    get, path = "/staff/policies/{id}/draft", tag = "staff", operation_id = "show_policy_draft",
    params(("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("draft_policy"))),
    responses((status = 200, description = "The draft; 404 where there is none.", body = PolicyDraft)),
)]
pub async fn show_policy_draft(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
) -> Result<Json<PolicyDraft>, Failure> {
    staff.may(Permission::DraftPolicy)?;
    let shop = shop(&app, &staff, id).await?;
    let draft = app.store.policy_draft(&shop).await?;
    let draft = draft.ok_or(Failure::NotFound)?;
    wire_draft(&app, &shop, draft).await.map(Json)
}

/// Save the draft. It takes the place of the revision that it was made from, and of no other; sent again, it is saved once.
#[utoipa::path(
    put, path = "/staff/policies/{id}/draft", tag = "staff", operation_id = "save_policy_draft",
    params(
        ("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SavePolicyDraft,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("draft_policy"))),
    responses(
        (status = 200, description = "The draft.", body = PolicyDraft),
        (status = 409, description = "`draft_changed`: it is of another revision.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn save_policy_draft(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value, .. }: Body<SavePolicyDraft>,
) -> Result<Json<PolicyDraft>, Failure> {
    staff.may(Permission::DraftPolicy)?;
    let shop = shop(&app, &staff, id).await?;
    if value.text.trim().is_empty() {
        return Err(Failure::field("text", field_codes::REQUIRED));
    }
    Text::storable("text", &value.text)?;
    if value.revision < 0 {
        return Err(Failure::field("revision", field_codes::INVALID));
    }
    let now = app.clock.now();
    let saved = app
        .store
        .save_policy_draft(&shop, &value.text, value.revision, staff.id(), now)
        .await?;
    let draft = match saved {
        Some(saved) => Some(saved),
        // Sent again, it is what it was made to be. One that began counts on from what was there before.
        None => app.store.policy_draft(&shop).await?.filter(|draft| {
            let next = Some(draft.revision) == value.revision.checked_add(1);
            (next || value.revision == 0)
                && draft.text == value.text
                && draft.changed_by == *staff.id()
        }),
    };
    let draft = draft.ok_or(Failure::DraftChanged)?;
    wire_draft(&app, &shop, draft).await.map(Json)
}

/// Throw the draft away.
#[utoipa::path(
    delete, path = "/staff/policies/{id}/draft", tag = "staff", operation_id = "drop_policy_draft",
    params(
        ("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
        ("revision" = i64, Query, description = "Its revision.", minimum = 1),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("draft_policy"))),
    responses(
        (status = 204, description = "There is no draft (any more)."),
        (status = 409, description = "`draft_changed`: it is of another revision.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn drop_policy_draft(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
    query: Query,
) -> Result<StatusCode, Failure> {
    staff.may(Permission::DraftPolicy)?;
    let shop = shop(&app, &staff, id).await?;
    let revision = query.one("revision")?.unwrap_or_default();
    let revision = revision
        .parse::<i64>()
        .map_err(|_| Failure::field("revision", field_codes::INVALID))?;
    let dropped = app.store.drop_policy_draft(&shop, revision).await?;
    if dropped || app.store.policy_draft(&shop).await?.is_none() {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Failure::DraftChanged)
    }
}
