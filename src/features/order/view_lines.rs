//! What the order consists of, and how its total comes about.

use leptos::prelude::*;
use orders_api::{Line, Money, OrderDetail};

use crate::format;
use crate::ui::{Share, amount_row};
use crate::words::{Lang, codes, common, count, fill};

use super::words::Words;

/// Lines and amounts.
pub fn lines_view(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let common = common::Words::of(lang);
    let units: i64 = order
        .lines
        .iter()
        .map(|line| i64::from(line.quantity))
        .sum();
    let lines = order
        .lines
        .iter()
        .map(|line| line_view(lang, words, line))
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="lines-title">
            <div class="panel-head">
                <h2 class="panel-title" id="lines-title">{words.lines}</h2>
                <span class="order-line-variant">{count(common.items_one, common.items_other, units)}</span>
            </div>
            <ul class="order-lines">{lines}</ul>
            {amounts_view(words, order)}
        </section>
    }
}

fn line_view(lang: Lang, words: &'static Words, line: &Line) -> impl IntoView + use<> {
    let mut quantity = " ×".to_owned();
    quantity.push_str(&line.quantity.to_string());
    let gone = line.cancelled_quantity > 0 && line.cancelled_quantity >= line.quantity;
    let cancelled = (line.cancelled_quantity > 0).then(|| {
        let text = fill(
            words.line_cancelled,
            &[("n", &line.cancelled_quantity.to_string())],
        );
        view! { <p class="order-line-cancelled">{text}</p> }
    });
    let picture = match &line.image_url {
        Some(url) => view! {
            <img class="picture" src=url.clone() alt="" width="72" height="72" loading="lazy"/>
        }
        .into_any(),
        None => view! { <span class="picture"></span> }.into_any(),
    };
    view! {
        <li class="order-line" data-cancelled=gone.then_some("")>
            {picture}
            <p class="order-line-title">{line.title.clone()}</p>
            <p class="order-line-price">
                <span class="visually-hidden">{words.subtotal}" "</span>
                <span class="money">{format::money(&line.total)}</span>
            </p>
            <p class="order-line-variant">{line.variant.clone()}</p>
            <p class="order-line-quantity">
                <span class="money">{format::money(&line.unit_price)}</span>
                {quantity}
            </p>
            {cancelled}
            {line.stays.map(|why| view! {
                <p class="order-line-stays">{codes::not_possible(lang, why)}</p>
            })}
        </li>
    }
}

fn amounts_view(words: &'static Words, order: &OrderDetail) -> impl IntoView + use<> {
    let amounts = &order.amounts;
    let less = |name: String, amount: &Money| {
        (amount.amount != 0).then(|| amount_row(Share::Less, name, None, amount))
    };
    let total = if order.paid_at.is_some() {
        words.total_paid
    } else {
        words.total_due
    };
    let points = fill(words.points, &[("n", &format::grouped(amounts.points))]);
    view! {
        <dl class="amounts order-amounts tear">
            {amount_row(Share::Part, words.goods.to_owned(), None, &amounts.goods)}
            {amount_row(Share::Part, words.freight.to_owned(), None, &amounts.freight)}
            {less(words.discount.to_owned(), &amounts.discount)}
            {less(words.coupon.to_owned(), &amounts.coupon)}
            {less(points, &amounts.points_value)}
            {amount_row(Share::Total, total.to_owned(), None, &amounts.total)}
        </dl>
    }
}
