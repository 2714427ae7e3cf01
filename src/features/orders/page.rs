//! The page of My Orders: reads the URL, loads and listens.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::features::session::SessionState;
use crate::paths::{OrdersQuery, Page, search_text};
use crate::router::use_router;
use crate::shell::use_live;
use crate::start::set_title;
use crate::ui::{Load, Loaded};
use crate::words::{common, fill, use_lang};

use super::OrdersMemory;
use super::data::{More, OrdersState};
use super::list::List;
use super::place::keep_place;
use super::tools::{DatesView, SearchView};
use super::views::{ListView, SkeletonView, StatusView, TabsView, newest};

/// The pause in typing after which the list is searched.
const TYPING_PAUSE_MS: i32 = 400;

/// My Orders.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let lang = use_lang();
    let title = common::words().my_orders;
    set_title(&fill(common::words().page_title, &[("page", title)]));

    let router = use_router();
    // Between the step to an order and the end of this page, the list stays as it is.
    let query = Memo::new(move |before: Option<&OrdersQuery>| {
        router.page.with(|page| match page {
            Page::Orders(query) => query.clone(),
            Page::Order { .. }
            | Page::Refund { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. }
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::Guest { .. }
            | Page::NotFound => before.cloned().unwrap_or_default(),
        })
    });
    let memory = use_context::<OrdersMemory>().unwrap_or_else(OrdersMemory::new);
    let state = OrdersState::new(lang, expect_context::<SessionState>(), memory, query);
    let now = every_second(state);
    follow(state);
    let place = keep_place(state);
    let end = load_more_on_approach(state);

    let go = Callback::new(move |(query, replace): (OrdersQuery, bool)| {
        let page = Page::Orders(query);
        if replace {
            router.replace(&page);
        } else {
            router.go(&page);
        }
    });
    let Search {
        text,
        typed,
        submit,
        clear,
    } = Search::new(query, go);
    let choose = Callback::new(move |(placed_from, placed_to)| {
        let query = query.with_untracked(|query| query.on_days(placed_from, placed_to));
        go.run((query, false));
    });
    let closed = Callback::new(|()| browser::focus(".date-filter-button"));
    let stale = Memo::new(move |_| state.is_stale());
    let load_more = Callback::new(move |()| state.load_more());
    let opened = Callback::new(move |id| state.note_opened(Some(id)));
    let ready = move |list: Signal<List>| {
        view! {
            <ListView list drawn=state.drawn stale now more=state.more place end load_more opened/>
        }
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="orders-head">
                <h1 class="page-title">{title}</h1>
                <div class="orders-tools">
                    <SearchView query text typed submit clear/>
                    <DatesView query now choose closed/>
                </div>
            </div>
            <div class="orders-bar">
                <TabsView query counts=state.counts/>
            </div>
            <StatusView query load=state.load stale/>
            {move || query.with(newest)}
            <Loaded
                load=state.load
                skeleton=move || view! { <SkeletonView/> }
                retry=Callback::new(move |()| state.retry())
                ready
            />
        </main>
    }
}

/// The search field and what it does: it searches while the shopper types, once they pause, without
/// filling the history.
struct Search {
    text: RwSignal<String>,
    typed: Callback<()>,
    submit: Callback<()>,
    clear: Callback<()>,
}

impl Search {
    fn new(query: Memo<OrdersQuery>, go: Callback<(OrdersQuery, bool)>) -> Self {
        let text = RwSignal::new(query.with_untracked(|query| query.q.clone()));
        let turn = StoredValue::new(0_u32);
        let search = move |replace| {
            turn.update_value(|turn| *turn = turn.wrapping_add(1));
            let q = text.with_untracked(|text| search_text(text));
            let now = query.get_untracked();
            if q != now.q {
                let now = now.beginning_after("");
                go.run((OrdersQuery { q, ..now }, replace));
            }
        };
        let q = Memo::new(move |_| query.with(|query| query.q.clone()));
        // The field follows the URL, but what only differs in spaces is left to whoever types.
        // At first they agree, but for what was typed before the app was there.
        Effect::new(move |before: Option<()>| {
            let q = q.get();
            if before.is_some() && text.with_untracked(|text| search_text(text) != q) {
                text.set(q);
            }
        });
        Self {
            text,
            typed: Callback::new(move |()| {
                turn.update_value(|turn| *turn = turn.wrapping_add(1));
                let asked = turn.get_value();
                browser::after(TYPING_PAUSE_MS, move || {
                    if turn.try_get_value() == Some(asked) {
                        search(true);
                    }
                });
            }),
            submit: Callback::new(move |()| search(false)),
            clear: Callback::new(move |()| {
                text.set(String::new());
                search(false);
                browser::focus(".search-input");
            }),
        }
    }
}

/// The time in seconds since 1970. It moves each second while a countdown is shown.
fn every_second(state: OrdersState) -> RwSignal<i64> {
    let now = RwSignal::new(browser::now_s());
    let clock = StoredValue::new_local(None::<browser::Interval>);
    let runs = Memo::new(move |_| {
        state
            .load
            .with(|load| load.ready().is_some_and(List::has_unpaid))
    });
    Effect::new(move |_| {
        clock.set_value(
            runs.get()
                .then(|| browser::Interval::new(1_000, move || now.set(browser::now_s())))
                .flatten(),
        );
    });
    on_cleanup(move || clock.dispose());
    now
}

/// Follows the URL, and whatever happens elsewhere.
fn follow(state: OrdersState) {
    Effect::new(move |_| state.query.with(|query| state.show(query)));
    let session = expect_context::<SessionState>();
    let live = use_live();
    Effect::new(move |before: Option<()>| {
        if let Some(live) = live {
            live.missed.track();
        }
        session.renewed.track();
        // The first run only begins to listen.
        if before.is_some() {
            state.refresh_soon(None);
        }
    });
    Effect::new(move |before: Option<()>| {
        let changed = live.and_then(|live| live.changed.get());
        if before.is_some() {
            state.refresh_soon(changed.as_ref());
        }
    });
}

/// Loads what follows whenever the returned end of the list comes near.
fn load_more_on_approach(state: OrdersState) -> NodeRef<html::Div> {
    let end = NodeRef::<html::Div>::new();
    let watch = StoredValue::new_local(None::<browser::Approach>);
    let next_cursor = Memo::new(move |_| {
        state.load.with(|load| match load {
            // What is missing before the end comes first.
            Load::Ready(list) => list.next_cursor.clone().filter(|_| list.ends_loaded()),
            Load::Loading | Load::Failed(_) => None,
        })
    });
    Effect::new(move |_| {
        // A new watch reports at once, so that a screen which is not full gets more.
        let waits = next_cursor.with(Option::is_some) && state.more.get() == More::Idle;
        watch.set_value(
            end.get()
                .filter(|_| waits)
                .and_then(|end| browser::Approach::new(&end, move || state.load_more())),
        );
    });
    on_cleanup(move || watch.dispose());
    end
}
