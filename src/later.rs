//! Pages that come later: their code is in files of their own, loaded when it is needed or when there is time.
//! Only the release build splits; elsewhere (feature `split` off) everything is in one file and there at once.

mod files;

use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::client::Failure;
use crate::paths::Page;
use crate::shell::failure_words;
use crate::ui::FailureView;
use crate::words::common::Words;
use crate::words::use_lang;

use files::{Coming, Draw};

/// What comes later.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Later {
    Order,
    Refund,
    AfterSale,
    Case,
    Notifications,
    Talk,
    Help,
    LogIn,
    LogInDialog,
}

impl Later {
    /// What a page needs; `None` when all of it is there.
    const fn of(page: &Page) -> Option<Self> {
        match page {
            Page::Order { .. } => Some(Self::Order),
            Page::Refund { .. } => Some(Self::Refund),
            Page::AfterSale { .. } => Some(Self::AfterSale),
            Page::Case { .. } | Page::Complain { .. } | Page::Complaint { .. } => Some(Self::Case),
            Page::Notifications => Some(Self::Notifications),
            Page::Support { .. } | Page::Conversation { .. } => Some(Self::Talk),
            Page::Help(_) | Page::HelpArticle { .. } | Page::Policy { .. } => Some(Self::Help),
            Page::LogIn { .. } | Page::Guest { .. } | Page::NotFound => Some(Self::LogIn),
            Page::Orders(_) => None,
        }
    }

    /// Its code, and the style sheet that goes with it. Without the latter a page is plain, but whole.
    fn load(self) -> Coming {
        let code: Coming = match self {
            Self::Order => Box::pin(files::order_page()),
            Self::Refund => Box::pin(files::refund_page()),
            Self::AfterSale => Box::pin(files::after_sale_page()),
            Self::Case => Box::pin(files::case_pages()),
            Self::Notifications => Box::pin(files::notifications_page()),
            Self::Talk => Box::pin(files::talk_pages()),
            Self::Help => Box::pin(files::help_page()),
            Self::LogIn => Box::pin(files::log_in_page()),
            Self::LogInDialog => Box::pin(files::log_in_dialog()),
        };
        let style = browser::later_style();
        Box::pin(async move {
            let draw = code.await;
            if let Some(style) = style {
                let _there = style.await;
            }
            draw
        })
    }
}

/// The page of one order.
pub fn order_page() -> AnyView {
    when_there(Later::Order)
}

/// The page of one refund.
pub fn refund_page() -> AnyView {
    when_there(Later::Refund)
}

/// The page that asks for money back after receipt.
pub fn after_sale_page() -> AnyView {
    when_there(Later::AfterSale)
}

/// An after-sale case, a complaint, and the form that complains.
pub fn case_pages() -> AnyView {
    when_there(Later::Case)
}

/// What happened to the shopper's orders.
pub fn notifications_page() -> AnyView {
    when_there(Later::Notifications)
}

/// Talking to a person: the ways there are, and a conversation.
pub fn talk_pages() -> AnyView {
    when_there(Later::Talk)
}

/// The help centre: its list, an article, a policy.
pub fn help_page() -> AnyView {
    when_there(Later::Help)
}

/// The log-in page, the one where a guest looks up an order, and the one for a URL that leads nowhere.
pub fn log_in_page() -> AnyView {
    when_there(Later::LogIn)
}

/// The dialog that asks to log in again.
pub fn log_in_dialog() -> AnyView {
    when_there(Later::LogInDialog)
}

/// Builds the bridge to the host app, if its code arrives; the page works without.
pub fn bridge_to_host() {
    if let Some(owner) = Owner::current() {
        spawn_local(async move {
            if let Ok(bridge) = files::host_bridge().await {
                owner.with(bridge);
            }
        });
    }
}

/// Fetches every page in advance as soon as the shopper does anything: who only looks does not pay for them.
pub fn fetch_in_advance() {
    let begun = StoredValue::new(false);
    browser::on_sign_of_life(move || {
        if begun.try_update_value(|begun| std::mem::replace(begun, true)) != Some(false) {
            return;
        }
        spawn_local(async {
            // What fails now is fetched again when it is needed.
            for page in [Later::Order, Later::Refund, Later::LogIn] {
                let _fetched = page.load().await;
            }
        });
    });
}

/// Waits until the code of a page is there; false when it does not arrive.
pub async fn arrived(page: &Page) -> bool {
    match Later::of(page) {
        Some(page) => page.load().await.is_ok(),
        None => true,
    }
}

/// What is there without waiting.
fn at_once(mut coming: Coming) -> Option<Draw> {
    let mut context = Context::from_waker(Waker::noop());
    match coming.as_mut().poll(&mut context) {
        Poll::Ready(Ok(draw)) => Some(draw),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

/// Draws as soon as the code is there; until then a page's grey shape, or nothing.
fn when_there(what: Later) -> AnyView {
    if let Some(draw) = at_once(what.load()) {
        return draw();
    }
    let lang = use_lang();
    let words = Words::of(lang);
    // `None` while it is on its way.
    let draw = RwSignal::new(None::<Option<Draw>>);
    let tried = StoredValue::new(false);
    let begin = move || {
        spawn_local(async move {
            let answer = what.load().await.ok();
            draw.try_set(Some(answer));
        });
    };
    begin();
    let retry = Callback::new(move |()| {
        if tried.get_value() {
            // Not the line, then: these files belong to another build than the server's.
            browser::load(&browser::here());
        } else {
            tried.set_value(true);
            draw.set(None);
            begin();
        }
    });
    let view = move || match draw.get() {
        Some(Some(draw)) => draw(),
        Some(None) => {
            let why = failure_words(lang, &Failure::Unreachable);
            view! {
                <main class="page" id="main" tabindex="-1">
                    <h1 class="visually-hidden">{words.product}</h1>
                    <FailureView why retry/>
                </main>
            }
            .into_any()
        }
        None if what != Later::LogInDialog => view! {
            <main class="page" id="main" tabindex="-1" aria-busy=Some("true")>
                <h1 class="visually-hidden">{words.loading}</h1>
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton"></span>
                <span class="skeleton" data-size="half"></span>
            </main>
        }
        .into_any(),
        None => ().into_any(),
    };
    view.into_any()
}
