//! The form, as a page and as a dialog.

use leptos::prelude::*;
use storefront::ui::{Button, ButtonKind, TextField};
use storefront::words::{Lang, fill};

use super::data::LogInForm;
use super::words::Words;
use crate::browser;
use crate::shell::{set_title, use_session};
use crate::words::frame;

/// The page of somebody who is not logged in.
#[component]
pub fn LogInPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let words = Words::of(lang);
    let frame = frame::Words::of(lang);
    let other = match lang {
        Lang::ZhCn => Lang::En,
        Lang::En => Lang::ZhCn,
    };
    set_title(fill(frame.page_title, &[("page", words.title)]));
    let form = LogInForm::new(lang, use_session());
    Effect::new(move |_| browser::focus("#login"));
    view! {
        <main class="log-in">
            <div class="panel log-in-panel">
                <p class="brand">
                    <svg class="brand-mark" aria-hidden="true"><use href="#icon-mark"></use></svg>
                    {frame.product}
                </p>
                <h1 class="page-title">{words.title}</h1>
                {fields(lang, form)}
            </div>
            <p class="log-in-else">
                <a href="/orders">{words.shoppers}</a>
                <button
                    class="text-button"
                    type="button"
                    lang=other.tag()
                    on:click=move |_| {
                        let (path, _) = browser::location();
                        browser::load(&format!("{path}?lang={}", other.tag()));
                    }
                >
                    {frame::Words::of(other).this_language}
                </button>
            </p>
        </main>
    }
}

/// The same above the page of somebody whose session is over. It cannot be closed: what is behind it needs a session.
#[component]
pub fn LogInDialog(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let words = Words::of(lang);
    let form = LogInForm::new(lang, use_session());
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            browser::show_modal(&dialog, Some("#password"));
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="log-in-again"
            on:cancel=move |event: leptos::ev::Event| event.prevent_default()
            // Some browsers close it without asking when Escape is pressed twice.
            on:close=move |_| {
                if let Some(dialog) = dialog.get_untracked() {
                    browser::show_modal(&dialog, Some("#password"));
                }
            }
        >
            <div class="dialog-head"><h2 class="dialog-title" id="log-in-again">{words.again}</h2></div>
            <div class="dialog-body">
                <p>{words.again_why}</p>
                {fields(lang, form)}
            </div>
        </dialog>
    }
}

fn fields(lang: Lang, form: LogInForm) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                form.send();
            }
        >
            <TextField id="login" label=words.login value=form.login autocomplete="username" maxlength=64/>
            <TextField
                id="password"
                label=words.password
                value=form.password
                kind="password"
                autocomplete="current-password"
                maxlength=200
            />
            <TextField
                id="code"
                label=words.code
                value=form.code
                autocomplete="one-time-code"
                inputmode="numeric"
                maxlength=9
            />
            <p class="hint">{words.code_hint}</p>
            <div role="alert">
                {move || form.said().map(|text| view! { <p class="field-error">{text}</p> })}
            </div>
            <Button kind=ButtonKind::Primary wide=true submit=true busy=form.busy>{words.submit}</Button>
        </form>
    }
}
