//! Talking to a person: the ways there are, beginning, and what is said where a socket is of no use.

use gloo_net::http::Method;
use orders_api::{
    CONVERSATIONS, ChatMessage, ChatMessages, Conversation, ConversationList, ConversationStanding,
    OpenConversation, RateConversation, ReadChat, SUPPORT, SayInChat,
};

use super::{Call, Failure};
use crate::browser::new_key;
use crate::paths::SupportQuery;
use crate::words::Lang;

/// How many messages a page begins with, and how many more come at a time.
pub const MESSAGES_AT_ONCE: i64 = 50;
/// For how many seconds the server waits for something to be said; an answer is lost only well after that.
const WAIT_SECONDS: u32 = 15;

/// The call for the ways to a person.
pub fn support_url(query: &SupportQuery) -> String {
    SUPPORT.to_owned() + &query.whose()
}

/// The ways to a person.
pub async fn support(lang: Lang, query: &SupportQuery) -> Result<orders_api::SupportWays, Failure> {
    Call::get(&support_url(query)).read(lang).await
}

/// The shopper's conversations, newest first.
pub async fn conversations(lang: Lang) -> Result<ConversationList, Failure> {
    Call::get(CONVERSATIONS).read(lang).await
}

/// Begins one, or says the words in the one that is open about the same.
pub async fn open_conversation(
    lang: Lang,
    question: &OpenConversation,
) -> Result<Conversation, Failure> {
    // The name of its first message is as good a key: both stand for this intent.
    Call::mutate(Method::POST, CONVERSATIONS, &question.client_id)
        .json(question)
        .read_in_full(lang)
        .await
}

/// One conversation.
pub async fn conversation(lang: Lang, id: &str) -> Result<Conversation, Failure> {
    Call::get(&orders_api::conversation(id)).read(lang).await
}

/// The call for the last messages.
pub fn latest_messages_url(id: &str) -> String {
    format!("{}?latest={MESSAGES_AT_ONCE}", orders_api::messages(id))
}

/// The last messages.
pub async fn latest_messages(lang: Lang, id: &str) -> Result<ChatMessages, Failure> {
    Call::get(&latest_messages_url(id)).read(lang).await
}

/// What was said after a message; with `wait`, not before there is something, or some seconds later.
pub async fn messages_after(
    lang: Lang,
    id: &str,
    after: i64,
    wait: bool,
) -> Result<ChatMessages, Failure> {
    let mut url = format!("{}?after={after}", orders_api::messages(id));
    if wait {
        url.push_str(&format!("&wait={WAIT_SECONDS}"));
    }
    Call::get(&url).read(lang).await
}

/// Says something.
pub async fn say_in_conversation(
    lang: Lang,
    id: &str,
    said: &SayInChat,
) -> Result<ChatMessage, Failure> {
    Call::mutate(Method::POST, &orders_api::messages(id), &said.client_id)
        .json(said)
        .read_in_full(lang)
        .await
}

/// Tells how far it was read.
pub async fn read_conversation(lang: Lang, id: &str, seq: i64) -> Result<(), Failure> {
    Call::mutate(Method::POST, &orders_api::conversation_read(id), &new_key())
        .json(&ReadChat { seq })
        .text(lang)
        .await
        .map(drop)
}

/// Ends it.
pub async fn end_conversation(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ConversationStanding, Failure> {
    Call::mutate(Method::POST, &orders_api::conversation_end(id), key)
        .read(lang)
        .await
}

/// Says how it was.
pub async fn rate_conversation(
    lang: Lang,
    id: &str,
    rated: &RateConversation,
    key: &str,
) -> Result<(), Failure> {
    Call::mutate(Method::POST, &orders_api::conversation_rating(id), key)
        .json(rated)
        .text(lang)
        .await
        .map(drop)
}
