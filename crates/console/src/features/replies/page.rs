//! The page of the canned replies.

use leptos::prelude::*;
use orders_api::CannedReply;
use storefront::ui::{Button, ButtonKind, Confirm, Loaded};
use storefront::words::{Lang, common, fill};

use super::data::RepliesData;
use super::view_form::form_view;
use super::views::{Acts, list_view};
use super::words::Words;
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_session};
use crate::words::{frame, keys};

/// The page.
#[component]
pub fn RepliesPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, session, router) = (Words::of(lang), use_session(), use_router());
    let data = RepliesData::new(lang, session);
    let title = frame::Words::of(lang).page_title;
    set_title(fill(title, &[("page", words.title)]));
    let names = keys::Words::of(lang);
    use_keys().listen(vec![("u", names.back)], move |key, _| {
        let back = key == "u";
        if back {
            router.back();
        }
        back
    });
    let shops = session.somebody().map(|who| who.shops).unwrap_or_default();
    let edits = data.may_edit();
    let acts = edits.then(|| Acts {
        change: Callback::new(move |reply: CannedReply| data.begin(Some(&reply))),
        archive: Callback::new(move |reply: CannedReply| data.ask(reply)),
    });
    let tabs = [(false, words.in_use), (true, words.archived)].map(|(archived, name)| {
        view! {
            <button
                class="chat-tab"
                type="button"
                aria-pressed=move || if data.archived.get() == archived { "true" } else { "false" }
                on:click=move |_| data.turn(archived)
            >
                {name}
            </button>
        }
    });
    let add = edits.then(|| {
        let press = Callback::new(move |()| data.begin(None));
        view! { <Button kind=ButtonKind::Primary press>{words.add}</Button> }
    });
    let reads = (!edits).then(|| view! { <p class="hint">{words.only_read}</p> });
    let form_shops = shops.clone();
    view! {
        <div class="replies-page">
            <h1 class="page-title" id="replies-title" tabindex="-1">{words.title}</h1>
            <p class="hint">{words.intro}</p>
            {reads}
            <div class="replies-tools">
                <div class="replies-languages" role="group" aria-label=words.which>{tabs}</div>
                {add}
            </div>
            <p role="status">{move || data.done.get()}</p>
            // While one is written, it is said there.
            <p class="field-error" role="alert">
                {move || data.edit.with(Option::is_none).then(|| data.refused.get())}
            </p>
            {form_view(lang, data, form_shops)}
            <Confirm
                asks=data.asks
                title=words.archive_title
                text=words.archive_text
                keep=words.keep
                confirm=words.archive_yes
                class="archive-dialog"
                busy=data.busy
                error=Signal::stored(None::<String>)
                press=Callback::new(move |()| data.archive())
            />
            <Loaded
                load=Signal::from(data.load)
                skeleton=move || view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
                retry=Callback::new(move |()| data.look())
                ready=move |all| {
                    let shops = shops.clone();
                    move || list_view(lang, &all.get(), data.archived.get(), &shops, acts)
                }
            />
        </div>
    }
}
