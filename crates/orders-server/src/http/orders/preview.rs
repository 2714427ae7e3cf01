//! `GET /orders/{id}/cancellation/preview`.

use axum::Json;
use axum::extract::State;
use orders_api::{CancellationPreview, field_codes};
use orders_domain::{LineId, LineQuantity, OrderId};

use super::cancel_refused;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// What a cancel would do now: for the whole order, or for the parts named by `line`.
#[utoipa::path(
    get, path = "/orders/{id}/cancellation/preview", tag = "orders", operation_id = "preview_cancellation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("line" = Option<Vec<String>>, Query, explode, description = "A part: `LINE_ID:QUANTITY`, as often as needed."),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "What it would do.", body = CancellationPreview),
        (status = 409, description = "`order_not_cancellable`, with the order, the reason and the next steps.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn preview_cancellation(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<CancellationPreview>, Failure> {
    let lines = query
        .all("line")
        .map(part)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| Failure::field("line", field_codes::INVALID))?;
    let lines = (!lines.is_empty()).then_some(lines);
    let now = app.clock.now();
    let order = shopper.order(&app, &OrderId(id)).await?;
    let view = View::of(&app, &order, context.language, now)?.seen_by(shopper.owner());
    view.preview(&order, lines.as_deref())
        .map(Json)
        .map_err(|error| cancel_refused(error, &order, lines.as_deref(), view))
}

/// `LINE_ID:QUANTITY`.
fn part(text: &str) -> Option<LineQuantity> {
    let (line, quantity) = text.rsplit_once(':')?;
    Some(LineQuantity {
        line: LineId(line.to_owned()),
        quantity: quantity.parse().ok()?,
    })
}
