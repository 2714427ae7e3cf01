//! The shape of My Orders: tabs, status for screen readers, the list and its end, skeletons.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use orders_api::{Tab, TabCounts};

use super::batch::Row;
use super::cards::card;
use super::data::More;
use super::empties::empty;
use super::list::List;
use super::window::Drawn;
use super::words::words;
use crate::browser;
use crate::paths::OrdersQuery;
use crate::ui::Load;
use crate::words::{codes, common, count, use_lang};

/// The tabs, each a link with its count.
#[component]
pub fn TabsView(
    /// Which one is current, under which search.
    #[prop(into)]
    query: Signal<OrdersQuery>,
    /// How many there are in each, as far as known.
    #[prop(into)]
    counts: Signal<Option<TabCounts>>,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <nav class="tabs" aria-label=words().tabs>
            {Tab::ALL
                .map(|tab| view! {
                    <a
                        class="tab"
                        href=move || query.with(|query| query.in_tab(tab).href())
                        aria-current=move || query.with(|query| query.tab == tab).then_some("page")
                    >
                        {codes::tab(lang, tab)}
                        {move || counts.get().map(|counts| view! {
                            " "
                            <span class="tab-count">{counts.of(tab).to_string()}</span>
                        })}
                    </a>
                })
                .into_iter()
                .collect_view()}
        </nav>
    }
}

/// Says what the list is doing, and how many orders it has, to those who do not see it.
#[component]
pub fn StatusView(
    /// Which orders.
    #[prop(into)]
    query: Signal<OrdersQuery>,
    /// What is shown.
    #[prop(into)]
    load: Signal<Load<List>>,
    /// Whether that belongs to an earlier query.
    #[prop(into)]
    stale: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let text = Memo::new(move |_| {
        let tab = query.with(|query| query.tab);
        load.with(|load| match load {
            Load::Loading => words.loading.to_owned(),
            Load::Ready(_) if stale.get() => words.loading.to_owned(),
            Load::Ready(list) => match list.counts.of(tab) {
                0 => words.found_none.to_owned(),
                n => count(words.found_one, words.found_other, n),
            },
            // The failure speaks for itself.
            Load::Failed(_) => String::new(),
        })
    });
    view! { <p class="visually-hidden" role="status">{move || text.get()}</p> }
}

/// The list, or what stands in its place when it is empty.
#[component]
pub fn ListView(
    /// What has been loaded.
    list: Signal<List>,
    /// Which part of it is drawn.
    drawn: RwSignal<Drawn>,
    /// Whether it belongs to an earlier query.
    #[prop(into)]
    stale: Signal<bool>,
    /// The time in seconds since 1970.
    #[prop(into)]
    now: Signal<i64>,
    /// Where loading what follows stands.
    more: RwSignal<More>,
    /// The list itself, to be looked at.
    place: NodeRef<html::Ul>,
    /// The end of the list, to be watched for.
    end: NodeRef<html::Div>,
    /// Load what follows.
    load_more: Callback<()>,
    /// This order is being opened.
    opened: Callback<String>,
) -> impl IntoView {
    let lang = use_lang();
    let words = words();
    let is_empty = Memo::new(move |_| list.with(List::is_empty));
    let item = move |(position, row): (usize, Arc<Row>)| {
        let whole = list.with_untracked(List::whole);
        view! {
            <li
                // Two cards and a part of the third.
                id=(browser::ON_SERVER && position == 2).then_some(browser::FIRST_PICTURE)
                aria-posinset=whole.map(|_| (position + 1).to_string())
                aria-setsize=whole.map(|whole| whole.to_string())
            >
                {move || row.order.with(|order| card(lang, order, now, opened))}
            </li>
        }
    };
    move || {
        if is_empty.get() {
            return (move || list.with(|list| empty(lang, list))).into_any();
        }
        view! {
            <ul
                class="orders-list"
                aria-label=words.list
                aria-busy=move || stale.get().then_some("true")
                data-loaded=move || list.with(List::loaded).to_string()
                node_ref=place
            >
                {room(drawn, Side::Above)}
                <For
                    each=move || {
                        let drawn = drawn.get();
                        list.with(|list| list.rows(drawn.first, drawn.last))
                    }
                    key=|(_, row)| Arc::as_ptr(row) as usize
                    children=item
                />
                {room(drawn, Side::Below)}
            </ul>
            <div class="orders-more" node_ref=end>
                {move || list.with(|list| end_of(list, &more.get(), load_more))}
            </div>
        }
        .into_any()
    }
}

/// Where cards are not drawn.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

/// The room of the cards that are not drawn. A picture of nothing, because its height may be said in the
/// markup where a style may not.
fn room(drawn: RwSignal<Drawn>, side: Side) -> AnyView {
    let height = move || {
        let drawn = drawn.get();
        pixels(match side {
            Side::Above => drawn.above,
            Side::Below => drawn.below,
        })
    };
    view! {
        <li class="orders-room" aria-hidden="true">
            <svg width="1" height=height></svg>
        </li>
    }
    .into_any()
}

/// A height with two decimals. Written by hand: what Rust writes any number with is large.
#[allow(clippy::cast_possible_truncation, reason = "no page is that high")]
fn pixels(height: f64) -> String {
    let hundredths = (height * 100.0) as i64;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The end of the list: more, a failure in its place, or really the end. More is also a page of its own,
/// for browsers that do not run the app.
fn end_of(list: &List, more: &More, load_more: Callback<()>) -> AnyView {
    let words = words();
    let Some(after) = &list.next_cursor else {
        return view! { <p>{words.end}</p> }.into_any();
    };
    let (failure, label) = match more {
        More::Failed(why) => (Some(why.text.clone()), common::words().retry),
        More::Idle | More::Loading => (None, words.load_more),
    };
    view! {
        {failure.map(|why| view! { <p role="alert">{why}</p> })}
        <a
            class="button"
            href=list.query.beginning_after(after).href()
            aria-busy=(*more == More::Loading).then_some("true")
            on:click=move |event| {
                // Anything but a plain click asks for a page of its own.
                if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                    event.prevent_default();
                    load_more.run(());
                }
            }
        >
            {label}
        </a>
    }
    .into_any()
}

/// The way back to the newest orders, from a page that begins further down.
pub fn newest(query: &OrdersQuery) -> Option<AnyView> {
    (!query.after.is_empty()).then(|| {
        view! {
            <p class="orders-newest">
                <a class="button" href=query.beginning_after("").href()>{words().newest}</a>
            </p>
        }
        .into_any()
    })
}

/// Grey cards where orders are about to be.
#[component]
pub fn SkeletonView() -> impl IntoView {
    let card = |_| {
        view! {
            <li aria-hidden="true">
                <div class="order-card">
                    <div class="order-card-main">
                        <div class="order-card-head">
                            <span class="skeleton" data-size="short"></span>
                            <span class="skeleton" data-size="short"></span>
                        </div>
                        <div class="order-card-goods">
                            <span class="skeleton" data-size="picture"></span>
                            <div class="skeleton-text">
                                <span class="skeleton"></span>
                                <span class="skeleton" data-size="half"></span>
                            </div>
                        </div>
                    </div>
                    <div class="order-card-stub tear">
                        <span class="skeleton" data-size="short"></span>
                    </div>
                </div>
            </li>
        }
    };
    view! {
        <ul class="orders-list" aria-busy=Some("true") aria-label=words().list>
            {[0; 4].map(card).into_iter().collect_view()}
        </ul>
    }
}
