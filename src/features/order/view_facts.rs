//! Beside the order: how to reach a person, number, times, address, payment, parcel, and what happened.

use leptos::prelude::*;
use orders_api::{Actor, LinkedArticle, OrderDetail, TimelineEntry, TimelineEvent};

use crate::features::complaint::names;
use crate::features::support::{help_link, support_panel};
use crate::format;
use crate::paths;
use crate::ui::{copied, fact};
use crate::words::{Lang, codes, common, fill};

use super::contact::mail;
use super::view_complaints::complain_link;
use super::words::Words;

/// Support, information, timeline. `copy` puts a text on the clipboard.
pub fn aside_view(
    lang: Lang,
    order: &OrderDetail,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    view! {
        {support_panel(lang, &order.support, &mail(lang, order))}
        {complain_link(lang, order)}
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

fn facts_view(lang: Lang, order: &OrderDetail, copy: Callback<String>) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let payments = order
        .payments
        .iter()
        .map(|payment| {
            let account = codes::account(lang, payment.channel, &payment.account);
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
            {fact(words.policy, view! {
                <dd class="fact-value">
                    <a href=paths::policy_version(&order.shop.id, &order.policy_version)>
                        {fill(words.policy_version, &[("version", &order.policy_version)])}
                    </a>
                </dd>
            })}
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
    text.push_str(&codes::account(lang, refund.channel, &refund.account));
    text
}

/// The after-sale case that an event is about, with what it comes to, as the way to its page.
fn case_link(lang: Lang, order: &OrderDetail, entry: &TimelineEntry) -> Option<AnyView> {
    let id = entry.detail.as_deref()?;
    let case = order.cases.iter().find(|case| case.id == id)?;
    let mut text = codes::case_kind(lang, case.kind).to_owned();
    text.push(' ');
    text.push_str(&format::money(&case.amount));
    Some(view! { <a href=paths::case(id)>{text}</a> }.into_any())
}

/// The complaint that an event is about, with its topic, as the way to its page.
fn complaint_link(lang: Lang, order: &OrderDetail, entry: &TimelineEntry) -> Option<AnyView> {
    let id = entry.detail.as_deref()?;
    let complaint = order.complaints.iter().find(|known| known.id == id)?;
    let topic = names::topic(lang, complaint.topic);
    Some(view! { <a href=paths::complaint(id)>{topic}</a> }.into_any())
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
    let detail = case_link(lang, order, entry)
        .or_else(|| complaint_link(lang, order, entry))
        .or_else(|| (!detail.is_empty()).then(|| detail.into_any()));
    view! {
        <li class="timeline-item">
            <p class="timeline-what">{codes::event(lang, entry.what)}</p>
            {detail.map(|detail| view! { <p class="timeline-detail">{detail}</p> })}
            {matches!(entry.what, TimelineEvent::CancelWarned | TimelineEvent::CancelLimited)
                .then(|| help_link(
                    lang,
                    LinkedArticle::DoesCancellingHarm,
                    &order.shop.id,
                    &order.policy_version,
                ))}
            <time class="timeline-time" datetime=entry.at.0.clone()>
                {format::moment(lang, &entry.at)}
            </time>
        </li>
    }
}
