//! An article: the short answer first, then steps and details, and where to go from there.

use leptos::prelude::*;
use orders_api::{HelpArticle, HelpPage, HelpPart, Tab};

use crate::features::support::{Mail, support_panel};
use crate::paths::{self, OrdersQuery, SupportQuery};
use crate::ui::Notice;
use crate::words::{Lang, fill};

use super::view_list::{entries, shops_view, topic};
use super::words::Words;

/// An article; `asked` is the version that the page's address names, empty for none.
pub fn article_view(lang: Lang, article: &HelpArticle, asked: &str) -> AnyView {
    let words = Words::of(lang);
    let shop = &article.shop;
    // Of an order that goes by another version than the one in force; so do the articles that this one leads to.
    let of_order = article.policy_version != article.in_force;
    let version = if of_order {
        article.policy_version.as_str()
    } else {
        ""
    };
    // What is of today leads on to what is of the order.
    let of_another = !asked.is_empty() && asked != article.in_force;
    let onward = if article.of_today && of_another {
        asked
    } else {
        version
    };
    let now = if of_order {
        Some(now_view(lang, article))
    } else {
        (of_another && !article.of_today).then(|| instead_view(lang, article))
    };
    let keep = if article.of_today {
        Some(words.of_today)
    } else {
        (!of_order && !of_another).then_some(words.orders_keep)
    };
    let parts = article.parts.iter().map(part_view).collect_view();
    let links = article
        .links
        .iter()
        .map(|page| {
            let (name, href) = link(lang, *page, &shop.id, onward);
            view! { <li><a href=href>{name}</a></li> }
        })
        .collect_view();
    let questions = article
        .questions
        .iter()
        .map(|question| view! { <li>{question.clone()}</li> })
        .collect_view();
    let policy = [
        ("shop", shop.name.as_str()),
        ("version", article.policy_version.as_str()),
    ];
    let mail = Mail {
        subject: fill(words.mail_subject, &[("title", &article.title)]),
        body: words.mail_body.to_owned(),
        about: SupportQuery::of_shop(&shop.id),
    };
    view! {
        <p class="help-up"><a href=paths::HELP>{words.title}</a>" · "{topic(lang, article.topic)}</p>
        <article class="panel help-article" aria-labelledby="article-title">
            <h1 class="page-title" id="article-title">{article.title.clone()}</h1>
            {shops_view(lang, &article.shops, shop, |shop| paths::article(&article.id, shop))}
            {now}
            <p class="help-answer">{article.answer.clone()}</p>
            {parts}
            {(!article.links.is_empty()).then(|| view! {
                <h2>{words.go_on}</h2>
                <ul class="help-links">{links}</ul>
            })}
            <h2>{words.questions}</h2>
            <ul class="help-questions">{questions}</ul>
            <p class="help-source">
                <a href=paths::policy_version(&shop.id, version)>{fill(words.by_policy, &policy)}</a>
            </p>
            {keep.map(|keep| view! { <p class="help-source">{keep}</p> })}
        </article>
        {(!article.related.is_empty()).then(|| view! {
            <section class="panel" aria-labelledby="related-title">
                <h2 class="panel-title" id="related-title">{words.related}</h2>
                {entries(&article.related, shop, onward)}
            </section>
        })}
        {support_panel(lang, &article.support, &mail)}
    }
    .into_any()
}

/// That this is by the version of an order, and the way to the same by the one in force.
fn now_view(lang: Lang, article: &HelpArticle) -> AnyView {
    let words = Words::of(lang);
    let shop = &article.shop.id;
    let title = fill(words.of_order, &[("version", &article.policy_version)]);
    let version = fill(words.version_read, &[("version", &article.policy_version)]);
    let now = fill(words.article_now, &[("version", &article.in_force)]);
    let policy = paths::policy_version(shop, &article.policy_version);
    let href = paths::article(&article.id, shop);
    view! {
        <Notice title>
            <p>{words.of_order_text}</p>
            <div class="notice-actions">
                <a class="button" href=policy>{version}</a>
                <a class="button" href=href>{now}</a>
            </div>
        </Notice>
    }
    .into_any()
}

/// That this is by the version in force, although an order that goes by another led here.
fn instead_view(lang: Lang, article: &HelpArticle) -> AnyView {
    let words = Words::of(lang);
    let title = fill(words.of_now, &[("version", &article.in_force)]);
    view! { <Notice title><p>{words.of_now_text}</p></Notice> }.into_any()
}

fn part_view(part: &HelpPart) -> AnyView {
    let heading = part
        .heading
        .clone()
        .map(|heading| view! { <h2>{heading}</h2> });
    let body = if part.steps {
        let steps = part
            .paragraphs
            .iter()
            .cloned()
            .map(|step| view! { <li>{step}</li> });
        view! { <ol class="help-steps">{steps.collect_view()}</ol> }.into_any()
    } else {
        let texts = part
            .paragraphs
            .iter()
            .cloned()
            .map(|text| view! { <p>{text}</p> });
        texts.collect_view().into_any()
    };
    view! { {heading}{body} }.into_any()
}

/// Name and address of a page that an article leads to.
fn link(lang: Lang, page: HelpPage, shop: &str, version: &str) -> (&'static str, String) {
    let words = Words::of(lang);
    let orders = |tab| OrdersQuery::default().in_tab(tab).href();
    match page {
        HelpPage::Orders => (words.link_orders, paths::ORDERS.to_owned()),
        HelpPage::ToShip => (words.link_to_ship, orders(Tab::ToShip)),
        HelpPage::AfterSale => (words.link_after_sale, orders(Tab::AfterSale)),
        HelpPage::Cancelled => (words.link_cancelled, orders(Tab::Cancelled)),
        HelpPage::Notifications => (words.link_notifications, paths::NOTIFICATIONS.to_owned()),
        HelpPage::Policy if version.is_empty() => (words.link_policy, paths::policy(shop)),
        HelpPage::Policy => (words.link_version, paths::policy_version(shop, version)),
    }
}
