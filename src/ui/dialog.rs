//! A native dialog above the page.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::ui::Icon;
use crate::words::common::words;

/// A modal dialog: open as long as it is there. Escape, the backdrop's back button and the cross
/// all call `close`; whoever shows it takes it away then, so that its URL and it agree.
#[component]
pub fn Dialog(
    /// What it is about; its accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// The element to focus first, as a selector within the dialog; the safe choice.
    #[prop(optional)]
    focus: Option<&'static str>,
    /// A class besides `dialog`.
    #[prop(optional)]
    class: &'static str,
    /// It wants to be closed.
    #[prop(into)]
    close: Callback<()>,
    /// Body and foot.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            browser::show_modal(&dialog);
            if let Some(selector) = focus {
                browser::focus(selector);
            }
        }
    });
    // Two may be open, one above the other.
    let title_id = format!("{class}-title");
    view! {
        <dialog
            class=format!("dialog {class}")
            node_ref=dialog
            aria-labelledby=title_id.clone()
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                close.run(());
            }
            // Some browsers close it without asking when Escape is pressed twice.
            on:close=move |_| close.run(())
        >
            <header class="dialog-head">
                <h2 class="dialog-title" id=title_id.clone()>{move || title.get()}</h2>
                <button
                    class="icon-button"
                    type="button"
                    aria-label=words().close
                    on:click=move |_| close.run(())
                >
                    <Icon name="close"/>
                </button>
            </header>
            {children()}
        </dialog>
    }
}
