//! A symbol of the icon sprite.

use leptos::prelude::*;

/// Draws the symbol `name` of `style/icons.svg`, which is in every page: nothing has to be fetched for it. Always
/// decoration: what it means stands beside it in words.
#[component]
pub fn Icon(
    /// The symbol's id, without `icon-`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("#icon-{name}")></use>
        </svg>
    }
}
