//! The root: what every page shares, and which page a URL shows.

use leptos::prelude::*;
use orders_api::Instant;

use crate::browser::{self, Memory};
use crate::client::{self, Age};
use crate::features::bell::Bell;
use crate::features::cancel::PendingCancels;
use crate::features::orders::{OrdersMemory, OrdersPage};
use crate::features::session::SessionState;
use crate::host::Host;
use crate::json;
use crate::later;
use crate::paths::Page;
use crate::router::{self, Router};
use crate::shell::{Frame, Live, Toasts};
use crate::start::{Answer, Start};
use crate::words::Lang;

const LANGUAGE: &str = "tepai-language";
pub(crate) const EMBED: &str = "tepai-embed";
/// What a shopper has begun to ask for (`features/after_sale`), on the device until it is sent or they log out.
pub(crate) const DRAFTS: &str = "tepai-drafts";
/// The same of what they had begun to ask a person (`features/talk`).
pub(crate) const QUESTIONS: &str = "tepai-questions";
/// The same of what they had begun to complain about (`features/complaint`).
pub(crate) const COMPLAINTS: &str = "tepai-complaints";
/// Whom to call, on the device.
pub(crate) const SUPPORT: &str = "tepai-support";

/// `?embed=1`: the host app has a frame of its own. Holds for the tab, also after a reload.
fn is_embedded() -> bool {
    if browser::query_parameter("embed").as_deref() == Some("1") {
        Memory::Tab.set(EMBED, "1");
        browser::remove_query_parameter("embed");
    }
    Memory::Tab.get(EMBED).is_some()
}

/// The language of this visit: asked for in the URL, else chosen earlier, else the browser's, else Chinese.
///
/// What is chosen is kept on the device as `key`.
pub fn choose_language(key: &str) -> Lang {
    let asked = browser::query_parameter("lang");
    if let Some(lang) = asked.as_deref().and_then(Lang::from_tag) {
        Memory::Device.set(key, lang.tag());
        browser::remove_query_parameter("lang");
        return lang;
    }
    Memory::Device
        .get(key)
        .or_else(browser::preferred_language)
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_default()
}

/// Mounts the app on the page: over the one that the server rendered, if there is one.
pub fn start() {
    if is_embedded() {
        browser::mark_root("data-embed");
    }
    if browser::served().is_none() {
        let lang = choose_language(LANGUAGE);
        browser::set_document_language(lang.tag());
        mount(lang, router::current(), None);
        browser::remove_boot_skeleton();
        return;
    }
    browser::remove_query_parameter("lang");
    browser::spawn(start_over_served());
}

/// Takes over the page that the server rendered, as soon as its code is there.
async fn start_over_served() {
    let page = loop {
        let page = router::current();
        let arrived = later::arrived(&page).await;
        // Meanwhile the shopper may have gone on to another of the server's pages (src/early.js).
        if page == router::current() {
            // Without its code, the server's page goes on as it is: all of it works by itself.
            if !arrived {
                return;
            }
            break page;
        }
    };
    let Some(served) = browser::served() else {
        return;
    };
    let answers = json::read::<Vec<Answer>>(&served.answers).unwrap_or_default();
    if let Page::Order { .. } = page {
        // A form that was sent without the app leaves an address of its own.
        browser::replace_url(&page.href());
    }
    browser::take_over();
    let lang = Lang::from_tag(&served.lang).unwrap_or_default();
    mount(lang, page, Some(answers));
}

fn mount(lang: Lang, page: Page, answers: Option<Vec<Answer>>) {
    mount_to_body(move || {
        let start = Start::new(page, answers);
        view! { <App lang start/> }
    });
    later::fetch_in_advance();
}

/// The app.
#[component]
pub fn App(
    /// The language of this visit.
    lang: Lang,
    /// What it begins with.
    start: Start,
) -> impl IntoView {
    provide_context(lang);
    provide_context(start);
    let router = Router::provide(start.page());
    let toasts = Toasts::provide();
    let session = SessionState::provide(lang, toasts);
    let live = Live::provide(session);
    Bell::provide(lang, session, live, router.page);
    if browser::window().is_some() {
        client::on_age(move |age| match age {
            Age::Now => live.is_of_now(),
            Age::Seen(at) => live.was_seen(Instant(at)),
            Age::Lost => live.is_lost(),
        });
    }
    OrdersMemory::provide();
    if Host::provide().is_some() {
        later::bridge_to_host();
    }
    PendingCancels::provide();
    // A page stays as long as its URL is one of its own, such as an order's with and without its dialog.
    let kind = Memo::new(move |_| router.page.with(std::mem::discriminant));

    view! {
        <Frame session>
            {move || {
                // Read, not only tracked: a memo that nobody reads never looks at what it follows.
                let _kind = kind.get();
                match router.page.get_untracked() {
                    Page::Orders(_) => view! { <OrdersPage/> }.into_any(),
                    Page::Order { .. } => later::order_page(),
                    Page::Refund { .. } => later::refund_page(),
                    Page::AfterSale { .. } => later::after_sale_page(),
                    Page::Case { .. } | Page::Complain { .. } | Page::Complaint { .. } => later::case_pages(),
                    Page::Notifications => later::notifications_page(),
                    Page::Support { .. } | Page::Conversation { .. } => later::talk_pages(),
                    Page::Help(_) | Page::HelpArticle { .. } | Page::Policy { .. } => later::help_page(),
                    Page::LogIn { .. } | Page::Guest { .. } | Page::NotFound => later::log_in_page(),
                }
            }}
        </Frame>
        {move || session.expired.get().then(later::log_in_dialog)}
        {toasts.view()}
    }
}
