//! The page of the notifications.

use leptos::prelude::*;

use crate::features::session::SessionState;
use crate::shell::focus_page;
use crate::start::{Form, set_title};
use crate::ui::Loaded;
use crate::words::{common, fill, use_lang};

use super::data::NotificationsData;
use super::views::{NotificationsParts, NotificationsView, skeleton};
use super::words::Words;

/// What happened to the shopper's orders, newest first.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    set_title(&fill(
        common::Words::of(lang).page_title,
        &[("page", words.title)],
    ));
    let form = Form::take();
    let data = NotificationsData::new(lang, expect_context::<SessionState>());
    let parts = NotificationsParts {
        more: data.more.into(),
        load_more: Callback::new(move |()| data.load_more()),
        key: StoredValue::new(form.key),
    };
    focus_page();
    view! {
        <main class="page notifications-page" id="main" tabindex="-1">
            <h1 class="page-title">{words.title}</h1>
            <p class="visually-hidden" role="status">{move || data.news()}</p>
            <Loaded
                load=data.load
                skeleton=move || skeleton(lang)
                retry=move |()| data.retry()
                ready=move |list| view! {
                    <NotificationsView lang list now=data.now parts/>
                }
            />
        </main>
    }
}
