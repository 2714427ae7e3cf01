//! `POST /staff/replies`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{AddReply, CannedReply};
use orders_domain::{Permission, ShopId};

use super::{checked, may_edit_for_all, respond, to_wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::random;
use crate::state::App;

/// Add a canned reply, for a shop or for every shop. Whoever sees some shops only adds none for every shop.
#[utoipa::path(
    post, path = "/staff/replies", tag = "staff", operation_id = "add_reply",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = AddReply,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("edit_replies"))),
    responses(
        (status = 201, description = "The reply.", body = CannedReply),
        (status = 409, description = "`reply_code_taken`: another one in use has this code.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong: see `errors`. A name in braces that is none of `ReplyFact` is `unknown`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn add_reply(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    Body { value, fingerprint }: Body<AddReply>,
) -> Result<Response, Failure> {
    staff.may(Permission::EditReplies)?;
    let shop = value.shop.map(ShopId);
    match &shop {
        Some(shop) if staff.sees(shop) && app.shops.policy(shop).is_some() => {}
        Some(_) => return Err(Failure::unknown("shop")),
        None => may_edit_for_all(&staff)?,
    }
    let text = checked(shop, value.code, &value.title, (value.zh, value.en))?;
    let id = random::hex::<16>().map_err(Failure::internal)?;
    let names = Names::of(&app).await?;
    let now = app.clock.now();
    let once = key.once(&staff.caller(), &fingerprint, now);
    let added = app
        .store
        .add_reply(&id, &text, (staff.id(), now), once.as_ref(), |reply| {
            answer(201, &to_wire(reply, &names))
        });
    respond(added.await?)
}
