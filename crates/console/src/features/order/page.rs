//! The order's page.

use leptos::prelude::*;
use storefront::ui::Loaded;
use storefront::words::{Lang, common, fill};

use super::data::OrderData;
use super::view_acts::acts_view;
use super::views::{head_view, main_view, side_view};
use super::words::Words;
use crate::browser;
use crate::router::use_router;
use crate::shell::{use_keys, use_live, use_session};
use crate::words::{frame, keys};

/// The page of one order.
#[component]
pub fn OrderPage(
    /// The language.
    lang: Lang,
    /// The order's id.
    id: String,
) -> impl IntoView {
    let session = use_session();
    let data = OrderData::new(lang, session, id);
    Effect::new(move |_| {
        session.again.track();
        data.look();
    });
    let (router, live) = (use_router(), use_live());
    Effect::new(move |before: Option<u32>| {
        let missed = live.missed.get();
        if before.is_some() {
            data.look();
        }
        missed
    });
    Effect::new(move |before: Option<()>| {
        let changed = live.order.get();
        if let Some(changed) = changed.filter(|_| before.is_some() && live.is_in_use()) {
            data.hears(&changed.id, changed.version);
        }
    });
    let title = frame::Words::of(lang).page_title;
    Effect::new(move |_| {
        let number = data
            .order
            .with(|order| order.ready().map(|order| order.order.number.clone()));
        if let Some(number) = number {
            let page = fill(Words::of(lang).title, &[("number", &number)]);
            browser::set_title(&fill(title, &[("page", &page)]));
        }
    });
    let offered = Memo::new(move |_| data.offered());
    let names = keys::Words::of(lang);
    let list = vec![("1–9", names.act), ("Esc", names.shut), ("u", names.back)];
    use_keys().listen(list, move |key, _| match key {
        "u" => {
            router.back();
            true
        }
        "Escape" if data.open.get_untracked().is_some() => {
            data.turn(None);
            browser::focus("#acts");
            true
        }
        key => {
            let place = key
                .parse::<usize>()
                .ok()
                .and_then(|place| place.checked_sub(1));
            let offer =
                place.and_then(|place| offered.with_untracked(|all| all.get(place).cloned()));
            let there = offer.is_some() && !data.busy.get_untracked();
            if there {
                data.turn(offer);
            }
            there
        }
    });
    let skeleton = move || {
        view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
    };
    view! {
        <Loaded
            load=Signal::from(data.order)
            skeleton
            retry=Callback::new(move |()| data.look())
            ready=move |order| {
                view! {
                    {move || head_view(lang, &order.get())}
                    <div role="status">
                        {move || data.old.get().map(|why| view! { <p class="conflict">{why}</p> })}
                    </div>
                    <div class="order-columns">
                        <div class="order-side">
                            {acts_view(lang, data, offered)}
                            {move || side_view(lang, &order.get())}
                        </div>
                        <div class="order-main">
                            {move || main_view(lang, &order.get(), data)}
                        </div>
                    </div>
                }
            }
        />
    }
}
