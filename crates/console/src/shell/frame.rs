//! The frame: where one can go, the search, and who one is.

use leptos::html;
use leptos::prelude::*;
use orders_api::{Permission, StaffSession};
use storefront::ui::{Icon, closes_by_itself};
use storefront::words::{Lang, fill};

use crate::browser;
use crate::paths::{Chats, InsightQuery, Page};
use crate::router::use_router;
use crate::shell::{Theme, use_keys, use_session, what_failed};
use crate::words::frame::Words;
use crate::words::role;

/// The frame around every page of somebody who is logged in.
#[component]
pub fn Frame(
    /// The language.
    lang: Lang,
    /// Who.
    session: StaffSession,
    /// How many conversations wait; `None` where their role has none.
    waiting: Option<RwSignal<u32>>,
    /// What is below the bar.
    children: Children,
) -> impl IntoView {
    let words = Words::of(lang);
    let router = use_router();
    let chats = waiting.map(|waiting| chats_link(lang, waiting));
    let here = Memo::new(move |_| router.page.with(|page| matches!(page, Page::Work(_))));
    let at_policies = Memo::new(move |_| {
        router.page.with(|page| {
            matches!(
                page,
                Page::Policies | Page::Policy(..) | Page::PolicyDraft(_)
            )
        })
    });
    let insight = session.permissions.contains(&Permission::SeeInsight);
    view! {
        <a class="skip-link" href="#main">{words.skip}</a>
        <header class="bar">
            <a class="brand" href=crate::paths::HOME aria-label=words.product>
                <svg class="brand-mark" aria-hidden="true"><use href="#icon-mark"></use></svg>
                <span class="brand-name">{words.product}</span>
            </a>
            <nav class="bar-nav" aria-label=words.pages>
                <a
                    class="bar-link"
                    href=crate::paths::HOME
                    aria-current=move || here.get().then_some("page")
                >
                    {words.work}
                </a>
                {chats}
                <a
                    class="bar-link"
                    href=crate::paths::policies()
                    aria-current=move || at_policies.get().then_some("page")
                >
                    {words.policies}
                </a>
                {insight.then(|| view! { <InsightLink lang/> })}
            </nav>
            <Search lang/>
            <Account lang session/>
        </header>
        {children()}
    }
}

/// The way to the conversations, with how many wait.
fn chats_link(lang: Lang, waiting: RwSignal<u32>) -> impl IntoView {
    let words = Words::of(lang);
    let router = use_router();
    let here = Memo::new(move |_| {
        router
            .page
            .with(|page| matches!(page, Page::Chats(_) | Page::Conversation(_)))
    });
    let count = move || {
        let n = waiting.get();
        (n > 0).then(|| {
            let said = fill(words.chats_waiting, &[("n", &n.to_string())]);
            view! {
                <span class="bar-count number" aria-hidden="true">{n}</span>
                <span class="visually-hidden">{said}</span>
            }
        })
    };
    view! {
        <a
            class="bar-link"
            href=crate::paths::chats(Chats::default())
            aria-current=move || here.get().then_some("page")
        >
            {words.chats}
            {count}
        </a>
    }
}

/// The way to the charts, for those who may see them.
#[component]
fn InsightLink(lang: Lang) -> impl IntoView {
    let router = use_router();
    let here = Memo::new(move |_| router.page.with(|page| matches!(page, Page::Insight(_))));
    view! {
        <a
            class="bar-link"
            href=crate::paths::insight(&InsightQuery::default())
            aria-current=move || here.get().then_some("page")
        >
            {Words::of(lang).insight}
        </a>
    }
}

/// The search, on every page.
#[component]
fn Search(lang: Lang) -> impl IntoView {
    let words = Words::of(lang);
    let router = use_router();
    let text = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Page::Search(asked) = router.page.get() {
            text.set(asked);
        }
    });
    view! {
        <form
            class="search bar-search"
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                let asked = text.get_untracked().trim().to_owned();
                if !asked.is_empty() {
                    router.go(&Page::Search(asked));
                }
            }
        >
            <Icon name="search"/>
            <input
                class="search-input"
                id="search"
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                maxlength="100"
                aria-label=words.search
                aria-keyshortcuts="/"
                placeholder=words.search_hint
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </form>
    }
}

/// Who one is, how the page looks, and the way out.
#[component]
fn Account(lang: Lang, session: StaffSession) -> impl IntoView {
    let words = Words::of(lang);
    let state = use_session();
    let keys = use_keys();
    let details = NodeRef::<html::Details>::new();
    closes_by_itself(details);
    let theme = RwSignal::new(Theme::chosen());
    let failed = RwSignal::new(None::<String>);
    let other = match lang {
        Lang::ZhCn => Lang::En,
        Lang::En => Lang::ZhCn,
    };
    let themes = Theme::ALL.map(|one| {
        let name = match one {
            Theme::Device => words.theme_device,
            Theme::Light => words.theme_light,
            Theme::Dark => words.theme_dark,
        };
        view! {
            <button
                class="menu-choice"
                type="button"
                aria-pressed=move || if theme.get() == one { "true" } else { "false" }
                on:click=move |_| {
                    one.choose();
                    theme.set(one);
                }
            >
                {name}
            </button>
        }
    });
    let chats = session.permissions.contains(&Permission::Chat);
    let shops: Vec<_> = session.shops.iter().map(|shop| shop.name.clone()).collect();
    view! {
        <details class="menu account" node_ref=details>
            <summary class="account-name">
                <span class="account-who">{session.staff.name.clone()}</span>
                <span class="account-role">{role(lang, session.role)}</span>
                <Icon name="chevron-down"/>
            </summary>
            <div class="menu-panel account-panel">
                <p class="account-more">
                    <span class="number">{session.staff.id.clone()}</span>
                    " · "
                    {shops.join(words.and)}
                </p>
                <div class="menu-choices" role="group" aria-label=words.theme>{themes}</div>
                <button
                    class="menu-item"
                    type="button"
                    lang=other.tag()
                    on:click=move |_| browser::load(&with_language(other))
                >
                    {Words::of(other).this_language}
                </button>
                {chats.then(|| view! { <a class="menu-item" href=crate::paths::replies()>{words.replies}</a> })}
                <button class="menu-item" type="button" on:click=move |_| keys.show()>
                    {words.keys}
                </button>
                <button
                    class="menu-item"
                    type="button"
                    on:click=move |_| {
                        browser::spawn(async move {
                            if let Err(failure) = state.end().await {
                                failed.set(Some(what_failed(lang, &failure)));
                            }
                        });
                    }
                >
                    {words.log_out}
                </button>
                {move || failed.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            </div>
        </details>
    }
}

/// This page in another language.
fn with_language(lang: Lang) -> String {
    let (path, query) = browser::location();
    let query = query.trim_start_matches('?');
    let and = if query.is_empty() { "" } else { "&" };
    format!("{path}?{query}{and}lang={}", lang.tag())
}
