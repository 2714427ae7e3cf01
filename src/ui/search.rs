//! The field to search in.

use leptos::ev;
use leptos::prelude::*;

use super::Icon;

/// A search field in its form, which without the app is sent as it is. An input method that is still composing is left
/// alone.
#[component]
pub fn SearchField(
    /// The form's classes.
    class: &'static str,
    /// Where the form leads without the app.
    action: &'static str,
    /// What is searched.
    label: &'static str,
    /// What may be filled in.
    hint: &'static str,
    /// The most characters.
    maxlength: usize,
    /// What is in the field.
    text: RwSignal<String>,
    /// It was changed.
    typed: Callback<()>,
    /// Search now.
    submit: Callback<()>,
    /// What follows the field in its form.
    children: Children,
) -> impl IntoView {
    let composing = StoredValue::new(false);
    let take = move |value: String| {
        if text.with_untracked(|text| *text != value) {
            text.set(value);
            typed.run(());
        }
    };
    view! {
        <form
            class=class
            role="search"
            action=action
            on:submit=move |event| {
                event.prevent_default();
                if !composing.get_value() {
                    submit.run(());
                }
            }
        >
            <Icon name="search"/>
            <input
                class="search-input"
                type="search"
                name="q"
                autocomplete="off"
                enterkeyhint="search"
                maxlength=Some(maxlength)
                aria-label=label
                placeholder=hint
                value=text.get_untracked()
                prop:value=move || text.get()
                on:compositionstart=move |_| composing.set_value(true)
                on:compositionend=move |event: ev::CompositionEvent| {
                    composing.set_value(false);
                    take(event_target_value(&event));
                }
                on:input=move |event| {
                    if !composing.get_value() {
                        take(event_target_value(&event));
                    }
                }
            />
            {children()}
        </form>
    }
}
