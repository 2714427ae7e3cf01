//! What the case comes to, each line explained; the refunds that it made; and the goods.

use leptos::prelude::*;
use orders_api::{CaseDetail, CaseLineDetail, CaseState, Refund};

use crate::features::order::channel_icon;
use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::{Icon, Tone, settlement_rows};
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// How the amount comes about.
pub fn sum_view(lang: Lang, case: &CaseDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let sum = &case.settlement;
    let why = case.condition.map_or_else(
        || words.deduction_why_plain.to_owned(),
        |condition| {
            let condition = codes::condition(lang, condition);
            fill(words.deduction_why, &[("condition", condition)])
        },
    );
    let total = match case.state {
        CaseState::Refunded => words.total,
        CaseState::Open
        | CaseState::AwaitingReturn
        | CaseState::Returning
        | CaseState::Rejected
        | CaseState::Appealed
        | CaseState::Withdrawn
        | CaseState::Closed => words.total_asked,
    };
    view! {
        <section class="panel" aria-labelledby="sum-title">
            <div class="panel-head">
                <h2 class="panel-title" id="sum-title">{words.sum}</h2>
            </div>
            {settlement_rows(lang, sum, Some(why), total)}
            {points_view(words, case)}
        </section>
    }
}

/// The points that come back with the money, or have; `None` where none do.
fn points_view(words: &'static Words, case: &CaseDetail) -> Option<AnyView> {
    let text = match case.state {
        CaseState::Refunded => words.points_were,
        CaseState::Open
        | CaseState::AwaitingReturn
        | CaseState::Returning
        | CaseState::Rejected
        | CaseState::Appealed => words.points_back,
        CaseState::Withdrawn | CaseState::Closed => return None,
    };
    let points = case.settlement.points;
    (points != 0).then(|| {
        let text = fill(text, &[("n", &format::grouped(points))]);
        view! {
            <ul class="give-back">
                <li class="give-back-item"><Icon name="check"/><span>{text}</span></li>
            </ul>
        }
        .into_any()
    })
}

/// The refunds that it made; `None` without any.
pub fn refunds_view(lang: Lang, case: &CaseDetail) -> Option<AnyView> {
    if case.refunds.is_empty() {
        return None;
    }
    let refunds = case
        .refunds
        .iter()
        .map(|refund| view! { <li>{refund_view(lang, refund)}</li> })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="refunds-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="refunds-title">{Words::of(lang).refunds}</h2>
                </div>
                <ul class="refund-parts">{refunds}</ul>
            </section>
        }
        .into_any(),
    )
}

/// A refund that was made, as a link to its page.
pub fn refund_view(lang: Lang, refund: &Refund) -> impl IntoView + use<> {
    let tone = match refund.late {
        Some(_) => Tone::Warn,
        None => tones::of_refund(refund.state),
    };
    view! {
        <a class="refund-part" href=paths::refund(&refund.id)>
            <Icon name=channel_icon(refund.channel)/>
            <span class="refund-part-what">
                <span class="refund-part-row">
                    <span>{codes::account(lang, refund.channel, &refund.account)}</span>
                    " "
                    <strong class="money">{format::money(&refund.amount)}</strong>
                </span>
                " "
                <span class="refund-part-row">
                    <span class="badge" data-tone=tone.name()>
                        {codes::refund_state(lang, refund.state)}
                    </span>
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}

/// What it is about.
pub fn goods_view(lang: Lang, case: &CaseDetail) -> impl IntoView + use<> {
    let lines = case
        .lines
        .iter()
        .map(|line| line_view(lang, line))
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="goods-title">
            <div class="panel-head">
                <h2 class="panel-title" id="goods-title">{Words::of(lang).goods}</h2>
            </div>
            <ul class="order-lines">{lines}</ul>
        </section>
    }
}

fn line_view(lang: Lang, some: &CaseLineDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let line = &some.line;
    let picture = match &line.image_url {
        Some(url) => view! {
            <img class="picture" src=url.clone() alt="" width="72" height="72" loading="lazy"/>
        }
        .into_any(),
        None => view! { <span class="picture"></span> }.into_any(),
    };
    let parts = (!some.components.is_empty()).then(|| {
        let parts = some.components.join(words.line_sep);
        view! { <p class="order-line-stays">{fill(words.only, &[("parts", &parts)])}</p> }
    });
    let quantity = format!("×{}", some.quantity);
    view! {
        <li class="order-line">
            {picture}
            <p class="order-line-title">{line.title.clone()}</p>
            <p class="order-line-price">
                <span class="money">{format::money(&line.unit_price)}</span>
            </p>
            <p class="order-line-variant">{line.variant.clone()}</p>
            <p class="order-line-quantity">{quantity}</p>
            {parts}
        </li>
    }
}
