//! The page: reads the URL and wires.

use leptos::prelude::*;

/// One after-sale case: whose turn it is and until when, what was said, what to do next.
#[component]
pub fn CasePage() -> impl IntoView {
    view! { <main class="page" id="main" tabindex="-1"></main> }
}
