//! Loads a list of conversations, and looks again.

use leptos::prelude::*;
use orders_api::{StaffConversation, StaffConversationList};
use storefront::ui::Load;
use storefront::words::Lang;

use crate::browser;
use crate::client::{self, Failure};
use crate::paths::Chats;
use crate::shell::{Row, SessionState, failure_words, fresh, merged, out_of_date};

/// So many are loaded at once.
const AT_ONCE: u32 = 30;

/// What is shown of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its rows.
    pub rows: Vec<Row<StaffConversation>>,
    /// Where the next ones begin.
    pub next: Option<String>,
    /// How many there are that are not shown.
    pub new: usize,
}

/// A list of conversations.
#[derive(Clone, Copy)]
pub struct ListData {
    lang: Lang,
    session: SessionState,
    which: StoredValue<Chats>,
    /// Counts the lists that were begun afresh: an answer for an earlier one is not shown.
    list: StoredValue<u32>,
    /// The list.
    pub shown: RwSignal<Load<Shown>>,
    /// The next ones are on their way.
    pub more: RwSignal<bool>,
    /// Why what is shown may be out of date.
    pub old: RwSignal<Option<String>>,
    /// The present, in seconds since 1970.
    pub now: RwSignal<i64>,
}

impl ListData {
    /// Nothing yet.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        Self {
            lang,
            session,
            which: StoredValue::new(Chats::default()),
            list: StoredValue::new(0),
            shown: RwSignal::new(Load::Loading),
            more: RwSignal::new(false),
            old: RwSignal::new(None),
            now: RwSignal::new(browser::now_s()),
        }
    }

    /// Shows those, from the beginning. What was shown of others is not left standing.
    pub fn show(self, which: Chats) {
        if self.which.get_value() != which {
            self.which.set_value(which);
            self.shown.set(Load::Loading);
            self.old.set(None);
        }
        self.look_afresh();
    }

    /// Shows the list as it is now, in its own order.
    pub fn look_afresh(self) {
        let begun = self.list.try_update_value(|list| *list += 1);
        // The page may be another by now.
        if begun.is_some() {
            self.more.set(false);
            self.now.set(browser::now_s());
            self.fetch(None, |_, list| Shown {
                rows: fresh(list.items),
                next: list.next_cursor,
                new: 0,
            });
        }
    }

    /// Looks again, and moves nothing. What has not come yet is on its way, and what failed is tried again.
    pub fn look(self) {
        let shown = self.shown.try_with_untracked(|shown| match shown {
            Load::Loading => None,
            Load::Failed(_) => Some(false),
            // Nothing can move in an empty list.
            Load::Ready(shown) => Some(!shown.rows.is_empty()),
        });
        match shown.flatten() {
            None => {}
            Some(false) => self.look_afresh(),
            Some(true) => {
                self.now.set(browser::now_s());
                self.fetch(None, |shown, list| {
                    let whole = list.next_cursor.is_none();
                    let (rows, new) = merged(&shown.rows, &list.items, whole, id_of);
                    Shown { rows, new, ..shown }
                });
            }
        }
    }

    /// Shows the next ones, too.
    pub fn look_further(self) {
        let next = self
            .shown
            .with_untracked(|shown| shown.ready().and_then(|shown| shown.next.clone()));
        let Some(next) = next.filter(|_| !self.more.get_untracked()) else {
            return;
        };
        self.more.set(true);
        self.fetch(Some(next), |mut shown, list| {
            shown.rows.extend(fresh(list.items));
            shown.next = list.next_cursor;
            shown
        });
    }

    fn fetch(
        self,
        cursor: Option<String>,
        put: impl FnOnce(Shown, StaffConversationList) -> Shown + 'static,
    ) {
        let (which, list) = (self.which.get_value(), self.list.get_value());
        browser::spawn(async move {
            let answer = client::conversations(self.lang, which, AT_ONCE, cursor.as_deref()).await;
            // The page may be another by now, or the list another.
            if self.list.try_get_value() != Some(list) {
                return;
            }
            if cursor.is_some() {
                self.more.set(false);
            }
            match answer {
                Ok(list) => {
                    self.old.set(None);
                    self.shown.update(|shown| {
                        let before = shown.ready().cloned().unwrap_or_default();
                        *shown = Load::Ready(put(before, list));
                    });
                }
                Err(failure) => self.not_loaded(&failure),
            }
        });
    }

    fn not_loaded(self, failure: &Failure) {
        if self.session.notices(failure) {
            return;
        }
        if self.shown.with_untracked(|shown| shown.ready().is_some()) {
            self.old.set(Some(out_of_date(self.lang, failure)));
        } else {
            let words = failure_words(self.lang, failure);
            self.shown.set(Load::Failed(words));
        }
    }
}

fn id_of(one: &StaffConversation) -> &str {
    &one.conversation.id
}
