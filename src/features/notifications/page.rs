//! The page: reads the URL and wires.

use leptos::prelude::*;

/// What happened to the shopper's orders, newest first.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    view! { <main class="page" id="main" tabindex="-1"></main> }
}
