//! The page's side of the service worker (`src/worker`): what it says of the page, and of a new version.

use web_sys::Event;

use super::events::Listener;
use super::{document, window};

/// When the page was seen that the worker shows again; `None` for one that comes from the server.
pub fn seen_at() -> Option<String> {
    let mark = document()?.query_selector("meta[name=tepai-seen]").ok()??;
    mark.get_attribute("content")
}

/// Calls `run` when a new version is ready, also when it has been for a while.
pub fn on_new_version(run: impl Fn() + 'static) -> Option<Listener> {
    if document()?.document_element()?.has_attribute("data-update") {
        run();
    }
    Some(Listener::new(window()?.into(), "tepai-update", move |_| {
        run()
    }))
}

/// Lets the new version in; the page begins anew.
pub fn let_new_version_in() {
    if let (Some(window), Ok(event)) = (window(), Event::new("tepai-apply")) {
        let _told = window.dispatch_event(&event);
    }
}
