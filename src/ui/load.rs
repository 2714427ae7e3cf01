//! The states of something that is loaded. One component owns them, so that no page can drop the error.

use leptos::prelude::*;

use crate::browser;
use crate::ui::{Button, ButtonKind};
use crate::words::common::words;

/// Something that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load<T> {
    /// Not there yet.
    Loading,
    /// There.
    Ready(T),
    /// It failed; the words say why.
    Failed(FailureWords),
}

/// A failure in the shopper's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureWords {
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub text: String,
    /// Whether trying again may help.
    pub retry: bool,
    /// Where to go instead: its address and its name.
    pub way_out: Option<(&'static str, &'static str)>,
    /// The same of the ways to a person; not where it is their page that fails.
    pub contact: Option<(String, &'static str)>,
}

impl FailureWords {
    /// With an address of the ways to a person that says what it is about.
    pub fn about(mut self, href: String) -> Self {
        if let Some((to, _)) = &mut self.contact {
            *to = href;
        }
        self
    }
}

impl<T> Load<T> {
    /// What is there.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// Shows the skeleton, the failure, or what is there.
#[component]
pub fn Loaded<T, S, SV, R, RV>(
    /// What is loaded.
    #[prop(into)]
    load: Signal<Load<T>>,
    /// What to show until it is there.
    skeleton: S,
    /// Try again.
    #[prop(into)]
    retry: Callback<()>,
    /// What to show when it is there. Called once; the signal follows what is there from then on.
    ready: R,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    S: Fn() -> SV + Send + 'static,
    SV: IntoView + 'static,
    R: Fn(Signal<T>) -> RV + Send + 'static,
    RV: IntoView + 'static,
{
    #[derive(Clone, PartialEq)]
    enum Shape {
        Loading,
        Ready,
        Failed(FailureWords),
    }
    let shape = Memo::new(move |_| {
        load.with(|load| match load {
            Load::Loading => Shape::Loading,
            Load::Ready(_) => Shape::Ready,
            Load::Failed(why) => Shape::Failed(why.clone()),
        })
    });
    move || match shape.get() {
        Shape::Loading => skeleton().into_any(),
        Shape::Failed(why) => view! { <FailureView why retry/> }.into_any(),
        Shape::Ready => match load.with_untracked(|load| load.ready().cloned()) {
            Some(first) => {
                // The last value that was there: the view lives a moment longer than its data.
                let value = Memo::new(move |last: Option<&T>| {
                    load.with(|load| load.ready().cloned())
                        .or_else(|| last.cloned())
                        .unwrap_or_else(|| first.clone())
                });
                ready(value.into()).into_any()
            }
            None => ().into_any(),
        },
    }
}

/// A failure, and the way out.
#[component]
pub fn FailureView(
    /// What happened.
    why: FailureWords,
    /// Try again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let link = |kind: Option<&'static str>, href: String, name: &'static str| {
        view! {
            <div class="empty-actions">
                <a class="button" data-kind=kind href=href>{name}</a>
            </div>
        }
    };
    view! {
        <section class="empty" role="alert">
            <svg class="empty-art" viewBox="0 0 120 120" aria-hidden="true">
                <path d="M24 78a20 20 0 0 1 4-39 27 27 0 0 1 51-4 22 22 0 0 1 17 43"></path>
                <path class="empty-art-accent" d="M60 62v22M60 96v1"></path>
            </svg>
            <h2 class="empty-title">{why.title}</h2>
            <p class="empty-text">{why.text}</p>
            {why.retry.then(|| view! {
                <div class="empty-actions">
                    {if browser::ON_SERVER {
                        // The same page again.
                        view! { <a class="button" data-kind="primary" href="">{words().retry}</a> }
                            .into_any()
                    } else {
                        view! {
                            <Button kind=ButtonKind::Primary press=retry>{words().retry}</Button>
                        }
                        .into_any()
                    }}
                </div>
            })}
            {why.way_out.map(|(href, name)| link(Some("primary"), href.to_owned(), name))}
            {why.contact.map(|(href, name)| link(None, href, name))}
        </section>
    }
}

/// The shape of a panel that is coming; `loading` says so to those who do not see it.
pub fn panel_skeleton(loading: &'static str) -> impl IntoView {
    view! {
        <div class="panel" aria-busy="true">
            <p class="visually-hidden" role="status">{loading}</p>
            <span class="skeleton-text">
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton"></span>
                <span class="skeleton" data-size="half"></span>
            </span>
        </div>
    }
}
