//! `POST /staff/cases/{case}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CaseForShop, StaffSays};
use orders_domain::Permission;

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::cases::ShopMove;
use crate::http::integration::cases::say::said;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::{NOTE_CHARS, Staff};
use crate::http::text::Text;
use crate::state::App;

/// Say something to the shopper in a case. It does not change whose turn it is.
#[utoipa::path(
    post, path = "/staff/cases/{case}/messages", tag = "staff", operation_id = "say_as_staff",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_case"))),
    responses(
        (status = 201, description = "The case, with the message.", body = CaseForShop),
        (status = 409, description = "`case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_as_staff(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<StaffSays>,
) -> Result<Response, Failure> {
    staff.may(Permission::DecideCase)?;
    Text::required("text", &value.text, NOTE_CHARS)?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Console(&staff),
        note: None,
        words: "text",
    };
    by.make(201, |case| said(case, &value.text)).await
}
