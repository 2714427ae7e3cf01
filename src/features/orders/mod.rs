//! My Orders.
use leptos::prelude::*;
/// .
#[derive(Clone, Copy)]
pub struct OrdersMemory;
impl OrdersMemory {
    /// .
    pub fn provide() {
        provide_context(Self);
    }
}
/// .
#[component]
pub fn OrdersPage() -> impl IntoView {
    view! { <main class="page" id="main"></main> }
}
