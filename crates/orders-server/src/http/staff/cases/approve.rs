//! `POST /staff/cases/{case}/approvals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CaseForShop, SecondPersonSays};
use orders_domain::{CaseMove, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::cases::ShopMove;
use crate::http::integration::cases::approve::second_of;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::Staff;
use crate::state::App;

/// Say, as the second person, whether what a colleague granted in a case is done. After an appeal it takes the permission
/// `decide_appeal`, too.
#[utoipa::path(
    post, path = "/staff/cases/{case}/approvals", tag = "staff", operation_id = "approve_case",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_case"))),
    responses(
        (status = 200, description = "The case after it.", body = CaseForShop),
        (status = 409, description = "`case_not_now`: nothing waits for a second person; `second_person_needed`: they granted it themselves, or said no before the appeal; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_case(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<SecondPersonSays>,
) -> Result<Response, Failure> {
    staff.may(Permission::DecideCase)?;
    let says = second_of(value.decision, value.note)?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Console(&staff),
        note: None,
        words: "note",
    };
    by.make(200, |_| CaseMove::Second(says.clone())).await
}
