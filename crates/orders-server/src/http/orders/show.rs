//! `GET /orders/{id}`.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::OrderDetail;
use orders_domain::OrderId;

use crate::http::context::Context;
use crate::http::error::{Failure, json};
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::random::sha256;
use crate::state::App;

/// One order. The tag covers the whole answer, because what may be done with an order also depends on the time.
#[utoipa::path(
    get, path = "/orders/{id}", tag = "orders", operation_id = "show_order",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer."),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The order.", body = OrderDetail),
        (status = 304, description = "As in the answer with that `ETag`."),
    ),
)]
pub async fn show_order(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let order = shopper.order(&app, &OrderId(id)).await?;
    let view = View::of(&app, &order, context.language, now)?.seen_by(shopper.owner());
    let body = json(&view.detail(&order));
    let etag = format!("\"{}\"", &sha256(body.as_bytes())[..16]);
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let etag = HeaderValue::from_str(&etag).map_err(Failure::internal)?;
    let tag = [(header::ETAG, etag)];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((tag, kind, body).into_response())
}
