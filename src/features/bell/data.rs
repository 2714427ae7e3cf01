//! How many notifications were not read: from the page, and looked up again whenever there may be others. Their own page
//! tells what it has found, so that nothing is asked twice.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{UNREAD, Unread};

use crate::browser;
use crate::client;
use crate::features::session::SessionState;
use crate::paths::Page;
use crate::shell::Live;
use crate::start::answered;
use crate::words::Lang;

use super::looks::Looks;

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
    looks: StoredValue<Looks>,
}

impl Bell {
    /// Counts for whoever is logged in, and makes itself available to every page; `page` is the one that is shown.
    pub fn provide(lang: Lang, session: SessionState, live: Live, page: RwSignal<Page>) {
        let answer = answered::<Unread>(UNREAD).and_then(Result::ok);
        let bell = Self {
            lang,
            unread: RwSignal::new(answer.map_or(0, |answer| answer.unread)),
            planned: StoredValue::new(false),
            looks: StoredValue::new(Looks::default()),
        };
        provide_context(bell);
        Effect::new(move |before: Option<()>| {
            live.changed.track();
            live.missed.track();
            let logged_in =
                session.shopper.with(Option::is_some) && session.guest.with(Option::is_none);
            let tells = page.with_untracked(|page| matches!(page, Page::Notifications));
            if logged_in && !tells && (before.is_some() || answer.is_none()) {
                bell.look();
            }
        });
    }

    /// Somebody looks. The number is for [`Bell::count`].
    pub fn ask(self) -> u32 {
        let number = self.looks.try_update_value(Looks::ask);
        number.unwrap_or_default()
    }

    /// What a look has found.
    pub fn count(self, look: u32, unread: i64) {
        let counts = self.looks.try_update_value(|looks| looks.counts(look));
        if counts == Some(true) {
            self.unread.try_set(unread);
        }
    }

    /// How many are left after some were read.
    pub fn left(self, unread: i64) {
        self.unread.try_set(unread);
        if self.looks.try_update_value(Looks::overtake) == Some(true) {
            self.look();
        }
    }

    fn look(self) {
        if self.planned.get_value() {
            return;
        }
        self.planned.set_value(true);
        browser::after(SETTLE_MS, move || {
            if self.planned.try_set_value(false).is_none() {
                let look = self.ask();
                spawn_local(async move {
                    if let Ok(answer) = client::unread(self.lang).await {
                        self.count(look, answer.unread);
                    }
                });
            }
        });
    }
}
