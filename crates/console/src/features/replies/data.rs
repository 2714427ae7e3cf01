//! Loads the replies as they are written, and sends what is changed.

use leptos::prelude::*;
use orders_api::{CannedReply, Permission, codes};
use storefront::ui::Load;
use storefront::words::{Lang, fill};

use super::edit::{Edit, Field, Sent};
use super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::shell::{SessionState, failure_words, why_not_done};

/// The page's data.
#[derive(Clone, Copy)]
pub struct RepliesData {
    lang: Lang,
    session: SessionState,
    /// The replies.
    pub load: RwSignal<Load<Vec<CannedReply>>>,
    /// Whether those are shown that are archived.
    pub archived: RwSignal<bool>,
    /// What is being written.
    pub edit: RwSignal<Option<Edit>>,
    /// What is wrong with it.
    pub faults: RwSignal<Vec<(Field, &'static str)>>,
    /// Whether it is asked if one is to be archived.
    pub asks: RwSignal<bool>,
    /// Which.
    asked: StoredValue<Option<CannedReply>>,
    /// Something is on its way.
    pub busy: RwSignal<bool>,
    /// Why it was not done.
    pub refused: RwSignal<Option<String>>,
    /// What was done last.
    pub done: RwSignal<Option<String>>,
    /// Somebody else has changed what is being written.
    overtaken: StoredValue<bool>,
    /// What was sent without an answer, with its key.
    sent: StoredValue<Option<(Sending, String)>>,
}

/// Something on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sending {
    Written(Sent),
    Archived(String, i64),
}

impl RepliesData {
    /// Loads them.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        let data = Self {
            lang,
            session,
            load: RwSignal::new(Load::Loading),
            archived: RwSignal::new(false),
            edit: RwSignal::new(None),
            faults: RwSignal::new(Vec::new()),
            asks: RwSignal::new(false),
            asked: StoredValue::new(None),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            overtaken: StoredValue::new(false),
            sent: StoredValue::new(None),
        };
        Effect::new(move |_| {
            session.again.track();
            data.archived.track();
            data.look();
        });
        data
    }

    /// Whether their role writes replies.
    pub fn may_edit(self) -> bool {
        self.session.may(Permission::EditReplies)
    }

    /// Loads them again.
    pub fn look(self) {
        let archived = self.archived.get_untracked();
        browser::spawn(async move {
            let answer = client::replies(self.lang, archived).await;
            // The page, or what is shown of it, may be another by now.
            if self.archived.try_get_untracked() != Some(archived) {
                return;
            }
            self.load.set(match answer {
                Ok(list) => {
                    self.goes_over(&list.items);
                    Load::Ready(list.items)
                }
                Err(failure) => {
                    self.session.notices(&failure);
                    Load::Failed(failure_words(self.lang, &failure))
                }
            });
        });
    }

    /// Shows those in use, or those that are archived.
    pub fn turn(self, archived: bool) {
        if self.archived.get_untracked() != archived {
            self.load.set(Load::Loading);
            self.done.set(None);
            self.archived.set(archived);
        }
    }

    /// Begins to write one; a new one without.
    pub fn begin(self, reply: Option<&CannedReply>) {
        self.refused.set(None);
        self.done.set(None);
        self.faults.set(Vec::new());
        self.edit
            .set(Some(reply.map_or_else(Edit::default, Edit::of)));
        browser::next_frame(|| {
            browser::reveal("#reply-form");
            browser::focus("#reply-code");
        });
    }

    /// Leaves what is written.
    pub fn shut(self) {
        self.edit.set(None);
        browser::next_frame(|| browser::focus("#replies-title"));
    }

    /// Saves what is written.
    pub fn save(self) {
        let Some(edit) = self.edit.get_untracked() else {
            return;
        };
        let words = Words::of(self.lang);
        let faults = edit.faults(words);
        let first = faults.first().map(|(field, _)| field.id());
        self.faults.set(faults);
        if let Some(first) = first {
            browser::focus(&format!("#{first}"));
            return;
        }
        let done = fill(words.saved, &[("title", edit.title.trim())]);
        self.send(Sending::Written(edit.sent()), done);
    }

    /// Asks whether one is to be archived.
    pub fn ask(self, reply: CannedReply) {
        self.refused.set(None);
        self.asked.set_value(Some(reply));
        self.asks.set(true);
    }

    /// Archives the one that was asked about.
    pub fn archive(self) {
        let Some(reply) = self.asked.get_value() else {
            return;
        };
        let done = fill(Words::of(self.lang).is_archived, &[("title", &reply.title)]);
        self.send(Sending::Archived(reply.id.clone(), reply.revision), done);
    }

    fn send(self, sending: Sending, done: String) {
        if self.busy.get_untracked() {
            return;
        }
        // Sent again without an answer, it is done once.
        let before = self.sent.get_value().filter(|(sent, _)| *sent == sending);
        let key = before.map_or_else(browser::new_key, |(_, key)| key);
        self.sent.set_value(Some((sending.clone(), key.clone())));
        self.busy.set(true);
        self.refused.set(None);
        self.done.set(None);
        let lang = self.lang;
        browser::spawn(async move {
            let answer = match &sending {
                Sending::Written(Sent::Add(reply)) => client::add_reply(lang, reply, &key).await,
                Sending::Written(Sent::Change(id, reply)) => {
                    client::change_reply(lang, id, reply, &key).await
                }
                Sending::Archived(id, revision) => {
                    client::archive_reply(lang, id, *revision, &key).await
                }
            };
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => self.is_done(done),
                Err(failure) => self.is_refused(&failure),
            }
        });
    }

    fn is_done(self, done: String) {
        self.sent.set_value(None);
        self.edit.set(None);
        self.asks.set(false);
        self.done.set(Some(done));
        self.look();
        browser::next_frame(|| browser::focus("#replies-title"));
    }

    fn is_refused(self, failure: &Failure) {
        let out = self.session.notices(failure);
        if failure.is_settled() && !out {
            self.sent.set_value(None);
        }
        self.asks.set(false);
        let changed = match failure {
            Failure::Refused(problem) => problem.code == codes::REPLY_CHANGED,
            Failure::Unreachable | Failure::Unreadable => false,
        };
        self.refused.set(Some(if changed {
            Words::of(self.lang).overtaken.to_owned()
        } else {
            why_not_done(self.lang, failure)
        }));
        if failure.is_settled() && !out {
            // What is shown may be what has changed.
            self.overtaken.set_value(changed);
            self.look();
        }
    }

    /// What is written goes over what is there now: whoever writes it has been told, and sees it below.
    fn goes_over(self, replies: &[CannedReply]) {
        if !self.overtaken.get_value() {
            return;
        }
        self.overtaken.set_value(false);
        self.edit.update(|edit| {
            let of = edit.as_mut().and_then(|edit| edit.of.as_mut());
            if let Some((id, revision)) = of
                && let Some(now) = replies.iter().find(|reply| reply.id == *id)
            {
                *revision = now.revision;
            }
        });
    }
}
