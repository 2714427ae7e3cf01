//! `POST /staff/policies/{id}/publication`.

use axum::Json;
use axum::extract::State;
use orders_api::{PolicyVersion, PublishPolicy, field_codes};
use orders_domain::{Permission, ShopId};
use orders_store::{PolicyText, Publication};

use super::{parsed, shop, versions, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::conversations::Names;
use crate::http::staff::{NOTE_CHARS, Staff};
use crate::http::text::Text;
use crate::state::App;

/// Publish the draft. From its day on new orders are placed under it; those that there are keep the version that they were
/// placed under. Sent again, it is published once.
#[utoipa::path(
    post, path = "/staff/policies/{id}/publication", tag = "staff", operation_id = "publish_policy",
    params(
        ("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = PublishPolicy,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("publish_policy"))),
    responses(
        (status = 200, description = "The version.", body = PolicyVersion),
        (status = 409, description = "`draft_changed`, `draft_invalid`, or `version_taken`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn publish_policy(
    State(app): State<App>,
    staff: Staff,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value, .. }: Body<PublishPolicy>,
) -> Result<Json<PolicyVersion>, Failure> {
    staff.may(Permission::PublishPolicy)?;
    let shop = shop(&app, &staff, id).await?;
    if let Some(note) = &value.note {
        Text::at_most("note", note, NOTE_CHARS)?;
        Text::storable("note", note)?;
    }
    let now = app.clock.now();
    // Before the draft: what that becomes meanwhile is not a version that it runs into.
    let known = versions(&app, &shop).await?;
    let draft = app.store.policy_draft(&shop).await?;
    let Some(draft) = draft.filter(|draft| draft.revision == value.revision) else {
        return published(&app, &staff, &shop, &value).await;
    };
    let policy = parsed(&shop, &draft.text).map_err(|_| Failure::DraftInvalid)?;
    if policy.version != value.version {
        return Err(Failure::field("version", field_codes::INVALID));
    }
    if policy.since.to_string() != value.since.0 || policy.since < policy.day_of(now) {
        return Err(Failure::field("since", field_codes::INVALID));
    }
    if known.iter().any(|known| known.version == value.version) {
        return Err(Failure::VersionTaken);
    }
    let text = PolicyText {
        // What was placed today before now was placed under the other.
        in_force_from: policy.start_of(policy.since).max(now),
        shop: shop.clone(),
        version: policy.version,
        text: draft.text,
        published: None,
    };
    let publication = Publication {
        by: staff.id().clone(),
        at: now,
        note: value.note.clone(),
    };
    app.store
        .publish_policy(&text, &publication, value.revision)
        .await?;
    published(&app, &staff, &shop, &value).await
}

/// What the draft has become: by this request, or by the same one before.
///
/// # Errors
/// [`Failure::DraftChanged`] when that is something else.
async fn published(
    app: &App,
    staff: &Staff,
    shop: &ShopId,
    asked: &PublishPolicy,
) -> Result<Json<PolicyVersion>, Failure> {
    // Whoever published it may not have come to that yet.
    app.shops.refresh(&app.store, app.clock.now()).await?;
    let known = versions(app, shop).await?;
    let version = known.iter().find(|known| {
        let by_me = known.published.as_ref();
        known.version == asked.version
            && by_me.is_some_and(|known| known.by == *staff.id() && known.note == asked.note)
    });
    let version = version.ok_or(Failure::DraftChanged)?;
    let policy = app.shops.policy(shop).ok_or(Failure::NotFound)?;
    let names = Names::of(app).await?;
    Ok(Json(wire(app, &names, version, policy)))
}
