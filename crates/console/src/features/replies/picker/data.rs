//! Loads the replies for a conversation, and follows the keys.

use leptos::prelude::*;
use orders_api::{FilledReply, Language};
use storefront::ui::Load;
use storefront::words::{Lang, fill};

use super::super::words::Words;
use super::choice::{Choice, asked, choices, with_reply};
use crate::browser;
use crate::client;
use crate::shell::{SessionState, failure_words};

/// The list of replies beside what is written.
#[derive(Clone, Copy)]
pub struct PickerData {
    lang: Lang,
    session: SessionState,
    id: StoredValue<String>,
    text: RwSignal<String>,
    spoken: Signal<Language>,
    /// Whether the list is there.
    pub open: RwSignal<bool>,
    /// The replies; as they were when the list was opened last.
    pub load: RwSignal<Load<Vec<FilledReply>>>,
    /// Those that fit.
    pub choices: Memo<Vec<Choice>>,
    /// Which of them the keys stand on.
    pub at: RwSignal<usize>,
    /// The language that was chosen; that of the shopper without.
    chosen: RwSignal<Option<Language>>,
    /// What is read out.
    pub news: RwSignal<Option<String>>,
    /// The list was shut while something was looked for.
    shut: StoredValue<bool>,
}

impl PickerData {
    /// Of the conversation `id`, in which `text` is being written, to somebody who speaks `spoken`.
    pub fn new(
        lang: Lang,
        session: SessionState,
        id: String,
        text: RwSignal<String>,
        spoken: Signal<Language>,
    ) -> Self {
        let load = RwSignal::new(Load::Loading);
        let chosen = RwSignal::new(None);
        let choices = Memo::new(move |_| {
            let language = chosen.get().unwrap_or_else(|| spoken.get());
            load.with(|load: &Load<Vec<FilledReply>>| {
                load.ready().map_or_else(Vec::new, |replies| {
                    text.with(|text| choices(replies, language, asked(text).unwrap_or_default()))
                })
            })
        });
        let data = Self {
            lang,
            session,
            id: StoredValue::new(id),
            text,
            spoken,
            open: RwSignal::new(false),
            load,
            choices,
            at: RwSignal::new(0),
            chosen,
            news: RwSignal::new(None),
            shut: StoredValue::new(false),
        };
        // Typed by hand, emptied by sending, or restored: the list goes by what is there.
        Effect::new(move |_| {
            let looked_for = text.with(|text| asked(text).is_some());
            data.follows(looked_for);
        });
        data
    }

    /// The language in which replies are offered.
    pub fn language(self) -> Language {
        self.chosen.get().unwrap_or_else(|| self.spoken.get())
    }

    /// Another language was chosen.
    pub fn speaks(self, language: Language) {
        self.chosen.set(Some(language));
        browser::focus("#say");
    }

    fn follows(self, looked_for: bool) {
        self.at.set(0);
        if looked_for {
            if !self.open.get_untracked() && !self.shut.get_value() {
                self.show();
            }
        } else {
            self.shut.set_value(false);
            let begun = self.text.with_untracked(|text| !text.trim().is_empty());
            // What is being written in words needs no list; an empty field may have been given one by the button.
            if begun {
                self.open.set(false);
            }
        }
    }

    /// Shows the list, or hides it.
    pub fn toggle(self) {
        if self.open.get_untracked() {
            self.hide();
        } else {
            self.show();
        }
        browser::focus("#say");
    }

    fn show(self) {
        self.news.set(None);
        self.at.set(0);
        self.open.set(true);
        self.look();
    }

    fn hide(self) {
        self.shut.set_value(true);
        self.open.set(false);
    }

    /// Loads the replies as they are for the order now. What is shown stays until then.
    pub fn look(self) {
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        browser::spawn(async move {
            let answer = client::replies_for(self.lang, &id).await;
            match answer {
                Ok(list) => {
                    // The page may be another by now.
                    let _gone = self.load.try_set(Load::Ready(list.items));
                }
                Err(failure) => {
                    self.session.notices(&failure);
                    let why = failure_words(self.lang, &failure);
                    let _gone = self.load.try_set(Load::Failed(why));
                }
            }
        });
    }

    /// The id of the reply that the keys stand on, while the list is there.
    pub fn active(self) -> Option<String> {
        let there = self.open.get() && self.choices.with(|all| !all.is_empty());
        there.then(|| format!("reply-{}", self.at.get()))
    }

    /// Whether a reply is being looked for: what is written then is no word to the shopper, however it is sent off.
    pub fn looks_for(self) -> bool {
        self.open.get_untracked() && self.text.with_untracked(|text| asked(text).is_some())
    }

    /// A key that is pressed while one writes; whether it was for the list.
    pub fn key(self, key: &str) -> bool {
        if !self.open.get_untracked() {
            return false;
        }
        let count = self.choices.with_untracked(Vec::len);
        match key {
            "Escape" => self.hide(),
            "ArrowDown" if count > 0 => self.move_to((self.at.get_untracked() + 1) % count),
            "ArrowUp" if count > 0 => {
                self.move_to((self.at.get_untracked() + count - 1) % count);
            }
            "Enter" if count > 0 => self.choose(self.at.get_untracked()),
            // What was looked for is no word to the shopper.
            "Enter" if self.looks_for() => {}
            _ => return false,
        }
        true
    }

    fn move_to(self, place: usize) {
        self.at.set(place);
        browser::next_frame(move || browser::reveal_in_list(&format!("#reply-{place}")));
    }

    /// Writes the reply at that place, unless something is missing for it.
    pub fn choose(self, place: usize) {
        let choice = self.choices.with_untracked(|all| all.get(place).cloned());
        let Some(choice) = choice else { return };
        let words = Words::of(self.lang);
        self.at.set(place);
        let Some(reply) = choice.text else {
            let facts = words.facts_of(&choice.missing);
            let missing = fill(words.missing, &[("facts", &facts)]);
            self.news.set(Some(missing));
            return;
        };
        let text = self.text.with_untracked(|text| with_reply(text, &reply));
        self.open.set(false);
        self.text.set(text);
        let said = fill(words.inserted, &[("title", &choice.title)]);
        self.news.set(Some(said));
        browser::focus("#say");
    }
}
