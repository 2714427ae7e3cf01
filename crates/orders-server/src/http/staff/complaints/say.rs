//! `POST /staff/complaints/{complaint}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ComplaintForShop, StaffSays};
use orders_domain::{ComplaintMove, Permission};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::complaints::ShopAnswers;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::NOTE_CHARS;
use crate::http::staff::Staff;
use crate::http::text::Text;
use crate::state::App;

/// Say something to the shopper in a complaint. It does not change whose turn it is.
#[utoipa::path(
    post, path = "/staff/complaints/{complaint}/messages", tag = "staff", operation_id = "say_in_complaint_as_staff",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("answer_complaint"))),
    responses(
        (status = 201, description = "The complaint, with the message.", body = ComplaintForShop),
        (status = 409, description = "`complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_complaint_as_staff(
    staff: Staff,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<StaffSays>,
) -> Result<Response, Failure> {
    staff.may(Permission::AnswerComplaint)?;
    Text::required("text", &value.text, NOTE_CHARS)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Console(&staff),
        words: "text",
    };
    by.make(201, |_| ComplaintMove::Answer {
        text: value.text.clone(),
    })
    .await
}
