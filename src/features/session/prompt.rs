//! Logging in again above the page that is open, so that what was begun can go on.

use leptos::prelude::*;

use crate::browser;
use crate::host::use_host;
use crate::paths;
use crate::ui::{Button, ButtonKind, Dialog};

use super::SessionState;
use super::views::{LogInFields, LogInForm};
use super::words::words;

/// Asks to log in again; shown while [`SessionState::expired`]. A host app that logs in is asked first.
#[component]
pub fn LogInDialog() -> impl IntoView {
    let host = use_host();
    move || {
        let waits = host.is_some_and(|host| host.logs_in.get());
        (!waits).then(|| view! { <Prompt/> })
    }
}

#[component]
fn Prompt() -> impl IntoView {
    let words = words();
    let session = expect_context::<SessionState>();
    let form = LogInForm::new();
    let refusal = RwSignal::new(None);
    let busy = RwSignal::new(false);
    view! {
        <Dialog
            title=words.expired_title
            class="login-dialog"
            focus="#login"
            close=move |()| browser::load(&paths::login(&browser::here()))
        >
            <form
                class="dialog-form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    session.submit(form, refusal, busy);
                }
            >
                <div class="dialog-body">
                    <p>{words.expired_text}</p>
                    <LogInFields form refusal/>
                </div>
                <div class="dialog-foot">
                    <a class="button" rel="external" href=paths::LOGIN>{words.other_account}</a>
                    <Button kind=ButtonKind::Primary submit=true busy>{words.continue_}</Button>
                </div>
            </form>
        </Dialog>
    }
}
