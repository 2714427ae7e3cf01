//! What the browser tells us: online again, visible again, an element in view, an event from the server.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Event, EventSource, EventTarget, HtmlAnchorElement, IntersectionObserver, MessageEvent,
    MouseEvent,
};

use super::{document, window};

/// Listens until it is dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    run: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(super) fn new(
        target: EventTarget,
        event: &'static str,
        run: impl FnMut(Event) + 'static,
    ) -> Self {
        let run = Closure::<dyn FnMut(Event)>::new(run);
        let _listens = target.add_event_listener_with_callback(event, run.as_ref().unchecked_ref());
        Self { target, event, run }
    }
}

/// Calls `run` each time the page has been scrolled, at most once per picture.
pub fn on_scroll(run: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(document()?.into(), "scroll", move |_| run()))
}

/// Calls `run` whenever the shopper does something with the page: points, types, scrolls. For as long as there is a page.
pub fn on_sign_of_life(run: impl Fn() + Clone + 'static) {
    let Some(window) = window() else { return };
    for event in ["pointerdown", "pointermove", "keydown", "scroll"] {
        let run = run.clone();
        let listener = Listener::new(window.clone().into(), event, move |_| run());
        std::mem::forget(listener);
    }
}

/// Calls `run` each time the window has another size.
pub fn on_resize(run: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(window()?.into(), "resize", move |_| run()))
}

/// Calls `run` each time the shopper goes back or forward. The router may have heard of it before.
pub fn on_history(run: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(window()?.into(), "popstate", move |_| run()))
}

/// Calls `follow` with path and query of each link to our own site that is clicked in the ordinary way.
/// What it says it took care of, the browser does not follow.
pub fn on_link(follow: impl Fn(&str, &str) -> bool + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "click",
        move |event: Event| {
            if let Some(link) = plain_link(&event)
                && follow(&link.pathname(), &link.search())
            {
                event.prevent_default();
            }
        },
    ))
}

/// The link under a click that is to be followed in this tab, unless it leads elsewhere or asks not to be.
fn plain_link(event: &Event) -> Option<HtmlAnchorElement> {
    let click = event.dyn_ref::<MouseEvent>()?;
    if click.default_prevented()
        || click.button() != 0
        || click.meta_key()
        || click.ctrl_key()
        || click.shift_key()
        || click.alt_key()
    {
        return None;
    }
    let link = click.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = link.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let rel = link.rel();
    let ours = link.origin() == window()?.location().origin().ok()?
        && link.hash().is_empty()
        && matches!(link.target().as_str(), "" | "_self")
        && !link.has_attribute("download")
        && !rel.split(' ').any(|word| word == "external");
    ours.then_some(link)
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _stops = self
            .target
            .remove_event_listener_with_callback(self.event, self.run.as_ref().unchecked_ref());
    }
}

/// Calls `run` with true and false as the connection comes and goes.
pub fn on_connection(run: impl Fn(bool) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let came = run.clone();
    vec![
        Listener::new(window.clone().into(), "online", move |_| came(true)),
        Listener::new(window.into(), "offline", move |_| run(false)),
    ]
}

/// Calls `run` each time the page comes back to the front: another tab, the host app, the back-forward cache.
pub fn on_return(run: impl Fn() + Clone + 'static) -> Vec<Listener> {
    let mut listeners = Vec::new();
    if let Some(document) = document() {
        let seen = run.clone();
        listeners.push(Listener::new(
            document.into(),
            "visibilitychange",
            move |_| {
                if is_visible() {
                    seen();
                }
            },
        ));
    }
    if let Some(window) = window() {
        listeners.push(Listener::new(window.into(), "pageshow", move |event| {
            let persisted = js_sys::Reflect::get(&event, &"persisted".into());
            if persisted.is_ok_and(|value| value.is_truthy()) {
                run();
            }
        }));
    }
    listeners
}

/// Empties the page when it is left, and loads it anew should it be brought back as it was.
pub(super) fn never_come_back(window: &web_sys::Window) {
    let emptied = Listener::new(window.clone().into(), "pagehide", |_| {
        if let Some(body) = document().and_then(|document| document.body()) {
            body.set_text_content(None);
        }
    });
    let reloaded = Listener::new(window.clone().into(), "pageshow", |_| {
        if let Some(window) = super::window() {
            let _loads = window.location().reload();
        }
    });
    // They end with the page.
    std::mem::forget((emptied, reloaded));
}

/// Whether the page is in front.
pub fn is_visible() -> bool {
    document()
        .is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Calls `run` each time `element` comes within two screens' height of view, until it is dropped.
pub struct Approach {
    observer: IntersectionObserver,
    _run: Closure<dyn FnMut(js_sys::Array)>,
}

impl Approach {
    /// Starts watching; `None` where the browser cannot.
    pub fn new(element: &web_sys::Element, run: impl Fn() + 'static) -> Option<Self> {
        let run = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let near = entries.iter().any(|entry| {
                entry
                    .dyn_ref::<web_sys::IntersectionObserverEntry>()
                    .is_some_and(web_sys::IntersectionObserverEntry::is_intersecting)
            });
            if near {
                run();
            }
        });
        let options = web_sys::IntersectionObserverInit::new();
        options.set_root_margin("200% 0px");
        let observer =
            IntersectionObserver::new_with_options(run.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _run: run,
        })
    }
}

impl Drop for Approach {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Closes a `<details>` that serves as a menu when something outside of it is pressed or focused, or on Escape.
pub struct Dismissal {
    _listeners: Vec<Listener>,
}

impl Dismissal {
    /// Watches over `details` until it is dropped.
    pub fn of(details: &web_sys::Element) -> Self {
        let Some(document) = document() else {
            return Self {
                _listeners: Vec::new(),
            };
        };
        let pressed = details.clone();
        let outside = |event, also_around: bool| {
            let menu = details.clone();
            Listener::new(document.clone().into(), event, move |event| {
                let target = event.target();
                let target: Option<&web_sys::Node> =
                    target.as_ref().and_then(|target| target.dyn_ref());
                let around = target.is_some_and(|target| target.contains(Some(&menu)));
                if !menu.contains(target) && (also_around || !around) {
                    let _closed = menu.remove_attribute("open");
                }
            })
        };
        // Pressing what cannot have the focus gives it to what is around, also when it was pressed inside.
        let (pointed, focused) = (outside("pointerdown", true), outside("focusin", false));
        let escape = Listener::new(details.clone().into(), "keydown", move |event| {
            let key = event.dyn_ref().map(web_sys::KeyboardEvent::key);
            if key.as_deref() == Some("Escape") {
                let _closed = pressed.remove_attribute("open");
                if let Ok(Some(summary)) = pressed.query_selector("summary")
                    && let Some(summary) = super::as_html(&summary)
                {
                    let _focused = summary.focus();
                }
            }
        });
        Self {
            _listeners: vec![pointed, focused, escape],
        }
    }
}

/// A stream of server-sent events, closed when it is dropped. The browser reconnects by itself.
pub struct Stream {
    source: EventSource,
    _listeners: Vec<Closure<dyn FnMut(MessageEvent)>>,
}

impl Stream {
    /// Opens it; `hear` gets the name and data of each event of the `names`.
    pub fn open(
        url: &str,
        names: &[&'static str],
        hear: impl Fn(&'static str, String) + Clone + 'static,
    ) -> Option<Self> {
        window()?;
        let source = EventSource::new(url).ok()?;
        let listeners = names
            .iter()
            .map(|&name| {
                let hear = hear.clone();
                let listener =
                    Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                        hear(name, event.data().as_string().unwrap_or_default());
                    });
                let _listens = source
                    .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
                listener
            })
            .collect();
        Some(Self {
            source,
            _listeners: listeners,
        })
    }

    /// Whether the browser has given it up: after a refusal it does not connect again.
    pub fn is_given_up(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
