//! A short message that goes away by itself.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::update::update_notice;
use crate::browser;
use crate::words::Lang;
use crate::words::common::Words;

const SHOWN_FOR_MS: i32 = 4_000;

/// The message that is shown now. For what is good to know; what must be known stands in the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<String>>,
    turn: StoredValue<u32>,
}

impl Toasts {
    /// Makes them available to every page.
    pub fn provide() -> Self {
        let toasts = Self {
            shown: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        provide_context(toasts);
        toasts
    }

    /// Shows `text` for a few seconds, in the place of the one before.
    pub fn say(self, text: impl Into<String>) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let turn = self.turn.get_value();
        self.shown.set(Some(text.into()));
        browser::after(SHOWN_FOR_MS, move || {
            if self.turn.get_value() == turn {
                self.shown.set(None);
            }
        });
    }

    /// The place where they are shown.
    pub fn view(self) -> impl IntoView {
        view! {
            <div class="toaster" role="status" aria-live="polite">
                {move || self.shown.get().map(|text| view! { <p class="toast">{text}</p> })}
                {update_notice()}
            </div>
        }
    }
}

/// Puts `text` on the clipboard, and says so.
pub fn copy(lang: Lang, toasts: Option<Toasts>, text: String) {
    let words = Words::of(lang);
    spawn_local(async move {
        let copied = browser::copy(&text).await;
        if let Some(toasts) = toasts {
            toasts.say(if copied {
                words.copied
            } else {
                words.copy_failed
            });
        }
    });
}

/// The messages of this app; `None` where a view is rendered on its own.
pub fn use_toasts() -> Option<Toasts> {
    use_context::<Toasts>()
}
