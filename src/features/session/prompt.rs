//! Logging in again above the page that is open, so that what was begun can go on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::paths;
use crate::ui::{Button, ButtonKind, Dialog};

use super::SessionState;
use super::views::{LogInFields, LogInForm};
use super::words::words;

/// Asks to log in again; shown while [`SessionState::expired`].
#[component]
pub fn LogInDialog() -> impl IntoView {
    let words = words();
    let session = expect_context::<SessionState>();
    let form = LogInForm::new();
    let refusal = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let submit = move || {
        if busy.get_untracked() {
            return;
        }
        refusal.set(None);
        let Some(with) = form.complete() else {
            browser::next_frame(|| browser::focus("dialog [aria-invalid=true]"));
            return;
        };
        busy.set(true);
        spawn_local(async move {
            if let Err(text) = session.log_in(with).await {
                refusal.set(Some(text));
                form.forget_password();
                busy.set(false);
            }
        });
    };
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
                    submit();
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
