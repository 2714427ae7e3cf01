//! Who is logged in. When the session is over, the page stays as it is, with all that was typed, and the log-in stands above
//! it; who logs in again goes on where they were.

use leptos::prelude::*;
use orders_api::{Permission, StaffSession};
use storefront::browser::Memory;
use storefront::ui::FailureWords;

use crate::client::{self, Failure};
use crate::shell::failure_words;
use storefront::words::Lang;

/// Who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not known yet.
    Unknown,
    /// Nobody.
    Nobody,
    /// Somebody.
    Somebody(StaffSession),
    /// It could not be found out; the words say why.
    Failed(FailureWords),
}

/// Who is logged in, for the whole app.
#[derive(Clone, Copy)]
pub struct SessionState {
    lang: Lang,
    /// Who is, or was until the session was over.
    pub who: RwSignal<Who>,
    /// The session of who is shown is over.
    pub over: RwSignal<bool>,
    /// Grows each time somebody has logged in again: what was refused meanwhile is asked for again.
    pub again: RwSignal<u32>,
}

impl SessionState {
    /// Makes itself available to every page.
    pub fn provide(lang: Lang) -> Self {
        let state = Self {
            lang,
            who: RwSignal::new(Who::Unknown),
            over: RwSignal::new(false),
            again: RwSignal::new(0),
        };
        provide_context(state);
        state
    }

    /// Asks the server who is logged in.
    pub async fn look(self) {
        let who = match client::session(self.lang).await {
            Ok(session) => Who::Somebody(session),
            Err(failure) if failure.is_logged_out() => Who::Nobody,
            Err(failure) => Who::Failed(failure_words(self.lang, &failure)),
        };
        self.who.set(who);
    }

    /// Asks again when the page comes back to the front: meanwhile somebody may have logged in or out in another tab.
    pub async fn resume(self) {
        match client::session(self.lang).await {
            Ok(session) => self.begins(session),
            Err(failure) => {
                if self.somebody().is_some() {
                    self.notices(&failure);
                }
            }
        }
    }

    /// Somebody has logged in.
    pub fn begins(self, session: StaffSession) {
        let before = self.somebody();
        if before.is_some_and(|before| before.staff.id != session.staff.id) {
            // Another's drafts and pages are none of theirs.
            crate::browser::load(crate::paths::HOME);
            return;
        }
        let over = self.over.get_untracked();
        self.who.set(Who::Somebody(session));
        if over {
            self.over.set(false);
            self.again.update(|times| *times += 1);
        }
    }

    /// Takes note of a failure that says that the session is over; whether it does.
    pub fn notices(self, failure: &Failure) -> bool {
        let out = failure.is_logged_out();
        // Several questions are answered so at once: the log-in that stands there stays, with what is typed in it.
        if out && !self.over.get_untracked() {
            self.over.set(true);
        }
        out
    }

    /// Who is shown.
    pub fn somebody(self) -> Option<StaffSession> {
        self.who.with_untracked(|who| match who {
            Who::Somebody(session) => Some(session.clone()),
            Who::Unknown | Who::Nobody | Who::Failed(_) => None,
        })
    }

    /// Whether their role may do that.
    pub fn may(self, what: Permission) -> bool {
        self.somebody()
            .is_some_and(|session| session.permissions.contains(&what))
    }

    /// Logs out, and leaves nothing on the page.
    pub async fn end(self) -> Result<(), Failure> {
        match client::log_out(self.lang).await {
            Err(failure) if !failure.is_logged_out() => Err(failure),
            Ok(()) | Err(_) => {
                // What was being said to shoppers, too.
                Memory::Tab.forget_all_but("");
                crate::browser::load(crate::paths::HOME);
                Ok(())
            }
        }
    }
}

/// The session of this app.
pub fn use_session() -> SessionState {
    expect_context::<SessionState>()
}

#[cfg(test)]
mod tests {
    use orders_api::Problem;

    use super::*;

    #[test]
    fn a_session_is_over_once_however_many_answers_say_so() {
        let logged_out = r#"{"type":"about:blank","title":"","status":401,"detail":"","code":"not_logged_in","request_id":"1"}"#;
        let problem: Problem = serde_json::from_str(logged_out).expect("a problem");
        let failure = Failure::Refused(Box::new(problem));
        Owner::new().with(|| {
            let session = SessionState::provide(Lang::En);
            let drawn = StoredValue::new(0);
            let dialog = Memo::new(move |_| {
                drawn.update_value(|drawn| *drawn += 1);
                session.over.get().then(|| drawn.get_value())
            });
            assert_eq!(dialog.get(), None);
            for _ in 0..3 {
                assert!(session.notices(&failure));
                assert_eq!(dialog.get(), Some(2));
            }
        });
    }
}
