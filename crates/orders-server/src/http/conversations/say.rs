//! `POST /conversations/{id}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ChatMessage, SayInChat};
use orders_domain::{Author, Conversation, ConversationId, ConversationMove, Message};
use orders_store::{Answer, Conversed, Once, Owner, Spoken, Whose};

use super::{moved, own, respond, spoken, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::state::App;

/// Say something to the shop. Sent again under the same `client_id`, it is the same message; a
/// conversation that ended less than a week ago goes on with it, unless another about the same is open meanwhile.
#[utoipa::path(
    post, path = "/conversations/{id}/messages", tag = "conversations", operation_id = "say_in_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SayInChat,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The message, also when it was said before.", body = ChatMessage),
        (status = 409, description = "`conversation_closed`: it ended more than a week ago, or another conversation about the same is open.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_messages`: wait for `Retry-After` seconds.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_conversation(
    State(app): State<App>,
    shopper: Shopper,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<SayInChat>,
) -> Result<Response, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    let once = key.once(&shopper.scope(), &fingerprint, app.clock.now());
    let said = shopper_says(
        &app,
        shopper.owner(),
        &conversation.id,
        value,
        once.as_ref(),
    );
    respond(said.await?)
}

/// The shopper says something, by whichever way it comes.
///
/// # Errors
/// When it is not taken, or the store fails.
pub async fn shopper_says(
    app: &App,
    owner: &Owner,
    id: &ConversationId,
    body: SayInChat,
    once: Option<&Once>,
) -> Result<Conversed<Failure>, Failure> {
    let spoken = Spoken {
        guest: owner.only().cloned(),
        ..spoken(Author::Shopper, body)?
    };
    let now = app.clock.now();
    let turn = app.chats.turn(owner, now);
    // Only what is new counts: what is sent again after a lost answer is answered also at the limit.
    let decide = |conversation: Option<&Conversation>| {
        let moved = moved(app, conversation, &ConversationMove::ShopperSays, now)?;
        turn.take().map_err(Failure::TooManyMessages)?;
        Ok(moved)
    };
    let conversed = app
        .store
        .converse(
            Whose::Own(owner, id),
            once,
            Some(&spoken),
            now,
            decide,
            said_answer(wire::message),
        )
        .await?;
    if let Conversed::Done { .. } = conversed {
        turn.keep();
    }
    Ok(conversed)
}

/// An answer that is the message.
pub fn said_answer(
    wire: fn(&Message) -> ChatMessage,
) -> impl Fn(&Conversation, Option<&Message>) -> Answer + Send {
    move |_, said| answer(201, &said.map(wire))
}
