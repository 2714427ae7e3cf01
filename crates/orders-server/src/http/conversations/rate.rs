//! `POST /conversations/{id}/rating`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use orders_api::{RateConversation, field_codes};
use orders_domain::BEST_RATING;
use orders_store::{Answer, Conversed, Whose};

use super::{own, respond};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::text::Text;
use crate::state::App;

/// The longest words with a rating, in characters.
const NOTE_CHARS: usize = 500;

/// Say how it was, once it has ended. Said again, the last word holds.
#[utoipa::path(
    post, path = "/conversations/{id}/rating", tag = "conversations", operation_id = "rate_conversation",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RateConversation,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 204, description = "Thank you."),
        (status = 409, description = "`conversation_not_over`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn rate_conversation(
    State(app): State<App>,
    shopper: Shopper,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RateConversation>,
) -> Result<Response, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    if !(1..=BEST_RATING).contains(&value.rating) {
        return Err(Failure::field("rating", field_codes::OUT_OF_RANGE));
    }
    if let Some(note) = &value.note {
        Text::at_most("note", note, NOTE_CHARS)?;
    }
    let now = app.clock.now();
    let once = key.once(&shopper.scope(), &fingerprint, now);
    let rated = app.store.converse(
        Whose::Own(shopper.owner(), &conversation.id),
        once.as_ref(),
        None,
        now,
        |conversation| {
            let conversation = conversation.ok_or(Failure::NotFound)?;
            Ok::<_, Failure>(conversation.rate(value.rating, value.note.clone())?)
        },
        |_, _| Answer {
            status: 204,
            body: String::new(),
        },
    );
    match rated.await? {
        Conversed::Done { .. } | Conversed::Replayed(_) => {
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        other => respond(other),
    }
}
