//! `PUT /staff/replies/{id}`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CannedReply, ChangeReply};

use super::{checked, editable, respond, to_wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// Change a canned reply. It takes the place of the revision that it was made from, and of no other; one that is archived is
/// in use again.
#[utoipa::path(
    put, path = "/staff/replies/{id}", tag = "staff", operation_id = "change_reply",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ChangeReply,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("edit_replies"))),
    responses(
        (status = 200, description = "The reply.", body = CannedReply),
        (status = 409, description = "`reply_changed`: it is of another revision; `reply_code_taken`: another one in use has this code.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong: see `errors`. A name in braces that is none of `ReplyFact` is `unknown`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn change_reply(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<ChangeReply>,
) -> Result<Response, Failure> {
    let reply = editable(&app, &staff, &id).await?;
    let words = (value.zh, value.en);
    let text = checked(reply.text.shop, value.code, &value.title, words)?;
    let names = Names::of(&app).await?;
    let now = app.clock.now();
    let once = key.once(&staff.caller(), &fingerprint, now);
    let changed = app.store.change_reply(
        (&id, value.revision),
        Some(&text),
        (staff.id(), now),
        once.as_ref(),
        |reply| answer(200, &to_wire(reply, &names)),
    );
    respond(changed.await?)
}
