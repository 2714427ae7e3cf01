//! Names and values, in the order's and the refund's facts.

use leptos::prelude::*;

use crate::ui::Icon;
use crate::words::Lang;
use crate::words::common::Words;

/// A name with its value, an element of a description list.
pub fn fact(name: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt class="fact-name">{name}</dt>
            {value}
        </div>
    }
}

/// A number with the button that copies it; `before` stands in front, `label` says what the button copies.
pub fn copied(
    lang: Lang,
    before: Option<String>,
    number: &str,
    label: &'static str,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let number = number.to_owned();
    let text = number.clone();
    view! {
        <dd class="fact-value fact-row">
            {before.map(|before| view! { <span>{before}</span> })}
            <span class="number">{text}</span>
            <button
                class="copy-button needs-app"
                type="button"
                aria-label=label
                on:click=move |_| copy.run(number.clone())
            >
                <Icon name="copy"/>
                {Words::of(lang).copy}
            </button>
        </dd>
    }
}
