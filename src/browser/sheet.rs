//! The style sheet that comes later.

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

use super::{as_html, document};

const ID: &str = "later-style";

/// Fetches the style sheet that the page names in `<meta name="later-style">`, once; `None` when it is there.
pub fn later_style() -> Option<Pin<Box<dyn Future<Output = bool>>>> {
    let document = document()?;
    let href = document
        .query_selector("meta[name=later-style]")
        .ok()
        .flatten()?
        .get_attribute("content")?;
    let link = match document.get_element_by_id(ID) {
        // The server's page came with it.
        Some(there) if there.tag_name() == "STYLE" || there.has_attribute("data-there") => {
            return None;
        }
        Some(coming) => coming,
        None => {
            let link = document.create_element("link").ok()?;
            link.set_id(ID);
            for (name, value) in [("rel", "stylesheet"), ("href", &href)] {
                link.set_attribute(name, value).ok()?;
            }
            document.head()?.append_child(&link).ok()?;
            let coming = settled(as_html(&link)?);
            let link_there = link.clone();
            // At once, and not when somebody gets round to waiting for it: who comes after the event hears of none.
            spawn_local(async move {
                if coming.await {
                    let _marked = link_there.set_attribute("data-there", "");
                } else {
                    // Asked for again by who needs it next.
                    link_there.remove();
                }
            });
            link
        }
    };
    Some(Box::pin(settled(as_html(&link)?)))
}

/// Whether it arrives, once that is known.
fn settled(link: &HtmlElement) -> impl Future<Output = bool> + 'static {
    let link = link.clone();
    let event = Promise::new(&mut |resolve, _| {
        for name in ["load", "error"] {
            let _listens = link.add_event_listener_with_callback(name, &resolve);
        }
    });
    async move {
        let event = JsFuture::from(event).await;
        event.is_ok_and(|event| {
            event
                .dyn_ref::<web_sys::Event>()
                .is_some_and(|event| event.type_() == "load")
        })
    }
}
