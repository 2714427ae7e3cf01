//! Loads My Orders and keeps it fresh: the first orders, the following ones, and a quiet second look
//! at what is in view whenever something changed. What lies elsewhere is looked at when the shopper
//! comes near. An answer only counts as long as its question is the last one asked.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use orders_api::{OrderChanged, OrderList, TabCounts};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::paths::OrdersQuery;
use crate::shell::failure_words;
use crate::start::answered;
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::OrdersMemory;
use super::list::List;
use super::memory::{Kept, Place};
use super::window::{Drawn, Look};

/// How many orders come at a time.
pub const FIRST: usize = 20;
/// The most that the server gives at a time.
const MOST: usize = 100;
/// How long to wait for further changes before a fresh look.
const SETTLE_MS: i32 = 300;
/// How long to wait after a look that failed.
const PAUSE_MS: i32 = 5_000;

/// Where loading the next orders stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Nothing is under way.
    Idle,
    /// They are being loaded.
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
    /// Which part of it is drawn.
    pub drawn: RwSignal<Drawn>,
    /// How many there are in each tab, as far as known.
    pub counts: RwSignal<Option<TabCounts>>,
    /// Where loading the next orders stands.
    pub more: RwSignal<More>,
    /// What is shown has come with the page.
    fresh: StoredValue<bool>,
    /// The positions from which and up to which orders are in view, or nearly.
    near: StoredValue<(usize, usize)>,
    /// Whether a look at orders is under way.
    looking: StoredValue<bool>,
    /// Counts looks.
    look_turn: StoredValue<u32>,
    /// Counts questions about what follows the list.
    more_turn: StoredValue<u32>,
    /// Whether a fresh look is planned.
    planned: StoredValue<bool>,
}

impl OrdersState {
    /// Shows what came with the page or is remembered of the query, if anything; loads nothing yet.
    pub fn new(
        lang: Lang,
        session: SessionState,
        memory: OrdersMemory,
        query: Memo<OrdersQuery>,
    ) -> Self {
        let asked = query.get_untracked();
        let answer = answered(&client::orders_url(&asked, None, FIRST));
        let fresh = answer.is_some();
        let state = Self {
            lang,
            session,
            memory,
            query,
            counts: RwSignal::new(None),
            load: RwSignal::new(Load::Loading),
            drawn: RwSignal::new(Drawn::default()),
            more: RwSignal::new(More::Idle),
            fresh: StoredValue::new(fresh),
            near: StoredValue::new((0, FIRST)),
            looking: StoredValue::new(false),
            look_turn: StoredValue::new(0),
            more_turn: StoredValue::new(0),
            planned: StoredValue::new(false),
        };
        let kept = state.kept(&asked);
        match (answer, kept) {
            (Some(Ok(answer)), kept) => state.put(match kept {
                Some(kept) => kept.list.looked_at(0, answer),
                None => List::new(asked, answer),
            }),
            (Some(Err(failure)), _) => state.load.set(Load::Failed(failure_words(lang, &failure))),
            (None, Some(kept)) if kept.list.loaded() > 0 => state.put(kept.list),
            (None, _) => {}
        }
        state
    }

    /// Whether what is shown has come with the page, which the shopper saw before.
    pub fn came_with_page(self) -> bool {
        self.fresh.get_value()
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
        if self.fresh.get_value() {
            self.fresh.set_value(false);
            self.look_after();
            return;
        }
        next(self.more_turn);
        self.more.set(More::Idle);
        match self.kept(query) {
            Some(kept) if kept.list.loaded() > 0 => self.put(kept.list),
            _ => {
                // A search that is being refined keeps the list before it, dimmed; another tab does not.
                let keeps = self.load.with_untracked(|load| {
                    load.ready().is_some_and(|list| list.query.tab == query.tab)
                });
                if !keeps {
                    self.load.set(Load::Loading);
                }
            }
        }
        self.refresh();
    }

    /// Tries again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.refresh();
    }

    /// Takes a fresh look soon, once for several changes that come together: at an order, or at everything.
    pub fn refresh_soon(self, changed: Option<&OrderChanged>) {
        self.note_change(changed.map(|changed| changed.id.as_str()));
        if self.planned.try_get_value() != Some(false) {
            return;
        }
        self.planned.set_value(true);
        browser::after(SETTLE_MS, move || {
            if self.planned.try_get_value().is_some() {
                self.planned.set_value(false);
                self.look_again();
            }
        });
    }

    /// Takes a fresh look at everything: now at what is in view, later at the rest.
    fn refresh(self) {
        self.note_change(None);
        self.look_again();
    }

    fn note_change(self, id: Option<&str>) {
        let near = self.near.try_get_value().unwrap_or_default();
        self.with_list(|list| {
            // Whatever changed, the counts of the tabs may have, and they come with any look.
            if list.note_change(id) {
                list.note_change_at(near.0);
            }
        });
    }

    /// Drops the question that is under way, whose answer may be older than the change.
    fn look_again(self) {
        self.looking.set_value(false);
        self.look_after();
    }

    /// The shopper is near these positions: loads what is missing there, and looks again at what may
    /// have changed.
    fn come_near(self, near: (usize, usize)) {
        self.near.set_value(near);
        self.look_after();
    }

    fn look_after(self) {
        if self.looking.get_value() {
            return;
        }
        let query = self.query.get_untracked();
        let kept = match self.list_of(&query) {
            Some(list) => Some((list, self.near.get_value())),
            // Only its places are known: the orders there come first.
            None => self.kept(&query).map(|kept| {
                let position = kept.place.unwrap_or_default().position;
                (kept.list, (position, position + FIRST / 2))
            }),
        };
        let (cursor, limit) = match kept {
            Some((list, near)) => match list.waiting(near.0, near.1, MOST) {
                Some(waiting) => waiting,
                None => return,
            },
            None => (None, FIRST),
        };
        let limit = limit.next_multiple_of(FIRST).clamp(FIRST, MOST);
        let turn = next(self.look_turn);
        self.looking.set_value(true);
        spawn_local(async move {
            let answer = client::orders(self.lang, &query, cursor.as_deref(), limit).await;
            if self.look_turn.try_get_value() == Some(turn) {
                self.looking.set_value(false);
                match answer {
                    Ok(answer) => self.take(query, cursor.as_deref(), answer),
                    Err(failure) => self.fail(&query, &failure),
                }
            }
        });
    }

    /// Loads what follows the list, unless that is under way or there is nothing.
    pub fn load_more(self) {
        let Some((query, cursor)) = self.following() else {
            return;
        };
        if self.more.with_untracked(|more| *more == More::Loading) {
            return;
        }
        self.more.set(More::Loading);
        let turn = next(self.more_turn);
        spawn_local(async move {
            let answer = client::orders(self.lang, &query, Some(&cursor), FIRST).await;
            if self.more_turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(more) => {
                    // A fresh look may have moved the place where the list goes on.
                    if self.following().is_some_and(|(_, now)| now == cursor)
                        && let Some(list) = self.list_of(&query)
                    {
                        self.put(list.extended(more));
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

    /// The window begins `top` below the list's beginning, as it is drawn, and is `height` high: notes
    /// the place, and draws what belongs there. Returns the position at the window's upper edge, and what
    /// ends when something else has been drawn.
    pub fn look_at(
        self,
        top: f64,
        height: f64,
    ) -> Option<(usize, Option<impl Future<Output = ()> + 'static>)> {
        let before = self.drawn.get_untracked();
        let (Look { drawn, near }, place) = self.with_list(|list| {
            // What is above was given room before the cards here were measured.
            let top = top - before.above + list.top_of(before.first);
            let position = list.at(top);
            let offset = top - list.top_of(position);
            (before.look(list, top, height), Place { position, offset })
        })?;
        self.note(|kept| kept.place = Some(place));
        self.come_near(near);
        let drawing = (drawn != before).then(|| self.draw(before, drawn));
        Some((place.position, drawing))
    }

    /// Draws another part of the list. In front, cards come one after the other: when several come at
    /// once, Leptos takes all that follow out of the page and puts them back, and the focus is lost.
    async fn draw(self, before: Drawn, drawn: Drawn) {
        let overlap = drawn.last > before.first && drawn.first < before.last;
        let from = if overlap { before.first } else { 0 };
        for first in (drawn.first..from.max(drawn.first + 1)).rev() {
            // Nothing is painted in between, so that only the last one must be right.
            if self.drawn.try_set(Drawn { first, ..drawn }).is_some() {
                return;
            }
            tick().await;
        }
    }

    /// How far below the list's beginning a place is, as the list is drawn.
    pub fn top_of(self, place: Place) -> Option<f64> {
        let drawn = self.drawn.get_untracked();
        self.with_list(|list| {
            let within = list.top_of(place.position) - list.top_of(drawn.first);
            drawn.above + within + place.offset
        })
    }

    /// The list is so wide now. Returns whether it was not before, so that the cards have other heights.
    pub fn note_width(self, width: f64) -> bool {
        self.memory.note_width(width)
    }

    /// Draws what was drawn, after the cards have been measured anew.
    pub fn draw_again(self) {
        let drawn = self.drawn.get_untracked();
        if let Some(drawn) = self.with_list(|list| drawn.fitted(list)) {
            self.drawn.set(drawn);
        }
    }

    /// Notes which order is being opened.
    pub fn note_opened(self, id: Option<String>) {
        self.note(|kept| kept.opened = id);
    }

    fn note(self, change: impl FnOnce(&mut Kept)) {
        self.query
            .with_untracked(|query| self.memory.note(query, change));
    }

    /// What is remembered of the query, with the place where it was left.
    pub fn left(self) -> Option<Kept> {
        self.query.with_untracked(|query| self.memory.recall(query))
    }

    /// What is remembered of a query, also from before a reload.
    fn kept(self, query: &OrdersQuery) -> Option<Kept> {
        self.memory.recall(query).or_else(|| {
            let kept = Kept::of_note(query, &browser::entry_note()?)?;
            self.memory.keep(kept.list.clone());
            self.memory.note(query, |known| known.place = kept.place);
            Some(kept)
        })
    }

    /// Does something with the list that is shown.
    pub fn with_list<T>(self, act: impl FnOnce(&List) -> T) -> Option<T> {
        self.load
            .try_with_untracked(|load| load.ready().map(act))
            .flatten()
    }

    /// The list that is shown, if it is that of the query.
    fn list_of(self, query: &OrdersQuery) -> Option<List> {
        self.with_list(|list| (list.query == *query).then(|| list.clone()))
            .flatten()
    }

    fn following(self) -> Option<(OrdersQuery, String)> {
        let query = self.query.get_untracked();
        let list = self.list_of(&query).filter(List::ends_loaded)?;
        Some((query, list.next_cursor?))
    }

    fn take(self, query: OrdersQuery, cursor: Option<&str>, answer: OrderList) {
        let known = self
            .list_of(&query)
            .or_else(|| self.kept(&query).map(|kept| kept.list));
        self.put(match known {
            Some(list) => match list.led_to_by(cursor) {
                Some(batch) => list.looked_at(batch, answer),
                None => list,
            },
            None => List::new(query, answer),
        });
        // A failure to load what follows may be over.
        if self
            .more
            .with_untracked(|more| matches!(more, More::Failed(_)))
        {
            self.more.set(More::Idle);
        }
        self.look_after();
    }

    fn fail(self, query: &OrdersQuery, failure: &Failure) {
        if self.session.takes(failure) {
            return;
        }
        // What is shown stays; the frame says when the connection is gone.
        if self.list_of(query).is_none() {
            self.load
                .set(Load::Failed(failure_words(self.lang, failure)));
            return;
        }
        // Scrolling on must not ask again and again.
        self.looking.set_value(true);
        let turn = next(self.look_turn);
        browser::after(PAUSE_MS, move || {
            if self.look_turn.try_get_value() == Some(turn) {
                self.look_again();
            }
        });
    }

    fn put(self, list: List) {
        self.counts.set(Some(list.counts));
        self.memory.keep(list.clone());
        let same = self.with_list(|before| before.query == list.query) == Some(true);
        let drawn = if same {
            self.drawn.get_untracked().fitted(&list)
        } else {
            let place = self.memory.recall(&list.query).and_then(|kept| kept.place);
            let position = place.unwrap_or_default().position;
            self.near.set_value((position, position + FIRST / 2));
            Drawn::around(&list, position)
        };
        self.drawn.set(drawn);
        self.load.set(Load::Ready(list));
    }
}

fn next(turn: StoredValue<u32>) -> u32 {
    turn.update_value(|turn| *turn = turn.wrapping_add(1));
    turn.get_value()
}
