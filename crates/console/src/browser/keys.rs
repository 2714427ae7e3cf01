//! Keys that are pressed anywhere on the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, KeyboardEvent};

use super::document;

/// What somebody does with the element that has the focus when they press a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Has a dialog in front of them.
    Asked,
    /// Writes: letters are theirs.
    Writing,
    /// Stands on a button or a link, which take Enter themselves.
    Acting,
    /// Anything else.
    Elsewhere,
}

/// Listens to keys until it is dropped.
pub struct Keys {
    run: Closure<dyn FnMut(KeyboardEvent)>,
}

/// Calls `run` with each key that is pressed without a modifier, and where; of those with one, with `Alt+ArrowUp` and
/// `Alt+ArrowDown`. What it says it took care of, the browser does not act on.
pub fn on_key(run: impl Fn(&str, Focus) -> bool + 'static) -> Option<Keys> {
    let document = document()?;
    let run = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key();
        // An input method that composes has the keys for itself.
        if modified || event.is_composing() || event.default_prevented() {
            return;
        }
        let key = match (event.alt_key(), event.key()) {
            (false, key) => key,
            (true, key) if matches!(key.as_str(), "ArrowUp" | "ArrowDown") => format!("Alt+{key}"),
            (true, _) => return,
        };
        if run(&key, focus_of(&event)) {
            event.prevent_default();
        }
    });
    document
        .add_event_listener_with_callback("keydown", run.as_ref().unchecked_ref())
        .ok()?;
    Some(Keys { run })
}

fn focus_of(event: &KeyboardEvent) -> Focus {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
    };
    let dialog = document()
        .and_then(|document| document.query_selector("dialog[open]").ok())
        .flatten();
    // Behind a dialog nothing is done.
    if dialog.is_some() {
        Focus::Asked
    } else if within("input, textarea, select") {
        Focus::Writing
    } else if within("button, a, summary") {
        Focus::Acting
    } else {
        Focus::Elsewhere
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if let Some(document) = document() {
            let _gone = document
                .remove_event_listener_with_callback("keydown", self.run.as_ref().unchecked_ref());
        }
    }
}
