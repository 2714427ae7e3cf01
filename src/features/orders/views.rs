//! The shape of My Orders: tabs, status for screen readers, the list and its end, skeletons.

use leptos::html;
use leptos::prelude::*;
use orders_api::{Tab, TabCounts};

use super::cards::card;
use super::data::More;
use super::empties::empty;
use super::list::List;
use super::words::words;
use crate::paths::OrdersQuery;
use crate::ui::{Button, Load};
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
    /// Whether it belongs to an earlier query.
    #[prop(into)]
    stale: Signal<bool>,
    /// The time in seconds since 1970.
    #[prop(into)]
    now: Signal<i64>,
    /// Where loading the next page stands.
    #[prop(into)]
    more: Signal<More>,
    /// The end of the list, to be watched for.
    end: NodeRef<html::Div>,
    /// Load the next page.
    load_more: Callback<()>,
    /// This order is being opened.
    opened: Callback<String>,
) -> impl IntoView {
    let lang = use_lang();
    let words = words();
    let busy = Memo::new(move |_| stale.get() || more.get() == More::Loading);
    let is_empty = Memo::new(move |_| list.with(|list| list.rows.is_empty()));
    move || {
        if is_empty.get() {
            return (move || list.with(|list| empty(lang, list))).into_any();
        }
        view! {
            <ul
                class="orders-list"
                aria-label=words.list
                aria-busy=move || busy.get().then_some("true")
                data-stale=move || stale.get().then_some("")
            >
                <For
                    each=move || list.with(|list| list.rows.clone())
                    key=|row| row.id.clone()
                    children=move |row| view! {
                        <li>{move || row.order.with(|order| card(lang, order, now, opened))}</li>
                    }
                />
            </ul>
            <div class="orders-more" node_ref=end>
                <EndView list more load_more/>
            </div>
        }
        .into_any()
    }
}

/// The end of the list: more, a failure in its place, or really the end.
#[component]
fn EndView(list: Signal<List>, more: Signal<More>, load_more: Callback<()>) -> impl IntoView {
    let words = words();
    let complete = Memo::new(move |_| list.with(|list| list.next_cursor.is_none()));
    let failure = Memo::new(move |_| match more.get() {
        More::Failed(why) => Some(why),
        More::Idle | More::Loading => None,
    });
    let busy = Signal::derive(move || more.get() == More::Loading);
    move || {
        if complete.get() {
            return view! { <p>{words.end}</p> }.into_any();
        }
        let failure = failure.get();
        let label = match failure {
            Some(_) => common::words().retry,
            None => words.load_more,
        };
        view! {
            {failure.map(|why| view! { <p role="alert">{why.text}</p> })}
            <Button busy press=load_more>{label}</Button>
        }
        .into_any()
    }
}

/// Grey cards where orders are about to be.
#[component]
pub fn SkeletonView() -> impl IntoView {
    let card = |_| {
        view! {
            <li class="order-card" aria-hidden="true">
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
            </li>
        }
    };
    view! {
        <ul class="orders-list" aria-busy="true" aria-label=words().list>
            {[0; 4].map(card).into_iter().collect_view()}
        </ul>
    }
}
