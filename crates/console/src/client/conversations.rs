//! Conversations: listed, read, answered, passed on, ended.

use gloo_net::http::Method;
use orders_api::{
    ChatMessage, ChatMessages, ClaimWork, Colleagues, ConversationStanding, ReadChat,
    STAFF_COLLEAGUES, STAFF_CONVERSATIONS, STAFF_WORK, SayInChat, StaffConversation,
    StaffConversationList, StaffMessages, TransferConversation, WorkItem, WorkKind, WorkList,
    segment, staff_claim, staff_conversation, staff_conversation_end, staff_conversation_read,
    staff_hand_back, staff_messages, staff_take, staff_transfer,
};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};
use crate::browser::new_key;
use crate::paths::Chats;

/// How many messages are loaded at once.
pub const MESSAGES_AT_ONCE: i64 = 50;
/// For how many seconds a question waits for something new.
const WAIT_SECONDS: u32 = 15;

/// Conversations, a page of them.
pub async fn conversations(
    lang: Lang,
    which: Chats,
    limit: u32,
    cursor: Option<&str>,
) -> Result<StaffConversationList, Failure> {
    let mut url = format!("{STAFF_CONVERSATIONS}?limit={limit}&{}", which.asks());
    if let Some(cursor) = cursor {
        url.push_str("&cursor=");
        url.push_str(&segment(cursor));
    }
    Call::get(&url).read(lang).await
}

/// How many there are that nobody has, in the queue and left; up to a thousand a shop.
pub async fn conversations_waiting(lang: Lang) -> Result<u32, Failure> {
    let kind = WorkKind::Conversation;
    let url = format!("{STAFF_WORK}?limit=1&kind={}", kind.code());
    let list: WorkList = Call::get(&url).read(lang).await?;
    let found = list.counts.iter().find(|count| count.kind == kind);
    Ok(found.map_or(0, |found| found.count))
}

/// One conversation.
pub async fn conversation(lang: Lang, id: &str) -> Result<StaffConversation, Failure> {
    Call::get(&staff_conversation(id)).read(lang).await
}

/// What was said after a message; with `wait`, not before there is something, or some seconds later.
pub async fn messages_after(
    lang: Lang,
    id: &str,
    after: i64,
    wait: bool,
) -> Result<ChatMessages, Failure> {
    let mut url = format!("{}?after={after}", staff_messages(id));
    if wait {
        url.push_str(&format!("&wait={WAIT_SECONDS}"));
    }
    let said: StaffMessages = Call::get(&url).read(lang).await?;
    Ok(ChatMessages {
        items: said.items,
        more: said.more,
        standing: said.standing,
    })
}

/// Says something.
pub async fn say_in_conversation(
    lang: Lang,
    id: &str,
    said: &SayInChat,
) -> Result<ChatMessage, Failure> {
    Call::mutate(Method::POST, &staff_messages(id), &said.client_id)
        .json(said)
        .read(lang)
        .await
}

/// Tells how far it was read.
pub async fn read_conversation(lang: Lang, id: &str, seq: i64) -> Result<(), Failure> {
    let (url, key) = (staff_conversation_read(id), new_key());
    Call::mutate(Method::POST, &url, &key)
        .json(&ReadChat { seq })
        .text(lang)
        .await
        .map(drop)
}

/// Takes it.
pub async fn take_conversation(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ConversationStanding, NotDone> {
    Call::mutate(Method::POST, &staff_take(id), key)
        .done(lang)
        .await
}

/// Gives it to a colleague, or takes it from the one who has it as far as is known here.
pub async fn transfer_conversation(
    lang: Lang,
    id: &str,
    (from, to): (Option<&str>, &str),
    key: &str,
) -> Result<ConversationStanding, NotDone> {
    let passes = TransferConversation {
        to: to.to_owned(),
        from: from.map(str::to_owned),
    };
    Call::mutate(Method::POST, &staff_transfer(id), key)
        .json(&passes)
        .done(lang)
        .await
}

/// Puts it back where somebody else takes it.
pub async fn hand_back_conversation(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ConversationStanding, NotDone> {
    Call::mutate(Method::POST, &staff_hand_back(id), key)
        .done(lang)
        .await
}

/// Ends it.
pub async fn end_conversation(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ConversationStanding, NotDone> {
    Call::mutate(Method::POST, &staff_conversation_end(id), key)
        .done(lang)
        .await
}

/// Takes its entry in the queue from whoever has it in hand.
pub async fn claim_conversation(lang: Lang, id: &str) -> Result<WorkItem, NotDone> {
    let (url, key) = (staff_claim(&WorkKind::Conversation.id(id)), new_key());
    Call::mutate(Method::PUT, &url, &key)
        .json(&ClaimWork { take_over: true })
        .done(lang)
        .await
}

/// Who else may have it.
pub async fn colleagues(lang: Lang, shop: &str) -> Result<Colleagues, Failure> {
    let url = format!("{STAFF_COLLEAGUES}?shop={}", segment(shop));
    Call::get(&url).read(lang).await
}
