//! A question above the page, before something is done that one may not have meant.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Dialog, Notice, Tone, WayOut};

/// Asks, as long as `asks` is true; the safe answer has the focus.
#[component]
pub fn Confirm(
    /// Whether it asks.
    asks: RwSignal<bool>,
    /// What it is about.
    title: &'static str,
    /// What it means.
    #[prop(into)]
    text: Signal<String>,
    /// The safe answer.
    keep: &'static str,
    /// The other one.
    confirm: &'static str,
    /// How the other one looks.
    #[prop(default = ButtonKind::Danger)]
    kind: ButtonKind,
    /// A class besides `dialog`.
    class: &'static str,
    /// It is being done.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it was not done.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Do it.
    #[prop(into)]
    press: Callback<()>,
) -> impl IntoView {
    let close = Callback::new(move |()| {
        if !busy.get_untracked() {
            asks.set(false);
        }
    });
    move || {
        asks.get().then(|| {
            view! {
                <Dialog title class=class focus="[data-safe]" close>
                    <div class="dialog-body">
                        <p>{move || text.get()}</p>
                        {move || error.get().map(|text| view! {
                            <Notice tone=Tone::Danger icon="warning" title=text role="alert"/>
                        })}
                    </div>
                    <div class="dialog-foot">
                        <WayOut class="button" safe=true locked=busy page=String::new() close>
                            {keep}
                        </WayOut>
                        <Button kind busy press>{confirm}</Button>
                    </div>
                </Dialog>
            }
        })
    }
}
