//! `POST /integration/conversations/{id}/end`.

use axum::extract::State;
use axum::response::Response;
use orders_api::ConversationStanding;
use orders_domain::{ConversationId, ConversationMove};
use orders_store::Whose;

use crate::http::conversations::{make, respond, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::state::App;

/// End a conversation on behalf of the shop, once it was answered: what was not, only its shopper ends. What has ended stays ended, until its shopper says something within a week.
#[utoipa::path(
    post, path = "/integration/conversations/{id}/end", tag = "integration", operation_id = "end_conversation_as_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "It has ended.", body = ConversationStanding),
        (status = 409, description = "`conversation_unanswered`: nobody has answered yet.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn end_conversation_as_staff(
    _: IntegrationKey,
    State(app): State<App>,
    key: IdempotencyKey,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    let once = key.once("integration", "", app.clock.now());
    let id = ConversationId(id);
    let followed = match app.store.conversation(&id).await? {
        Some(conversation) => wire::followed(&app, &conversation).await?,
        None => false,
    };
    let ended = make(
        &app,
        Whose::Any(&id),
        once.as_ref(),
        None,
        &ConversationMove::EndByStaff(None),
        |conversation, _| {
            let standing = wire::standing_in(&app, conversation, None, followed);
            answer(200, &standing)
        },
    );
    respond(ended.await?)
}
