//! `DELETE /staff/replies/{id}`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CannedReply, field_codes};

use super::{editable, respond, to_wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// Archive a canned reply: nobody is offered it any more, and it can be taken up again. One that is archived stays so.
#[utoipa::path(
    delete, path = "/staff/replies/{id}", tag = "staff", operation_id = "archive_reply",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("revision" = i64, Query, description = "Its revision.", minimum = 1),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("edit_replies"))),
    responses(
        (status = 200, description = "The reply.", body = CannedReply),
        (status = 409, description = "`reply_changed`: it is of another revision.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn archive_reply(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    query: Query,
) -> Result<Response, Failure> {
    editable(&app, &staff, &id).await?;
    let revision = query.one("revision")?.unwrap_or_default();
    let number = revision.parse::<i64>().ok().filter(|number| *number > 0);
    let number = number.ok_or_else(|| Failure::field("revision", field_codes::INVALID))?;
    let names = Names::of(&app).await?;
    let now = app.clock.now();
    // There is no body: the revision is what tells one request from another.
    let once = key.once(&staff.caller(), revision, now);
    let archived = app.store.change_reply(
        (&id, number),
        None,
        (staff.id(), now),
        once.as_ref(),
        |reply| answer(200, &to_wire(reply, &names)),
    );
    respond(archived.await?)
}
