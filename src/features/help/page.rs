//! The pages of the help centre: the list that is searched, an article, a policy.

use leptos::prelude::*;

use crate::browser;
use crate::features::session::SessionState;
use crate::paths::{self, HelpQuery, Page, search_text};
use crate::router::use_router;
use crate::shell::{LanguageLinks, focus_page, own};
use crate::start::set_title;
use crate::ui::{Loaded, panel_skeleton};
use crate::words::{Lang, common, fill, use_lang};

use super::data::{article, list, policy};
use super::view_article::article_view;
use super::view_list::{ListParts, list_view, search_view, status_view};
use super::view_policy::policy_view;
use super::words::Words;

/// How long somebody who types is left alone.
const PAUSE_MS: i32 = 250;

/// Which page of the help centre.
#[derive(Clone, PartialEq, Eq)]
enum Here {
    List,
    Article {
        id: String,
        shop: String,
        version: String,
    },
    Policy {
        shop: String,
        version: String,
    },
}

/// The help centre.
#[component]
pub fn HelpPages() -> impl IntoView {
    let here = own(|page| match page {
        Page::Help(_) => Some(Here::List),
        Page::HelpArticle { id, shop, version } => Some(Here::Article {
            id: id.clone(),
            shop: shop.clone(),
            version: version.clone(),
        }),
        Page::Policy { shop, version } => Some(Here::Policy {
            shop: shop.clone(),
            version: version.clone(),
        }),
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
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => None,
    });
    // Another article is another page: it begins with its own text, and with the focus.
    move || here.get().map(|here| view! { <OnePage here/> })
}

#[component]
fn OnePage(here: Here) -> impl IntoView {
    focus_page();
    let body = match here {
        Here::List => view! { <HelpList/> }.into_any(),
        Here::Article { id, shop, version } => view! { <HelpArticle id shop version/> }.into_any(),
        Here::Policy { shop, version } => view! { <Policy shop version/> }.into_any(),
    };
    view! {
        <main class="page help-page" id="main" tabindex="-1">
            {body}
            {foot()}
        </main>
    }
}

/// For whoever is not logged in, and so has no menu: the languages, and the way to log in.
fn foot() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let page = use_router().page;
    move || {
        session.shopper.with(Option::is_none).then(|| {
            let here = page.with(Page::href);
            view! {
                <nav class="help-foot" aria-label=common::words().language>
                    <a href=paths::login(&here)>{super::words::words().log_in}</a>
                    <LanguageLinks class="help-language"/>
                </nav>
            }
        })
    }
}

fn title(lang: Lang, page: &str) {
    set_title(&fill(common::Words::of(lang).page_title, &[("page", page)]));
}

#[component]
fn HelpList() -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    let router = use_router();
    title(lang, words.title);
    let query = Memo::new(move |before: Option<&HelpQuery>| {
        router.page.with(|page| {
            let Page::Help(query) = page else {
                return before.cloned().unwrap_or_default();
            };
            query.clone()
        })
    });
    let data = list(lang, query);
    let text = RwSignal::new(query.with_untracked(|query| query.q.clone()));
    // Going back and forth changes the question; what is being typed stays as it is.
    Effect::new(move |_| {
        let asked = query.with(|query| query.q.clone());
        if text.with_untracked(|text| search_text(text) != asked) {
            text.set(asked);
        }
    });
    let ask = move || {
        let asked = text.with_untracked(|text| search_text(text));
        let now = query.get_untracked();
        if now.q != asked {
            router.turn(&Page::Help(now.asking(&asked)), true);
        }
    };
    let typing = StoredValue::new(0_u32);
    let typed = Callback::new(move |()| {
        let turn = typing.with_value(|turn| turn.wrapping_add(1));
        typing.set_value(turn);
        browser::after(PAUSE_MS, move || {
            if typing.try_get_value() == Some(turn) {
                ask();
            }
        });
    });
    let submit = Callback::new(move |()| ask());
    let parts = ListParts {
        text,
        typed,
        submit,
    };
    view! {
        <h1 class="page-title">{words.title}</h1>
        {search_view(lang, query.into(), parts)}
        {status_view(lang, data.load.into())}
        <Loaded
            load=data.load
            skeleton=move || panel_skeleton(words.loading)
            retry=move |()| data.retry()
            ready=move |list| move || list.with(|list| list_view(lang, list))
        />
    }
}

#[component]
fn HelpArticle(id: String, shop: String, version: String) -> impl IntoView {
    let lang = use_lang();
    let asked = version.clone();
    let data = article(lang, (id, shop, version));
    title_of(lang, data.load, |article| article.title.clone());
    view! {
        <Loaded
            load=data.load
            skeleton=move || panel_skeleton(Words::of(lang).loading)
            retry=move |()| data.retry()
            ready=move |article| {
                let asked = asked.clone();
                move || article.with(|article| article_view(lang, article, &asked))
            }
        />
    }
}

#[component]
fn Policy(shop: String, version: String) -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    let data = policy(lang, (shop, version));
    title_of(lang, data.load, move |policy| {
        fill(words.policy_title, &[("shop", &policy.shop.name)])
    });
    view! {
        <Loaded
            load=data.load
            skeleton=move || panel_skeleton(words.loading)
            retry=move |()| data.retry()
            ready=move |policy| move || policy.with(|policy| policy_view(lang, policy))
        />
    }
}

/// The document's title, once it is known.
fn title_of<T: Send + Sync + 'static>(
    lang: Lang,
    load: RwSignal<crate::ui::Load<T>>,
    name: impl Fn(&T) -> String + 'static,
) {
    let of = move |load: &crate::ui::Load<T>| {
        let name = load
            .ready()
            .map_or_else(|| Words::of(lang).title.to_owned(), &name);
        title(lang, &name);
    };
    load.with_untracked(&of);
    Effect::new(move |_| load.with(&of));
}
