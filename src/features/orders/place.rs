//! Keeps the shopper's place in the list, and draws the list around it.
//!
//! The place is kept when coming back from an order by whichever way, when going back and forth
//! through tabs and searches, and over a reload. A link to another tab begins at the top.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;

use super::data::{FIRST, OrdersState};
use super::list::List;
use super::memory::Kept;
use super::window::Drawn;

/// How long the scrolling must rest before the place is noted for a reload.
const REST_MS: i32 = 250;

/// The list as it stands in the window.
#[derive(Clone, Copy)]
struct Stage {
    state: OrdersState,
    list: NodeRef<html::Ul>,
    /// Whether a look before the next picture is planned.
    planned: StoredValue<bool>,
    /// Whether the window is where the shopper put it, and not on the way there.
    settled: StoredValue<bool>,
    /// The card at the upper edge of the window at the last look.
    anchor: StoredValue<Option<browser::Anchor>, LocalStorage>,
    /// Whether the orders in view had still to be loaded at the last look.
    blank: StoredValue<bool>,
    /// Whether the cards may have other numbers than before.
    moved: StoredValue<bool>,
    /// Counts looks, to notice when the scrolling rests.
    turn: StoredValue<u32>,
}

/// Keeps the shopper's place in the returned list, and draws it there.
pub(super) fn keep_place(state: OrdersState) -> NodeRef<html::Ul> {
    let stage = Stage {
        state,
        list: NodeRef::new(),
        planned: StoredValue::new(false),
        settled: StoredValue::new(false),
        anchor: StoredValue::new_local(None),
        blank: StoredValue::new(false),
        moved: StoredValue::new(false),
        turn: StoredValue::new(0),
    };
    let over = state.came_with_page();
    let by_history = StoredValue::new(true);
    let history = browser::on_history(move || {
        by_history.set_value(true);
        // A jump within the page comes this way, too, and must not be taken for the next one's cause.
        browser::next_frame(move || {
            let _gone = by_history.try_update_value(|by_history| *by_history = false);
        });
    });
    let scroll = browser::on_scroll(move || stage.look_soon());
    let resize = browser::on_resize(move || stage.look_soon());
    let listeners = StoredValue::new_local([history, scroll, resize]);
    on_cleanup(move || listeners.dispose());

    Effect::new(move |before: Option<()>| {
        state.query.track();
        browser::center_in_row(".tab[aria-current]");
        let left = state.left();
        // Until the list is there the browser reports places that mean nothing.
        stage.settled.set_value(false);
        if before.is_none() && !over {
            stage.go_to(left.as_ref());
        }
        // Before the next picture both the list and the cause of the change are known.
        browser::next_frame(move || {
            let Some(restores) = by_history.try_get_value() else {
                return;
            };
            by_history.set_value(false);
            // Over the server's page, the shopper has a place already, unless it was further down.
            if restores && (before.is_some() || !over || left.as_ref().is_some_and(is_further)) {
                stage.go_to(left.as_ref());
                if let (None, Some(id)) = (before, left.and_then(|left| left.opened)) {
                    browser::focus(&focus_target(&id));
                    state.note_opened(None);
                }
            }
            if restores && before.is_some() {
                // Only now has the browser gone to where it believes the place to be.
                browser::next_frame(move || {
                    if stage.settled.try_get_value().is_some() {
                        stage.go_to(state.left().as_ref());
                        stage.settle();
                    }
                });
            } else {
                stage.settle();
            }
        });
    });
    // A list that comes only now, such as after a reload, is shown where it was left.
    let is_there = Memo::new(move |_| state.load.with(|load| load.ready().is_some()));
    Effect::new(move |_| {
        if is_there.get() && !stage.settled.get_value() {
            browser::next_frame(move || {
                if stage.settled.try_get_value() == Some(false) {
                    stage.go_to(state.left().as_ref());
                    stage.settle();
                }
            });
        }
    });
    Effect::new(move |_| {
        state.load.track();
        stage.moved.set_value(true);
    });
    Effect::new(move |_| {
        state.load.track();
        state.drawn.track();
        stage.look_soon();
    });
    stage.list
}

impl Stage {
    /// From now on the window is where the shopper wants it, if there is anything to see.
    fn settle(self) {
        if self.state.with_list(|_| ()).is_some() {
            self.settled.set_value(true);
            self.look();
        }
    }

    /// Looks before the next picture, once: by then the browser knows where everything stands anyway.
    fn look_soon(self) {
        if self.planned.try_get_value() == Some(false) {
            self.planned.set_value(true);
            browser::next_frame(move || {
                if self.planned.try_get_value().is_some() {
                    self.planned.set_value(false);
                    self.look();
                }
            });
        }
    }

    /// Measures what has been drawn, and has drawn what belongs in the window.
    fn look(self) {
        let Some(list) = self.list.try_get_untracked().flatten() else {
            return;
        };
        let drawn = self.state.drawn.get_untracked();
        let cards = drawn.last - drawn.first;
        // Room above and below, and the cards; what is not drawn yet is looked at when it is.
        if !self.settled.get_value() || browser::item_count(&list) != cards + 2 {
            return;
        }
        let turned = self.state.note_width(browser::stand_of(&list).width);
        if !turned {
            self.hold();
        }
        let moved = self.moved.get_value();
        self.moved.set_value(false);
        self.measure(&list, drawn);
        // Where nothing was there yet, the place was a guess.
        if cards > 0 && self.blank.get_value() {
            self.go_to(self.state.left().as_ref());
        }
        self.blank.set_value(cards == 0);
        let whole = self.state.with_list(List::whole).flatten();
        if let (true, Some(whole)) = (moved, whole) {
            browser::number_items(&list, 1, 1 + cards, drawn.first + 1, whole);
        }
        if turned {
            // The place is that of before.
            let left = self.state.left();
            self.anchor.set_value(None);
            self.settled.set_value(false);
            self.state.draw_again();
            browser::next_frame(move || {
                if self.settled.try_get_value().is_some() {
                    self.go_to(left.as_ref());
                    self.settle();
                }
            });
            return;
        }
        let stand = browser::stand_of(&list);
        if let Some((position, drawing)) = self.state.look_at(-stand.top, stand.screen) {
            let item = position
                .checked_sub(drawn.first)
                .filter(|item| *item < cards);
            let anchor = item.and_then(|item| browser::Anchor::of(&list, item + 1));
            self.anchor.set_value(anchor);
            if let Some(drawing) = drawing {
                spawn_local(async move {
                    drawing.await;
                    self.hold();
                });
            }
        }
        self.note_soon();
    }

    /// Scrolls along with what is read when cards above it come, go, or are higher than was thought. The
    /// browser would do so by itself (not every one), if it were not told to leave it.
    fn hold(self) {
        self.anchor.try_update_value(|anchor| {
            if let Some(anchor) = anchor {
                anchor.hold();
            }
        });
    }

    /// Measures the cards that are new.
    fn measure(self, list: &browser::Item, drawn: Drawn) {
        self.state.with_list(|all| {
            let (first, last) = all.unmeasured(drawn.first, drawn.last);
            let item = |position| position - drawn.first + 1;
            if first < last {
                let heights = browser::item_heights(list, item(first), item(last));
                all.measure(first, &heights);
            }
        });
    }

    /// Goes to where the list was left.
    fn go_to(self, left: Option<&Kept>) {
        let place = left.and_then(|left| left.place);
        if let (Some(place), Some(list)) = (place, self.list.try_get_untracked().flatten()) {
            let drawn = self.state.drawn.get_untracked();
            if browser::item_count(&list) == drawn.last - drawn.first + 2 {
                self.measure(&list, drawn);
            }
            self.anchor.set_value(None);
            let top = self.state.top_of(place).unwrap_or_default();
            browser::scroll_to(top + browser::stand_of(&list).top + browser::scroll_position());
        }
    }

    /// Notes the place for a reload once the scrolling rests.
    fn note_soon(self) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let turn = self.turn.get_value();
        browser::after(REST_MS, move || {
            if self.turn.try_get_value() == Some(turn)
                && let Some(kept) = self.state.left()
                && browser::here() == kept.list.query.href()
            {
                browser::note_entry(&kept.note(), is_further(&kept));
            }
        });
    }
}

/// Whether a place is below the orders that come with the page.
fn is_further(kept: &Kept) -> bool {
    kept.place.is_some_and(|place| place.position >= FIRST)
}

/// Finds the link of an order's card.
fn focus_target(id: &str) -> String {
    let mut selector = String::from("[id=\"order-");
    for c in id.chars() {
        if matches!(c, '"' | '\\') {
            selector.push('\\');
        }
        selector.push(c);
    }
    selector.push_str("\"]");
    selector
}
