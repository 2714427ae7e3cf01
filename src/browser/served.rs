//! The page that the server rendered: reading what came with it, and drawing over it without a trace.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, FocusOptions, HtmlDetailsElement, HtmlInputElement,
    HtmlTextAreaElement, Node, NodeList,
};

use super::{as_html, document, scroll_position, scroll_to};

/// What came with the page.
pub struct Served {
    /// The language in which it is written.
    pub lang: String,
    /// The answers of the API it was rendered from, as JSON.
    pub answers: String,
}

const SERVED: &str = "served";

/// The id of the element with which a page from the server fills a telephone's screen: a copy that the service worker
/// gives is not drawn before (src/worker/rules.js).
pub const FIRST_PICTURE: &str = "first-picture";

/// Whether the page that the server rendered is still there, and has what the selector names.
pub fn is_served(selector: &str) -> bool {
    let served = document().and_then(|document| document.get_element_by_id(SERVED));
    served.is_some_and(|served| matches!(served.query_selector(selector), Ok(Some(_))))
}

/// What came with the page; `None` where no server rendered one.
pub fn served() -> Option<Served> {
    let document = document()?;
    document.get_element_by_id(SERVED)?;
    Some(Served {
        lang: document.document_element()?.get_attribute("lang")?,
        answers: document.get_element_by_id("start")?.text_content()?,
    })
}

/// Set on the document's root as long as what is open was there before the app: it does not come in once more.
pub const STILL: &str = "data-still";

/// As soon as the app has drawn the same page, and before anything else happens: hands over what the shopper did, and
/// removes the server's page. To be called in the task that draws, before it does, because drawing may move the focus.
pub fn take_over() {
    super::mark_root(STILL);
    let focus = || document().and_then(|document| document.active_element());
    let before = focus();
    super::spawn(async move {
        let Some(served) = document().and_then(|document| document.get_element_by_id(SERVED))
        else {
            return;
        };
        // Until now the shopper may have gone on to another field, or the app may have drawn attention to itself.
        let focused = focus()
            .filter(|focused| served.contains(Some(focused)))
            .or(before);
        let Some(body) = served.parent_element() else {
            return;
        };
        let top = scroll_position();
        let rows: Vec<_> = pairs(&served, &body, SCROLLED)
            .into_iter()
            .map(|(from, to)| (from.scroll_top(), from.scroll_left(), to))
            .collect();
        for (from, to) in pairs(&served, &body, FILLED) {
            hand_over_content(&from, &to);
        }
        let focused = focused.filter(|focused| served.contains(Some(focused)));
        let focused = focused.and_then(|focused| {
            let mut pairs = pairs(&served, &body, FOCUSABLE).into_iter();
            pairs.find(|(from, _)| *from == focused)
        });
        served.remove();
        // Taking away what is above would move the page.
        scroll_to(top);
        // What was handed over first opens what belongs to it.
        wasm_bindgen_futures::spawn_local(async move {
            for (top, left, to) in rows {
                to.set_scroll_top(top);
                to.set_scroll_left(left);
            }
            if let Some((from, to)) = focused {
                hand_over_focus(&from, &to);
            }
        });
    });
}

const SCROLLED: &str = ".dialog-body, .tabs";
const FILLED: &str = "input, textarea, details";
const FOCUSABLE: &str = "a, button, input, textarea, summary, [tabindex]";
/// What only the server's page has.
const WITHOUT_APP: &str = "[type=hidden], .without-app *";

fn hand_over_focus(from: &Element, to: &Element) {
    if let Some(to) = as_html(to) {
        // The shopper may have scrolled on since.
        let stays = FocusOptions::new();
        stays.set_prevent_scroll(true);
        let _focused = to.focus_with_options(&stays);
    }
    if let (Some(from), Some(to)) = (
        from.dyn_ref::<HtmlInputElement>(),
        to.dyn_ref::<HtmlInputElement>(),
    ) {
        // Only fields of text have a place for the cursor.
        let _none = to.set_selection_start(from.selection_start().ok().flatten());
    }
}

fn hand_over_content(from: &Element, to: &Element) {
    let typed = if let (Some(from), Some(to)) = (
        from.dyn_ref::<HtmlInputElement>(),
        to.dyn_ref::<HtmlInputElement>(),
    ) {
        // Of radio buttons, only the chosen one tells.
        if from.checked() != from.default_checked()
            && (from.checked() || from.type_() == "checkbox")
        {
            to.set_checked(from.checked());
            true
        } else if from.value() != from.default_value() {
            to.set_value(&from.value());
            true
        } else {
            false
        }
    } else if let (Some(from), Some(to)) = (
        from.dyn_ref::<HtmlTextAreaElement>(),
        to.dyn_ref::<HtmlTextAreaElement>(),
    ) {
        let changed = Ok(from.value()) != from.default_value();
        if changed {
            to.set_value(&from.value());
        }
        changed
    } else {
        if let (Some(from), Some(to)) = (
            from.dyn_ref::<HtmlDetailsElement>(),
            to.dyn_ref::<HtmlDetailsElement>(),
        ) {
            to.set_open(from.open());
        }
        false
    };
    if typed {
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        for name in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(name, &bubbles) {
                let _told = to.dispatch_event(&event);
            }
        }
    }
}

/// The same elements in both pages: the app draws what the server drew.
fn pairs(served: &Element, body: &Element, selector: &str) -> Vec<(Element, Element)> {
    let old = elements(served.query_selector_all(selector).ok());
    let new = elements(body.query_selector_all(selector).ok());
    // The app draws below the server's page.
    let new = new.into_iter().filter(|element| {
        served.compare_document_position(element) == Node::DOCUMENT_POSITION_FOLLOWING
    });
    old.into_iter()
        .zip(new)
        .filter(|(from, to)| from.tag_name() == to.tag_name())
        .collect()
}

fn elements(list: Option<NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into::<Element>().ok())
        .filter(|element| element.matches(WITHOUT_APP) != Ok(true))
        .collect()
}
