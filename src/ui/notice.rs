//! Something the reader should know, in place.

use leptos::prelude::*;

use crate::ui::Icon;

/// What a thing's state means to the reader; CSS gives it a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// Good, or to be used.
    Accent,
    /// Under way.
    Info,
    /// Needs attention.
    Warn,
    /// Bad.
    Danger,
}

impl Tone {
    /// Its name in `data-tone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Danger => "danger",
        }
    }
}

/// A notice with a title and, below it, whatever belongs to it.
#[component]
pub fn Notice(
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// Its symbol.
    #[prop(default = "info")]
    icon: &'static str,
    /// What it says.
    #[prop(into)]
    title: String,
    /// `alert` and `status` are read out at once.
    #[prop(optional)]
    role: Option<&'static str>,
    /// More of it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.name() role=role>
            <Icon name=icon/>
            <p class="notice-title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
}
