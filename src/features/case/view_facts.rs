//! Beside the case: the order that it belongs to, what to quote, and how to reach a person.

use leptos::prelude::*;
use orders_api::CaseDetail;

use crate::features::support::support_panel;
use crate::format;
use crate::ui::{copied, fact, order_link};
use crate::words::{Lang, codes};

use super::contact::mail;
use super::words::Words;

/// The order, the facts, support. `copy` puts a text on the clipboard.
pub fn aside_view(lang: Lang, case: &CaseDetail, copy: Callback<String>) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let text = |text: &str| view! { <dd class="fact-value">{text.to_owned()}</dd> };
    let opened = view! {
        <dd class="fact-value">
            <time datetime=case.opened_at.0.clone()>{format::moment(lang, &case.opened_at)}</time>
        </dd>
    };
    let parcel = case.parcel.as_ref().map(|parcel| {
        let courier = Some(parcel.courier.clone());
        let number = &parcel.tracking_number;
        let value = copied(lang, courier, number, words.copy_number, copy);
        fact(words.parcel, value)
    });
    let condition = case
        .condition
        .map(|condition| fact(words.condition, text(codes::condition(lang, condition))));
    view! {
        <section class="panel" aria-labelledby="order-title">
            <div class="panel-head">
                <h2 class="panel-title" id="order-title">{words.order}</h2>
            </div>
            <div>{order_link(lang, &case.order)}</div>
        </section>
        <section class="panel" aria-labelledby="info-title">
            <div class="panel-head">
                <h2 class="panel-title" id="info-title">{words.info}</h2>
            </div>
            <dl class="facts">
                {fact(words.id, copied(lang, None, &case.id, words.copy_id, copy))}
                {fact(words.kind, text(codes::case_kind(lang, case.kind)))}
                {fact(words.reason, text(&case.reason))}
                {condition}
                {parcel}
                {fact(words.opened, opened)}
                {fact(words.shop, text(&case.shop.name))}
            </dl>
        </section>
        {support_panel(lang, &case.support, &mail(lang, case))}
    }
}
