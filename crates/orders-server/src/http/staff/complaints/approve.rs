//! `POST /staff/complaints/{complaint}/approvals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ComplaintForShop, SecondPersonSays};
use orders_domain::Permission;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::complaints::ShopAnswers;
use crate::http::integration::complaints::approve::action_of;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::Staff;
use crate::state::App;

/// Say, as the second person, whether a proposal is made. What a supervisor has takes the permission `decide_dispute`, too.
#[utoipa::path(
    post, path = "/staff/complaints/{complaint}/approvals", tag = "staff", operation_id = "approve_proposal",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("answer_complaint"))),
    responses(
        (status = 200, description = "The complaint after it.", body = ComplaintForShop),
        (status = 409, description = "`complaint_not_now`: nothing waits for a second person; `complaint_closed`: it is over; `second_person_needed`: they drafted it (and may only say no), or made what is disputed; `not_enough_left`: less money is left.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_proposal(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<SecondPersonSays>,
) -> Result<Response, Failure> {
    staff.may(Permission::AnswerComplaint)?;
    let action = action_of(value.decision, value.note)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Console(&staff),
        words: "note",
    };
    by.make(200, |_| action.clone()).await
}
