//! The order's refunds side by side: a split payment goes back in parts, each to its own account.

use leptos::prelude::*;
use orders_api::{Money, Refund, RefundDetail};

use crate::features::order::channel_icon;
use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::{Icon, Tone};
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// This refund and the others, and what they come to; `None` when it is the only one.
pub fn parts_view(lang: Lang, detail: &RefundDetail) -> Option<AnyView> {
    if detail.others.is_empty() {
        return None;
    }
    let words = Words::of(lang);
    let all = || std::iter::once(&detail.refund).chain(&detail.others);
    let sum = Money {
        amount: all().map(|refund| refund.amount.amount).sum(),
        currency: detail.refund.amount.currency.clone(),
    };
    let count = (detail.others.len() + 1).to_string();
    let others = detail
        .others
        .iter()
        .map(|refund| view! { <li>{other_view(lang, refund)}</li> })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="parts-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="parts-title">{words.all}</h2>
                </div>
                <ul class="refund-parts">
                    <li>
                        <div class="refund-part" aria-current="page">
                            {part(lang, &detail.refund, Some(words.this_one))}
                        </div>
                    </li>
                    {others}
                </ul>
                <dl class="amounts">
                    <div class="amounts-row" data-kind="total">
                        <dt>{fill(words.sum, &[("n", &count)])}</dt>
                        <dd>{format::money(&sum)}</dd>
                    </div>
                </dl>
            </section>
        }
        .into_any(),
    )
}

fn other_view(lang: Lang, refund: &Refund) -> impl IntoView + use<> {
    view! {
        <a class="refund-part" href=paths::refund(&refund.id)>
            {part(lang, refund, None)}
            <Icon name="chevron-right"/>
        </a>
    }
}

/// Account, amount and state of a refund, and what else there is to say of it.
fn part(lang: Lang, refund: &Refund, more: Option<&'static str>) -> impl IntoView + use<> {
    let tone = match refund.late {
        Some(_) => Tone::Warn,
        None => tones::of_refund(refund.state),
    };
    view! {
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
                {more.map(|more| view! { " " <span class="refund-part-more">{more}</span> })}
            </span>
        </span>
    }
}
