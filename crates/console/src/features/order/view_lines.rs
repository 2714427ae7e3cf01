//! What an order consists of, and how its total comes about.

use leptos::prelude::*;
use orders_api::{Line, Money, OrderDetail};
use storefront::format;
use storefront::words::{Lang, codes as shopper, fill};

use super::words::Words;

/// The lines as a table, with the total at its end.
pub fn lines_view(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let lines: Vec<_> = order.lines.iter().map(|one| line(lang, one)).collect();
    let amounts = &order.amounts;
    let points = fill(words.points, &[("n", &amounts.points.to_string())]);
    let minus = |money: &Money| Money {
        amount: -money.amount,
        currency: money.currency.clone(),
    };
    let sums: Vec<_> = [
        (words.goods_sum.to_owned(), amounts.goods.clone()),
        (words.discount.to_owned(), minus(&amounts.discount)),
        (words.coupon.to_owned(), minus(&amounts.coupon)),
        (points, minus(&amounts.points_value)),
        (words.freight.to_owned(), amounts.freight.clone()),
        (words.total.to_owned(), amounts.total.clone()),
    ]
    .into_iter()
    .filter(|(name, money)| money.amount != 0 || name == words.total)
    .map(|(name, money)| {
        view! {
            <tr>
                <th scope="row" colspan="3">{name}</th>
                <td class="amount number">{format::money(&money)}</td>
            </tr>
        }
    })
    .collect();
    view! {
        <section class="panel" aria-labelledby="lines">
            <h2 id="lines">{words.lines}</h2>
            <div class="table-frame" role="group" aria-labelledby="lines" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{words.lines}</th>
                            <th scope="col" class="amount">{words.quantity}</th>
                            <th scope="col" class="amount">{words.unit}</th>
                            <th scope="col" class="amount">{words.sum}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>{sums}</tfoot>
                </table>
            </div>
        </section>
    }
}

fn line(lang: Lang, line: &Line) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let cancelled = line.cancelled_quantity > 0;
    let cancelled = cancelled.then(|| {
        let n = line.cancelled_quantity.to_string();
        view! { <span class="under">{fill(words.of_them_cancelled, &[("n", &n)])}</span> }
    });
    let stays = line.stays.map(|why| {
        view! { <span class="under">{shopper::not_possible(lang, why)}</span> }
    });
    view! {
        <tr>
            <td>
                {line.title.clone()}
                {line.variant.clone().map(|variant| view! { <span class="under">{variant}</span> })}
                {stays}
            </td>
            <td class="amount number">{line.quantity} {cancelled}</td>
            <td class="amount number">{format::money(&line.unit_price)}</td>
            <td class="amount number">{format::money(&line.total)}</td>
        </tr>
    }
}
