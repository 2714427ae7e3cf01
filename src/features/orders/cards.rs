//! The card of an order: what, how much, in which state, and what to do next.

use leptos::prelude::*;
use orders_api::{Line, OrderState, OrderSummary};

use super::outlook::{Says, Step, outlook};
use super::words::Words;
use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::Icon;
use crate::words::{Lang, codes, common, count, fill};

/// How many pictures there are room for beside the number of those left out.
const PICTURES: usize = 3;

/// The card of an order. The whole of it opens the order; what may be done now lies above that link.
/// `now` is in seconds since 1970, `opened` hears the id of the order that is being opened.
pub fn card(
    lang: Lang,
    order: &OrderSummary,
    now: Signal<i64>,
    opened: Callback<String>,
) -> AnyView {
    let words = Words::of(lang);
    let next = outlook(lang, order);
    let id = format!("order-{}", order.id);
    let state_id = format!("{id}-state");
    let number_id = format!("{id}-number");
    let order_id = order.id.clone();
    let note = move || opened.run(order_id.clone());
    let note_too = note.clone();
    let described_by = id.clone();
    view! {
        <article class="order-card" aria-labelledby=id.clone()>
            <div class="order-card-main">
                <div class="order-card-head">
                    <p class="order-card-shop">{order.shop.name.clone()}</p>
                    <span class="badge" id=state_id.clone() data-tone=tones::of_order(order.state).name()>
                        {codes::state(lang, order.state)}
                    </span>
                </div>
                <div class="order-card-goods" data-many=(order.lines.len() > 1).then_some("")>
                    {pictures(&order.lines)}
                    <div class="order-card-text">
                        <h2 class="order-card-title">
                            <a
                                class="order-card-link"
                                id=id.clone()
                                href=paths::order(&order.id)
                                aria-labelledby=format!("{id} {state_id} {number_id}")
                                on:click=move |_| note()
                            >
                                {title(lang, words, &order.lines)}
                            </a>
                        </h2>
                        <p class="order-card-variant">{variant(lang, order)}</p>
                    </div>
                </div>
                <p class="order-card-meta">
                    <span class="number" id=number_id>{order.number.clone()}</span>
                    <time datetime=order.placed_at.0.clone()>
                        {format::recently(lang, &order.placed_at, now.get_untracked())}
                    </time>
                </p>
            </div>
            <div class="order-card-stub tear">
                <p class="order-card-total">
                    <span class="label">{words.total}</span>
                    <span class="money">{format::money(&order.total)}</span>
                </p>
                {sentence(lang, words, next.says, now).map(|says| view! {
                    <p class="order-card-next" data-tone=next.tone.name()>
                        <Icon name=next.icon/>
                        {says}
                    </p>
                })}
                {next.step.map(|Step { label, href, urgent }| view! {
                    <a
                        class="button"
                        data-kind=urgent.then_some("primary")
                        href=href
                        aria-describedby=described_by
                        on:click=move |_| note_too()
                    >
                        {label}
                    </a>
                })}
            </div>
        </article>
    }
    .into_any()
}

fn pictures(lines: &[Line]) -> AnyView {
    match lines {
        [line] => picture(line),
        lines => {
            // A number that stands for one picture takes as much room as that picture.
            let shown = if lines.len() == PICTURES + 1 {
                PICTURES + 1
            } else {
                PICTURES
            };
            let left_out = lines.len().saturating_sub(shown);
            view! {
                <div class="order-card-pictures">
                    {lines.iter().take(shown).map(picture).collect_view()}
                    {(left_out > 0).then(|| view! {
                        <span class="order-card-more" aria-hidden="true">{format!("+{left_out}")}</span>
                    })}
                </div>
            }
            .into_any()
        }
    }
}

fn picture(line: &Line) -> AnyView {
    match &line.image_url {
        Some(url) => view! {
            <img class="picture" src=url.clone() alt="" width="72" height="72" loading="lazy"/>
        }
        .into_any(),
        None => view! { <span class="picture"></span> }.into_any(),
    }
}

fn title(lang: Lang, words: &Words, lines: &[Line]) -> String {
    let first = lines
        .first()
        .map(|line| line.title.as_str())
        .unwrap_or_default();
    if lines.len() < 2 {
        return first.to_owned();
    }
    // Chinese counts all of them, English the others.
    let n = match lang {
        Lang::ZhCn => lines.len(),
        Lang::En => lines.len() - 1,
    };
    fill(words.and_others, &[("title", first), ("n", &n.to_string())])
}

fn variant(lang: Lang, order: &OrderSummary) -> String {
    let left = |line: &Line| {
        if order.state == OrderState::Cancelled {
            line.quantity
        } else {
            line.quantity.saturating_sub(line.cancelled_quantity)
        }
    };
    match order.lines.as_slice() {
        [line] => match &line.variant {
            Some(variant) => format!("{variant} ×{}", left(line)),
            None => format!("×{}", left(line)),
        },
        lines => {
            let common = common::Words::of(lang);
            let n = lines.iter().map(|line| i64::from(left(line))).sum();
            count(common.items_one, common.items_other, n)
        }
    }
}

fn sentence(lang: Lang, words: &'static Words, says: Says, now: Signal<i64>) -> Option<AnyView> {
    match says {
        Says::Nothing => None,
        Says::Text(text) => Some(view! { <span>{text}</span> }.into_any()),
        Says::PayWithin(by) => {
            let by = format::epoch_seconds(&by)?;
            let (before, after) = words.pay_within.split_once("{time}")?;
            Some(
                view! {
                    <span>
                        {move || {
                            let left = by - now.get();
                            if left > 0 {
                                view! {
                                    {before}
                                    <span class="number" role="timer">{format::countdown(lang, left)}</span>
                                    {after}
                                }
                                .into_any()
                            } else {
                                words.time_is_up.into_any()
                            }
                        }}
                    </span>
                }
                .into_any(),
            )
        }
    }
}
