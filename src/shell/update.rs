//! A new version is ready: a quiet notice, and the shopper decides when. It is no later code: the server does not have
//! that of this version any more.

use leptos::prelude::*;

use crate::browser;
use crate::words::common::words;

/// The notice, once there is a new version.
pub fn update_notice() -> impl IntoView {
    let words = words();
    let ready = RwSignal::new(false);
    let listener = StoredValue::new_local(browser::on_new_version(move || {
        let _gone = ready.try_set(true);
    }));
    on_cleanup(move || listener.dispose());
    let notice = move || {
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
    };
    move || ready.get().then(notice)
}
