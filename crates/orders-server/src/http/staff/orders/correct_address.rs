//! `PUT /staff/orders/{id}/address`.

use axum::response::Response;
use orders_api::{Address, StaffOrder};
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::orders::correct_address::checked;

/// Correct address and telephone of an order that waits (S1), as its shopper said; again, when that was wrong. The shopper is
/// told.
#[utoipa::path(
    put, path = "/staff/orders/{id}/address", tag = "staff", operation_id = "correct_address_for_shopper",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Address,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("correct_address"))),
    responses(
        (status = 200, description = "The order, which can be confirmed now.", body = StaffOrder),
        (status = 409, description = "`address_not_editable`, with the order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn correct_address_for_shopper(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<Address>,
) -> Result<Response, Failure> {
    order.may(Permission::CorrectAddress)?;
    let act = StaffAct::CorrectAddress(checked(&value)?);
    order.done(&fingerprint, &act).await
}
