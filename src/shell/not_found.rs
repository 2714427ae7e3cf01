//! The page for a URL that leads nowhere.

use leptos::prelude::*;

use crate::features::session::SessionState;
use crate::paths;
use crate::words::common::words;
use crate::words::fill;

/// A URL that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let words = words();
    crate::start::set_title(&fill(words.page_title, &[("page", words.not_found_title)]));
    view! {
        <main class="page" id="main" tabindex="-1">
            <section class="empty">
                <svg class="empty-art" viewBox="0 0 120 120" aria-hidden="true">
                    <path d="M20 44 60 24l40 20v34L60 98 20 78zM20 44l40 20 40-20M60 64v34"></path>
                    <path class="empty-art-accent" d="M52 10c0-8 16-8 16 0 0 5-8 5-8 10"></path>
                </svg>
                <h1 class="empty-title">{words.not_found_title}</h1>
                <p class="empty-text">{words.not_found_text}</p>
                <div class="empty-actions">
                    <a class="button" data-kind="primary" href=paths::ORDERS>
                        {move || if SessionState::is_guest_here() {
                            words.one_order
                        } else {
                            words.back_to_orders
                        }}
                    </a>
                    <a class="button" href=paths::SUPPORT>{words.contact}</a>
                </div>
            </section>
        </main>
    }
}
