//! `POST /staff/orders/{id}/confirmation`.

use axum::response::Response;
use orders_api::StaffOrder;
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;

/// Accept an order that waits (S1). The shop's systems are told.
#[utoipa::path(
    post, path = "/staff/orders/{id}/confirmation", tag = "staff", operation_id = "confirm_order",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("confirm_order"))),
    responses(
        (status = 200, description = "The order, accepted.", body = StaffOrder),
        (status = 409, description = "`nothing_to_confirm`, with the order; `incomplete_info`: it lacks what only the shopper can tell.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn confirm_order(order: StaffOrderAct) -> Result<Response, Failure> {
    order.may(Permission::ConfirmOrder)?;
    order.done("", &StaffAct::Confirm).await
}
