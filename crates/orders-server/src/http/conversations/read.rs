//! `POST /conversations/{id}/read`, and the same for pages without the program.

use axum::extract::State;
use axum::http::StatusCode;
use orders_api::ReadChat;

use super::{own, reader, seq};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::state::App;

/// Have read everything up to a message; a guest only of what they have a part in. What was read stays read, so that sending it
/// again is harmless: no answer is kept for the `Idempotency-Key`, of which only the form is checked.
#[utoipa::path(
    post, path = "/conversations/{id}/read", tag = "conversations", operation_id = "read_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ReadChat,
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 204, description = "It counts as read. Nothing changes when it was read before, or when there is no such message yet.")),
)]
pub async fn read_conversation(
    State(app): State<App>,
    shopper: Shopper,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value, .. }: Body<ReadChat>,
) -> Result<StatusCode, Failure> {
    has_read(&app, &shopper, id, value.seq).await
}

/// `GET /support/{id}/read?seq=`: the image, which is none, that a page without the program has where it shows everything up to
/// that message. A browser that runs programs does not ask for it: there the program says what was looked at.
///
/// # Errors
/// When nobody is logged in, there is no such conversation of theirs, or `seq` is no number of a message.
pub async fn read_conversation_by_image(
    State(app): State<App>,
    shopper: Shopper,
    PathId(id): PathId,
    query: Query,
) -> Result<StatusCode, Failure> {
    has_read(&app, &shopper, id, seq(&query, "seq")?).await
}

async fn has_read(
    app: &App,
    shopper: &Shopper,
    id: String,
    seq: i64,
) -> Result<StatusCode, Failure> {
    let conversation = own(app, shopper, id).await?;
    app.store
        .read_conversation(&conversation.id, reader(shopper), seq)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
