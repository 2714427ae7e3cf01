//! `GET /notifications/unread`.

use axum::Json;
use axum::extract::State;
use orders_api::Unread;

use crate::http::error::Failure;
use crate::http::session::Account;
use crate::state::App;

/// How many notifications the shopper has not read.
#[utoipa::path(
    get, path = "/notifications/unread", tag = "notifications", operation_id = "count_unread",
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "How many.", body = Unread),
        (status = 403, description = "`guest_session`: notifications are of the account.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn count_unread(
    State(app): State<App>,
    shopper: Account,
) -> Result<Json<Unread>, Failure> {
    let unread = app.store.unread_notifications(shopper.id()).await?;
    Ok(Json(Unread { unread }))
}
