//! Who is logged in, and what happens when a session begins or ends.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{HandOff, LogIn, SESSION, Session, Shopper, codes, field_codes::REQUIRED};

use crate::browser;
use crate::client::{self, Failure};
use crate::paths;
use crate::shell::{Toasts, failure_words};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::words::{Lang, fill};

use super::views::LogInForm;
use super::words::Words;

/// Who is logged in, for the whole app.
#[derive(Clone, Copy)]
pub struct SessionState {
    lang: Lang,
    toasts: Toasts,
    /// Who; `None` before it is known and when nobody is.
    pub shopper: RwSignal<Option<Shopper>>,
    /// Of a guest, the only order that there is for them.
    pub guest: RwSignal<Option<String>>,
    /// The server has said that nobody is.
    pub(super) nobody: RwSignal<bool>,
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
            guest: RwSignal::new(None),
            nobody: RwSignal::new(false),
            expired: RwSignal::new(false),
            renewed: RwSignal::new(0),
        };
        provide_context(session);
        if let Some(answer) = answered::<Session>(SESSION) {
            match answer {
                Ok(found) => session.is(found),
                Err(failure) => session.nobody.set(failure.is_logged_out()),
            }
        } else if browser::window().is_some() {
            session.look();
        }
        session
    }

    /// Looks who is logged in. The page belongs to one shopper: when it is another by now, nothing of it may stay.
    pub fn look(self) {
        spawn_local(async move {
            let answer = client::session(self.lang).await;
            let known = self.shopper.try_get_untracked();
            match (answer, known) {
                (Ok(found), Some(None)) => self.is(found),
                (Ok(found), Some(Some(known))) if found.shopper.id != known.id => {
                    browser::load(&browser::here());
                }
                (Err(failure), Some(Some(_))) => {
                    let _logs_in_again = self.takes(&failure);
                }
                (Err(failure), Some(None)) => self.nobody.set(failure.is_logged_out()),
                _ => {}
            }
        });
    }

    /// Whether it is a guest who is here, with one order and no account.
    pub fn is_guest_here() -> bool {
        use_context::<Self>().is_some_and(|session| session.guest.with(Option::is_some))
    }

    fn is(self, found: Session) {
        self.guest.set(found.guest_order);
        self.shopper.set(Some(found.shopper));
    }

    /// Takes note of a failure: true when it was the end of the session, which is dealt with here.
    /// With a page open the shopper logs in above it; without one, on the log-in page.
    pub fn takes(self, failure: &Failure) -> bool {
        // A guest came to a page of the account: the server leads back to the order.
        if failure.status() == 403 && self.guest.with_untracked(Option::is_some) {
            browser::load(paths::ORDERS);
            return true;
        }
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

    /// Somebody has logged in.
    fn welcome(self, found: Session) {
        let another = self.shopper.with_untracked(|before| {
            before
                .as_ref()
                .is_some_and(|before| before.id != found.shopper.id)
        });
        if another {
            // Nothing of the shopper before may stay on the page. A guest who logs in goes on from there.
            let next = browser::query_parameter("next");
            browser::load(&paths::safe_next(next.as_deref()));
            return;
        }
        self.is(found);
        self.expired.set(false);
        self.renewed.update(|count| *count = count.wrapping_add(1));
    }

    /// Logs in with a host app's one-time code; false when the code is of no use.
    pub async fn hand_off(self, code: String, secret: String) -> bool {
        match client::hand_off(self.lang, &HandOff { code, secret }).await {
            Ok(found) => {
                self.welcome(found);
                true
            }
            Err(_) => false,
        }
    }

    /// Logs in. The error is in the shopper's words.
    async fn log_in(self, with: LogIn) -> Result<(), String> {
        match client::log_in(self.lang, &with).await {
            Ok(found) => {
                self.welcome(found);
                Ok(())
            }
            Err(failure) => Err(refusal_words(self.lang, &failure)),
        }
    }

    /// What became of the log-in form when it was sent without the app.
    pub(super) fn take_posted(self, form: LogInForm, refusal: RwSignal<Option<String>>) {
        let sent = Form::take();
        let Some(Err(failure)) = answered_in_full::<Session>(&posted("POST", SESSION)) else {
            return;
        };
        form.refill(sent.field("login").unwrap_or_default());
        match &failure {
            // The fields say so themselves.
            Failure::Refused(problem) if problem.errors.values().any(|code| code == REQUIRED) => {
                let _incomplete = form.complete();
            }
            _ => refusal.set(Some(refusal_words(self.lang, &failure))),
        }
    }

    /// Logs in with what is filled in; what is missing or refused is shown in the form. `busy` ends only with
    /// a refusal: after a success the form goes away.
    pub(super) fn submit(
        self,
        form: LogInForm,
        refusal: RwSignal<Option<String>>,
        busy: RwSignal<bool>,
    ) {
        if busy.get_untracked() {
            return;
        }
        refusal.set(None);
        let Some(with) = form.complete() else {
            browser::next_frame(|| {
                browser::focus("#login[aria-invalid=true], #password[aria-invalid=true]");
            });
            return;
        };
        busy.set(true);
        spawn_local(async move {
            if let Err(text) = self.log_in(with).await {
                refusal.set(Some(text));
                form.forget_password();
                browser::focus("#password");
                busy.set(false);
            }
        });
    }

    /// Logs out and leaves nothing behind: a full load forgets every signal.
    pub fn log_out(self) {
        spawn_local(async move {
            match client::log_out(self.lang).await {
                Ok(()) => leave(),
                Err(failure) if failure.is_logged_out() => leave(),
                Err(failure) => self.toasts.say(failure_words(self.lang, &failure).text),
            }
        });
    }
}

/// What a shopper had begun to ask for, and where they buy, does not stay on the device.
pub(super) fn forget_drafts() {
    browser::Memory::Device.remove(crate::app::DRAFTS);
    browser::Memory::Device.remove(crate::app::QUESTIONS);
    browser::Memory::Device.remove(crate::app::COMPLAINTS);
    browser::Memory::Device.remove(crate::app::SUPPORT);
}

/// Nothing of the shopper stays in the tab, nor what they had begun to ask for on the device. (What the service worker
/// keeps, it wipes by itself.)
fn leave() {
    forget_drafts();
    browser::Memory::Tab.forget_all_but(crate::app::EMBED);
    browser::load(paths::LOGIN);
}

fn refusal_words(lang: Lang, failure: &Failure) -> String {
    let words = Words::of(lang);
    match failure {
        Failure::Refused(problem) if problem.code == codes::TOO_MANY_ATTEMPTS => {
            words.too_many.to_owned()
        }
        Failure::Refused(problem) if matches!(problem.status, 401 | 422) => words.wrong.to_owned(),
        _ => failure_words(lang, failure).text,
    }
}

/// The title of the log-in page.
pub(super) fn page_title(lang: Lang) -> String {
    fill(
        crate::words::common::Words::of(lang).page_title,
        &[("page", Words::of(lang).title)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;
    use crate::paths::Page;
    use crate::start::{Answer, Start};

    #[test]
    fn that_nobody_is_logged_in_is_known_only_when_the_server_says_so() {
        let nobody = |status: u16, code: &str| {
            let text = Json::text;
            let body = Json::object([
                ("type", text("")),
                ("title", text("")),
                ("status", Json::Whole(status.into())),
                ("detail", text("")),
                ("code", text(code)),
                ("request_id", text("")),
            ]);
            let url = SESSION.to_owned();
            Owner::new().with(|| {
                let page = Page::LogIn {
                    next: paths::ORDERS.into(),
                };
                let answers = vec![Answer { url, status, body }];
                provide_context(Start::new(page, Some(answers)));
                let session = SessionState::provide(Lang::En, Toasts::provide());
                assert_eq!(session.shopper.get_untracked(), None);
                session.nobody.get_untracked()
            })
        };
        assert!(nobody(401, codes::NOT_LOGGED_IN));
        // Whose drafts there are may be logged in all the same.
        assert!(!nobody(503, codes::UNAVAILABLE));
    }
}
