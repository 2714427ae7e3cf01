//! What My Orders remembers while the shopper looks elsewhere: the last few lists, each with the
//! place where it was left. In memory only; a reload starts afresh.

use leptos::prelude::*;

use super::list::List;
use crate::paths::OrdersQuery;

/// How many lists are kept.
const KEPT: usize = 8;

/// A list and where it was left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// What had been loaded.
    pub list: List,
    /// How far the page was scrolled, in CSS pixels.
    pub scroll: f64,
    /// The order that was opened from it.
    pub opened: Option<String>,
}

/// The lists that were looked at last, for the whole app.
#[derive(Clone, Copy)]
pub struct OrdersMemory {
    /// The most recent first.
    kept: StoredValue<Vec<Kept>>,
}

impl OrdersMemory {
    /// Makes it available to every page.
    pub fn provide() {
        provide_context(Self::new());
    }

    pub(super) fn new() -> Self {
        Self {
            kept: StoredValue::new(Vec::new()),
        }
    }

    /// My Orders as it was looked at last, to lead back to it.
    pub fn last_href(self) -> Option<String> {
        self.kept
            .with_value(|kept| kept.first().map(|kept| kept.list.query.href()))
    }

    /// What is remembered of a query. It becomes the most recent.
    pub(super) fn recall(self, query: &OrdersQuery) -> Option<Kept> {
        let mut found = None;
        self.kept.update_value(|kept| {
            if let Some(at) = kept.iter().position(|kept| kept.list.query == *query) {
                kept[..=at].rotate_right(1);
                found = kept.first().cloned();
            }
        });
        found
    }

    /// Keeps what has been loaded.
    pub(super) fn keep(self, list: List) {
        self.kept.update_value(|kept| {
            match kept.iter_mut().find(|kept| kept.list.query == list.query) {
                Some(known) => known.list = list,
                None => {
                    kept.insert(
                        0,
                        Kept {
                            list,
                            scroll: 0.0,
                            opened: None,
                        },
                    );
                    kept.truncate(KEPT);
                }
            }
        });
    }

    /// Notes how far the list of a query is scrolled.
    pub(super) fn note_scroll(self, query: &OrdersQuery, scroll: f64) {
        self.note(query, |kept| kept.scroll = scroll);
    }

    /// Notes which order was opened from the list of a query.
    pub(super) fn note_opened(self, query: &OrdersQuery, id: Option<String>) {
        self.note(query, |kept| kept.opened = id);
    }

    fn note(self, query: &OrdersQuery, change: impl FnOnce(&mut Kept)) {
        self.kept.update_value(|kept| {
            if let Some(known) = kept.iter_mut().find(|kept| kept.list.query == *query) {
                change(known);
            }
        });
    }
}
