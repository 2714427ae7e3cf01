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
    let session = expect_context::<SessionState>();
    move || {
        let waits = host.is_some_and(|host| host.logs_in.get());
        // A guest has no password; what they are asked for is another code.
        let guest = session.guest.with_untracked(Option::is_some);
        match (waits, guest) {
            (true, _) => ().into_any(),
            (false, true) => view! { <GuestPrompt/> }.into_any(),
            (false, false) => view! { <Prompt/> }.into_any(),
        }
    }
}

#[component]
fn GuestPrompt() -> impl IntoView {
    let words = crate::features::guest::words::words();
    let all = crate::words::common::words().log_in_for_all;
    view! {
        <Dialog
            title=words.over_title
            class="login-dialog"
            focus=".dialog-foot > a"
            close=move |()| browser::load(paths::GUEST)
        >
            <div class="dialog-body">
                <p>{words.over_text}</p>
            </div>
            <div class="dialog-foot">
                <a class="button" rel="external" href=paths::login(&browser::here())>{all}</a>
                <a class="button" data-kind="primary" rel="external" href=paths::GUEST>{words.over_again}</a>
            </div>
        </Dialog>
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
