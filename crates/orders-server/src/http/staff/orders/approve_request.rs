//! `POST /staff/orders/{id}/request/approvals`.

use axum::response::Response;
use orders_api::{SecondPersonSays, StaffOrder};
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::integration::cases::approve::second_of;
use crate::http::json::Body;

/// Say, as the second person, whether a request to cancel that a colleague granted is.
#[utoipa::path(
    post, path = "/staff/orders/{id}/request/approvals", tag = "staff", operation_id = "approve_request",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_request"))),
    responses(
        (status = 200, description = "The order after it.", body = StaffOrder),
        (status = 409, description = "`no_open_request`, with the order: nothing waits for a second person; `second_person_needed`: they granted it themselves; `order_not_cancellable`: the order is on its way.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_request(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<SecondPersonSays>,
) -> Result<Response, Failure> {
    order.may(Permission::DecideRequest)?;
    let says = second_of(value.decision, value.note)?;
    order
        .done(&fingerprint, &StaffAct::SecondRequest(says))
        .await
}
