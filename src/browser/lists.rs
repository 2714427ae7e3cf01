//! A long list of which only a part is drawn: where it stands in the window, how tall its items are,
//! which number each has, and a note of the place in the browser's entry of the page.

use wasm_bindgen::JsValue;
use web_sys::{Element, ScrollRestoration};

use super::{document, scroll_position, scroll_to, window};

/// An element of the page.
pub type Item = Element;

/// Where an element stands in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// From the window's upper edge down to its beginning; negative when that is scrolled out of view.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// The window's height.
    pub screen: f64,
}

/// Where an element stands in the window.
pub fn stand_of(element: &Element) -> Stand {
    let place = element.get_bounding_client_rect();
    Stand {
        top: place.top(),
        width: place.width(),
        screen: screen_height(),
    }
}

fn screen_height() -> f64 {
    document()
        .and_then(|document| document.document_element())
        .map_or(0.0, |root| f64::from(root.client_height()))
}

/// An item of a list that is to stay where the reader sees it, whatever comes or goes above.
pub struct Anchor {
    item: Element,
    /// How far below the page's beginning it was.
    top: f64,
    /// How far the page was scrolled then.
    scrolled: f64,
}

impl Anchor {
    /// An item of a list, where it is now.
    pub fn of(list: &Element, item: usize) -> Option<Self> {
        let item = list.children().item(u32::try_from(item).ok()?)?;
        Some(Self {
            top: top_of(&item),
            scrolled: scroll_position(),
            item,
        })
    }

    /// Scrolls along when it has been moved since it was asked last; by scrolling nothing is.
    pub fn hold(&mut self) {
        if !self.item.is_connected() {
            return;
        }
        let before = self.top;
        self.top = top_of(&self.item);
        let shift = self.top - before;
        let mut scrolled = scroll_position();
        // A page that became shorter was scrolled up by the browser, as far as it had to be.
        if scrolled < self.scrolled && is_at_end() {
            scrolled = self.scrolled;
        }
        if shift.abs() > 0.5 && scrolled > 0.0 {
            self.scrolled = scrolled + shift;
            scroll_to(self.scrolled);
        }
    }
}

/// Whether the page cannot be scrolled any further down.
fn is_at_end() -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| {
        f64::from(root.scroll_height() - root.client_height()) - scroll_position() < 1.0
    })
}

fn top_of(item: &Element) -> f64 {
    item.get_bounding_client_rect().top() + scroll_position()
}

/// How many items a list has.
pub fn item_count(list: &Element) -> usize {
    list.child_element_count() as usize
}

/// How tall the items of a list from one up to another are.
pub fn item_heights(list: &Element, first: usize, last: usize) -> Vec<f64> {
    let items = list.children();
    (first..last)
        .filter_map(|at| items.item(u32::try_from(at).ok()?))
        .map(|item| item.get_bounding_client_rect().height())
        .collect()
}

/// Says which number the items of a list have in the whole of which they are a part: the one at `first`
/// has `number`, and so on up to `last`.
pub fn number_items(list: &Element, first: usize, last: usize, number: usize, whole: i64) {
    let items = list.children();
    let whole = whole.to_string();
    for at in first..last {
        if let Some(item) = u32::try_from(at).ok().and_then(|at| items.item(at)) {
            let number = (number + at - first).to_string();
            for (name, value) in [("aria-posinset", &number), ("aria-setsize", &whole)] {
                if item.get_attribute(name).as_ref() != Some(value) {
                    let _set = item.set_attribute(name, value);
                }
            }
        }
    }
}

/// The note in the browser's entry of this page: it survives a reload, and going elsewhere and back.
pub fn entry_note() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string()
}

/// Leaves a note in the browser's entry of this page. With `by_hand` the browser does not scroll to where this page was
/// when it comes back to the entry: what is above was not measured by then, so that it would miss.
pub fn note_entry(note: &str, by_hand: bool) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let restoration = if by_hand {
            ScrollRestoration::Manual
        } else {
            ScrollRestoration::Auto
        };
        let _set = history.set_scroll_restoration(restoration);
        let _noted = history.replace_state(&JsValue::from_str(note), "");
    }
}
