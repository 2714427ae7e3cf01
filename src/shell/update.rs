//! A new version is ready: a quiet notice, and the shopper decides when.

use leptos::prelude::*;

use crate::browser;
use crate::words::common::words;

/// The notice, once there is a new version.
#[component]
pub fn UpdateNotice() -> impl IntoView {
    let ready = RwSignal::new(false);
    let listener = StoredValue::new_local(browser::on_new_version(move || {
        let _gone = ready.try_set(true);
    }));
    on_cleanup(move || listener.dispose());
    move || ready.get().then(|| notice(ready))
}

fn notice(ready: RwSignal<bool>) -> impl IntoView {
    let words = words();
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
