//! Buttons that act. Links that only look like buttons are `<a class="button" href>`.

use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// An outline.
    #[default]
    Ordinary,
    /// The one thing to do here.
    Primary,
    /// It takes something away.
    Danger,
    /// Text only.
    Plain,
}

impl ButtonKind {
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Ordinary => None,
            Self::Primary => Some("primary"),
            Self::Danger => Some("danger"),
            Self::Plain => Some("plain"),
        }
    }
}

/// A button. While `busy` it says so and does nothing, but keeps the focus.
#[component]
pub fn Button(
    /// Its look.
    #[prop(optional)]
    kind: ButtonKind,
    /// Over the whole width.
    #[prop(optional)]
    wide: bool,
    /// `submit` instead of `button`.
    #[prop(optional)]
    submit: bool,
    /// It is working.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What to do.
    #[prop(optional, into)]
    press: Option<Callback<()>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-kind=kind.name()
            data-wide=wide.then_some("")
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(press) = press {
                    press.run(());
                }
            }
        >
            {children()}
        </button>
    }
}
