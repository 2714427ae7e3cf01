//! `POST /conversations/{id}/end`.

use axum::extract::State;
use axum::response::Response;
use orders_api::ConversationStanding;
use orders_domain::ConversationMove;
use orders_store::Whose;

use super::{make, own, respond, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::state::App;

/// End a conversation. What has ended stays ended; a message within a week opens it again.
#[utoipa::path(
    post, path = "/conversations/{id}/end", tag = "conversations", operation_id = "end_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "It has ended.", body = ConversationStanding)),
)]
pub async fn end_conversation(
    State(app): State<App>,
    shopper: Shopper,
    key: IdempotencyKey,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    let followed = wire::followed(&app, &conversation).await?;
    let once = key.once(&shopper.scope(), "", app.clock.now());
    let ended = make(
        &app,
        Whose::Own(shopper.owner(), &conversation.id),
        once.as_ref(),
        None,
        &ConversationMove::EndByShopper,
        |conversation, _| {
            let standing = wire::standing_in(&app, conversation, None, followed);
            answer(200, &standing)
        },
    );
    respond(ended.await?)
}
