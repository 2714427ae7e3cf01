//! `DELETE /orders/{id}/cancellation`.

use axum::response::Response;
use orders_api::OrderDetail;
use orders_domain::NoOpenRequest;

use super::own::OwnOrder;
use super::{answer, respond};
use crate::http::error::Failure;

/// Withdraw an open request to cancel.
#[utoipa::path(
    delete, path = "/orders/{id}/cancellation", tag = "orders", operation_id = "withdraw_request",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The order, no longer on hold.", body = OrderDetail),
        (status = 409, description = "`no_open_request`, with the order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn withdraw_request(own: OwnOrder) -> Result<Response, Failure> {
    let changed = own.change("", |order, view| {
        let change = order.withdraw_request(view.now).map_err(|NoOpenRequest| {
            let order = Box::new(view.detail(order));
            Failure::NoOpenRequest(order)
        })?;
        let answer = answer(200, &view.detail(&change.order));
        Ok((change, answer))
    });
    respond(changed.await?)
}
