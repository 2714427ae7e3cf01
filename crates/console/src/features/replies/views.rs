//! The replies, as they are written.

use leptos::prelude::*;
use orders_api::{CannedReply, Shop};
use storefront::format;
use storefront::ui::Button;
use storefront::words::{Lang, fill};

use super::words::Words;

/// What can be done with a reply; nothing where their role only reads.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Writes it.
    pub change: Callback<CannedReply>,
    /// Asks whether to archive it.
    pub archive: Callback<CannedReply>,
}

/// The list.
pub fn list_view(
    lang: Lang,
    replies: &[CannedReply],
    archived: bool,
    shops: &[Shop],
    acts: Option<Acts>,
) -> AnyView {
    let words = Words::of(lang);
    if replies.is_empty() {
        let none = if archived {
            words.none_archived
        } else {
            words.none_in_use
        };
        return view! { <p class="hint">{none}</p> }.into_any();
    }
    let items: Vec<_> = replies
        .iter()
        .map(|reply| reply_view(lang, reply, shops, acts))
        .collect();
    view! { <ul class="replies-all">{items}</ul> }.into_any()
}

fn reply_view(
    lang: Lang,
    reply: &CannedReply,
    shops: &[Shop],
    acts: Option<Acts>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let shop = match &reply.shop {
        None => words.every_shop.to_owned(),
        Some(id) => {
            let known = shops.iter().find(|shop| shop.id == *id);
            known.map_or_else(|| id.clone(), |shop| shop.name.clone())
        }
    };
    let when = format::moment(lang, &reply.changed_at);
    let values = [
        ("who", reply.changed_by.name.as_str()),
        ("when", when.as_str()),
    ];
    let changed = fill(words.changed, &values);
    let texts = [("zh-CN", &reply.zh), ("en", &reply.en)];
    let texts = texts.map(|(tag, text)| {
        let text = text.clone();
        text.map(|text| view! { <p class="reply-text" lang=tag>{text}</p> })
    });
    let acts = acts.map(|acts| {
        let (changes, archives) = (reply.clone(), reply.clone());
        // Whoever does not see the list hears which one a button is about.
        let which = format!(" /{}", reply.code);
        let change = if reply.archived { words.restore } else { words.change };
        let archive = (!reply.archived).then(|| {
            let press = Callback::new(move |()| acts.archive.run(archives.clone()));
            let which = which.clone();
            view! { <Button press>{words.archive} <span class="visually-hidden">{which}</span></Button> }
        });
        let press = Callback::new(move |()| acts.change.run(changes.clone()));
        view! {
            <div class="step-buttons">
                <Button press>{change} <span class="visually-hidden">{which}</span></Button>
                {archive}
            </div>
        }
    });
    view! {
        <li class="panel reply">
            <p class="reply-name">
                <span class="key">{format!("/{}", reply.code)}</span>
                <strong>{reply.title.clone()}</strong>
                <span class="badge">{shop}</span>
            </p>
            {texts}
            <p class="under">{changed}</p>
            {acts}
        </li>
    }
}
