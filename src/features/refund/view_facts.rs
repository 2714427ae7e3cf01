//! Beside the money: the order that it comes from, the numbers to quote, and how to reach a person.

use leptos::prelude::*;
use orders_api::RefundDetail;

use crate::features::support::support_panel;
use crate::format;
use crate::paths;
use crate::ui::{copied, fact, order_link};
use crate::words::Lang;

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
            <div>{order_link(lang, &detail.order)}</div>
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
        {complaint_view(lang, detail)}
    }
}

/// The complaint that there is, and the way to complain about this refund, below support: a person first.
fn complaint_view(lang: Lang, detail: &RefundDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    let there = detail.complaint.as_deref().map(|id| {
        view! { <p class="contact-more"><a href=paths::complaint(id)>{words.complaint_see}</a></p> }
    });
    let may = detail.may_complain.then(|| {
        let form = paths::complain_of_refund(&detail.order.id, &detail.refund.id);
        view! { <p class="contact-more">{words.complain_why}" "<a href=form>{words.complain}</a></p> }
    });
    (there.is_some() || may.is_some())
        .then(|| view! { <div class="panel">{there}{may}</div> }.into_any())
}
