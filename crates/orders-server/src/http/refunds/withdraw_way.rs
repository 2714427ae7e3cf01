//! `DELETE /refunds/{id}/way`.

use axum::response::Response;
use orders_api::RefundDetail;

use super::own::OwnRefund;
use crate::http::error::Failure;

/// Take back an open wish for another way: the refund goes the first way, or, if that failed, stays owed.
#[utoipa::path(
    delete, path = "/refunds/{id}/way", tag = "refunds", operation_id = "withdraw_refund_way",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The refund.", body = RefundDetail),
        (status = 403, description = "`guest_session`: what was asked for with the password is taken back by the account.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 409, description = "`no_open_way`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn withdraw_refund_way(own: OwnRefund) -> Result<Response, Failure> {
    own.order.shopper.account()?;
    let app = &own.order.app;
    let now = app.clock.now();
    let answer = own
        .change("", |order, _| order.withdraw_way(&own.id, now))
        .await?;
    app.store.hasten_refund(&own.id, now).await?;
    Ok(answer)
}
