//! `POST /staff/complaints/{complaint}/proposals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ComplaintForShop, StaffProposes};
use orders_domain::{ComplaintMove, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::complaints::ShopAnswers;
use crate::http::integration::complaints::propose::{checked, proposal_of};
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::Staff;
use crate::state::App;

/// Propose something. Above the policy's amount it waits for a second person. What a supervisor has takes the permission
/// `decide_dispute`, too; after a dispute it is the last word, of somebody else than proposed before.
#[utoipa::path(
    post, path = "/staff/complaints/{complaint}/proposals", tag = "staff", operation_id = "propose_in_complaint",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffProposes,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("answer_complaint"))),
    responses(
        (status = 201, description = "The complaint after it.", body = ComplaintForShop),
        (status = 409, description = "`complaint_not_now`: not in this state, or a proposal waits for a second person; `complaint_closed`: it is over; `second_person_needed`: whoever proposed what is disputed does not decide that; `not_enough_left`: less money is left.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn propose_in_complaint(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<StaffProposes>,
) -> Result<Response, Failure> {
    staff.may(Permission::AnswerComplaint)?;
    checked(&value)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Console(&staff),
        words: "reason",
    };
    by.make(201, |order| {
        ComplaintMove::Propose(proposal_of(&value, order))
    })
    .await
}
