//! The search's page: what is asked is in its URL.

use leptos::prelude::*;
use storefront::ui::{FailureView, Load};
use storefront::words::{Lang, fill};

use super::data::SearchData;
use super::views::{found_view, idle_view};
use super::words::Words;
use crate::browser;
use crate::paths::{self, Page};
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_session};
use crate::words::{frame, keys};

/// The page.
#[component]
pub fn SearchPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, router, session) = (Words::of(lang), use_router(), use_session());
    let data = SearchData::new(lang, session);
    let title = frame::Words::of(lang).page_title;
    set_title(fill(title, &[("page", words.title)]));
    let asked = Memo::new(move |_| {
        router.page.with(|page| {
            if let Page::Search(asked) = page {
                asked.clone()
            } else {
                String::new()
            }
        })
    });
    // The row that the keys stand on.
    let at = RwSignal::new(0_usize);
    Effect::new(move |_| {
        let asked = asked.get();
        session.again.track();
        at.set(0);
        data.look(asked);
    });
    Effect::new(move |_| {
        if asked.with(String::is_empty) {
            browser::focus("#search");
        }
    });
    let names = keys::Words::of(lang);
    let list = vec![
        ("j", names.next),
        ("k", names.previous),
        ("Enter", names.open),
    ];
    use_keys().listen(list, move |key, acting| {
        let count = data.found.with_untracked(|found| match found {
            Some(Load::Ready(found)) => found.items.len(),
            Some(Load::Loading | Load::Failed(_)) | None => 0,
        });
        let here = at.get_untracked();
        let to = match key {
            "j" | "ArrowDown" => (here + 1).min(count.saturating_sub(1)),
            "k" | "ArrowUp" => here.saturating_sub(1),
            "Enter" if !acting && count > 0 => here,
            _ => return false,
        };
        if count == 0 {
            return false;
        }
        if key == "Enter" {
            let id = data.found.with_untracked(|found| match found {
                Some(Load::Ready(found)) => found.items.get(here).map(|item| item.order.id.clone()),
                Some(Load::Loading | Load::Failed(_)) | None => None,
            });
            if let Some(id) = id {
                router.go(&Page::Order(id));
            }
            return true;
        }
        at.set(to);
        browser::step_to(&format!("#found-{to}"));
        true
    });
    let view = move || {
        match data.found.get() {
        None => idle_view(lang).into_any(),
        Some(Load::Loading) => view! { <p class="waiting" role="status">{storefront::words::common::Words::of(lang).loading}</p> }.into_any(),
        Some(Load::Failed(why)) => {
            let retry = Callback::new(move |()| data.look(asked.get_untracked()));
            view! { <FailureView why retry/> }.into_any()
        }
        Some(Load::Ready(found)) => {
            let more = Callback::new(move |()| data.look_further());
            found_view(lang, &found, data.more.into(), more, paths::order, at).into_any()
        }
    }
    };
    // Said when it is there, wherever the focus is.
    view! { <div role="status">{view}</div> }
}
