//! Something to fill in: label, input, hint, error.

use leptos::prelude::*;

use crate::browser;

/// The idempotency key of a form that is sent without the app: sending it twice has one effect. The app has its own way.
#[component]
pub fn FormKey(
    /// The key.
    key: Option<String>,
) -> impl IntoView {
    browser::ON_SERVER.then(|| view! { <input type="hidden" name="key" value=key/> })
}

/// A line of text with its label; the error stands below and is tied to the input.
#[component]
pub fn TextField(
    /// Unique on the page; also the input's name.
    id: &'static str,
    /// What to fill in.
    label: &'static str,
    /// What is filled in.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// `text`, `tel`, `email` …
    #[prop(default = "text")]
    kind: &'static str,
    /// For the browser's memory: `username`, `name`, `tel` …
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The keyboard to show.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// The most characters.
    #[prop(optional)]
    maxlength: Option<usize>,
    /// Over the whole width of its form.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let describes = error_id.clone();
    view! {
        <div class="field" data-wide=wide.then_some("")>
            <label class="field-label" for=id>{label}</label>
            <input
                class="field-input"
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| describes.clone())
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || {
                error.get().map(|text| view! { <p class="field-error" id=error_id.clone()>{text}</p> })
            }}
        </div>
    }
}

/// Text as the content of a text area, which the views write as it is. HTML drops the first line break.
pub fn as_content(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}
