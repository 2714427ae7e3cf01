//! A new version is ready: a quiet notice, and the shopper decides when. Its code comes when there is one.

use leptos::prelude::*;

use crate::browser;
use crate::later;
use crate::words::common::words;

/// Whether the notice is shown.
#[derive(Clone, Copy)]
struct Ready(RwSignal<bool>);

/// The notice, once there is a new version.
pub fn update_notice() -> impl IntoView {
    let ready = RwSignal::new(false);
    provide_context(Ready(ready));
    let listener = StoredValue::new_local(browser::on_new_version(move || {
        let _gone = ready.try_set(true);
    }));
    on_cleanup(move || listener.dispose());
    move || ready.get().then(later::update_notice)
}

/// What it says.
#[component]
pub fn UpdateNotice() -> impl IntoView {
    let words = words();
    let Ready(ready) = expect_context::<Ready>();
    view! {
        <p class="toast">
            {words.new_version}
            <button class="toast-action" type="button" on:click=|_| browser::let_new_version_in()>
                {words.new_version_reload}
            </button>
            <button class="toast-action" type="button" on:click=move |_| ready.set(false)>
                {words.new_version_later}
            </button>
        </p>
    }
}
