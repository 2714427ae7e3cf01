//! `POST /staff/complaints/{complaint}/investigation`.

use axum::extract::State;
use axum::response::Response;
use orders_api::ComplaintForShop;
use orders_domain::{ComplaintMove, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::complaints::ShopAnswers;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::Staff;
use crate::state::App;

/// Take a complaint up: somebody looks into it from now on, and the shopper is told.
#[utoipa::path(
    post, path = "/staff/complaints/{complaint}/investigation", tag = "staff", operation_id = "take_up_complaint",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("answer_complaint"))),
    responses(
        (status = 200, description = "The complaint after it.", body = ComplaintForShop),
        (status = 409, description = "`complaint_not_now`: not in this state; `complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn take_up_complaint(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
) -> Result<Response, Failure> {
    staff.may(Permission::AnswerComplaint)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: "",
        complaint: &complaint,
        by: ShopSide::Console(&staff),
        words: "text",
    };
    by.make(200, |_| ComplaintMove::TakeUp).await
}
