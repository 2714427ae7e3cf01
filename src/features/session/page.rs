//! The log-in page.

use leptos::prelude::*;
use orders_api::LinkedArticle;

use crate::browser;
use crate::features::guest::GuestPage;
use crate::paths::{self, OrdersQuery, Page};
use crate::router::use_router;
use crate::shell::{LanguageLinks, NotFoundPage};
use crate::start::set_title;
use crate::ui::{Button, ButtonKind};
use crate::words::use_lang;

use super::SessionState;
use super::data::{forget_drafts, page_title};
use super::views::{LogInFields, LogInForm};
use super::words::words;

/// The pages of who is not logged in: the log-in page, and the one where a guest looks up an order. And the one for a URL
/// that leads nowhere, which no first visit should pay for.
#[component]
pub fn LogInPages() -> impl IntoView {
    let page = use_router().page;
    match page.get_untracked() {
        Page::Guest { .. } => view! { <GuestPage/> }.into_any(),
        Page::NotFound => view! { <NotFoundPage/> }.into_any(),
        _ => view! { <LogInPage/> }.into_any(),
    }
}

/// The log-in page; leads to `?next=` afterwards.
#[component]
pub fn LogInPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let router = use_router();
    let form = LogInForm::new();
    let refusal = RwSignal::new(None);
    let busy = RwSignal::new(false);
    set_title(&page_title(use_lang()));

    // Whoever is logged in already, or has just become so, has no business here.
    Effect::new(move |_| {
        if session.shopper.with(Option::is_some) && session.guest.with(Option::is_none) {
            let next = router.page.with_untracked(|page| match page {
                Page::LogIn { next } => match Page::of_url(next) {
                    Page::NotFound => Some(Page::Orders(OrdersQuery::default())),
                    next => Some(next),
                },
                Page::Orders(_)
                | Page::Order { .. }
                | Page::Refund { .. }
                | Page::AfterSale { .. }
                | Page::Case { .. }
                | Page::Complain { .. }
                | Page::Complaint { .. }
                | Page::Notifications
                | Page::Support { .. }
                | Page::Conversation { .. }
                | Page::Help(_)
                | Page::HelpArticle { .. }
                | Page::Policy { .. }
                | Page::Guest { .. }
                | Page::NotFound => None,
            });
            if let Some(next) = next {
                router.replace(&next);
            }
        }
    });

    // Whoever has logged out without the app has left their drafts on the device. Whose session is over is led here
    // on the way to some page, and finds them again.
    Effect::new(move |_| {
        if session.nobody.get() && browser::query_parameter("next").is_none() {
            forget_drafts();
        }
    });

    session.take_posted(form, refusal);
    let submit = Callback::new(move |()| session.submit(form, refusal, busy));
    let action = router.page.with_untracked(Page::href);
    view! { <LogInView form action refusal busy submit/> }
}

/// What stands beside the form.
pub fn cover(saying: &'static str) -> impl IntoView {
    view! {
        <header class="login-cover">
            <svg class="icon login-mark" aria-hidden="true">
                <use href="#icon-mark"></use>
            </svg>
            <p class="login-name">
                <span lang="zh-CN">"特派"</span>
                " "
                <span lang="en">"Tepai"</span>
            </p>
            <p class="login-saying">{saying}</p>
        </header>
    }
}

/// The way to a person for who is not logged in: the chat needs to know who asks, telephone and e-mail do not.
pub fn contact_link(name: &'static str) -> impl IntoView {
    let article = paths::article(LinkedArticle::ContactSupport.code(), "");
    view! { <p class="login-other"><a href=article>{name}</a></p> }
}

/// The page's shape.
#[component]
pub fn LogInView(
    /// What is filled in.
    form: LogInForm,
    /// Where the form leads without the app.
    action: String,
    /// What the server said.
    #[prop(into)]
    refusal: Signal<Option<String>>,
    /// The server is being asked.
    #[prop(into)]
    busy: Signal<bool>,
    /// Log in.
    submit: Callback<()>,
) -> impl IntoView {
    let words = words();
    let common = crate::words::common::words();
    view! {
        <div class="login">
            {cover(words.saying)}
            <main class="login-main" id="main" tabindex="-1">
                <form
                    class="login-form"
                    method="post"
                    action=action
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        submit.run(());
                    }
                >
                    <h1 class="login-title">{words.title}</h1>
                    <LogInFields form refusal/>
                    <Button kind=ButtonKind::Primary wide=true submit=true busy>
                        {words.submit}
                    </Button>
                    <p class="login-other"><a href=paths::GUEST>{words.guest}</a></p>
                    {contact_link(words.contact)}
                    <nav class="login-foot" aria-label=common.language>
                        <LanguageLinks class=""/>
                    </nav>
                </form>
            </main>
        </div>
    }
}
