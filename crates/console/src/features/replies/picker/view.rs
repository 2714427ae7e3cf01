//! The list above what is written, and the button that opens it.

use leptos::prelude::*;
use orders_api::Language;
use storefront::ui::{Button, Load};
use storefront::words::{Lang, common, fill};

use super::super::words::Words;
use super::choice::Choice;
use super::data::PickerData;
use crate::browser;
use crate::paths;

/// Opens the list, and shuts it.
#[component]
pub fn PickerButton(
    /// The language.
    lang: Lang,
    /// The list.
    data: PickerData,
) -> impl IntoView {
    view! {
        <button
            class="text-button"
            type="button"
            aria-expanded=move || if data.open.get() { "true" } else { "false" }
            on:click=move |_| data.toggle()
        >
            {Words::of(lang).pick}
        </button>
    }
}

/// The list. The focus stays where one writes.
#[component]
pub fn PickerView(
    /// The language.
    lang: Lang,
    /// The list.
    data: PickerData,
) -> impl IntoView {
    let words = Words::of(lang);
    let languages = [(Language::ZhCn, words.zh), (Language::En, words.en)];
    let languages = move || {
        languages.map(|(language, name)| {
            view! {
                <button
                    class="chat-tab"
                    type="button"
                    aria-pressed=move || if data.language() == language { "true" } else { "false" }
                    on:click=move |_| data.speaks(language)
                >
                    {name}
                </button>
            }
        })
    };
    let list = move || {
        match data.load.get() {
        Load::Loading => view! { <p class="hint">{common::Words::of(lang).loading}</p> }.into_any(),
        Load::Failed(why) => view! {
            <p class="conflict">
                <span>{why.text}</span>
                <Button press=Callback::new(move |()| data.look())>{common::Words::of(lang).retry}</Button>
            </p>
        }
        .into_any(),
        Load::Ready(all) => {
            let choices = data.choices.get();
            if choices.is_empty() {
                let none = if all.is_empty() { words.pick_empty } else { words.pick_none };
                return view! { <p class="hint">{none}</p> }.into_any();
            }
            let items: Vec<_> = choices
                .into_iter()
                .enumerate()
                .map(|(place, choice)| choice_view(lang, place, &choice, data.at, Callback::new(move |()| data.choose(place))))
                .collect();
            view! {
                <ul
                    class="replies-list"
                    id="replies"
                    role="listbox"
                    aria-label=words.pick
                    tabindex="0"
                    aria-activedescendant=move || data.active()
                    on:keydown=move |event| {
                        if data.key(&event.key()) {
                            event.prevent_default();
                            if event.key() == "Escape" {
                                browser::focus("#say");
                            }
                        }
                    }
                >
                    {items}
                </ul>
            }
            .into_any()
        }
    }
    };
    let count = move || {
        let n = data.choices.with(Vec::len).to_string();
        data.open
            .get()
            .then(|| fill(words.pick_count, &[("n", &n)]))
    };
    view! {
        <p class="visually-hidden" role="status">{count}</p>
        <p class="hint replies-news" role="status">{move || data.news.get()}</p>
        {move || data.open.get().then(|| view! {
            <div class="replies-picker">
                <div class="replies-head">
                    <p class="hint keys-hint">{words.pick_hint}</p>
                    <div class="replies-languages" role="group" aria-label=words.language>{languages()}</div>
                    <a href=paths::replies()>{words.manage}</a>
                </div>
                {list}
            </div>
        })}
    }
}

/// A reply that is offered.
pub fn choice_view(
    lang: Lang,
    place: usize,
    choice: &Choice,
    at: RwSignal<usize>,
    choose: Callback<()>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let missing = choice.text.is_none();
    let under = match &choice.text {
        Some(text) => text.clone(),
        None => fill(
            words.missing,
            &[("facts", &words.facts_of(&choice.missing))],
        ),
    };
    view! {
        <li
            class="reply-choice"
            id=format!("reply-{place}")
            role="option"
            aria-selected=move || if at.get() == place { "true" } else { "false" }
            aria-disabled=missing.then_some("true")
            // The focus stays where one writes.
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| choose.run(())
        >
            <span class="reply-name">
                <span class="key">{format!("/{}", choice.code)}</span>
                <strong>{choice.title.clone()}</strong>
            </span>
            <span class="under reply-text" lang=choice.language.tag()>{under}</span>
        </li>
    }
}
