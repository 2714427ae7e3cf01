//! An order beside something else, such as the conversation about it: what can be done with it, and all that is known.

use leptos::prelude::*;
use orders_api::OrderBrief;
use storefront::ui::Loaded;
use storefront::words::{Lang, codes as shopper, common, fill};
use storefront::{format, tones};

use super::acts::Offer;
use super::data::OrderData;
use super::view_acts::acts_view;
use super::views::{main_view, side_view};
use super::words::Words;
use crate::paths;

/// The order. What it is called is known before it is loaded.
#[component]
pub fn OrderBeside(
    /// The language.
    lang: Lang,
    /// The order in short.
    brief: OrderBrief,
    /// The order.
    data: OrderData,
    /// What can be done with it.
    offered: Memo<Vec<Offer>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let state = Memo::new(move |_| {
        data.order
            .with(|order| order.ready().map(|order| order.order.state))
    });
    view! {
        <section class="panel order-card" aria-labelledby="order-card">
            <h2 class="panel-title" id="order-card">
                <a class="number" href=paths::order(&brief.id)>
                    {fill(words.title, &[("number", &brief.number)])}
                </a>
                {move || state.get().map(|state| view! {
                    " "
                    <span class="badge" data-tone=tones::of_order(state).name()>
                        {shopper::state(lang, state)}
                    </span>
                })}
            </h2>
            <p class="under">{brief.title} " · " <span class="number">{format::money(&brief.total)}</span></p>
        </section>
        <Loaded
            load=Signal::from(data.order)
            skeleton=move || view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
            retry=Callback::new(move |()| data.look())
            ready=move |order| {
                view! {
                    <div role="status">
                        {move || data.old.get().map(|why| view! { <p class="conflict">{why}</p> })}
                    </div>
                    {acts_view(lang, data, offered)}
                    {move || main_view(lang, &order.get(), data)}
                    {move || side_view(lang, &order.get())}
                }
            }
        />
    }
}
