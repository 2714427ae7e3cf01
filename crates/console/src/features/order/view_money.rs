//! What was paid, what goes back, and where shoppers want it instead.

use leptos::prelude::*;
use orders_api::{OrderDetail, Refund, RefundForShop};
use storefront::ui::Tone;
use storefront::words::{Lang, codes as shopper, fill};
use storefront::{format, tones};

use super::words::Words;
use crate::words::way_state;

/// Payments and refunds; of those that are not there yet, what only staff see, too.
pub fn money_view(
    lang: Lang,
    order: &OrderDetail,
    known: RwSignal<Vec<RefundForShop>>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let payments = order.payments.iter();
    let payments: Vec<_> = payments
        .map(|payment| {
            view! {
                <li class="money-row">
                    <span class="money-what">{words.payment}</span>
                    <span class="number">{format::money(&payment.amount)}</span>
                    <span>{shopper::account(lang, payment.channel, &payment.account)}</span>
                    <span class="number">{format::moment(lang, &payment.paid_at)}</span>
                </li>
            }
        })
        .collect();
    let unpaid = payments.is_empty();
    let refunds: Vec<_> = order
        .refunds
        .iter()
        .map(|one| refund(lang, one, known))
        .collect();
    view! {
        <section class="panel" aria-labelledby="money">
            <h2 id="money">{words.money}</h2>
            {unpaid.then(|| view! { <p class="hint">{words.not_paid}</p> })}
            <ul class="money">{payments}{refunds}</ul>
        </section>
    }
}

fn refund(
    lang: Lang,
    refund: &Refund,
    known: RwSignal<Vec<RefundForShop>>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let id = refund.id.clone();
    let days = format::days(lang, &refund.arrives_from, &refund.arrives_by);
    let starts = format::day(lang, &refund.starts_by);
    view! {
        <li class="money-row">
            <span class="money-what">{words.refund}</span>
            <span class="number">{format::money(&refund.amount)}</span>
            <span>{shopper::account(lang, refund.channel, &refund.account)}</span>
            <span class="badge" data-tone=tones::of_refund(refund.state).name()>
                {shopper::refund_state(lang, refund.state)}
            </span>
            <span class="under">{fill(words.starts_by, &[("day", &starts)])}</span>
            <span class="under">{fill(words.arrives, &[("days", &days)])}</span>
            {refund.late.is_some().then(|| view! {
                <span class="badge" data-tone=Tone::Danger.name()>{words.late}</span>
            })}
            {refund.failure.map(|why| {
                let why = shopper::refund_failure(lang, why);
                view! { <span class="under">{fill(words.failed, &[("why", why)])}</span> }
            })}
            {move || known.with(|known| {
                let known = known.iter().find(|known| known.refund == id)?;
                Some(known_view(lang, known))
            })}
        </li>
    }
}

/// What only staff see of a refund.
pub fn known_view(lang: Lang, refund: &RefundForShop) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let reference = refund.reference.as_ref().map(|id| {
        view! { <span class="under number">{fill(words.provider, &[("id", id)])}</span> }
    });
    let way = refund.way.as_ref().map(|way| {
        let all = way.approvals_needed.to_string();
        let approvals = if way.approvals.is_empty() {
            fill(words.approvals_none, &[("all", &all)])
        } else {
            let n = way.approvals.len().to_string();
            let who = way.approvals.join(" · ");
            fill(words.approvals, &[("n", &n), ("all", &all), ("who", &who)])
        };
        view! {
            <div class="way">
                <span class="money-what">{words.way_asked}</span>
                <span class="badge" data-tone=Tone::Info.name()>{way_state(lang, way.state)}</span>
                <span>
                    {shopper::channel(lang, way.channel)} " " {way.bank.clone()} " "
                    <span class="number">{way.account.clone()}</span>
                </span>
                <span class="under">{fill(words.holder, &[("name", &way.holder)])} " · " {approvals}</span>
            </div>
        }
    });
    view! { {reference} {way} }
}
