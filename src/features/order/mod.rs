//! One order.
use leptos::prelude::*;
/// .
#[component]
pub fn OrderPage() -> impl IntoView {
    view! { <main class="page" id="main"></main> }
}
