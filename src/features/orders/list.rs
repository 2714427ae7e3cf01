//! The list itself: the orders of one query in the batches in which they came, as it grows while
//! scrolling and is looked at again in places. Nothing here grows with the number of orders but memory:
//! a change touches one batch, and whatever asks for a place walks over batches first.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use leptos::prelude::*;
use orders_api::{OrderList, TabCounts};

use super::batch::{Batch, Row};
use crate::paths::OrdersQuery;

/// How tall a card is taken to be, in CSS pixels, before any has been measured.
const GUESS: f64 = 240.0;
/// The most orders that a batch grows to.
const MOST: usize = 40;

/// What has been loaded of the orders of one query. Cheap to copy.
#[derive(Clone, Debug)]
pub struct List {
    /// Which orders.
    pub query: OrdersQuery,
    /// How many there are in each tab.
    pub counts: TabCounts,
    /// Where to go on; `None` at the end.
    pub next_cursor: Option<String>,
    /// Those which are there, newest first.
    batches: Vec<Arc<Batch>>,
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.query == other.query
            && self.counts == other.counts
            && self.next_cursor == other.next_cursor
            && self.batches.len() == other.batches.len()
            && std::iter::zip(&self.batches, &other.batches).all(|(one, two)| Arc::ptr_eq(one, two))
    }
}

impl List {
    /// Nothing yet; what comes first will begin where the query says.
    fn unloaded(query: OrdersQuery) -> Self {
        Self {
            next_cursor: Some(query.after.clone()).filter(|after| !after.is_empty()),
            query,
            counts: TabCounts::default(),
            batches: Vec::new(),
        }
    }

    /// The first orders of a query.
    pub fn new(query: OrdersQuery, answer: OrderList) -> Self {
        Self::unloaded(query).looked_at(0, answer)
    }

    /// A list of which only the places are known: the cursor that leads to each batch and the number of
    /// its orders, and where to go on afterwards.
    pub fn of_places(
        query: OrdersQuery,
        places: Vec<(Option<String>, usize)>,
        next_cursor: Option<String>,
    ) -> Self {
        Self {
            batches: places
                .into_iter()
                .map(|(after, count)| Batch::new(after, Vec::new(), count.max(1), true))
                .collect(),
            next_cursor,
            ..Self::unloaded(query)
        }
    }

    /// The places of the batches up to the one that holds `position`, and the cursor of the next one.
    pub fn places(&self, position: usize) -> (Vec<(Option<&str>, usize)>, Option<&str>) {
        let mut before = 0;
        let mut places = Vec::new();
        let mut batches = self.batches.iter();
        for batch in batches.by_ref() {
            places.push((batch.after.as_deref(), batch.len()));
            before += batch.len();
            if before > position {
                break;
            }
        }
        let next = match batches.next() {
            Some(batch) => &batch.after,
            None => &self.next_cursor,
        };
        (places, next.as_deref())
    }

    /// How many orders have a place in it.
    pub fn len(&self) -> usize {
        self.batches.iter().map(|batch| batch.len()).sum()
    }

    /// Whether there is no order in it.
    pub fn is_empty(&self) -> bool {
        self.batches.iter().all(|batch| batch.len() == 0)
    }

    /// How many orders the shopper has in this tab, if its first one is in the list: what is counted
    /// from then has a number.
    pub fn whole(&self) -> Option<i64> {
        (self.query.after.is_empty()).then(|| self.counts.of(self.query.tab))
    }

    /// How many of the orders are there.
    pub fn loaded(&self) -> usize {
        self.batches.iter().map(|batch| batch.rows.len()).sum()
    }

    /// The orders from one position up to another which are there, each with its position.
    pub fn rows(&self, first: usize, last: usize) -> Vec<(usize, Arc<Row>)> {
        let mut rows = Vec::with_capacity(last.saturating_sub(first));
        let mut before = 0;
        for batch in &self.batches {
            if before >= last {
                break;
            }
            let from = first.saturating_sub(before).min(batch.rows.len());
            let to = (last - before).min(batch.rows.len());
            for (at, row) in batch.rows.iter().enumerate().take(to).skip(from) {
                rows.push((before + at, Arc::clone(row)));
            }
            before += batch.len();
        }
        rows
    }

    /// The part of `first..last` that is there without a gap: the one that holds `around`, or the next
    /// one behind it.
    pub fn there(&self, first: usize, last: usize, around: usize) -> (usize, usize) {
        let mut before = 0;
        let mut found = (around, around);
        let mut goes_on = false;
        for batch in &self.batches {
            let (from, to) = (before.max(first), (before + batch.len()).min(last));
            before += batch.len();
            if from >= to {
                continue;
            }
            if batch.missing > 0 {
                goes_on = false;
            } else if goes_on {
                found.1 = to;
            } else if found.0 == found.1 || found.1 <= around {
                found = (from, to);
                goes_on = true;
            }
        }
        found
    }

    /// Whether a countdown runs in it.
    pub fn has_unpaid(&self) -> bool {
        self.batches.iter().any(|batch| batch.unpaid)
    }

    /// The list after a look at it from a batch on, or behind its end. Orders that are still there keep
    /// their rows; what lies beyond the look stays as it was.
    pub fn looked_at(&self, batch: usize, answer: OrderList) -> Self {
        let batch = batch.min(self.batches.len());
        let (head, tail) = self.batches.split_at(batch);
        let next = answer.next_cursor;
        let last = answer.items.last().cloned();

        // What the look went over, and what is left of it behind the last order that was seen.
        let mut known: Vec<&Arc<Row>> = Vec::new();
        let mut left = None;
        let mut passed = 0;
        let mut covered = answer.items.len();
        while let Some(old) = tail.get(passed) {
            if passed > 0 && next.is_some() && old.after == next {
                break;
            }
            passed += 1;
            known.extend(&old.rows);
            let (Some(last), Some(_)) = (&last, &next) else {
                continue;
            };
            let rows = old.rows.iter().filter(|row| row.comes_after(last)).cloned();
            let rows: Vec<_> = rows.collect();
            // The batch that was asked for is there now, as far as there is one.
            let missing = if passed == 1 || covered >= old.missing {
                0
            } else {
                old.missing
            };
            covered = covered.saturating_sub(old.len());
            if !rows.is_empty() || missing > 0 {
                left = Some((rows, missing, old.stale.load(Relaxed)));
                break;
            }
        }
        let rows: Vec<_> = answer
            .items
            .into_iter()
            .map(|order| match known.iter().find(|row| row.id == order.id) {
                Some(&row) => {
                    if row.order.with_untracked(|known| *known != order) {
                        row.order.set(order);
                        row.measure(0.0);
                    }
                    Arc::clone(row)
                }
                None => Row::new(order),
            })
            .collect();

        let after = match tail.first() {
            Some(old) => old.after.clone(),
            None => self.next_cursor.clone(),
        };
        let mut batches = head.to_vec();
        if !rows.is_empty() || batches.is_empty() {
            batches.push(Batch::new(after, rows, 0, false));
        }
        let mut rest = tail[passed..].iter().peekable();
        if let Some((mut rows, missing, mut stale)) = left {
            // Little that is left joins what follows, so that batches do not crumble.
            let joins = |old: &&Arc<Batch>| old.missing == 0 && rows.len() + old.len() <= MOST;
            if missing == 0
                && let Some(following) = rest.next_if(joins)
            {
                rows.extend(following.rows.iter().cloned());
                stale |= following.stale.load(Relaxed);
            }
            batches.push(Batch::new(next.clone(), rows, missing, stale));
        }
        let is_end = batches.len() <= batch + 1 && rest.peek().is_none();
        batches.extend(rest.cloned());
        Self {
            query: self.query.clone(),
            counts: answer.counts,
            next_cursor: if is_end {
                next
            } else {
                self.next_cursor.clone()
            },
            batches,
        }
    }

    /// The list with the orders that follow it.
    pub fn extended(&self, more: OrderList) -> Self {
        self.looked_at(self.batches.len(), more)
    }

    /// Whether its end is there, so that more can follow.
    pub fn ends_loaded(&self) -> bool {
        self.batches.last().is_none_or(|batch| batch.missing == 0)
    }

    /// Notes that an order changed, or any: the batch that holds it may be stale, or all. Returns whether
    /// the order has its place in the list.
    pub fn note_change(&self, id: Option<&str>) -> bool {
        let of_order = id.and_then(|id| {
            let holds = |batch: &&Arc<Batch>| batch.rows.iter().any(|row| row.id == id);
            self.batches.iter().find(holds)
        });
        for batch in &self.batches {
            if of_order.is_none_or(|held| Arc::ptr_eq(held, batch)) {
                batch.stale.store(true, Relaxed);
            }
        }
        of_order.is_some()
    }

    /// Notes that the orders around a position may have changed.
    pub fn note_change_at(&self, position: usize) {
        let (batch, _) = self.batch_at(position);
        if let Some(batch) = self.batches.get(batch) {
            batch.stale.store(true, Relaxed);
        }
    }

    /// What has to be asked about `first..last`: the cursor that leads to the first batch that is missing
    /// or stale, and how many orders it and those behind it have that are, `most` at the most.
    pub fn waiting(
        &self,
        first: usize,
        last: usize,
        most: usize,
    ) -> Option<(Option<String>, usize)> {
        let mut before = 0;
        let mut found: Option<(Option<String>, usize)> = None;
        for batch in &self.batches {
            let near = before < last && before + batch.len().max(1) > first;
            before += batch.len();
            match &mut found {
                Some((_, count)) if near && batch.waits() && *count + batch.len() <= most => {
                    *count += batch.len();
                }
                Some(_) => break,
                None if near && batch.waits() => found = Some((batch.after.clone(), batch.len())),
                None => {}
            }
        }
        found
    }

    /// The batch to which a cursor leads.
    pub fn led_to_by(&self, cursor: Option<&str>) -> Option<usize> {
        self.batches
            .iter()
            .position(|batch| batch.after.as_deref() == cursor)
    }

    /// Notes how tall the cards from a position on are.
    pub fn measure(&self, first: usize, heights: &[f64]) {
        let (batch, mut before) = self.batch_at(first);
        let mut heights = (first..).zip(heights).peekable();
        for batch in self.batches.iter().skip(batch) {
            let end = before + batch.len();
            while let Some((position, &height)) = heights.next_if(|(position, _)| *position < end) {
                if let Some(row) = batch.rows.get(position - before) {
                    row.measure(height);
                }
            }
            batch.sum_up();
            before = end;
            if heights.peek().is_none() {
                break;
            }
        }
    }

    /// The part of `first..last` outside of which every card is measured.
    pub fn unmeasured(&self, first: usize, last: usize) -> (usize, usize) {
        let rows = self.rows(first, last);
        let mut new = rows
            .iter()
            .filter(|(_, row)| row.height() <= 0.0)
            .map(|(at, _)| *at);
        match new.next() {
            Some(from) => (from, new.next_back().unwrap_or(from) + 1),
            None => (first, first),
        }
    }

    /// Forgets how tall the cards were: they are as wide as they were no longer.
    pub fn forget_heights(&self) {
        for batch in &self.batches {
            for row in &batch.rows {
                row.measure(0.0);
            }
            batch.sum_up();
        }
    }

    /// How far below the list's beginning a position is, in CSS pixels.
    pub fn top_of(&self, position: usize) -> f64 {
        let usual = self.usual_height();
        let mut top = 0.0;
        let mut before = 0;
        for batch in &self.batches {
            if before + batch.len() > position {
                for at in 0..position - before {
                    top += match batch.rows.get(at).map_or(0.0, |row| row.height()) {
                        height if height > 0.0 => height,
                        _ => usual,
                    };
                }
                break;
            }
            let (known, measured) = batch.heights();
            top += known + of(batch.len() - measured, usual);
            before += batch.len();
        }
        top
    }

    /// The position that is so far below the list's beginning; the last one at the most.
    pub fn at(&self, top: f64) -> usize {
        let usual = self.usual_height();
        let mut left = top;
        let mut before = 0;
        for batch in &self.batches {
            let (known, measured) = batch.heights();
            let height = known + of(batch.len() - measured, usual);
            if left < height {
                for at in 0..batch.len() {
                    left -= match batch.rows.get(at).map_or(0.0, |row| row.height()) {
                        height if height > 0.0 => height,
                        _ => usual,
                    };
                    if left < 0.0 {
                        return before + at;
                    }
                }
            }
            left -= height;
            before += batch.len();
        }
        before.saturating_sub(1)
    }

    fn usual_height(&self) -> f64 {
        let (mut all, mut measured) = (0.0, 0);
        for batch in &self.batches {
            let (known, rows) = batch.heights();
            all += known;
            measured += rows;
        }
        if measured == 0 {
            GUESS
        } else {
            all / of(measured, 1.0)
        }
    }

    /// The batch that holds a position, and how many orders are before it.
    fn batch_at(&self, position: usize) -> (usize, usize) {
        let mut before = 0;
        for (index, batch) in self.batches.iter().enumerate() {
            if before + batch.len() > position {
                return (index, before);
            }
            before += batch.len();
        }
        (self.batches.len(), before)
    }
}

#[allow(clippy::cast_precision_loss, reason = "no list is that long")]
fn of(count: usize, height: f64) -> f64 {
    count as f64 * height
}
