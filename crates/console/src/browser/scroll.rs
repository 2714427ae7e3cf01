//! A part of the page that scrolls by itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::document;

/// Whether it is shown at all: what is behind a tab has no height.
pub fn is_shown(part: &Element) -> bool {
    part.client_height() > 0
}

/// How many CSS pixels of it are below what is seen.
pub fn below_of(part: &Element) -> f64 {
    let below = part.scroll_height() - part.scroll_top() - part.client_height();
    f64::from(below.max(0))
}

/// How many CSS pixels of it are above what is seen.
pub fn above_of(part: &Element) -> f64 {
    f64::from(part.scroll_top())
}

/// Scrolls it so that as much of it is below what is seen: 0 for its end.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is far less than 2^31 pixels high"
)]
pub fn scroll_so_that_below(part: &Element, below: f64) {
    part.set_scroll_top(part.scroll_height() - part.client_height() - below as i32);
}

/// Scrolls the list around the first element that `selector` finds no further than it takes to see it. The page itself does
/// not move. The list has to be what its items are placed in (`position: relative`).
pub fn reveal_in_list(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(item) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Some(list) = item.parent_element() else {
        return;
    };
    let (top, bottom) = (item.offset_top(), item.offset_top() + item.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
