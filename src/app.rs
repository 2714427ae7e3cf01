//! The root: what every page shares, and which page a URL shows.

use leptos::prelude::*;

use crate::browser::{self, Memory};
use crate::features::cancel::PendingCancels;
use crate::features::orders::{OrdersMemory, OrdersPage};
use crate::features::session::SessionState;
use crate::later;
use crate::paths::Page;
use crate::router::Router;
use crate::shell::{Frame, Live, NotFoundPage, Toasts};
use crate::words::Lang;

const LANGUAGE: &str = "tepai-language";
const EMBED: &str = "tepai-embed";

/// `?embed=1`: the host app has a frame of its own. Holds for the tab, also after a reload.
fn is_embedded() -> bool {
    if browser::query_parameter("embed").as_deref() == Some("1") {
        Memory::Tab.set(EMBED, "1");
        browser::remove_query_parameter("embed");
    }
    Memory::Tab.get(EMBED).is_some()
}

/// The language of this visit: asked for in the URL, else chosen earlier, else the browser's, else Chinese.
fn choose_language() -> Lang {
    let asked = browser::query_parameter("lang");
    if let Some(lang) = asked.as_deref().and_then(Lang::from_tag) {
        Memory::Device.set(LANGUAGE, lang.tag());
        browser::remove_query_parameter("lang");
        return lang;
    }
    Memory::Device
        .get(LANGUAGE)
        .or_else(browser::preferred_language)
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_default()
}

/// Mounts the app on the page.
pub fn start() {
    let lang = choose_language();
    browser::set_document_language(lang.tag());
    if is_embedded() {
        browser::mark_root("data-embed");
    }
    mount_to_body(move || view! { <App lang/> });
    browser::remove_boot_skeleton();
    later::fetch_in_advance();
}

/// The app.
#[component]
pub fn App(
    /// The language of this visit.
    lang: Lang,
) -> impl IntoView {
    provide_context(lang);
    let router = Router::provide();
    let toasts = Toasts::provide();
    let session = SessionState::provide(lang, toasts);
    Live::provide(session);
    OrdersMemory::provide();
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
                    Page::LogIn { .. } => later::log_in_page(),
                    Page::NotFound => view! { <NotFoundPage/> }.into_any(),
                }
            }}
        </Frame>
        {move || session.expired.get().then(later::log_in_dialog)}
        {toasts.view()}
    }
}
