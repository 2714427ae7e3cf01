//! `POST /staff/refunds/{refund}/decisions`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{RefundForShop, StaffDecides};
use orders_domain::{Permission, RefundId};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::refund::Decided;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::{Staff, note_for};
use crate::state::App;

/// Decide on another way for a refund. Above the policy's amount two different people have to approve.
#[utoipa::path(
    post, path = "/staff/refunds/{refund}/decisions", tag = "staff", operation_id = "decide_way_as_staff",
    params(
        ("refund" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffDecides,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_refund_way"))),
    responses(
        (status = 200, description = "The refund after it.", body = RefundForShop),
        (status = 409, description = "`no_open_way`; `refund_not_held`: not known yet whether the provider has it, try again in a minute; `second_person_needed`: the same person approved it before.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn decide_way_as_staff(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(refund): PathId,
    Body { value, fingerprint }: Body<StaffDecides>,
) -> Result<Response, Failure> {
    staff.may(Permission::DecideRefundWay)?;
    let decided = Decided {
        by: ShopSide::Console(&staff),
        refund: RefundId(refund),
        decision: value.decision,
        note: note_for(value.decision, value.note)?,
    };
    decided.carry_out(&app, &context, &key, &fingerprint).await
}
