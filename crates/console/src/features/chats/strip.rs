//! One's own conversations as a strip below the bar, on every page, with the keys that lead from one to the next.

use leptos::prelude::*;
use storefront::ui::Icon;
use storefront::words::Lang;

use super::desk::data::use_desk;
use super::words::Words;
use crate::paths;
use crate::paths::Page;
use crate::router::use_router;
use crate::shell::use_keys;

/// The strip; nothing where one has no conversation.
#[component]
pub fn StripView(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, desk, router) = (Words::of(lang), use_desk(), use_router());
    let own = Memo::new(move |_| desk.own());
    let some = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let row = move |id: String| {
        let href = paths::conversation(&id);
        let (named, marked, about, shown) = (id.clone(), id.clone(), id.clone(), id);
        let order = move || {
            own.with(|own| {
                let found = own.iter().find(|one| one.id == about);
                found.map(|one| one.order.clone()).unwrap_or_default()
            })
        };
        let name = move || {
            own.with(|own| {
                let found = own.iter().find(|one| one.id == named);
                let name = found.map(|one| one.name.clone()).unwrap_or_default();
                if name.is_empty() {
                    words.nobody.to_owned()
                } else {
                    name
                }
            })
        };
        let unread = Memo::new(move |_| {
            own.with(|own| own.iter().any(|one| one.id == marked && one.unread))
        });
        let here = move || {
            let here = router
                .page
                .with(|page| *page == Page::Conversation(shown.clone()));
            here.then_some("page")
        };
        view! {
            <li>
                <a
                    class="strip-chat"
                    href=href
                    aria-current=here
                    data-unread=move || unread.get().then_some("")
                >
                    <Icon name="person"/>
                    <span class="strip-name">{name}</span>
                    <span class="strip-about number">{order}</span>
                    {move || unread.get().then(|| view! {
                        <span class="strip-new">{words.unread}</span>
                    })}
                </a>
            </li>
        }
    };
    view! {
        <p class="visually-hidden" role="status" aria-live="polite">{move || desk.news.get()}</p>
        {move || some.get().then(|| view! {
            <nav class="strip" aria-label=words.own>
                <ul class="strip-list">
                    <For
                        each=move || own.with(|own| own.iter().map(|one| one.id.clone()).collect::<Vec<_>>())
                        key=Clone::clone
                        children=row
                    />
                </ul>
            </nav>
        })}
    }
}

/// The keys between one's conversations, on every page.
pub fn desk_keys(lang: Lang) {
    let (words, desk) = (Words::of(lang), use_desk());
    let list = vec![
        ("]", words.key_next),
        ("[", words.key_previous),
        ("Alt+↓", words.key_next_writing),
        ("Alt+↑", words.key_previous_writing),
    ];
    use_keys().listen(list, move |key, _| match key {
        "]" | "Alt+ArrowDown" => desk.go(true),
        "[" | "Alt+ArrowUp" => desk.go(false),
        _ => false,
    });
}
