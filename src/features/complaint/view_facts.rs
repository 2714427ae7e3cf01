//! Beside the complaint: the outside route, the order, what it is about, what to quote, and how to reach a person.

use leptos::prelude::*;
use orders_api::{CaseSummary, ComplaintDetail, LinkedArticle, Refund};

use crate::features::support::{help_link, support_panel};
use crate::format;
use crate::paths;
use crate::ui::{Icon, copied, fact, order_link};
use crate::words::{Lang, codes};

use super::contact::mail;
use super::names;
use super::view_outside::outside_view;
use super::words::Words;

/// The order with what of it is meant, the facts, the outside route, support. `copy` puts a text on the clipboard.
pub fn aside_view(
    lang: Lang,
    complaint: &ComplaintDetail,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let text = |text: &str| view! { <dd class="fact-value">{text.to_owned()}</dd> };
    let opened = view! {
        <dd class="fact-value">
            <time datetime=complaint.opened_at.0.clone()>
                {format::moment(lang, &complaint.opened_at)}
            </time>
        </dd>
    };
    let wish = names::wish(lang, complaint.wish);
    let wish = match &complaint.wished {
        Some(wished) => format!("{wish} · {}", format::money(wished)),
        None => wish.to_owned(),
    };
    // Once there is no reason to wait any longer, it stands before all else.
    let here = complaint.outside_at.is_none() || complaint.state.is_final();
    let outside = complaint.outside.as_ref().filter(|_| here);
    let outside = outside.map(|outside| outside_view(lang, outside, false));
    view! {
        <section class="panel" aria-labelledby="order-title">
            <div class="panel-head">
                <h2 class="panel-title" id="order-title">{words.order}</h2>
            </div>
            <div>
                {order_link(lang, &complaint.order)}
                {complaint.case.as_ref().map(|case| case_link(lang, case))}
                {complaint.refund.as_ref().map(|refund| refund_link(lang, refund))}
            </div>
            {help_link(
                lang,
                LinkedArticle::Complaints,
                &complaint.shop.id,
                &complaint.order.policy_version,
            )}
        </section>
        <section class="panel" aria-labelledby="info-title">
            <div class="panel-head">
                <h2 class="panel-title" id="info-title">{words.info}</h2>
            </div>
            <dl class="facts">
                {fact(words.id, copied(lang, None, &complaint.id, words.copy_id, copy))}
                {fact(words.topic, text(names::topic(lang, complaint.topic)))}
                {fact(words.wish, text(&wish))}
                {fact(words.opened, opened)}
                {fact(words.shop, text(&complaint.shop.name))}
            </dl>
        </section>
        {outside}
        {support_panel(lang, &complaint.support, &mail(lang, complaint))}
    }
}

fn case_link(lang: Lang, case: &CaseSummary) -> impl IntoView + use<> {
    view! {
        <a class="contact" href=paths::case(&case.id)>
            <Icon name="refund"/>
            <span>
                <span class="contact-what">
                    {codes::case_kind(lang, case.kind)}" "{format::money(&case.amount)}
                </span>
                <span class="contact-more">{codes::case_state(lang, case.state)}</span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}

fn refund_link(lang: Lang, refund: &Refund) -> impl IntoView + use<> {
    view! {
        <a class="contact" href=paths::refund(&refund.id)>
            <Icon name="wallet"/>
            <span>
                <span class="contact-what">
                    {codes::account(lang, refund.channel, &refund.account)}
                    " "
                    {format::money(&refund.amount)}
                </span>
                <span class="contact-more">{codes::refund_state(lang, refund.state)}</span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}
