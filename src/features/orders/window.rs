//! Which part of the list is drawn: what is in view and a good deal around it, so that looking for a
//! word in the page and reading on find it there; never more, however long the list is.

use super::list::List;

/// How many cards are drawn on either side of what is in view.
const AROUND: usize = 90;
/// How many of them are added at a time on either side: a picture's worth on a slow telephone.
const STEP: usize = 3;
/// How many too many may be drawn before they are taken away.
const SLACK: usize = 9;
/// How many are drawn at first.
const AT_ONCE: usize = 20;
/// How many of those lie above the place to begin with.
const ABOVE: usize = 5;

/// The part of a list that is drawn, and the room left for what is not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn {
    /// The position of the first card.
    pub first: usize,
    /// That behind the last.
    pub last: usize,
    /// The height of what is above, in CSS pixels.
    pub above: f64,
    /// The height of what is below.
    pub below: f64,
}

/// What a look at the window finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What is to be drawn now.
    pub drawn: Drawn,
    /// The positions from which and up to which orders are in view, or nearly.
    pub near: (usize, usize),
}

impl Drawn {
    /// The first cards to draw around a position.
    pub fn around(list: &List, position: usize) -> Self {
        let first = position.saturating_sub(ABOVE);
        Self::of(list, first, first + AT_ONCE, position)
    }

    /// The same part after the list has changed.
    pub fn fitted(self, list: &List) -> Self {
        let first = self.first.min(list.len().saturating_sub(AT_ONCE));
        let last = self.last.max(first + AT_ONCE);
        Self::of(list, first, last, first + ABOVE)
    }

    /// What to draw when the window begins `top` below the list's beginning and is `height` high.
    pub fn look(self, list: &List, top: f64, height: f64) -> Look {
        let end = list.len();
        let (from, to) = (list.at(top), list.at(top + height) + 1);
        let near = (list.at(top - height), list.at(top + 2.0 * height) + 1);
        let (least, most) = (from.saturating_sub(AROUND), (to + AROUND).min(end));
        let want = list.there(least, most, near.0);
        let (first, last) = if self.first >= near.1 || self.last <= near.0 {
            near
        } else if self.first + SLACK <= want.0 || want.1 + SLACK <= self.last {
            // Never on both sides at once: cards that stay would be moved about.
            (self.first.max(want.0), self.last.min(want.1))
        } else {
            (
                self.first.min(self.first.saturating_sub(STEP).max(want.0)),
                self.last.max((self.last + STEP).min(want.1)),
            )
        };
        let drawn = Self::of(list, first.min(near.0), last.max(near.1), near.0);
        Look { drawn, near }
    }

    fn of(list: &List, first: usize, last: usize, around: usize) -> Self {
        let end = list.len();
        let (first, last) = list.there(first, last.min(end), around);
        Self {
            first,
            last,
            above: list.top_of(first),
            below: (list.top_of(end) - list.top_of(last)).max(0.0),
        }
    }
}
