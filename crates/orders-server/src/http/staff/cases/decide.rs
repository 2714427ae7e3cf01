//! `POST /staff/cases/{case}/decisions`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CaseForShop, StaffDecidesCase};
use orders_domain::Permission;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::cases::ShopMove;
use crate::http::integration::cases::decide::checked;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::Staff;
use crate::state::App;

/// Decide a case: as the merchant or, after an appeal, as staff who did not decide it the first time. The latter takes the
/// permission `decide_appeal`, too. What makes a refund above the policy's amount waits for a second person.
#[utoipa::path(
    post, path = "/staff/cases/{case}/decisions", tag = "staff", operation_id = "decide_case_as_staff",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffDecidesCase,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_case"))),
    responses(
        (status = 200, description = "The case after it.", body = CaseForShop),
        (status = 409, description = "`case_not_now`: not in this state, or what a colleague granted waits for a second person; `second_person_needed`: who said no does not decide the appeal; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn decide_case_as_staff(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<StaffDecidesCase>,
) -> Result<Response, Failure> {
    staff.may(Permission::DecideCase)?;
    let (action, note) = checked(value.decision, value.note, value.return_to)?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Console(&staff),
        note,
        words: "note",
    };
    by.make(200, |_| action.clone()).await
}
