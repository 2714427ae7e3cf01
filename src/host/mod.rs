//! The app around the page, where there is one: an Android or iOS app's webview, or a page with ours in a frame.
//! This much is known everywhere; the bridge itself comes only where there is a host (docs/WEBVIEW.md).

mod bridge;
mod data;
mod message;
mod trail;

use leptos::prelude::*;

use crate::browser;

pub use bridge::HostBridge;
pub use message::{Ability, Happened, Heard, Hello, Said};

/// The host app.
#[derive(Clone, Copy)]
pub struct Host {
    /// The next log-in is the host's: it is asked before the shopper is.
    pub logs_in: RwSignal<bool>,
    /// The way to it, once it stands.
    say: StoredValue<Option<Callback<Said>>>,
}

impl Host {
    /// Makes it available to every page; `None` where there is no host.
    pub fn provide() -> Option<Self> {
        browser::has_host().then(|| {
            let host = Self {
                logs_in: RwSignal::new(false),
                say: StoredValue::new(None),
            };
            provide_context(host);
            host
        })
    }

    /// Tells it what happened to an order.
    pub fn tell(self, what: Happened, order: &str) {
        self.say(Said::Event(what, order.to_owned()));
    }

    fn say(self, said: Said) {
        if let Some(say) = self.say.get_value() {
            say.run(said);
        }
    }
}

/// The host app; `None` where there is none.
pub fn use_host() -> Option<Host> {
    use_context::<Host>()
}
