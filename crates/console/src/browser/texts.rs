//! Text areas.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::document;

/// Selects a line (from 1) of the text area of that id, focuses it, and brings the line into view of what scrolls around it.
pub fn select_line(id: &str, line: usize) {
    let found = document().and_then(|document| document.get_element_by_id(id));
    let Some(area) = found.and_then(|found| found.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    let text = area.value();
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let start = units(&text[..before]);
    let length = text[before..].lines().next().map_or(0, units);
    let _focused = area.focus();
    let _selected = area.set_selection_range(start, start.saturating_add(length));
    if let Some(frame) = area.parent_element() {
        let lines = i32::try_from(text.split('\n').count().max(1)).unwrap_or(i32::MAX);
        let above = i32::try_from(line.saturating_sub(1)).unwrap_or(0);
        let place = frame.scroll_height() / lines * above;
        frame.set_scroll_top(place - frame.client_height() / 3);
    }
}
