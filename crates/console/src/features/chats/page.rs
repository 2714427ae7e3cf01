//! The page of conversations: which ones is in its URL; it hears of changes, and nothing moves under the cursor.

use leptos::prelude::*;
use storefront::ui::{Button, FailureView, Load};
use storefront::words::{Lang, common, fill};

use super::data::ListData;
use super::views::{list_view, tabs_view};
use super::words::Words;
use crate::browser;
use crate::paths::{Chats, Page};
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_live, use_session};
use crate::words::{frame, keys};

/// How long after a change the page looks: what happens is several.
const SOON_MS: i32 = 300;

/// The page.
#[component]
pub fn ChatsPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, router, session) = (Words::of(lang), use_router(), use_session());
    let live = use_live();
    let data = ListData::new(lang, session);
    let title = frame::Words::of(lang).page_title;
    set_title(fill(title, &[("page", words.title)]));
    let which = Memo::new(move |_| {
        router.page.with(|page| {
            if let Page::Chats(which) = page {
                *which
            } else {
                Chats::default()
            }
        })
    });
    // The row under the cursor: the one that has the focus, or had it last.
    let at = RwSignal::new(None::<usize>);
    Effect::new(move |_| {
        session.again.track();
        at.set(None);
        data.show(which.get());
    });
    let planned = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        let changed = live.conversation.get();
        if before.is_some() && changed.is_some() && !planned.get_value() {
            planned.set_value(true);
            browser::after(SOON_MS, move || {
                // The page may be another by now.
                if planned.try_set_value(false).is_none() && live.is_in_use() {
                    data.look();
                }
            });
        }
    });
    Effect::new(move |before: Option<u32>| {
        let missed = live.missed.get();
        if before.is_some() {
            data.look();
        }
        missed
    });
    let names = keys::Words::of(lang);
    let list = vec![
        ("j", names.next),
        ("k", names.previous),
        ("Enter", names.open),
        ("r", words.fresh),
    ];
    let row = move |place: usize| {
        data.shown.with_untracked(|shown| {
            let row = shown.ready()?.rows.get(place)?;
            Some(row.item.conversation.id.clone())
        })
    };
    use_keys().listen(list, move |key, acting| {
        let here = at.get_untracked();
        match key {
            "j" | "ArrowDown" | "k" | "ArrowUp" => {
                let down = matches!(key, "j" | "ArrowDown");
                let to = match here {
                    None => 0,
                    Some(here) if down => here + 1,
                    Some(here) => here.saturating_sub(1),
                };
                let there = row(to).is_some();
                if there {
                    at.set(Some(to));
                    browser::step_to(&format!("#chat-{to}"));
                }
                there
            }
            "Enter" if !acting => match here.and_then(row) {
                Some(id) => {
                    router.go(&Page::Conversation(id));
                    true
                }
                None => false,
            },
            "r" => {
                data.look_afresh();
                true
            }
            _ => false,
        }
    });
    view! {
        <h1 class="page-title">{words.title}</h1>
        {move || tabs_view(lang, which.get())}
        <div role="status">{move || data.old.get().map(|why| view! {
            <p class="conflict">
                <span>{why}</span>
                <Button press=Callback::new(move |()| data.look())>{words.fresh}</Button>
            </p>
        })}</div>
        {move || data.shown.with(|shown| match shown {
            Load::Loading => {
                view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }.into_any()
            }
            Load::Failed(why) => {
                let retry = Callback::new(move |()| data.look_afresh());
                view! { <FailureView why=why.clone() retry/> }.into_any()
            }
            Load::Ready(shown) => list_view(lang, shown, which.get(), at, data),
        })}
    }
}
