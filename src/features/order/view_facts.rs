//! Beside the order: how to reach a person, number, times, address, payment, parcel, and what happened.

use leptos::prelude::*;
use orders_api::{Actor, OrderDetail, TimelineEntry, TimelineEvent};

use crate::format;
use crate::ui::Icon;
use crate::words::{Lang, codes, common};

use super::contact::contacts;
use super::words::Words;

/// Support, information, timeline. `copy` puts a text on the clipboard.
pub fn aside_view(
    lang: Lang,
    order: &OrderDetail,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    view! {
        <section class="panel" id="support" aria-labelledby="support-title" tabindex="-1">
            <div class="panel-head">
                <h2 class="panel-title" id="support-title">{words.support_title}</h2>
            </div>
            {contacts(lang, order)}
        </section>
        <section class="panel" aria-labelledby="info-title">
            <div class="panel-head">
                <h2 class="panel-title" id="info-title">{words.info}</h2>
            </div>
            {facts_view(lang, order, copy)}
        </section>
        <section class="panel" aria-labelledby="timeline-title">
            <div class="panel-head">
                <h2 class="panel-title" id="timeline-title">{words.timeline}</h2>
            </div>
            <ol class="timeline">
                {order.timeline.iter().map(|entry| timeline_item(lang, order, entry)).collect_view()}
            </ol>
            <p class="field-hint">{common::Words::of(lang).beijing_time}</p>
        </section>
    }
}

fn fact(name: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt class="fact-name">{name}</dt>
            {value}
        </div>
    }
}

/// A number with the button that copies it.
fn copied(
    lang: Lang,
    before: Option<String>,
    number: &str,
    label: &'static str,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let number = number.to_owned();
    let text = number.clone();
    view! {
        <dd class="fact-value fact-row">
            {before.map(|before| view! { <span>{before}</span> })}
            <span class="number">{text}</span>
            <button
                class="copy-button needs-app"
                type="button"
                aria-label=label
                on:click=move |_| copy.run(number.clone())
            >
                <Icon name="copy"/>
                {common::Words::of(lang).copy}
            </button>
        </dd>
    }
}

fn facts_view(lang: Lang, order: &OrderDetail, copy: Callback<String>) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let payments = order
        .payments
        .iter()
        .map(|payment| {
            let account = if payment.account.trim().is_empty() {
                codes::channel(lang, payment.channel).to_owned()
            } else {
                payment.account.clone()
            };
            view! {
                <p>{account}" "<span class="money">{format::money(&payment.amount)}</span></p>
                <p>
                    <time datetime=payment.paid_at.0.clone()>
                        {format::moment(lang, &payment.paid_at)}
                    </time>
                </p>
            }
        })
        .collect_view();
    let address = order.address.clone().map(|address| {
        let value = view! {
            <dd class="fact-value">
                <p>{address.recipient}" "<span class="number">{address.phone}</span></p>
                <p>{address.region}</p>
                <p>{address.street}</p>
            </dd>
        };
        fact(words.delivery, value)
    });
    let parcel = order.parcel.as_ref().map(|parcel| {
        let courier = Some(parcel.courier.clone());
        fact(
            words.parcel,
            copied(
                lang,
                courier,
                &parcel.tracking_number,
                words.copy_tracking,
                copy,
            ),
        )
    });
    let placed = view! {
        <dd class="fact-value">
            <time datetime=order.placed_at.0.clone()>{format::moment(lang, &order.placed_at)}</time>
        </dd>
    };
    view! {
        <dl class="facts">
            {fact(words.number, copied(lang, None, &order.number, words.copy_number, copy))}
            {fact(words.placed, placed)}
            {(!order.payments.is_empty())
                .then(|| fact(words.payment, view! { <dd class="fact-value">{payments}</dd> }))}
            {address}
            {parcel}
            {fact(words.shop, view! { <dd class="fact-value">{order.shop.name.clone()}</dd> })}
        </dl>
    }
}

/// Whether the event does not say by itself who did it.
const fn needs_actor(entry: &TimelineEntry) -> bool {
    matches!(
        entry.what,
        TimelineEvent::Cancelled | TimelineEvent::PartlyCancelled
    ) && !matches!(entry.by, Actor::System)
}

/// The words with an event; of a refund, which one it is, instead of its id.
fn detail_of(lang: Lang, order: &OrderDetail, entry: &TimelineEntry) -> String {
    let detail = entry.detail.clone().unwrap_or_default();
    let Some(refund) = order.refunds.iter().find(|refund| refund.id == detail) else {
        return detail;
    };
    let mut text = format::money(&refund.amount);
    text.push_str(" · ");
    if refund.account.trim().is_empty() {
        text.push_str(codes::channel(lang, refund.channel));
    } else {
        text.push_str(&refund.account);
    }
    text
}

fn timeline_item(lang: Lang, order: &OrderDetail, entry: &TimelineEntry) -> impl IntoView + use<> {
    let mut detail = detail_of(lang, order, entry);
    if needs_actor(entry) {
        let actor = codes::actor(lang, entry.by);
        if !detail.is_empty() {
            detail.insert_str(0, " · ");
        }
        detail.insert_str(0, actor);
    }
    view! {
        <li class="timeline-item">
            <p class="timeline-what">{codes::event(lang, entry.what)}</p>
            {(!detail.is_empty()).then(|| view! { <p class="timeline-detail">{detail}</p> })}
            <time class="timeline-time" datetime=entry.at.0.clone()>
                {format::moment(lang, &entry.at)}
            </time>
        </li>
    }
}
