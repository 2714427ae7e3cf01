//! The document and its place: title, language, scroll, focus, history, dialogs.

use wasm_bindgen::{JsCast, JsValue};

use super::{after, as_html, document, next_frame, window};

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets the document's language.
pub fn set_document_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _set = root.set_attribute("lang", tag);
    }
}

/// Removes the skeleton that was there before the program.
pub fn remove_boot_skeleton() {
    if let Some(boot) = document().and_then(|document| document.get_element_by_id("boot")) {
        boot.remove();
    }
}

/// The value of a parameter of the page's URL.
pub fn query_parameter(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// Takes a parameter out of the page's URL without a new entry in the history.
pub fn remove_query_parameter(name: &str) {
    let Some(window) = window() else { return };
    let Some(url) = window
        .location()
        .href()
        .ok()
        .and_then(|href| web_sys::Url::new(&href).ok())
    else {
        return;
    };
    url.search_params().delete(name);
    replace_url(&url.href());
}

/// The query of the page's URL, with its `?`; empty without one.
pub fn query() -> String {
    location().1
}

/// Marks the document's root, for the style sheets.
pub fn mark_root(attribute: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _set = root.set_attribute(attribute, "");
    }
}

/// Takes a mark from the document's root.
pub fn unmark_root(attribute: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _removed = root.remove_attribute(attribute);
    }
}

/// The page's path and query, to come back to.
pub fn here() -> String {
    let (path, search) = location();
    path + &search
}

/// Path and query of the page's URL; both empty on the host.
pub fn location() -> (String, String) {
    window()
        .map(|window| window.location())
        .map(|location| {
            (
                location.pathname().unwrap_or_default(),
                location.search().unwrap_or_default(),
            )
        })
        .unwrap_or_default()
}

/// Changes the page's URL with a new entry in the history, unless it is the same.
pub fn push_url(url: &str) {
    if url != here()
        && let Some(history) = window().and_then(|window| window.history().ok())
    {
        let _pushed = history.push_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Changes the page's URL in its entry of the history.
pub fn replace_url(url: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // What is noted in the entry stays there.
        let note = history.state().unwrap_or(JsValue::NULL);
        let _replaced = history.replace_state_with_url(&note, "", Some(url));
    }
}

/// One step back in the history.
pub fn go_back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _gone = history.back();
    }
}

/// So many steps back in the history.
pub fn go_back_by(steps: i32) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _gone = history.go_with_delta(-steps);
    }
}

/// Leaves for another page with a full load. Who goes back finds nothing of this one: it was another language's, or
/// another shopper's, and the back-forward cache of WebKit would show it as it was.
pub fn load(url: &str) {
    if let Some(window) = window() {
        super::events::never_come_back(&window);
        let _leaves = window.location().assign(url);
    }
}

/// How far the page is scrolled, in CSS pixels.
pub fn scroll_position() -> f64 {
    window()
        .and_then(|window| window.scroll_y().ok())
        .unwrap_or(0.0)
}

/// Scrolls the page, at once.
pub fn scroll_to(top: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

/// Moves the focus to the first element that `selector` finds, without scrolling to it.
pub fn focus(selector: &str) {
    if let Some(element) =
        document().and_then(|document| document.query_selector(selector).ok().flatten())
        && let Some(element) = as_html(&element)
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _focused = element.focus_with_options(&options);
    }
}

/// Scrolls the first element that `selector` finds into view.
pub fn reveal(selector: &str) {
    if let Some(element) =
        document().and_then(|document| document.query_selector(selector).ok().flatten())
    {
        element.scroll_into_view();
    }
}

/// Scrolls the row around the first element that `selector` finds sideways, so that the element is
/// in its middle. The page itself does not move.
pub fn center_in_row(selector: &str) {
    if let Some(element) =
        document().and_then(|document| document.query_selector(selector).ok().flatten())
        && let Some(row) = element.parent_element()
        && let Some(element) = as_html(&element)
    {
        let room = row.client_width() - element.offset_width();
        row.set_scroll_left(element.offset_left() - room / 2);
    }
}

/// Writes `text` into the field that an event comes from.
pub fn refill(event: &web_sys::Event, text: &str) {
    let field = event.target().and_then(|target| target.dyn_into().ok());
    if let Some::<web_sys::HtmlInputElement>(field) = field {
        field.set_value(text);
    }
}

/// Opens a `<dialog>` above the page, with the focus on what `first` selects in it, or where it is already; nothing when it
/// is open already.
pub fn show_modal(dialog: &web_sys::Element, first: Option<&str>) {
    if let Some(modal) = dialog.dyn_ref::<web_sys::HtmlDialogElement>()
        && !modal.open()
    {
        let focused = document()
            .and_then(|document| document.active_element())
            .filter(|focused| modal.contains(Some(focused)));
        let first = || first.and_then(|selector| modal.query_selector(selector).ok().flatten());
        // Only now: within a host's frame browsers complain of the attribute even while the dialog is closed.
        if let Some(first) = focused.or_else(first) {
            let _marked = first.set_attribute("autofocus", "");
        }
        let _shown = modal.show_modal();
    }
}

/// The same for one that is drawn already: it is seen first and opened a picture later. That the page behind it is out of
/// reach costs a slow telephone as much as drawing it.
pub fn show_then_modal(dialog: web_sys::Element, first: Option<&'static str>) {
    let _shown = dialog.set_attribute("data-shown", "");
    next_frame(move || {
        after(0, move || {
            // It may have been closed again.
            if dialog.is_connected() {
                show_modal(&dialog, first);
            }
        });
    });
}

/// How many CSS pixels of the page are below what is seen of it.
pub fn below_view() -> f64 {
    let Some((height, seen)) = page_height() else {
        return 0.0;
    };
    (height - seen - scroll_position()).max(0.0)
}

/// Scrolls so that as much of the page is below what is seen of it: 0 for its end.
pub fn scroll_to_below(below: f64) {
    if let Some((height, seen)) = page_height() {
        scroll_to(height - seen - below);
    }
}

fn page_height() -> Option<(f64, f64)> {
    let root = document()?.document_element()?;
    let seen = window()?.inner_height().ok()?.as_f64()?;
    Some((f64::from(root.scroll_height()), seen))
}

/// Whether the device has a keyboard and a pointer, as far as a browser tells.
pub fn has_keyboard() -> bool {
    let query = "(hover: hover) and (pointer: fine)";
    let found = window().and_then(|window| window.match_media(query).ok().flatten());
    found.is_some_and(|found| found.matches())
}

/// Gives a text area the height of its text. A page that is seen to its end still is afterwards.
pub fn fit_height(element: &web_sys::Element) {
    if let Some(element) = as_html(element) {
        let at_end = below_view() < 1.0;
        let style = element.style();
        let _reset = style.set_property("block-size", "auto");
        let height = format!("{}px", element.scroll_height() + 2);
        let _set = style.set_property("block-size", &height);
        if at_end {
            scroll_to_below(0.0);
        }
    }
}

/// Closes the `<details>` that `selector` finds.
pub fn fold(selector: &str) {
    if let Some(details) =
        document().and_then(|document| document.query_selector(selector).ok().flatten())
    {
        let _closed = details.remove_attribute("open");
    }
}
