//! `GET /notifications/unread`.

use axum::Json;
use axum::extract::State;
use orders_api::Unread;

use crate::http::error::Failure;
use crate::http::session::Shopper;
use crate::state::App;

/// How many notifications the shopper has not read.
#[utoipa::path(
    get, path = "/notifications/unread", tag = "notifications", operation_id = "count_unread",
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "How many.", body = Unread)),
)]
pub async fn count_unread(
    State(app): State<App>,
    shopper: Shopper,
) -> Result<Json<Unread>, Failure> {
    let unread = app.store.unread_notifications(shopper.id()).await?;
    Ok(Json(Unread { unread }))
}
