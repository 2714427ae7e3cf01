//! `GET /staff/conversations/{id}/replies`.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use orders_api::{FilledReplies, FilledReply, FilledText, Language};
use orders_domain::{ConversationId, Permission, ReplyAbout, ReplyFact, ReplyValue, fill_reply};
use orders_store::Reply;
use storefront::format;
use storefront::words::codes;

use crate::http::conversations::rules;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::{instant, wire_money};
use crate::state::App;

/// The canned replies as they are said in a conversation, with what is so of its order filled in. Where something is not so,
/// there is no text, and `missing` says what.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/replies", tag = "staff", operation_id = "list_replies_for_conversation",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The replies.", body = FilledReplies)),
)]
pub async fn list_replies_for_conversation(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
) -> Result<Json<FilledReplies>, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let order = match &conversation.order {
        Some(id) => Some(staff.order(&app, id).await?),
        None => None,
    };
    // A guest is told nothing of the account, not its name either.
    let known = if conversation.guest {
        None
    } else {
        app.store.credentials_of(&conversation.shopper).await?
    };
    let name = known.map(|known| known.shopper.display_name);
    let about = ReplyAbout {
        order: order.as_ref(),
        conversation: Some(&conversation),
        shopper_name: name.as_deref().unwrap_or_default(),
        policy: rules(&app, &conversation, app.clock.now())?.policy,
    };
    let shops = std::slice::from_ref(&conversation.shop);
    let replies = app.store.replies(shops, false).await?;
    let own = |reply: &&Reply| reply.text.shop.is_some();
    let own: HashSet<_> = replies
        .iter()
        .filter(own)
        .map(|reply| &reply.text.code)
        .collect();
    let shown = |reply: &&Reply| reply.text.shop.is_some() || !own.contains(&reply.text.code);
    let items = replies.iter().filter(shown).map(|reply| FilledReply {
        id: reply.id.clone(),
        code: reply.text.code.clone(),
        title: reply.text.title.clone(),
        texts: texts(reply, &about),
    });
    Ok(Json(FilledReplies {
        items: items.collect(),
    }))
}

fn texts(reply: &Reply, about: &ReplyAbout<'_>) -> Vec<FilledText> {
    let texts = [
        (Language::ZhCn, &reply.text.zh_cn),
        (Language::En, &reply.text.en),
    ];
    let texts = texts.into_iter().filter_map(|(language, text)| {
        let fact = |fact: ReplyFact| about.fact(fact).map(|value| words(language, value));
        // What is stored was checked, so that there are no mistakes.
        let filled = fill_reply(text.as_ref()?, fact).ok()?;
        Some(FilledText {
            language,
            text: filled.text,
            missing: filled.missing,
        })
    });
    texts.collect()
}

fn words(language: Language, value: ReplyValue) -> String {
    match value {
        ReplyValue::Plain(text) => text,
        ReplyValue::Texts(texts) => {
            let between = match language {
                Language::ZhCn => "、",
                Language::En => ", ",
            };
            let texts: Vec<_> = texts.iter().map(|text| text.get(language)).collect();
            texts.join(between)
        }
        ReplyValue::Money(money) => format::money(&wire_money(money)),
        ReplyValue::Day(day) => format::full_day(language, &orders_api::Day(day.to_string())),
        ReplyValue::Moment(at) => format::moment(language, &instant(at)),
        ReplyValue::State(state) => codes::state(language, state).to_owned(),
    }
}
