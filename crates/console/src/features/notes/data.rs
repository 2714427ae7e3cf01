//! Loads notes, hears of new ones, and adds.

use leptos::prelude::*;
use orders_api::{
    AddNote, NoteAdded, Permission, StaffNote, staff_conversation_notes, staff_order_notes,
};
use storefront::words::Lang;

use super::words::Words;
use crate::browser;
use crate::client;
use crate::shell::{SessionState, use_live, what_failed, why_not_done};

/// The longest note, in characters: the API's.
pub const MOST_CHARS: usize = 2_000;

/// What they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An order, by its id.
    Order(String),
    /// A conversation, by its id.
    Conversation(String),
}

impl About {
    fn url(&self) -> String {
        match self {
            Self::Order(id) => staff_order_notes(id),
            Self::Conversation(id) => staff_conversation_notes(id),
        }
    }

    /// Whether that was said about it.
    pub fn is(&self, added: &NoteAdded) -> bool {
        match self {
            Self::Order(id) => added.order.as_ref() == Some(id),
            Self::Conversation(id) => added.conversation.as_ref() == Some(id),
        }
    }
}

/// The notes about something.
#[derive(Clone, Copy)]
pub struct NotesData {
    lang: Lang,
    session: SessionState,
    about: StoredValue<About>,
    /// The notes, oldest first; `None` until they are there.
    pub notes: RwSignal<Option<Vec<StaffNote>>>,
    /// Why they are not there, or may be out of date.
    pub old: RwSignal<Option<String>>,
    /// What is being written.
    pub text: RwSignal<String>,
    /// It is on its way.
    pub busy: RwSignal<bool>,
    /// Why it was not added.
    pub refused: RwSignal<Option<String>>,
    /// What is read out: the last that came.
    pub news: RwSignal<Option<String>>,
    /// What was sent without an answer, with its key.
    sent: StoredValue<Option<(String, String)>>,
}

/// The last of what is known, and what comes after it.
pub fn joined(mut known: Vec<StaffNote>, new: Vec<StaffNote>) -> Vec<StaffNote> {
    let last = known.last().map_or(0, |last| last.seq);
    known.extend(new.into_iter().filter(|note| note.seq > last));
    known
}

/// What is wrong with a note.
pub fn fault(words: &Words, text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some(words.missing)
    } else if text.chars().count() > MOST_CHARS {
        Some(words.too_long)
    } else {
        None
    }
}

impl NotesData {
    /// Those about something; they are loaded, and followed as long as the page is there.
    pub fn new(lang: Lang, session: SessionState, about: About) -> Self {
        let data = Self {
            lang,
            session,
            about: StoredValue::new(about),
            notes: RwSignal::new(None),
            old: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            news: RwSignal::new(None),
            sent: StoredValue::new(None),
        };
        let live = use_live();
        Effect::new(move |_| {
            session.again.track();
            live.missed.track();
            data.look();
        });
        Effect::new(move |before: Option<()>| {
            let added = live.note.get();
            let ours = added.is_some_and(|added| data.about.with_value(|about| about.is(&added)));
            if before.is_some() && ours && live.is_in_use() {
                data.look();
            }
        });
        data
    }

    /// Whether there is anything for their role.
    pub fn may(self) -> bool {
        self.session.may(Permission::Note)
    }

    /// Loads what is not there yet.
    pub fn look(self) {
        if !self.may() {
            return;
        }
        let url = self.about.with_value(About::url);
        browser::spawn(async move {
            loop {
                let known = self.notes.try_get_untracked();
                // The page may be another by now.
                let Some(known) = known else { return };
                let after = known.as_ref().and_then(|known| known.last());
                let after = after.map_or(0, |last| last.seq);
                match client::notes_after(self.lang, &url, after).await {
                    Ok(page) => {
                        let more = page.more;
                        if self.old.try_set(None).is_some() {
                            return;
                        }
                        self.come(page.items, known.is_some());
                        if !more {
                            return;
                        }
                    }
                    Err(failure) => {
                        if !self.session.notices(&failure) {
                            let why = what_failed(self.lang, &failure);
                            let _gone = self.old.try_set(Some(why));
                        }
                        return;
                    }
                }
            }
        });
    }

    fn come(self, new: Vec<StaffNote>, later: bool) {
        let own = self.session.somebody().map(|who| who.staff.id);
        let known = self.notes.get_untracked().unwrap_or_default();
        let theirs = new.iter().rev();
        let mut theirs = theirs.filter(|note| Some(&note.by.id) != own.as_ref());
        if let Some(note) = theirs.next().filter(|_| later) {
            let values = [("who", note.by.name.as_str()), ("text", note.text.as_str())];
            let heard = storefront::words::fill(Words::of(self.lang).heard, &values);
            self.news.set(Some(heard));
        }
        let all = joined(known.clone(), new);
        if all != known || !later {
            self.notes.set(Some(all));
        }
    }

    /// Adds what is written. Sent again without an answer, it is the same note.
    pub fn add(self) {
        if self.busy.get_untracked() {
            return;
        }
        let words = Words::of(self.lang);
        let text = self.text.get_untracked().trim().to_owned();
        if let Some(fault) = fault(words, &text) {
            self.refused.set(Some(fault.to_owned()));
            browser::focus("#note");
            return;
        }
        let before = self.sent.get_value().filter(|(sent, _)| *sent == text);
        let (_, key) = before.unwrap_or_else(|| (text.clone(), browser::new_key()));
        self.sent.set_value(Some((text.clone(), key.clone())));
        self.busy.set(true);
        self.refused.set(None);
        let url = self.about.with_value(About::url);
        browser::spawn(async move {
            let note = AddNote { text: text.clone() };
            let answer = client::add_note(self.lang, &url, &note, &key).await;
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    self.sent.set_value(None);
                    // What was typed on meanwhile stays.
                    if self.text.with_untracked(|typed| typed.trim() == text) {
                        self.text.set(String::new());
                    }
                    self.news.set(Some(words.added.to_owned()));
                    // It may not be the next one: a colleague's may be before it.
                    self.look();
                }
                Err(failure) => {
                    let out = self.session.notices(&failure);
                    if failure.is_settled() && !out {
                        self.sent.set_value(None);
                    }
                    self.refused.set(Some(why_not_done(self.lang, &failure)));
                }
            }
        });
    }
}
