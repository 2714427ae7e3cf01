//! How many notifications were not read: from the page, and looked up again whenever there may be others.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{UNREAD, Unread};

use crate::browser;
use crate::client;
use crate::features::session::SessionState;
use crate::shell::Live;
use crate::start::answered;
use crate::words::Lang;

/// How long to wait for further changes before looking.
const SETTLE_MS: i32 = 300;

/// How many notifications were not read, for the whole app.
#[derive(Clone, Copy)]
pub struct Bell {
    lang: Lang,
    /// How many; 0 before it is known.
    pub unread: RwSignal<i64>,
    /// Whether a look is planned.
    planned: StoredValue<bool>,
}

impl Bell {
    /// Counts for whoever is logged in, and makes itself available to every page.
    pub fn provide(lang: Lang, session: SessionState, live: Live) {
        let answer = answered::<Unread>(UNREAD).and_then(Result::ok);
        let bell = Self {
            lang,
            unread: RwSignal::new(answer.map_or(0, |answer| answer.unread)),
            planned: StoredValue::new(false),
        };
        provide_context(bell);
        Effect::new(move |before: Option<()>| {
            live.changed.track();
            live.missed.track();
            let logged_in = session.shopper.with(Option::is_some);
            if logged_in && (before.is_some() || answer.is_none()) {
                bell.look();
            }
        });
    }

    fn look(self) {
        if self.planned.get_value() {
            return;
        }
        self.planned.set_value(true);
        browser::after(SETTLE_MS, move || {
            if self.planned.try_set_value(false).is_none() {
                spawn_local(async move {
                    if let Ok(answer) = client::unread(self.lang).await {
                        self.unread.try_set(answer.unread);
                    }
                });
            }
        });
    }
}
