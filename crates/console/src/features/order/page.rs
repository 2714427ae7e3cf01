//! The order's page.

use leptos::prelude::*;
use storefront::ui::Loaded;
use storefront::words::{Lang, common, fill};

use super::acts::Offer;
use super::data::OrderData;
use super::view_acts::acts_view;
use super::views::{head_view, main_view, side_view};
use super::words::Words;
use crate::browser;
use crate::features::enquiry::{EnquiryData, enquiry_view, last_act};
use crate::features::notes::{About, NotesData, notes_view};
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_live, use_session};
use crate::words::{frame, keys};

/// Keeps what is shown of an order as it is at the server.
pub fn follow(data: OrderData) {
    let (session, live) = (use_session(), use_live());
    Effect::new(move |_| {
        session.again.track();
        data.look();
    });
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
}

/// The keys of an order's acts: the act of that number is opened, and shut by Escape. Whether it was one of them.
pub fn act_key(key: &str, data: OrderData, offered: Memo<Vec<Offer>>) -> bool {
    if key == "Escape" {
        let open = data.open.get_untracked().is_some();
        if open {
            data.turn(None);
            browser::focus("#acts");
        }
        return open;
    }
    let place = key
        .parse::<usize>()
        .ok()
        .and_then(|place| place.checked_sub(1));
    let offer = place.and_then(|place| offered.with_untracked(|all| all.get(place).cloned()));
    let there = offer.is_some() && !data.busy.get_untracked();
    if there {
        data.turn(offer);
    }
    there
}

/// The page of one order.
#[component]
pub fn OrderPage(
    /// The language.
    lang: Lang,
    /// The order's id.
    id: String,
) -> impl IntoView {
    let session = use_session();
    let notes = NotesData::new(lang, session, About::Order(id.clone()));
    let about = About::Order(id.clone());
    let data = OrderData::new(lang, session, id);
    follow(data);
    let own = session.somebody().map(|who| who.staff.id);
    let own = StoredValue::new(own.unwrap_or_default());
    let act = Memo::new(move |_| last_act(data.audit, own));
    let procedure = EnquiryData::new(lang, session, about, Signal::stored(None), act.into());
    let router = use_router();
    let title = frame::Words::of(lang).page_title;
    Effect::new(move |_| {
        let number = data
            .order
            .with(|order| order.ready().map(|order| order.order.number.clone()));
        if let Some(number) = number {
            let page = fill(Words::of(lang).title, &[("number", &number)]);
            set_title(fill(title, &[("page", &page)]));
        }
    });
    let offered = Memo::new(move |_| data.offered());
    let names = keys::Words::of(lang);
    let list = vec![
        ("1–9", names.act),
        ("Esc", names.shut),
        ("n", names.note),
        ("u", names.back),
    ];
    use_keys().listen(list, move |key, _| match key {
        "u" => {
            router.back();
            true
        }
        "n" => {
            browser::focus("#note");
            true
        }
        key => act_key(key, data, offered),
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
                            {enquiry_view(lang, procedure)}
                            {notes_view(lang, notes)}
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
