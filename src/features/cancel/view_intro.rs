//! What the form of the dialog is about: which order, and who decides.

use leptos::prelude::*;
use orders_api::{CancelCounting, LadderStep, LinkedArticle, OrderDetail};

use crate::features::support::help_link;
use crate::format;
use crate::ui::{Notice, Tone};
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// The order, at a glance.
pub(super) fn head(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let first = order.lines.first();
    let title = first.map(|line| line.title.clone()).unwrap_or_default();
    let title = match order.lines.len() {
        0 | 1 => title,
        lines => fill(
            Words::of(lang).goods_more,
            &[("title", &title), ("n", &(lines - 1).to_string())],
        ),
    };
    view! {
        <div class="cancel-order">
            <img
                class="picture"
                src=first.and_then(|line| line.image_url.clone())
                alt=""
                width="72"
                height="72"
            />
            <div>
                <p class="cancel-order-title">{title}</p>
                <p class="cancel-order-meta">{order.number.clone()}</p>
            </div>
        </div>
    }
}

/// What stays in the order, and why.
pub(super) fn what_stays(lang: Lang, order: &OrderDetail) -> Option<impl IntoView + use<>> {
    let stays: Vec<_> = order
        .lines
        .iter()
        .filter_map(|line| {
            let why = codes::not_possible(lang, line.stays?);
            let mut what = line.title.clone();
            what.push_str(" ×");
            what.push_str(&(line.quantity - line.cancelled_quantity).to_string());
            Some(view! {
                <li>
                    {what}
                    <span class="cancel-part-more">{why}</span>
                </li>
            })
        })
        .collect();
    (!stays.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Neutral icon="box" title=Words::of(lang).stays>
                <ul class="cancel-stays">{stays}</ul>
            </Notice>
        }
    })
}

/// Staff decide; what they need to know is carried along.
pub(super) fn staff_decide(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let help = help_link(
        lang,
        LinkedArticle::DoesCancellingHarm,
        &order.shop.id,
        &order.policy_version,
    );
    let limited = order.limit.as_ref().map(|limit| {
        let with = [
            ("until", &*format::moment(lang, &limit.until)),
            ("days", &*limit.forget_days.to_string()),
            ("free", &*limit.free.to_string()),
        ];
        fill(words.limited, &with)
    });
    view! {
        <Notice tone=Tone::Info icon="person" title=words.staff_decide>
            {limited.map(|limited| view! {
                <p>{limited}</p>
                {help}
            })}
            <p>{words.staff_decide_text}</p>
        </Notice>
        <dl class="facts">
            <div>
                <dt class="fact-name">{words.number}</dt>
                <dd class="fact-value number">{order.number.clone()}</dd>
            </div>
            {order.paid_at.as_ref().map(|paid_at| view! {
                <div>
                    <dt class="fact-name">{words.paid_at}</dt>
                    <dd class="fact-value">
                        <time datetime=paid_at.0.clone()>{format::moment(lang, paid_at)}</time>
                    </dd>
                </div>
            })}
        </dl>
    }
}

/// That confirming would count against the shopper, and what would follow from it; or that it never does, for the reason
/// that is chosen.
pub(super) fn counts(lang: Lang, counting: &CancelCounting, never: bool) -> AnyView {
    let words = Words::of(lang);
    if never {
        return view! { <Notice tone=Tone::Info icon="info" title=words.counts_never/> }.into_any();
    }
    let (title, text) = match counting.leads_to {
        Some(LadderStep::Limit) => (words.counts_limit, words.counts_limit_text),
        Some(LadderStep::Warning) => (words.counts_warning, words.counts_text),
        None => (words.counts, words.counts_text),
    };
    let text = fill(
        text,
        &[
            ("n", &*counting.counted.to_string()),
            ("days", &*counting.forget_days.to_string()),
            ("free", &*counting.free.to_string()),
            ("limit", &*counting.limit_at.to_string()),
            ("limit_days", &*counting.limit_days.to_string()),
        ],
    );
    view! {
        <Notice tone=Tone::Warn icon="warning" title=title>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}
