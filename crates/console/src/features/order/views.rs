//! An order's screen, put together.

use leptos::prelude::*;
use orders_api::{CancellationKind, StaffOrder};
use storefront::ui::{Tone, fact};
use storefront::words::{Lang, codes as shopper, fill};
use storefront::{format, tones};

use super::acts::waiting;
use super::data::OrderData;
use super::view_address::{goes_to_view, shopper_view};
use super::view_cases::cases_view;
use super::view_complaints::complaints_view;
use super::view_drafts::drafts_view;
use super::view_lines::lines_view;
use super::view_money::money_view;
use super::view_policy::policy_view;
use super::view_standing::standing_view;
use super::view_trail::{audit_view, decisions_view, timeline_view};
use super::words::Words;

/// Which order, where it stands, and what is asked for.
pub fn head_view(lang: Lang, order: &StaffOrder) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let order = &order.order;
    let asks = order.cancellation.kind == CancellationKind::Requested;
    view! {
        <div class="order-head">
            <h1 class="page-title number">{fill(words.title, &[("number", &order.number)])}</h1>
            <span class="badge" data-tone=tones::of_order(order.state).name()>
                {shopper::state(lang, order.state)}
            </span>
            {asks.then(|| view! {
                <span class="badge" data-tone=Tone::Warn.name()>{words.request_open}</span>
            })}
            <p class="order-facts">
                <span>{order.shop.name.clone()}</span>
                <span>{fill(words.external, &[("id", &order.external_id)])}</span>
                <span>{fill(words.placed, &[("time", &format::moment(lang, &order.placed_at))])}</span>
                <span class="number">{format::money(&order.total)}</span>
                <span>{fill(words.version, &[("n", &order.version.to_string())])}</span>
            </p>
        </div>
    }
}

/// What is asked for or waits, then everything about the order.
pub fn main_view(lang: Lang, order: &StaffOrder, data: OrderData) -> impl IntoView + use<> {
    let detail = &order.order;
    let decisions = decisions_view(lang, &order.decisions);
    view! {
        {asked_view(lang, order)}
        {move || complaints_view(lang, &data.complaints.get(), &data.viewer())}
        {move || cases_view(lang, &data.cases.get(), &data.viewer())}
        {lines_view(lang, detail)}
        {money_view(lang, detail, data.refunds)}
        {timeline_view(lang, &detail.timeline)}
        {decisions}
        {move || data.audit.with(|trail| trail.as_ref().map(|trail| audit_view(lang, trail)))}
    }
}

/// Who the shopper is, where the order goes, and what the policy says.
pub fn side_view(lang: Lang, order: &StaffOrder) -> impl IntoView + use<> {
    view! {
        {shopper_view(lang, &order.shopper)}
        {standing_view(lang, order.standing.as_ref())}
        {goes_to_view(lang, &order.order)}
        {policy_view(lang, &order.order)}
    }
}

/// What the shopper asks for, or why the order waits.
fn asked_view(lang: Lang, order: &StaffOrder) -> Option<AnyView> {
    let words = Words::of(lang);
    let drafts = &order.cancel_drafts;
    let waits = waiting(drafts).is_some();
    let order = &order.order;
    let cancellation = &order.cancellation;
    if cancellation.kind == CancellationKind::Requested {
        let at = cancellation.at.as_ref();
        return Some(
            view! {
                <section class="panel" data-tone=Tone::Warn.name() aria-labelledby="asked">
                    <h2 id="asked">{words.request_open}</h2>
                    <dl class="facts">
                        {fact(words.reason, view! {
                            <dd class="fact-value">{cancellation.reason_label.clone()}</dd>
                        })}
                        {cancellation.note.clone().map(|note| view! {
                            <div class="fact-wide"><dd class="quote">{note}</dd></div>
                        })}
                        {at.map(|at| fact(words.asked_at, view! {
                            <dd class="fact-value">{format::moment(lang, at)}</dd>
                        }))}
                    </dl>
                    {drafts_view(lang, drafts)}
                </section>
            }
            .into_any(),
        );
    }
    let Some(pending) = order.pending.as_ref() else {
        // What took two stays on the screen; what waits gives it its name, else the last of them. Of the seller's cancel there
        // was no request.
        let named = waiting(drafts).or(drafts.last());
        let asked = named.is_some_and(|draft| draft.reason.is_none());
        let title = if asked {
            words.request_over
        } else {
            words.seller_cancel
        };
        return (!drafts.is_empty()).then(|| {
            view! {
                <section class="panel" data-tone=waits.then(|| Tone::Warn.name()) aria-labelledby="asked">
                    <h2 id="asked">{title}</h2>
                    {drafts_view(lang, drafts)}
                </section>
            }
            .into_any()
        });
    };
    let missing = pending.missing.iter();
    let missing: Vec<_> = missing
        .map(|field| super::view_address::field_name(lang, *field))
        .collect();
    Some(
        view! {
            <section class="panel" data-tone=Tone::Warn.name() aria-labelledby="asked">
                <h2 id="asked">{words.pending_why}</h2>
                <p>{shopper::pending_cause(lang, pending.cause)}</p>
                {(!missing.is_empty()).then(|| view! { <p class="quote">{missing.join(" · ")}</p> })}
                {drafts_view(lang, drafts)}
            </section>
        }
        .into_any(),
    )
}
