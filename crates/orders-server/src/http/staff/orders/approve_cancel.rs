//! `POST /staff/orders/{id}/cancellation/approvals`.

use axum::response::Response;
use orders_api::{SecondPersonSays, StaffOrder};
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::integration::cases::approve::second_of;
use crate::http::json::Body;

/// Say, as the second person, whether what a colleague cancels for the seller is cancelled. The shopper is told then, with the
/// colleague's reason and words.
#[utoipa::path(
    post, path = "/staff/orders/{id}/cancellation/approvals", tag = "staff", operation_id = "approve_cancel_for_seller",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonSays,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("cancel_for_seller"))),
    responses(
        (status = 200, description = "The order after it.", body = StaffOrder),
        (status = 409, description = "`no_open_request`, with the order: nothing of the kind waits for a second person; `second_person_needed`: they cancelled it themselves, and may only take it back; `order_not_cancellable`: the order is on its way.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_cancel_for_seller(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<SecondPersonSays>,
) -> Result<Response, Failure> {
    order.may(Permission::CancelForSeller)?;
    let says = second_of(value.decision, value.note)?;
    order
        .done(&fingerprint, &StaffAct::SecondCancel(says))
        .await
}
