//! The conversations that are open in this app: the one that is shown, and those that were left with something that has not
//! arrived, until it has.

use leptos::prelude::*;
use storefront::words::Lang;

use super::data::{TalkData, left_behind};
use crate::browser;
use crate::shell::SessionState;

/// All of them.
#[derive(Clone, Copy)]
pub struct Talks {
    lang: Lang,
    session: SessionState,
    /// The app's own, so that a conversation outlives its page.
    owner: StoredValue<Owner>,
    open: StoredValue<Vec<Talk>>,
}

#[derive(Clone)]
struct Talk {
    id: String,
    data: TalkData,
    owner: Owner,
}

impl Talks {
    /// Makes itself available to every page.
    pub fn provide(lang: Lang, session: SessionState) -> Self {
        let talks = Self {
            lang,
            session,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            open: StoredValue::new(Vec::new()),
        };
        provide_context(talks);
        talks
    }

    /// The conversation of that id, which is shown from now on.
    pub fn show(self, id: &str) -> TalkData {
        let data = self.of(id);
        data.shown.set(true);
        data
    }

    fn of(self, id: &str) -> TalkData {
        let found = self.open.with_value(|open| {
            let talk = open.iter().find(|talk| talk.id == id);
            talk.map(|talk| talk.data)
        });
        if let Some(data) = found {
            return data;
        }
        let owner = self.owner.with_value(Owner::child);
        let data = owner.with(|| {
            let data = TalkData::new(self.lang, self.session, id.to_owned());
            let name = id.to_owned();
            Effect::new(move |_| {
                let done = !data.shown.get() && !data.has_unsent();
                // What has not begun cannot be told to be done.
                if done && data.course.with(Option::is_some) {
                    self.shut_soon(name.clone());
                }
            });
            data
        });
        let id = id.to_owned();
        self.open
            .update_value(|open| open.push(Talk { id, data, owner }));
        data
    }

    /// Its page is left.
    pub fn leave(self, id: &str) {
        let open = self.open.try_with_value(|open| {
            let talk = open.iter().find(|talk| talk.id == id);
            talk.map(|talk| talk.data)
        });
        if let Some(data) = open.flatten() {
            let _gone = data.shown.try_set(false);
            if data.course.with_untracked(Option::is_none) {
                self.shut_soon(id.to_owned());
            }
        }
    }

    /// What this member of the staff left in these conversations goes on its way.
    pub fn send_what_is_left(self, staff: &str, ids: impl Iterator<Item = String>) {
        for id in ids {
            let left = !left_behind(staff, &id).unsent.is_empty();
            let known = self
                .open
                .with_value(|open| open.iter().any(|talk| talk.id == id));
            if left && !known {
                let data = self.of(&id);
                data.shown.set(false);
            }
        }
    }

    /// Shuts it, once its page has gone; it may have been opened again by then.
    fn shut_soon(self, id: String) {
        browser::after(0, move || {
            let done = |talk: &Talk| {
                let unsent = untrack(|| talk.data.has_unsent());
                talk.id == id && !talk.data.shown.get_untracked() && !unsent
            };
            let shut = self.open.try_update_value(|open| {
                let at = open.iter().position(done)?;
                Some(open.remove(at))
            });
            if let Some(talk) = shut.flatten() {
                talk.owner.cleanup();
            }
        });
    }
}

/// The open conversations of this app.
pub fn use_talks() -> Talks {
    expect_context::<Talks>()
}
