//! `POST /notifications/read`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{MarkRead, Unread};
use orders_store::NotificationId;

use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::{answer, respond};
use crate::http::session::Account;
use crate::http::text::Text;
use crate::state::App;

/// The longest id of a notification: an order's, and a number.
const ID_CHARS: usize = 128;

/// Take a notification and all before it for read. What was read stays read.
#[utoipa::path(
    post, path = "/notifications/read", tag = "notifications", operation_id = "mark_read",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = MarkRead,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "How many are left that were not read.", body = Unread),
        (status = 403, description = "`guest_session`: notifications are of the account.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn mark_read(
    State(app): State<App>,
    shopper: Account,
    key: IdempotencyKey,
    Body {
        value: body,
        fingerprint,
    }: Body<MarkRead>,
) -> Result<Response, Failure> {
    let up_to = Text::required("up_to", &body.up_to, ID_CHARS)?;
    let up_to = NotificationId::parse(up_to).ok_or_else(|| Failure::unknown("up_to"))?;
    let once = key.once(shopper.id().as_str(), &fingerprint, app.clock.now());
    let left = |unread| answer(200, &Unread { unread });
    let changed = app
        .store
        .read_notifications(shopper.id(), &up_to, once.as_ref(), left)
        .await?;
    respond(changed.ok_or_else(|| Failure::unknown("up_to"))?)
}
