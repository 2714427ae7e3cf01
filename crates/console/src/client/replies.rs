//! Canned replies: as they are written, and as they are said in a conversation.

use gloo_net::http::Method;
use orders_api::{
    AddReply, CannedReplies, CannedReply, ChangeReply, FilledReplies, STAFF_REPLIES,
    staff_conversation_replies, staff_reply,
};
use storefront::words::Lang;

use super::{Call, Failure};

/// Those in use, or those that are archived.
pub async fn replies(lang: Lang, archived: bool) -> Result<CannedReplies, Failure> {
    let url = format!("{STAFF_REPLIES}?archived={archived}");
    Call::get(&url).read(lang).await
}

/// Those for a conversation, filled in.
pub async fn replies_for(lang: Lang, conversation: &str) -> Result<FilledReplies, Failure> {
    Call::get(&staff_conversation_replies(conversation))
        .read(lang)
        .await
}

/// Adds one.
pub async fn add_reply(lang: Lang, reply: &AddReply, key: &str) -> Result<CannedReply, Failure> {
    Call::mutate(Method::POST, STAFF_REPLIES, key)
        .json(reply)
        .read(lang)
        .await
}

/// Changes one; one that is archived is in use again.
pub async fn change_reply(
    lang: Lang,
    id: &str,
    reply: &ChangeReply,
    key: &str,
) -> Result<CannedReply, Failure> {
    Call::mutate(Method::PUT, &staff_reply(id), key)
        .json(reply)
        .read(lang)
        .await
}

/// Archives one.
pub async fn archive_reply(
    lang: Lang,
    id: &str,
    revision: i64,
    key: &str,
) -> Result<CannedReply, Failure> {
    let url = format!("{}?revision={revision}", staff_reply(id));
    Call::mutate(Method::DELETE, &url, key).read(lang).await
}
