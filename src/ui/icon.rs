//! A symbol of the icon sprite.

use leptos::prelude::*;

/// Draws the symbol `name` of `/icons.svg`. Always decoration: what it means stands beside it in words.
#[component]
pub fn Icon(
    /// The symbol's id.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
