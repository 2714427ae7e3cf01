//! A shopper's conversations with the shop: begun, read, answered, ended.

pub mod end;
pub mod list;
pub mod messages;
pub mod open;
pub mod rate;
pub mod read;
pub mod say;
pub mod show;
pub mod socket;
pub mod speaker;
pub mod support;
pub mod transcript;
pub mod wire;
pub mod words;

use axum::response::Response;
use orders_api::{SayInChat, field_codes};
use orders_domain::{
    Author, ChatRules, Conversation, ConversationId, ConversationMove, EvidenceId, Message, Moved,
    words_of_message,
};
use orders_store::{Answer, Conversed, Once, Owner, Reader, Spoken, Whose};

use super::error::{Failure, send};
use super::query::Query;
use super::session::Shopper;
use super::staff::work::claimed;
use super::text::Text;
use crate::state::App;

/// The longest name that a sender gives a message.
const CLIENT_ID_CHARS: usize = 64;

/// The shopper's conversation of that id.
///
/// # Errors
/// [`Failure::NotFound`] when there is none, which somebody else's is like.
pub async fn own(app: &App, shopper: &Shopper, id: String) -> Result<Conversation, Failure> {
    let id = ConversationId(id);
    let found = app.store.conversation_of(shopper.owner(), &id).await?;
    found
        .map(|found| seen_by(shopper, found))
        .ok_or(Failure::NotFound)
}

/// A conversation as the pages of whoever is there have it: to a guest nothing is new that they have no part in, since they
/// cannot read it for the account.
pub fn seen_by(shopper: &Shopper, conversation: Conversation) -> Conversation {
    match shopper.owner() {
        Owner::Guest { .. } if !conversation.guest => Conversation {
            shopper_read: conversation.last_seq,
            ..conversation
        },
        Owner::Guest { .. } | Owner::Account(_) => conversation,
    }
}

/// As whom a shopper's page reads.
pub fn reader(shopper: &Shopper) -> Reader {
    match shopper.owner() {
        Owner::Account(_) => Reader::Shopper,
        Owner::Guest { .. } => Reader::Guest,
    }
}

/// What is said, checked.
///
/// # Errors
/// The field that is wrong.
pub fn spoken(author: Author, body: SayInChat) -> Result<Spoken, Failure> {
    Text::id("client_id", &body.client_id, CLIENT_ID_CHARS)?;
    let evidence: Vec<EvidenceId> = body.evidence.into_iter().map(EvidenceId).collect();
    let text = words_of_message(&body.text, &evidence)
        .map_err(|(field, code)| Failure::field(field, code))?;
    Ok(Spoken {
        author,
        client_id: body.client_id,
        text,
        evidence,
        guest: None,
    })
}

/// Makes a move in a conversation as it is.
///
/// # Errors
/// When the store fails.
pub async fn make(
    app: &App,
    whose: Whose<'_>,
    once: Option<&Once>,
    spoken: Option<&Spoken>,
    action: &ConversationMove,
    answer: impl Fn(&Conversation, Option<&Message>) -> Answer + Send,
) -> Result<Conversed<Failure>, Failure> {
    let now = app.clock.now();
    let decide = |conversation: Option<&Conversation>| moved(app, conversation, action, now);
    let conversed = app
        .store
        .converse(whose, once, spoken, now, decide, answer)
        .await?;
    Ok(conversed)
}

/// A conversation after a move, for the store to write.
///
/// # Errors
/// Why it cannot be made.
pub fn moved(
    app: &App,
    conversation: Option<&Conversation>,
    action: &ConversationMove,
    now: orders_domain::Instant,
) -> Result<Moved, Failure> {
    let conversation = conversation.ok_or(Failure::NotFound)?;
    Ok(conversation.make(action, rules(app, conversation, now)?)?)
}

/// The rules of a conversation's shop at `now`.
///
/// # Errors
/// [`Failure::Internal`] when the shop has no policy any more.
pub fn rules<'a>(
    app: &'a App,
    conversation: &Conversation,
    now: orders_domain::Instant,
) -> Result<ChatRules<'a>, Failure> {
    let policy = app.shops.policy(&conversation.shop).ok_or_else(|| {
        Failure::internal(format!(
            "shop {} of a conversation has no policy",
            conversation.shop
        ))
    })?;
    Ok(ChatRules {
        policy,
        calendar: &app.shops.calendar,
        now,
    })
}

/// What the store did, as a response.
///
/// # Errors
/// What was refused.
pub fn respond<R: Into<Failure>>(conversed: Conversed<R>) -> Result<Response, Failure> {
    match conversed {
        Conversed::Done { answer, .. } | Conversed::Replayed(answer) => Ok(send(answer)),
        Conversed::Refused(refused) => Err(refused.into()),
        Conversed::Followed => Err(Failure::ConversationClosed),
        Conversed::UnknownEvidence => Err(Failure::unknown("evidence")),
        Conversed::KeyReused => Err(Failure::KeyReused),
        Conversed::ClaimedByAnother(held) => Err(claimed(held)),
    }
}

/// The number of a message that the query has as `name`, as `after`, the last that the caller has; 0 without.
///
/// # Errors
/// When it is no number of a message.
pub fn seq(query: &Query, name: &str) -> Result<i64, Failure> {
    let Some(text) = query.one(name)? else {
        return Ok(0);
    };
    let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
    number.ok_or_else(|| Failure::field(name, field_codes::INVALID))
}
