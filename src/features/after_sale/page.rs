//! The page: reads the URL and wires.

use leptos::prelude::*;

/// Asking for money back after receipt: what, why, with which evidence, and what it comes to.
#[component]
pub fn AfterSalePage() -> impl IntoView {
    view! { <main class="page" id="main" tabindex="-1"></main> }
}
