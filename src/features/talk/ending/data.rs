//! Ends a conversation, and tells the shop how it was.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{Conversation, ConversationState, RateConversation};

use super::super::asking::refusal;
use super::super::data::TalkData;
use super::super::steps::Event;
use super::super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::shell::on_growth;
use crate::start::{Form, answered_in_full, posted};
use crate::ui::Load;
use crate::words::Lang;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is ended.
    End,
    /// It is rated.
    Rate,
}

/// The end of the page's conversation.
#[derive(Clone, Copy)]
pub struct EndData {
    lang: Lang,
    session: SessionState,
    talk: TalkData,
    id: StoredValue<String>,
    /// The dialog that asks whether to end it is open.
    pub asks: RwSignal<bool>,
    /// It is being done.
    pub busy: RwSignal<bool>,
    /// What was not done, and why.
    pub error: RwSignal<Option<(Step, String)>>,
    /// The shopper's note, from 1 to 5, as it is chosen.
    pub rating: RwSignal<Option<u8>>,
    /// In the shopper's words.
    pub note: RwSignal<String>,
    /// What was refused because the session was over.
    refused: StoredValue<Option<Step>>,
}

impl EndData {
    /// Of the conversation `id`, which `talk` leads; `form` is what a form of the page was sent with, without the app.
    pub fn new(lang: Lang, session: SessionState, talk: TalkData, id: String, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            talk,
            id: StoredValue::new(id),
            asks: RwSignal::new(false),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            rating: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            refused: StoredValue::new(None),
        };
        data.take_posted(form);
        on_growth(session.renewed, move || {
            if let Some(step) = data.refused.try_update_value(Option::take).flatten() {
                data.make(step);
            }
        });
        let state = talk.state();
        Effect::new(move |before: Option<Option<ConversationState>>| {
            let now = state.get();
            let over = Some(ConversationState::Closed);
            if before == Some(over) && now != over {
                data.goes_on();
            }
            now
        });
        data
    }

    /// What became of a form that was sent without the app.
    fn take_posted(self, form: &Form) {
        let id = self.id.get_value();
        for (step, url) in [
            (Step::End, orders_api::conversation_end(&id)),
            (Step::Rate, orders_api::conversation_rating(&id)),
        ] {
            if let Some(Err(failure)) = answered_in_full::<Conversation>(&posted("POST", &url)) {
                let chosen = form.field("rating").unwrap_or_default();
                self.rating
                    .set((1..=5).find(|rating: &u8| rating.to_string() == chosen));
                self.note
                    .set(form.field("note").unwrap_or_default().to_owned());
                self.error.set(Some((step, refusal(self.lang, &failure))));
            }
        }
    }

    /// It was over and is not any more: how it was is said again when it is.
    fn goes_on(self) {
        self.rating.set(None);
        self.note.set(String::new());
        self.talk.load.update(|load| {
            if let Load::Ready(conversation) = load {
                conversation.rating = None;
                conversation.rating_note = None;
            }
        });
    }

    /// Does it. Ended or rated twice is ended or rated once.
    pub fn make(self, step: Step) {
        if self.busy.get_untracked() {
            return;
        }
        self.error.set(None);
        let rating = self.rating.get_untracked();
        if step == Step::Rate && rating.is_none() {
            self.error
                .set(Some((step, Words::of(self.lang).rate_missing.to_owned())));
            browser::next_frame(|| browser::focus("#rate input"));
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = match step {
                Step::End => self.end().await,
                Step::Rate => self.rate(rating.unwrap_or_default()).await,
            };
            if self.busy.is_disposed() {
                return;
            }
            self.busy.set(false);
            match answer {
                // What was pressed is gone, and the focus with it.
                Ok(()) => {
                    self.asks.set(false);
                    browser::next_frame(|| browser::focus("#rate"));
                }
                Err(failure) if self.session.takes(&failure) => {
                    self.refused.set_value(Some(step));
                }
                Err(failure) => self.error.set(Some((step, refusal(self.lang, &failure)))),
            }
        });
    }

    async fn end(self) -> Result<(), Failure> {
        let (id, key) = (self.id.get_value(), browser::new_key());
        let standing = client::end_conversation(self.lang, &id, &key).await?;
        self.talk.tell(Event::Stands(standing));
        Ok(())
    }

    async fn rate(self, rating: u8) -> Result<(), Failure> {
        let (id, key) = (self.id.get_value(), browser::new_key());
        let note = self.note.get_untracked().trim().to_owned();
        let rated = RateConversation {
            rating,
            note: (!note.is_empty()).then_some(note),
        };
        client::rate_conversation(self.lang, &id, &rated, &key).await?;
        self.talk.load.try_update(|load| {
            if let Load::Ready(conversation) = load {
                conversation.rating = Some(rated.rating);
                conversation.rating_note = rated.note;
            }
        });
        Ok(())
    }

    /// Why a step was not done.
    pub fn problem(self, step: Step) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.error.with(|error| {
                let (at, text) = error.as_ref()?;
                (*at == step).then(|| text.clone())
            })
        })
    }
}
