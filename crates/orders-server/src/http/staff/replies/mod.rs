//! Canned replies: written by supervisors, said by everybody who chats.

pub mod add;
pub mod archive;
pub mod change;
pub mod fill;
pub mod list;

use axum::response::Response;
use orders_api::{CannedReply, field_codes};
use orders_domain::{Permission, REPLY_CHARS, ReplyMistake, ShopId, facts_named, is_reply_code};
use orders_store::{Reply, ReplySaved, ReplyText};

use super::Staff;
use super::conversations::Names;
use crate::http::error::{Failure, send};
use crate::http::text::Text;
use crate::http::wire::instant;
use crate::state::App;

/// The longest title, in characters.
const TITLE_CHARS: usize = 60;

/// A canned reply as it is written.
fn to_wire(reply: &Reply, names: &Names) -> CannedReply {
    CannedReply {
        id: reply.id.clone(),
        shop: reply.text.shop.as_ref().map(|shop| shop.0.clone()),
        code: reply.text.code.clone(),
        title: reply.text.title.clone(),
        zh: reply.text.zh_cn.clone(),
        en: reply.text.en.clone(),
        revision: reply.revision,
        changed_by: names.person(&reply.changed_by),
        changed_at: instant(reply.changed_at),
        archived: reply.archived,
    }
}

/// What a reply is to say, checked: at least one language, and nothing in braces that no order could fill in.
///
/// # Errors
/// The field that is wrong.
fn checked(
    shop: Option<ShopId>,
    code: String,
    title: &str,
    (zh, en): (Option<String>, Option<String>),
) -> Result<ReplyText, Failure> {
    if code.is_empty() {
        return Err(Failure::field("code", field_codes::REQUIRED));
    }
    if !is_reply_code(&code) {
        return Err(Failure::field("code", field_codes::INVALID));
    }
    let title = Text::line("title", title, TITLE_CHARS)?.trim().to_owned();
    let (zh_cn, en) = (words("zh", zh)?, words("en", en)?);
    if zh_cn.is_none() && en.is_none() {
        return Err(Failure::field("zh", field_codes::REQUIRED));
    }
    Ok(ReplyText {
        shop,
        code,
        title,
        zh_cn,
        en,
    })
}

fn words(field: &str, text: Option<String>) -> Result<Option<String>, Failure> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    Text::storable(field, &text)?;
    Text::at_most(field, &text, REPLY_CHARS)?;
    let code = match facts_named(&text) {
        Ok(_) => return Ok(Some(text.trim().to_owned())),
        Err(ReplyMistake::Brace) => field_codes::INVALID,
        Err(ReplyMistake::UnknownFact) => field_codes::UNKNOWN,
    };
    Err(Failure::field(field, code))
}

/// Whoever sees some shops only does not change what every shop says.
///
/// # Errors
/// [`Failure::NotPermitted`].
fn may_edit_for_all(staff: &Staff) -> Result<(), Failure> {
    if staff.shops().is_empty() {
        Ok(())
    } else {
        Err(Failure::NotPermitted(Permission::EditReplies))
    }
}

/// A reply that they may change.
///
/// # Errors
/// [`Failure::NotFound`] when there is none, or it is of a shop that they do not see; [`Failure::NotPermitted`].
async fn editable(app: &App, staff: &Staff, id: &str) -> Result<Reply, Failure> {
    staff.may(Permission::EditReplies)?;
    let reply = app.store.reply(id).await?.ok_or(Failure::NotFound)?;
    match &reply.text.shop {
        Some(shop) if staff.sees(shop) => {}
        Some(_) => return Err(Failure::NotFound),
        None => may_edit_for_all(staff)?,
    }
    Ok(reply)
}

/// What the store did, as a response.
///
/// # Errors
/// What was refused.
fn respond(saved: ReplySaved) -> Result<Response, Failure> {
    match saved {
        ReplySaved::Done(answer) | ReplySaved::Replayed(answer) => Ok(send(answer)),
        ReplySaved::KeyReused => Err(Failure::KeyReused),
        ReplySaved::NotFound => Err(Failure::NotFound),
        ReplySaved::Changed => Err(Failure::ReplyChanged),
        ReplySaved::CodeTaken => Err(Failure::ReplyCodeTaken),
    }
}
