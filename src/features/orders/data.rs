//! Loads My Orders and keeps it fresh: the first page, the following ones, and a quiet second look
//! whenever something changed. An answer only counts as long as its question is the last one asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{OrderList, TabCounts};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::paths::OrdersQuery;
use crate::shell::failure_words;
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::OrdersMemory;
use super::list::List;

/// How many orders come at a time.
const PAGE: usize = 20;
/// The most that the server gives at a time.
const PAGE_MAX: usize = 100;
/// How long to wait for further changes before a fresh look.
const SETTLE_MS: i32 = 300;

/// Where loading the next page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Nothing is under way.
    Idle,
    /// It is being loaded.
    Loading,
    /// It failed.
    Failed(FailureWords),
}

/// My Orders as it is shown.
#[derive(Clone, Copy)]
pub struct OrdersState {
    lang: Lang,
    session: SessionState,
    memory: OrdersMemory,
    /// Which orders the URL asks for.
    pub query: Memo<OrdersQuery>,
    /// What is shown. While a search is being refined, the list of the search before.
    pub load: RwSignal<Load<List>>,
    /// How many there are in each tab, as far as known.
    pub counts: RwSignal<Option<TabCounts>>,
    /// Where loading the next page stands.
    pub more: RwSignal<More>,
    /// Counts questions about the beginning of the list.
    top_turn: StoredValue<u32>,
    /// Counts questions about its next page.
    more_turn: StoredValue<u32>,
    /// Whether a fresh look is planned.
    planned: StoredValue<bool>,
}

impl OrdersState {
    /// Shows what is remembered of the query, if anything; loads nothing yet.
    pub fn new(
        lang: Lang,
        session: SessionState,
        memory: OrdersMemory,
        query: Memo<OrdersQuery>,
    ) -> Self {
        let kept = memory.recall(&query.get_untracked());
        Self {
            lang,
            session,
            memory,
            query,
            counts: RwSignal::new(kept.as_ref().map(|kept| kept.list.counts)),
            load: RwSignal::new(kept.map_or(Load::Loading, |kept| Load::Ready(kept.list))),
            more: RwSignal::new(More::Idle),
            top_turn: StoredValue::new(0),
            more_turn: StoredValue::new(0),
            planned: StoredValue::new(false),
        }
    }

    /// Whether what is shown belongs to an earlier query.
    pub fn is_stale(self) -> bool {
        self.load.with(|load| {
            load.ready()
                .is_some_and(|list| self.query.with(|query| list.query != *query))
        })
    }

    /// Shows another query: at once when it is remembered, and fresh in any case.
    pub fn show(self, query: &OrdersQuery) {
        next(self.more_turn);
        self.more.set(More::Idle);
        if let Some(kept) = self.memory.recall(query) {
            self.put(kept.list);
        } else {
            // A search that is being refined keeps the list before it, dimmed; another tab does not.
            let keeps = self.load.with_untracked(|load| {
                load.ready().is_some_and(|list| list.query.tab == query.tab)
            });
            if !keeps {
                self.load.set(Load::Loading);
            }
        }
        self.refresh();
    }

    /// Tries again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.refresh();
    }

    /// Takes a fresh look soon, once for several changes that come together.
    pub fn refresh_soon(self) {
        if self.planned.try_get_value() != Some(false) {
            return;
        }
        self.planned.set_value(true);
        browser::after(SETTLE_MS, move || {
            if self.planned.try_get_value().is_some() {
                self.planned.set_value(false);
                self.refresh();
            }
        });
    }

    /// Takes a fresh look at the beginning of the list, in place.
    pub fn refresh(self) {
        let turn = next(self.top_turn);
        let query = self.query.get_untracked();
        let shown = self.load.with_untracked(|load| match load.ready() {
            Some(list) if list.query == query => list.rows.len(),
            _ => 0,
        });
        spawn_local(async move {
            let limit = shown.clamp(PAGE, PAGE_MAX);
            let answer = client::orders(self.lang, &query, None, limit).await;
            if self.top_turn.try_get_value() == Some(turn) {
                match answer {
                    Ok(fresh) => self.take_top(query, fresh),
                    Err(failure) => self.fail_top(&query, &failure),
                }
            }
        });
    }

    /// Loads the next page, unless that is under way or there is none.
    pub fn load_more(self) {
        let Some((query, cursor)) = self.next_page() else {
            return;
        };
        if self.more.with_untracked(|more| *more == More::Loading) {
            return;
        }
        self.more.set(More::Loading);
        let turn = next(self.more_turn);
        spawn_local(async move {
            let answer = client::orders(self.lang, &query, Some(&cursor), PAGE).await;
            if self.more_turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(more) => {
                    // A fresh look may have moved the place where the next page begins.
                    if self.next_page().is_some_and(|(_, now)| now == cursor) {
                        let list = self
                            .load
                            .with_untracked(|load| load.ready().map(|list| list.extended(more)));
                        if let Some(list) = list {
                            self.put(list);
                        }
                    }
                    self.more.set(More::Idle);
                }
                Err(failure) => {
                    let _logs_in_again = self.session.takes(&failure);
                    self.more
                        .set(More::Failed(failure_words(self.lang, &failure)));
                }
            }
        });
    }

    /// Notes how far the page is scrolled.
    pub fn note_scroll(self, scroll: f64) {
        self.query
            .with_untracked(|query| self.memory.note_scroll(query, scroll));
    }

    /// Notes which order is being opened.
    pub fn note_opened(self, id: Option<String>) {
        self.query
            .with_untracked(|query| self.memory.note_opened(query, id));
    }

    /// Where the query was left: scroll position, and the order that was opened.
    pub fn left_at(self) -> Option<(f64, Option<String>)> {
        self.query
            .with_untracked(|query| self.memory.recall(query))
            .map(|kept| (kept.scroll, kept.opened))
    }

    fn next_page(self) -> Option<(OrdersQuery, String)> {
        self.load.with_untracked(|load| {
            let list = load.ready()?;
            let fits = self.query.with_untracked(|query| list.query == *query);
            Some((
                list.query.clone(),
                list.next_cursor.clone().filter(|_| fits)?,
            ))
        })
    }

    fn take_top(self, query: OrdersQuery, fresh: OrderList) {
        let shown = self
            .load
            .with_untracked(|load| load.ready().filter(|list| list.query == query).cloned());
        self.put(match shown {
            Some(list) => list.refreshed(fresh),
            None => List::new(query, fresh),
        });
        if self
            .more
            .with_untracked(|more| matches!(more, More::Failed(_)))
        {
            self.more.set(More::Idle);
        }
    }

    fn fail_top(self, query: &OrdersQuery, failure: &Failure) {
        if self.session.takes(failure) {
            return;
        }
        let shown = self
            .load
            .with_untracked(|load| load.ready().is_some_and(|list| list.query == *query));
        // What is shown stays; the frame says when the connection is gone.
        if !shown {
            self.load
                .set(Load::Failed(failure_words(self.lang, failure)));
        }
    }

    fn put(self, list: List) {
        self.counts.set(Some(list.counts));
        self.memory.keep(list.clone());
        self.load.set(Load::Ready(list));
    }
}

fn next(turn: StoredValue<u32>) -> u32 {
    turn.update_value(|turn| *turn = turn.wrapping_add(1));
    turn.get_value()
}
