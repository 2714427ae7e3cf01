//! A native dialog above the page.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::ui::Icon;
use crate::words::common::words;

/// A modal dialog: open as long as it is there and shown. Escape, the backdrop's back button and the cross
/// all call `close`; whoever shows it takes it away then, so that its URL and it agree.
#[component]
pub fn Dialog(
    /// What it is about; its accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into, default = Signal::stored(true))]
    shown: Signal<bool>,
    /// The element to focus first, as a selector within the dialog; the safe choice.
    #[prop(optional)]
    focus: Option<&'static str>,
    /// A class besides `dialog`.
    #[prop(optional)]
    class: &'static str,
    /// It wants to be closed.
    #[prop(into)]
    close: Callback<()>,
    /// The page without it.
    #[prop(optional)]
    page: String,
    /// Body and foot.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |before: Option<bool>| {
        let shown = shown.get();
        if let Some(dialog) = dialog.get().filter(|_| shown) {
            if before == Some(false) {
                browser::show_then_modal((**dialog).clone(), focus);
            } else {
                browser::show_modal(&dialog, focus);
            }
        }
        shown
    });
    // Two may be open, one above the other.
    let title_id = format!("{class}-title");
    view! {
        // What `showModal` gives, the server's page draws.
        {browser::ON_SERVER.then(|| view! { <div class="dialog-backdrop"></div> })}
        <dialog
            class=format!("dialog {class}")
            node_ref=dialog
            open=browser::ON_SERVER
            aria-labelledby=title_id.clone()
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                close.run(());
            }
            // Some browsers close it without asking when Escape is pressed twice.
            on:close=move |_| close.run(())
        >
            <div class="dialog-head">
                <h2 class="dialog-title" id=title_id.clone()>{move || title.get()}</h2>
                <WayOut class="icon-button" label=words().close page close>
                    <Icon name="close"/>
                </WayOut>
            </div>
            {children()}
        </dialog>
    }
}

/// Closes a dialog: a button of the app, a link on the server's page.
#[component]
pub fn WayOut(
    /// Its class.
    class: &'static str,
    /// Its look (`data-kind`).
    #[prop(optional)]
    kind: Option<&'static str>,
    /// Its name, where it has no words.
    #[prop(optional)]
    label: Option<&'static str>,
    /// It is the safe choice, which has the focus first.
    #[prop(optional)]
    safe: bool,
    /// It cannot be used now.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// The page without the dialog.
    page: String,
    /// Close it.
    close: Callback<()>,
    /// Its words.
    children: Children,
) -> AnyView {
    if browser::ON_SERVER {
        view! {
            <a class=class data-kind=kind aria-label=label autofocus=safe href=page>{children()}</a>
        }
        .into_any()
    } else {
        view! {
            <button
                class=class
                type="button"
                data-kind=kind
                aria-label=label
                // `autofocus` comes with the opening.
                data-safe=safe.then_some("")
                aria-disabled=move || locked.get().then_some("true")
                on:click=move |_| {
                    if !locked.get_untracked() {
                        close.run(());
                    }
                }
            >
                {children()}
            </button>
        }
        .into_any()
    }
}
