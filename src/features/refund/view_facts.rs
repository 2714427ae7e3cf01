//! Beside the money: the order that it comes from, the numbers to quote, and how to reach a person.

use leptos::prelude::*;
use orders_api::RefundDetail;

use crate::features::support::support_panel;
use crate::format;
use crate::paths;
use crate::ui::{Icon, copied, fact};
use crate::words::{Lang, fill};

use super::contact::mail;
use super::words::Words;

/// The order, the facts, support. `copy` puts a text on the clipboard.
pub fn aside_view(
    lang: Lang,
    detail: &RefundDetail,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let made = view! {
        <dd class="fact-value">
            <time datetime=refund.created_at.0.clone()>
                {format::moment(lang, &refund.created_at)}
            </time>
        </dd>
    };
    view! {
        <section class="panel" aria-labelledby="order-title">
            <div class="panel-head">
                <h2 class="panel-title" id="order-title">{words.order}</h2>
            </div>
            <div>{order_view(lang, detail)}</div>
        </section>
        <section class="panel" aria-labelledby="info-title">
            <div class="panel-head">
                <h2 class="panel-title" id="info-title">{words.info}</h2>
            </div>
            <dl class="facts">
                {fact(words.number, copied(lang, None, &refund.id, words.copy_number, copy))}
                {fact(words.made, made)}
                {fact(words.shop, view! { <dd class="fact-value">{detail.shop.name.clone()}</dd> })}
            </dl>
        </section>
        {support_panel(lang, &detail.support, &mail(lang, detail))}
    }
}

fn order_view(lang: Lang, detail: &RefundDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let order = &detail.order;
    let title = match order.lines {
        0 | 1 => order.title.clone(),
        lines => {
            // Chinese counts all of them, English those besides.
            let n = match lang {
                Lang::ZhCn => lines,
                Lang::En => lines - 1,
            };
            let values = [("title", order.title.as_str()), ("n", &n.to_string())];
            fill(words.title_more, &values)
        }
    };
    view! {
        <a class="contact" href=paths::order(&order.id)>
            <Icon name="box"/>
            <span>
                <span class="contact-what">{title}</span>
                <span class="contact-more number">
                    {order.number.clone()}" · "{format::money(&order.total)}
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}
