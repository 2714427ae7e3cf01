//! Loads the queue, looks again, and takes in hand.

use leptos::prelude::*;
use orders_api::{Claim, WorkCount};
use storefront::ui::Load;
use storefront::words::Lang;

use super::merge::{Row, fresh, merged};
use crate::browser;
use crate::client::{self, Failure, NotDone};
use crate::paths::WorkQuery;
use crate::shell::{SessionState, failure_words, out_of_date, what_failed};

/// What is shown of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Where the next ones begin.
    pub next: Option<String>,
    /// How many there are that are not shown.
    pub new: usize,
}

/// What stood in the way of taking something in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InTheWay {
    /// Somebody else has this entry.
    Another(String, Claim),
    /// Something else, in words.
    Failed(String),
}

/// The queue's data.
#[derive(Clone, Copy)]
pub struct WorkData {
    lang: Lang,
    session: SessionState,
    query: StoredValue<WorkQuery>,
    /// Counts the lists that were begun afresh: an answer for an earlier one is not shown.
    list: StoredValue<u32>,
    /// The queue.
    pub queue: RwSignal<Load<Queue>>,
    /// How many there are of each kind.
    pub counts: RwSignal<Vec<WorkCount>>,
    /// The next ones are on their way.
    pub more: RwSignal<bool>,
    /// Why what is shown may be out of date.
    pub old: RwSignal<Option<String>>,
    /// Why something was not taken.
    pub in_the_way: RwSignal<Option<InTheWay>>,
    /// The present, in seconds since 1970.
    pub now: RwSignal<i64>,
}

impl WorkData {
    /// Nothing yet.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        Self {
            lang,
            session,
            query: StoredValue::new(WorkQuery::default()),
            list: StoredValue::new(0),
            queue: RwSignal::new(Load::Loading),
            counts: RwSignal::new(Vec::new()),
            more: RwSignal::new(false),
            old: RwSignal::new(None),
            in_the_way: RwSignal::new(None),
            now: RwSignal::new(browser::now_s()),
        }
    }

    /// Shows what `query` asks for, from its beginning. What was shown for another is not left standing.
    pub fn show(self, query: WorkQuery) {
        if self.query.with_value(|asked| *asked != query) {
            self.query.set_value(query);
            self.queue.set(Load::Loading);
            self.old.set(None);
            self.in_the_way.set(None);
        }
        self.look_afresh();
    }

    /// Shows the queue as it is now, in its own order.
    pub fn look_afresh(self) {
        let begun = self.list.try_update_value(|list| *list += 1);
        // The page may be another by now.
        if begun.is_some() {
            self.more.set(false);
            self.now.set(browser::now_s());
            self.fetch(None, |_, list| Queue {
                rows: fresh(list.items),
                next: list.next_cursor,
                new: 0,
            });
        }
    }

    /// Looks again, and moves nothing. What has not come yet is on its way, and what failed is tried again.
    pub fn look(self) {
        let shown = self.queue.try_with_untracked(|queue| match queue {
            Load::Loading => None,
            Load::Failed(_) => Some(false),
            Load::Ready(_) => Some(true),
        });
        match shown.flatten() {
            None => {}
            Some(false) => self.look_afresh(),
            Some(true) => {
                self.now.set(browser::now_s());
                self.fetch(None, |shown, list| {
                    let (rows, new) = merged(&shown.rows, &list);
                    Queue { rows, new, ..shown }
                });
            }
        }
    }

    /// Shows the next ones, too.
    pub fn look_further(self) {
        let next = self
            .queue
            .with_untracked(|queue| queue.ready().and_then(|queue| queue.next.clone()));
        let Some(next) = next.filter(|_| !self.more.get_untracked()) else {
            return;
        };
        self.more.set(true);
        self.fetch(Some(next), |mut shown, list| {
            shown.rows.extend(fresh(list.items));
            shown.next = list.next_cursor;
            shown
        });
    }

    fn fetch(
        self,
        cursor: Option<String>,
        put: impl FnOnce(Queue, orders_api::WorkList) -> Queue + 'static,
    ) {
        let (query, list) = (self.query.get_value(), self.list.get_value());
        browser::spawn(async move {
            let answer = client::work(self.lang, &query, cursor.as_deref()).await;
            // The page may be another by now, or the list another.
            if self.list.try_get_value() != Some(list) {
                return;
            }
            if cursor.is_some() {
                self.more.set(false);
            }
            match answer {
                Ok(list) => {
                    self.old.set(None);
                    self.counts.set(list.counts.clone());
                    self.queue.update(|queue| {
                        let shown = queue.ready().cloned().unwrap_or_default();
                        *queue = Load::Ready(put(shown, list));
                    });
                }
                Err(failure) => self.not_loaded(&failure),
            }
        });
    }

    fn not_loaded(self, failure: &Failure) {
        let out = self.session.notices(failure);
        let shown = self.queue.with_untracked(|queue| queue.ready().is_some());
        if out {
            return;
        }
        if shown {
            self.old.set(Some(out_of_date(self.lang, failure)));
        } else {
            self.queue
                .set(Load::Failed(failure_words(self.lang, failure)));
        }
    }

    /// Takes an entry in hand, or lets go of it when it is theirs.
    pub fn turn(self, id: &str) {
        let own = self.session.somebody().map(|who| who.staff.id);
        let theirs = self.queue.with_untracked(|queue| {
            let row = queue.ready()?.rows.iter().find(|row| row.item.id == id)?;
            let claim = row.item.claim.as_ref()?;
            Some(Some(&claim.by.id) == own.as_ref())
        });
        if theirs == Some(true) {
            self.let_go(id.to_owned());
        } else {
            self.take(id.to_owned(), false);
        }
    }

    /// Takes an entry in hand.
    pub fn take(self, id: String, take_over: bool) {
        self.in_the_way.set(None);
        browser::spawn(async move {
            match client::claim_work(self.lang, &id, take_over).await {
                Ok(item) => {
                    let _gone = self.queue.try_update(|queue| {
                        if let Load::Ready(queue) = queue
                            && let Some(row) = queue.rows.iter_mut().find(|row| row.item.id == id)
                        {
                            row.item = item;
                        }
                    });
                }
                Err(NotDone::Another(claim)) => {
                    let _gone = self.in_the_way.try_set(Some(InTheWay::Another(id, claim)));
                    self.look();
                }
                Err(NotDone::Failed(failure)) => self.not_taken(&failure),
            }
        });
    }

    fn let_go(self, id: String) {
        self.in_the_way.set(None);
        browser::spawn(async move {
            match client::release_work(self.lang, &id).await {
                Ok(()) => self.look(),
                Err(failure) => self.not_taken(&failure),
            }
        });
    }

    fn not_taken(self, failure: &Failure) {
        if !self.session.notices(failure) {
            let why = what_failed(self.lang, failure);
            let _gone = self.in_the_way.try_set(Some(InTheWay::Failed(why)));
            self.look();
        }
    }
}
