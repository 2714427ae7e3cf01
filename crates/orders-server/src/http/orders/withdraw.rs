//! `DELETE /orders/{id}/cancellation`.

use axum::extract::State;
use axum::response::Response;
use orders_api::OrderDetail;
use orders_domain::{NoOpenRequest, OrderId};
use orders_store::Verdict;

use super::{answer, refuse, respond};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

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
pub async fn withdraw_request(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    key: IdempotencyKey,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let once = key.once(shopper.id().as_str(), "", now);
    let decide = |order: Option<orders_domain::Order>| {
        let Some(order) = order else {
            return refuse(&Failure::NotFound, &context);
        };
        let view = match View::of(&app, &order, context.language, now) {
            Ok(view) => view,
            Err(failure) => return refuse(&failure, &context),
        };
        match order.withdraw_request(now) {
            Ok(change) => Verdict {
                answer: answer(200, &view.detail(&change.order)),
                change: Some(change),
                remember: true,
            },
            Err(NoOpenRequest) => {
                let order = Box::new(view.detail(&order));
                refuse(&Failure::NoOpenRequest(order), &context)
            }
        }
    };
    let selector = shopper.own(&OrderId(id));
    respond(app.store.change(&selector, once.as_ref(), decide).await?)
}
