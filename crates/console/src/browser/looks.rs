//! Light or dark, as somebody has chosen; without a choice, as the device has it. And where the cursor of the keys stands.

use wasm_bindgen::JsCast;

use super::document;

/// Shows the page light or dark; `None` as the device has it.
pub fn show_theme(theme: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    let _shown = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

/// Moves the focus to the first element that `selector` finds, and scrolls no further than it takes to see it.
pub fn step_to(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}
