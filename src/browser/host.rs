//! The way to the app around the page: an object that Android or iOS puts into the page, or the page that has ours in a frame.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, JSON, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MessageEvent, MouseEvent, MutationObserver};

use super::events::Listener;
use super::{as_html, document, window};

/// The name of what Android and iOS put into the page.
const HOST: &str = "TepaiHost";
/// The name under which they find the page.
const PAGE: &str = "tepai";

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into())
        .ok()
        .filter(|value| !value.is_falsy())
}

/// Android's object, or iOS's.
fn app() -> Option<(JsValue, Kind)> {
    let window = window()?;
    if let Some(android) = member(&window, HOST) {
        return Some((android, Kind::Text));
    }
    let ios = member(&window, "webkit").and_then(|webkit| member(&webkit, "messageHandlers"));
    Some((member(&ios?, HOST)?, Kind::Object))
}

/// Whether the page is in a frame of another.
fn in_frame() -> bool {
    window().is_some_and(|window| {
        let parent = window.parent().ok().flatten();
        parent.is_some_and(|parent| !js_sys::Object::is(&parent, &window))
    })
}

/// Whether there is anything around the page that may be a host.
pub fn has_host() -> bool {
    app().is_some() || in_frame()
}

/// Whether the host can only be a page around ours, which has to be asked by its origin.
pub fn host_is_a_page() -> bool {
    app().is_none()
}

/// In which form the host takes messages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Object,
}

/// The way to the host, open until it is dropped.
pub struct HostPort {
    to: To,
    _listeners: Vec<Listener>,
    _receive: Vec<Closure<dyn FnMut(JsValue)>>,
}

enum To {
    App(JsValue, Kind),
    /// The window around ours, and the origins it may have: one, once it is known.
    Page(web_sys::Window, Rc<RefCell<Vec<String>>>),
}

impl HostPort {
    /// Opens it; `hear` gets each message as JSON. A page around ours is spoken to and heard only when its
    /// origin is one of `origins`.
    pub fn open(origins: Vec<String>, hear: impl Fn(String) + Clone + 'static) -> Option<Self> {
        let window = window()?;
        let Some((app, kind)) = app() else {
            return Self::to_page(&window, origins, hear);
        };
        let told = hear.clone();
        let receive = Closure::<dyn FnMut(JsValue)>::new(move |message: JsValue| {
            if let Some(text) = text_of(&message) {
                told(text);
            }
        });
        let page = js_sys::Object::new();
        let _set = Reflect::set(&page, &"receive".into(), receive.as_ref());
        let _set = Reflect::set(&window, &PAGE.into(), &page);
        let mut receivers = vec![receive];
        // A WebMessageListener of Android answers through the object itself.
        if let Some(listen) = function(&app, "addEventListener") {
            let receive = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
                if let Some(text) = member(&event, "data").and_then(|data| text_of(&data)) {
                    hear(text);
                }
            });
            let _listens = listen.call2(&app, &"message".into(), receive.as_ref());
            receivers.push(receive);
        }
        Some(Self {
            to: To::App(app, kind),
            _listeners: Vec::new(),
            _receive: receivers,
        })
    }

    fn to_page(
        window: &web_sys::Window,
        origins: Vec<String>,
        hear: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let parent = window.parent().ok()??;
        let origins = match around(window) {
            Some(origin) => origins.into_iter().filter(|one| *one == origin).collect(),
            None => origins,
        };
        if origins.is_empty() {
            return None;
        }
        let allowed = Rc::new(RefCell::new(origins));
        let (known, from) = (Rc::clone(&allowed), parent.clone());
        let listener = Listener::new(window.clone().into(), "message", move |event: Event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else {
                return;
            };
            let ours = event
                .source()
                .is_some_and(|source| js_sys::Object::is(&source, &from));
            let origin = event.origin();
            if !ours || !known.borrow().contains(&origin) {
                return;
            }
            known.replace(vec![origin]);
            if let Some(text) = text_of(&event.data()) {
                hear(text);
            }
        });
        Some(Self {
            to: To::Page(parent, allowed),
            _listeners: vec![listener],
            _receive: Vec::new(),
        })
    }

    /// Sends a message, which is JSON.
    pub fn say(&self, text: &str) {
        let object = || JSON::parse(text).unwrap_or(JsValue::NULL);
        match &self.to {
            To::App(app, kind) => {
                let message = match kind {
                    Kind::Text => JsValue::from_str(text),
                    Kind::Object => object(),
                };
                if let Some(post) = function(app, "postMessage") {
                    let _sent = post.call1(app, &message);
                }
            }
            To::Page(parent, origins) => {
                for origin in origins.borrow().iter() {
                    let _sent = parent.post_message(&object(), origin);
                }
            }
        }
    }
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    member(of, name)?.dyn_into().ok()
}

/// A message as JSON: hosts send text or objects.
fn text_of(message: &JsValue) -> Option<String> {
    message
        .as_string()
        .or_else(|| JSON::stringify(message).ok()?.as_string())
}

/// The origin of the page around ours, where the browser tells.
fn around(window: &web_sys::Window) -> Option<String> {
    let ancestors = member(&window.location(), "ancestorOrigins");
    if let Some(ancestors) = ancestors {
        return member(&ancestors, "0")?.as_string();
    }
    None
}

/// Forwards each click on a link, with what it names as `data-host` and its address, before the browser follows it.
/// What `open` says it took care of, the browser does not follow.
pub fn on_any_link(open: impl Fn(Option<&str>, &str) -> bool + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "click",
        move |event: Event| {
            let clicked = event.dyn_ref::<MouseEvent>();
            if event.default_prevented() || clicked.is_none_or(|click| click.button() != 0) {
                return;
            }
            let target = event.target().and_then(|target| target.dyn_into().ok());
            let link = target.and_then(|target: Element| target.closest("a[href]").ok()?);
            let Some(link) = link else { return };
            let named = link.get_attribute("data-host");
            let anchor = link.dyn_ref::<web_sys::HtmlAnchorElement>();
            // Our own pages stay with us.
            let here = window().and_then(|window| window.location().origin().ok());
            let Some(anchor) =
                anchor.filter(|anchor| named.is_some() || Some(anchor.origin()) != here)
            else {
                return;
            };
            if open(named.as_deref(), &anchor.href()) {
                event.prevent_default();
            }
        },
    ))
}

/// Calls `run` with the document's title, now and each time it changes, for good.
pub fn follow_title(run: impl Fn(String) + 'static) {
    let Some(document) = document() else { return };
    let Ok(Some(title)) = document.query_selector("title") else {
        return;
    };
    run(document.title());
    let changed = Closure::<dyn FnMut()>::new(move || run(document.title()));
    if let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) {
        let options = web_sys::MutationObserverInit::new();
        options.set_child_list(true);
        let _observes = observer.observe_with_options(&title, &options);
    }
    changed.forget();
}

/// Closes what is open above the page, the topmost first: a dialog or a menu. False when there is nothing.
pub fn close_topmost() -> bool {
    let Some(document) = document() else {
        return false;
    };
    if let Ok(dialogs) = document.query_selector_all("dialog[open]")
        && let Some(dialog) = dialogs.length().checked_sub(1)
        && let Some(dialog) = dialogs.get(dialog)
        && let Ok(event) = Event::new("cancel")
    {
        let _asked = dialog.dispatch_event(&event);
        return true;
    }
    match document.query_selector("details.menu[open]") {
        Ok(Some(menu)) => {
            let _closed = menu.remove_attribute("open");
            true
        }
        _ => false,
    }
}

/// Sets an attribute of the document's root, or takes it away.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _set = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Sets a property of the style sheets for the whole document, or leaves it to them.
pub fn set_root_property(name: &str, value: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.as_ref().and_then(as_html) {
        let _set = match value {
            Some(value) => root.style().set_property(name, value),
            None => root.style().remove_property(name).map(drop),
        };
    }
}

/// The SHA-256 of a text in base64url without padding; `None` where the browser has none, as outside of https.
pub async fn binding_of(secret: &str) -> Option<String> {
    let subtle = window()?.crypto().ok()?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let digest = subtle
        .digest_with_str_and_u8_array("SHA-256", secret.as_bytes())
        .ok()?;
    let digest = wasm_bindgen_futures::JsFuture::from(digest).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&digest);
    let bytes: String = bytes.to_vec().into_iter().map(char::from).collect();
    let text = window()?.btoa(&bytes).ok()?;
    Some(text.replace('+', "-").replace('/', "_").replace('=', ""))
}
