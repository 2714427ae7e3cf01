//! `POST /staff/orders/{id}/limit/lifting`.

use axum::response::Response;
use orders_api::{LiftLimit, StaffOrder};
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::staff::NOTE_CHARS;
use crate::http::text::Text;

/// Lift the limit that the order's shopper has at its shop for cancelling too often, and with it all that led to it (S3).
/// It is on record with this order, and the shopper is told at once, with the reason.
#[utoipa::path(
    post, path = "/staff/orders/{id}/limit/lifting", tag = "staff", operation_id = "lift_limit",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = LiftLimit,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("lift_limit"))),
    responses(
        (status = 200, description = "The order, whose shopper cancels at once again.", body = StaffOrder),
        (status = 409, description = "`no_limit`, with the order: there is none, or it is over, or was lifted meanwhile.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn lift_limit(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<LiftLimit>,
) -> Result<Response, Failure> {
    order.may(Permission::LiftLimit)?;
    Text::required("note", &value.note, NOTE_CHARS)?;
    let note = value.note;
    order
        .done(&fingerprint, &StaffAct::LiftLimit { note })
        .await
}
