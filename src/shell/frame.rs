//! The frame around the pages: header, skip link, connection banner.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::features::bell::{Bell, BellView};
use crate::features::orders::OrdersMemory;
use crate::features::session::SessionState;
use crate::format;
use crate::paths::{self, Page};
use crate::router::{Router, use_router};
use crate::shell::{Live, use_live};
use crate::ui::{Icon, closes_by_itself};
use crate::words::common::{Words, words};
use crate::words::{Lang, fill, use_lang};

/// What the header of a page looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    /// None: the log-in page is a page of its own.
    None,
    /// The mark.
    Home,
    /// The way back to My Orders.
    Back,
}

const fn header_of(page: &Page) -> Header {
    match page {
        Page::LogIn { .. } | Page::Guest { .. } => Header::None,
        Page::Orders(_) => Header::Home,
        Page::Order { .. }
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
        | Page::NotFound => Header::Back,
    }
}

/// The frame around the pages.
#[component]
pub fn Frame(
    /// Who is logged in.
    session: SessionState,
    /// The page.
    children: Children,
) -> impl IntoView {
    let words = words();
    let page = use_router().page;
    let header = Memo::new(move |_| page.with(header_of));
    let lang = use_lang();
    let live = use_live();
    let banner = Memo::new(move |_| live.and_then(|live| banner(lang, live)));
    view! {
        <a class="skip-link" href="#main" rel="external">{words.skip_to_content}</a>
        {move || match header.get() {
            Header::None => ().into_any(),
            shown => view! {
                <HeaderView words back={shown == Header::Back} session/>
            }.into_any(),
        }}
        {move || {
            banner.get().map(|text| view! {
                <p class="banner" data-tone="warn" role="status">
                    <Icon name="offline"/>
                    {text}
                </p>
            })
        }}
        {children()}
    }
}

/// What there is to say about the connection, and about the age of what is shown.
fn banner(lang: Lang, live: Live) -> Option<String> {
    let words = Words::of(lang);
    match live.seen.get() {
        Some(seen) => {
            let now = browser::now_ms() / 1000.0;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "seconds since 1970 are far from 2^53"
            )]
            let time = format::lately(lang, &seen, now as i64);
            Some(fill(words.seen, &[("time", &time)]))
        }
        None => (!live.online.get()).then(|| words.offline.to_owned()),
    }
}

#[component]
fn HeaderView(words: &'static Words, back: bool, session: SessionState) -> impl IntoView {
    // Back leads to the list as it was left: its tab, its search.
    let back_to = use_context::<OrdersMemory>().and_then(OrdersMemory::last_href);
    let bell = use_context::<Bell>();
    let page = use_router().page;
    let here = Memo::new(move |_| page.with(|page| matches!(page, Page::Notifications)));
    view! {
        <header class="app-header" data-back=back.then_some("")>
            <div class="app-header-inner">
                <a class="brand" href=move || home(session)>
                    <svg class="brand-mark" aria-hidden="true"><use href="#icon-mark"></use></svg>
                    <span lang="zh-CN">"特派"</span>
                    <span class="brand-latin" lang="en">"Tepai"</span>
                </a>
                {move || {
                    let guest = session.guest.with(Option::is_some);
                    let there = guest && page.with(|page| matches!(page, Page::Order { .. }));
                    let to = back_to.clone().filter(|_| !guest);
                    (back && !there).then(|| view! {
                        <a class="back-link" href=to.unwrap_or_else(|| home(session))>
                            <Icon name="back"/>
                            <span>{if guest { words.one_order } else { words.my_orders }}</span>
                        </a>
                    })
                }}
                <div class="header-end">
                    {move || session.shopper.get().map(|shopper| {
                        let guest = session.guest.with(Option::is_some);
                        view! {
                            {bell.filter(|_| !guest).map(|bell| view! { <BellView unread=bell.unread here/> })}
                            <AccountMenu words name=shopper.display_name guest session/>
                        }
                    })}
                </div>
            </div>
        </header>
    }
}

/// What the mark leads to: My Orders, or a guest's order.
fn home(session: SessionState) -> String {
    session
        .guest
        .with(|guest| guest.as_deref().map(paths::order))
        .unwrap_or_else(|| paths::ORDERS.to_owned())
}

#[component]
fn AccountMenu(
    words: &'static Words,
    name: String,
    /// A guest has one order, and no account.
    guest: bool,
    session: SessionState,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    closes_by_itself(menu);
    let item = |href: &'static str, icon: &'static str, name: &'static str| {
        view! { <a class="menu-item" href=href><Icon name=icon/>{name}</a> }
    };
    view! {
        <details class="menu" node_ref=menu>
            <summary class="menu-button">
                <Icon name="person"/>
                <span class="menu-name">{if guest { words.one_order.to_owned() } else { name }}</span>
                <Icon name="chevron-down"/>
            </summary>
            <div class="menu-panel">
                {guest.then(|| item(paths::LOGIN, "person", words.log_in_for_all))}
                {item(paths::SUPPORT, "phone", words.contact)}
                {item(paths::HELP, "info", words.help)}
                <LanguageLinks class="menu-item" icon=true/>
                <form
                    method="post"
                    action=paths::LOG_OUT
                    on:submit=move |event| {
                        event.prevent_default();
                        session.log_out();
                    }
                >
                    <button class="menu-item" type="submit">
                        <Icon name="logout"/>
                        {if guest { words.leave } else { words.log_out }}
                    </button>
                </form>
            </div>
        </details>
    }
}

/// The languages to choose from; a full load each, because the server's words change too.
#[component]
pub fn LanguageLinks(
    /// The class of each link.
    class: &'static str,
    /// With a symbol in front.
    #[prop(optional)]
    icon: bool,
) -> impl IntoView {
    let current = use_lang();
    let here = use_context::<Router>().map(|router| router.page.with_untracked(Page::href));
    let search = here.as_deref().and_then(|here| here.split_once('?'));
    let search = search.map_or("", |(_, search)| search);
    Lang::ALL
        .map(|lang| {
            view! {
                <a
                    class=class
                    rel="external"
                    href=paths::in_language(search, lang.tag())
                    on:click=move |event| {
                        // What the page shows by now is in its query.
                        event.prevent_default();
                        browser::load(&paths::in_language(&browser::query(), lang.tag()));
                    }
                    lang=lang.tag()
                    hreflang=lang.tag()
                    aria-current=(lang == current).then_some("true")
                >
                    {icon.then(|| view! { <Icon name="language"/> })}
                    {match lang { Lang::ZhCn => "简体中文", Lang::En => "English" }}
                </a>
            }
        })
        .into_iter()
        .collect_view()
}
