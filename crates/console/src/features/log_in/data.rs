//! What is typed to log in, and what becomes of it.

use leptos::prelude::*;
use orders_api::{StaffLogIn, codes};
use storefront::words::{Lang, fill};

use super::words::Words;
use crate::browser::{self, Interval};
use crate::client::{self, Failure, NotLetIn};
use crate::shell::{SessionState, what_failed};

/// The form, and what it was answered.
#[derive(Clone, Copy)]
pub struct LogInForm {
    lang: Lang,
    session: SessionState,
    /// The id.
    pub login: RwSignal<String>,
    /// The password.
    pub password: RwSignal<String>,
    /// The six digits.
    pub code: RwSignal<String>,
    /// It is being looked at.
    pub busy: RwSignal<bool>,
    /// Why not.
    pub refused: RwSignal<Option<String>>,
    /// How many seconds there are to wait.
    pub wait: RwSignal<i64>,
    clock: StoredValue<Option<Interval>, LocalStorage>,
}

impl LogInForm {
    /// An empty one, or for who was logged in before.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        let login = session.somebody().map(|before| before.staff.id);
        Self {
            lang,
            session,
            login: RwSignal::new(login.unwrap_or_default()),
            password: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            wait: RwSignal::new(0),
            clock: StoredValue::new_local(None),
        }
    }

    /// Sends it.
    pub fn send(self) {
        if self.busy.get_untracked() || self.wait.get_untracked() > 0 {
            return;
        }
        let with = StaffLogIn {
            login: self.login.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
            // As apps show it: 123 456.
            code: self
                .code
                .with_untracked(|code| code.split_whitespace().collect()),
        };
        self.busy.set(true);
        self.refused.set(None);
        browser::spawn(async move {
            let answer = client::log_in(self.lang, &with).await;
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(session) => self.session.begins(session),
                Err(NotLetIn::Wait(seconds)) => self.waits(seconds),
                Err(NotLetIn::Failed(failure)) => {
                    self.refused.set(Some(self.why(&failure)));
                    // Whatever was wrong, a code that was looked at may be used up.
                    self.code.set(String::new());
                    browser::focus("#code");
                }
            }
        });
    }

    fn why(self, failure: &Failure) -> String {
        match failure {
            Failure::Refused(problem)
                if matches!(
                    problem.code.as_str(),
                    codes::INVALID_CREDENTIALS | codes::INVALID_FIELDS
                ) =>
            {
                Words::of(self.lang).wrong.to_owned()
            }
            failure => what_failed(self.lang, failure),
        }
    }

    fn waits(self, seconds: i64) {
        self.wait.set(seconds.max(1));
        let until = browser::now_s() + seconds.max(1);
        let tick = Interval::new(1_000, move || {
            let left = (until - browser::now_s()).max(0);
            let _gone = self.wait.try_set(left);
            if left == 0 {
                let _gone = self.clock.try_set_value(None);
            }
        });
        self.clock.set_value(tick);
    }

    /// What there is to say: how long to wait, or why not.
    pub fn said(self) -> Option<String> {
        let seconds = self.wait.get();
        if seconds > 0 {
            let words = Words::of(self.lang);
            return Some(fill(words.wait, &[("n", &seconds.to_string())]));
        }
        self.refused.get()
    }
}
