//! What My Orders remembers while the shopper looks elsewhere: the last few lists, each with the
//! place where it was left. In memory; of the list that is open, its place is also noted in the
//! browser's entry of it, so that it survives a reload.

use leptos::prelude::*;

use super::list::List;
use crate::paths::OrdersQuery;

/// How many lists are kept.
const KEPT: usize = 8;
/// How such a note begins.
const NOTE: &str = "orders 1";

/// A place in a list: what is at the upper edge of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// The order's position.
    pub position: usize,
    /// How far below the beginning of its card the edge is, in CSS pixels; negative above the list.
    pub offset: f64,
}

/// A list and where it was left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// What had been loaded.
    pub list: List,
    /// Where the shopper was; `None` at the top of the page.
    pub place: Option<Place>,
    /// The order that was opened from it.
    pub opened: Option<String>,
}

impl Kept {
    /// The place in a few words, for after a reload: without the orders, which may change until then.
    pub fn note(&self) -> String {
        let Some(place) = self.place else {
            return String::new();
        };
        // Some of what follows, too: without it the page would end too soon to be scrolled there.
        let (places, next) = self.list.places(place.position + super::FIRST);
        let mut out = String::from(NOTE);
        for part in [
            &self.list.query.href(),
            &place.position.to_string(),
            &whole(place.offset).to_string(),
            next.unwrap_or_default(),
        ] {
            out.push('\n');
            out.push_str(part);
        }
        for (after, count) in places {
            out.push('\n');
            out.push_str(&count.to_string());
            out.push(' ');
            out.push_str(after.unwrap_or_default());
        }
        out
    }

    /// The place that a note describes, if it is one of this query.
    pub fn of_note(query: &OrdersQuery, note: &str) -> Option<Self> {
        let cursor = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut lines = note.split('\n');
        if lines.next() != Some(NOTE) || lines.next() != Some(&query.href()) {
            return None;
        }
        let place = Place {
            position: lines.next()?.parse().ok()?,
            offset: f64::from(lines.next()?.parse::<i32>().ok()?),
        };
        let next = cursor(lines.next()?);
        let mut places = Vec::new();
        for line in lines {
            let (count, after) = line.split_once(' ')?;
            places.push((cursor(after), count.parse().ok()?));
        }
        Some(Self {
            list: List::of_places(query.clone(), places, next),
            place: Some(place),
            opened: None,
        })
    }
}

#[allow(clippy::cast_possible_truncation, reason = "no card is that high")]
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}

/// The lists that were looked at last, for the whole app.
#[derive(Clone, Copy)]
pub struct OrdersMemory {
    /// The most recent first.
    kept: StoredValue<Vec<Kept>>,
    /// How wide the lists were when their cards were measured, in CSS pixels.
    width: StoredValue<f64>,
}

impl OrdersMemory {
    /// Makes it available to every page.
    pub fn provide() {
        provide_context(Self::new());
    }

    pub(super) fn new() -> Self {
        Self {
            kept: StoredValue::new(Vec::new()),
            width: StoredValue::new(0.0),
        }
    }

    /// Notes how wide the lists are now; every height is forgotten when they were not so wide before.
    /// Returns whether it is so.
    pub(super) fn note_width(self, width: f64) -> bool {
        let before = self.width.get_value();
        self.width.set_value(width);
        let turned = before > 0.0 && (before - width).abs() > 0.5;
        if turned {
            self.kept
                .with_value(|kept| kept.iter().for_each(|kept| kept.list.forget_heights()));
        }
        turned
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
                            place: None,
                            opened: None,
                        },
                    );
                    kept.truncate(KEPT);
                }
            }
        });
    }

    /// Changes what is remembered of a query, where it is: its place, the order that was opened.
    pub(super) fn note(self, query: &OrdersQuery, change: impl FnOnce(&mut Kept)) {
        self.kept.update_value(|kept| {
            if let Some(known) = kept.iter_mut().find(|kept| kept.list.query == *query) {
                change(known);
            }
        });
    }
}
