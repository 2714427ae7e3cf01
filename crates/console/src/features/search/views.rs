//! What was found, as a table.

use leptos::prelude::*;
use orders_api::{CancellationKind, FoundOrder};
use storefront::ui::{Button, Tone};
use storefront::words::{Lang, codes, fill};
use storefront::{format, tones};

use super::data::Found;
use super::words::Words;

/// Before anything is asked.
pub fn idle_view(lang: Lang) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <h1 class="page-title">{words.title}</h1>
        <p class="hint">{words.hint}</p>
    }
}

/// What was found.
pub fn found_view(
    lang: Lang,
    found: &Found,
    more: Signal<bool>,
    look_further: Callback<()>,
    href: fn(&str) -> String,
    at: RwSignal<usize>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let asked = [("q", found.asked.as_str())];
    if found.items.is_empty() {
        return view! {
            <h1 class="page-title">{fill(words.nothing_title, &asked)}</h1>
            <p class="hint">{words.nothing}</p>
        }
        .into_any();
    }
    let rows = found.items.iter().enumerate();
    let rows: Vec<_> = rows
        .map(|(place, item)| row(lang, place, at, item, href))
        .collect();
    view! {
        <h1 class="page-title">{fill(words.found, &asked)}</h1>
        <div class="table-frame" role="region" aria-label=words.title tabindex="0">
            <table class="table" data-cards="">
                <thead>
                    <tr>
                        <th scope="col">{words.number}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.goods}</th>
                        <th scope="col">{words.shopper}</th>
                        <th scope="col" class="amount">{words.total}</th>
                        <th scope="col">{words.placed}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {found.next.is_some().then(|| view! {
            <p class="more"><Button busy=more press=look_further>{words.more}</Button></p>
        })}
    }
    .into_any()
}

fn row(
    lang: Lang,
    place: usize,
    at: RwSignal<usize>,
    item: &FoundOrder,
    href: fn(&str) -> String,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let order = &item.order;
    let title = order.lines.first().map(|line| line.title.clone());
    let shopper = if item.shopper.name.is_empty() {
        words.unnamed.to_owned()
    } else {
        item.shopper.name.clone()
    };
    let asks = order.cancellation.kind == CancellationKind::Requested;
    view! {
        <tr on:focusin=move |_| at.set(place)>
            <td>
                <a class="number" id=format!("found-{place}") href=href(&order.id)>{order.number.clone()}</a>
                <span class="under">{order.shop.name.clone()}</span>
            </td>
            <td>
                <span class="badge" data-tone=tones::of_order(order.state).name()>
                    {codes::state(lang, order.state)}
                </span>
                {asks.then(|| view! {
                    <span class="badge" data-tone=Tone::Warn.name()>{words.requested}</span>
                })}
            </td>
            <td class="goods">{title}</td>
            <td>{shopper}</td>
            <td class="amount number">{format::money(&order.total)}</td>
            <td class="number">{format::moment(lang, &order.placed_at)}</td>
        </tr>
    }
}
