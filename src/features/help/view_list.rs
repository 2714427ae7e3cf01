//! The list of the help centre: the field to ask in, the shops, the articles by topic or as they were found.

use leptos::prelude::*;
use orders_api::{HelpEntry, HelpList, HelpTopic, LinkedArticle, Shop};

use crate::paths::{self, HelpQuery, SEARCH_MAX};
use crate::ui::{Load, SearchField};
use crate::words::{Lang, fill};

use super::words::Words;

/// What the field reports.
#[derive(Clone, Copy)]
pub struct ListParts {
    /// What is in it.
    pub text: RwSignal<String>,
    /// It was changed.
    pub typed: Callback<()>,
    /// Ask now.
    pub submit: Callback<()>,
}

/// The field to ask in, for the shop that was asked for.
pub fn search_view(lang: Lang, query: Signal<HelpQuery>, parts: ListParts) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <SearchField
            class="search help-search"
            action=paths::HELP
            label=words.search
            hint=words.search_hint
            maxlength=SEARCH_MAX
            text=parts.text
            typed=parts.typed
            submit=parts.submit
        >
            {move || query.with(|query| (!query.shop.is_empty()).then(|| view! {
                <input type="hidden" name="shop" value=query.shop.clone()/>
            }))}
            <button class="visually-hidden" type="submit">{words.ask}</button>
        </SearchField>
    }
}

/// How much was found, for screen readers: one element whose text changes, for what comes with its text is not read out.
pub fn status_view(lang: Lang, load: Signal<Load<HelpList>>) -> impl IntoView {
    let text = Memo::new(move |_| load.with(|load| load.ready().map(|list| found(lang, list))));
    view! { <p class="visually-hidden" role="status">{move || text.get().unwrap_or_default()}</p> }
}

fn found(lang: Lang, list: &HelpList) -> String {
    let words = Words::of(lang);
    match list.q {
        Some(_) if list.items.is_empty() => words.none_title.to_owned(),
        Some(_) => fill(words.found, &[("n", &list.items.len().to_string())]),
        None => String::new(),
    }
}

/// The articles, or that none answers.
pub fn list_view(lang: Lang, list: &HelpList) -> AnyView {
    let words = Words::of(lang);
    let asked = list.q.clone().unwrap_or_default();
    let query = HelpQuery {
        shop: list.shop.id.clone(),
        q: asked,
    };
    let body = match list.q {
        Some(_) if list.items.is_empty() => none_view(lang, list, &query),
        Some(_) => {
            view! { <div class="panel">{entries(&list.items, &list.shop, "")}</div> }.into_any()
        }
        None => topics(lang, list),
    };
    view! {
        {shops_view(lang, &list.shops, &list.shop, |shop| query.of_shop(shop).href())}
        {body}
        <p><a href=paths::policy(&list.shop.id)>{words.link_policy}</a></p>
    }
    .into_any()
}

/// The shops to choose from, when there are several; `href` leads to the same of another.
pub fn shops_view(
    lang: Lang,
    shops: &[Shop],
    shown: &Shop,
    href: impl Fn(&str) -> String,
) -> Option<AnyView> {
    if shops.len() < 2 {
        return None;
    }
    let links = shops
        .iter()
        .map(|shop| {
            let here = (shop.id == shown.id).then_some("true");
            view! { <a class="tab" href=href(&shop.id) aria-current=here>{shop.name.clone()}</a> }
        })
        .collect_view();
    Some(view! { <nav class="tabs" aria-label=Words::of(lang).shops>{links}</nav> }.into_any())
}

fn none_view(lang: Lang, list: &HelpList, query: &HelpQuery) -> AnyView {
    let words = Words::of(lang);
    let elsewhere = list
        .elsewhere
        .iter()
        .map(|shop| {
            let name = fill(words.elsewhere, &[("shop", &shop.name)]);
            view! { <a class="button" href=query.of_shop(&shop.id).href()>{name}</a> }
        })
        .collect_view();
    view! {
        <section class="empty">
            <h2 class="empty-title">{words.none_title}</h2>
            <p class="empty-text">{words.none_text}</p>
            <div class="empty-actions">
                {elsewhere}
                <a class="button" href=paths::article(LinkedArticle::ContactSupport.code(), &list.shop.id)>
                    {topic(lang, HelpTopic::Support)}
                </a>
                <a class="button" href=query.asking("").href()>{words.show_all}</a>
            </div>
        </section>
    }
    .into_any()
}

fn topics(lang: Lang, list: &HelpList) -> AnyView {
    HelpTopic::ALL
        .into_iter()
        .filter_map(|about| {
            let items: Vec<_> = list
                .items
                .iter()
                .filter(|item| item.topic == about)
                .cloned()
                .collect();
            (!items.is_empty()).then(|| {
                view! {
                    <section class="panel">
                        <h2 class="panel-title">{topic(lang, about)}</h2>
                        {entries(&items, &list.shop, "")}
                    </section>
                }
            })
        })
        .collect_view()
        .into_any()
}

/// Articles as rows: title, and the short answer. They lead to what holds under `version` of the shop's policy; under the one
/// in force when it is empty.
pub fn entries(items: &[HelpEntry], shop: &Shop, version: &str) -> impl IntoView + use<> {
    let rows = items
        .iter()
        .map(|item| {
            view! {
                <li>
                    <a class="help-entry" href=paths::article_of(&item.id, &shop.id, version)>
                        <span class="help-entry-title">{item.title.clone()}</span>
                        " "
                        <span class="help-entry-answer">{item.answer.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="help-entries">{rows}</ul> }
}

/// The name of a topic.
pub const fn topic(lang: Lang, topic: HelpTopic) -> &'static str {
    let words = Words::of(lang);
    match topic {
        HelpTopic::Cancelling => words.topic_cancelling,
        HelpTopic::Orders => words.topic_orders,
        HelpTopic::Refunds => words.topic_refunds,
        HelpTopic::AfterSale => words.topic_after_sale,
        HelpTopic::Support => words.topic_support,
        HelpTopic::Shopping => words.topic_shopping,
    }
}
