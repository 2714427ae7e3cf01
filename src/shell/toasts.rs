//! Short messages that go away by themselves.

use leptos::prelude::*;

use crate::browser;

const SHOWN_FOR_MS: i32 = 4_000;

/// A message that is shown now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u32,
    text: String,
}

/// The messages that are shown now. For what is good to know; what must be known stands in the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Makes them available to every page.
    pub fn provide() -> Self {
        let toasts = Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
        provide_context(toasts);
        toasts
    }

    /// Shows `text` for a few seconds.
    pub fn say(self, text: impl Into<String>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        let text = text.into();
        self.shown.update(|shown| shown.push(Toast { id, text }));
        browser::after(SHOWN_FOR_MS, move || {
            self.shown
                .update(|shown| shown.retain(|toast| toast.id != id));
        });
    }

    /// The place where they are shown.
    pub fn view(self) -> impl IntoView {
        view! {
            <div class="toaster" role="status" aria-live="polite">
                <For each=move || self.shown.get() key=|toast| toast.id let:toast>
                    <p class="toast">{toast.text}</p>
                </For>
            </div>
        }
    }
}

/// The messages of this app; `None` where a view is rendered on its own.
pub fn use_toasts() -> Option<Toasts> {
    use_context::<Toasts>()
}
