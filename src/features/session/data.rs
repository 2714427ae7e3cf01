//! Who is logged in, and what happens when a session begins or ends.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{LogIn, Shopper, codes};

use crate::browser;
use crate::client::{self, Failure};
use crate::paths;
use crate::shell::{Toasts, failure_words};
use crate::words::{Lang, fill};

use super::words::Words;

/// Who is logged in, for the whole app.
#[derive(Clone, Copy)]
pub struct SessionState {
    lang: Lang,
    toasts: Toasts,
    /// Who; `None` before it is known and when nobody is.
    pub shopper: RwSignal<Option<Shopper>>,
    /// The session ended while a page was open: ask to log in above it.
    pub expired: RwSignal<bool>,
    /// Grows with each log-in: what was refused before may be tried again.
    pub renewed: RwSignal<u32>,
}

impl SessionState {
    /// Finds out who is logged in and makes it available to every page.
    pub fn provide(lang: Lang, toasts: Toasts) -> Self {
        let session = Self {
            lang,
            toasts,
            shopper: RwSignal::new(None),
            expired: RwSignal::new(false),
            renewed: RwSignal::new(0),
        };
        provide_context(session);
        if browser::window().is_some() {
            spawn_local(async move {
                if let Ok(found) = client::session(lang).await {
                    session.shopper.set(Some(found.shopper));
                }
            });
        }
        session
    }

    /// Takes note of a failure: true when it was the end of the session, which is dealt with here.
    /// With a page open the shopper logs in above it; without one, on the log-in page.
    pub fn takes(self, failure: &Failure) -> bool {
        if !failure.is_logged_out() {
            return false;
        }
        if self.shopper.with_untracked(Option::is_some) {
            self.expired.set(true);
        } else if !browser::here().starts_with(paths::LOGIN) {
            browser::load(&paths::login(&browser::here()));
        }
        true
    }

    /// Logs in. The error is in the shopper's words.
    pub async fn log_in(self, with: LogIn) -> Result<(), String> {
        let words = Words::of(self.lang);
        match client::log_in(self.lang, &with).await {
            Ok(found) => {
                let another = self.shopper.with_untracked(|before| {
                    before
                        .as_ref()
                        .is_some_and(|before| before.id != found.shopper.id)
                });
                if another {
                    // Nothing of the shopper before may stay on the page.
                    browser::load(paths::ORDERS);
                    return Ok(());
                }
                self.shopper.set(Some(found.shopper));
                self.expired.set(false);
                self.renewed.update(|count| *count = count.wrapping_add(1));
                Ok(())
            }
            Err(Failure::Refused(problem)) if problem.code == codes::INVALID_CREDENTIALS => {
                Err(words.wrong.to_owned())
            }
            Err(Failure::Refused(problem)) if problem.code == codes::TOO_MANY_ATTEMPTS => {
                Err(words.too_many.to_owned())
            }
            Err(Failure::Refused(problem)) if problem.status < 500 => Err(words.wrong.to_owned()),
            Err(failure) => Err(failure_words(self.lang, &failure).text),
        }
    }

    /// Logs out and leaves nothing behind: a full load forgets every signal.
    pub fn log_out(self) {
        spawn_local(async move {
            match client::log_out(self.lang).await {
                Ok(()) => browser::load(paths::LOGIN),
                Err(failure) if failure.is_logged_out() => browser::load(paths::LOGIN),
                Err(failure) => self.toasts.say(failure_words(self.lang, &failure).text),
            }
        });
    }
}

/// The title of the log-in page.
pub(super) fn page_title(lang: Lang) -> String {
    fill(
        crate::words::common::Words::of(lang).page_title,
        &[("page", Words::of(lang).title)],
    )
}
