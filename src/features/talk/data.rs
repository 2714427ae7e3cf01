//! Carries out what the course of a conversation asks for: its socket, questions, waits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{
    ChatFrameIn, ChatMessage, ChatMessages, Conversation, ConversationState, SayInChat, Side,
};

use super::asking::refusal;
use super::course::{Course, Line};
use super::question::MOST_EVIDENCE;
use super::steps::{Act, Event, Fault};
use super::unsent::Kept;
use super::words::Words;
use crate::browser::{self, Heard, Listener, Socket};
use crate::client::{self, Failure};
use crate::features::evidence::Uploads;
use crate::features::session::SessionState;
use crate::json::{self, Write};
use crate::shell::{failure_words_for, failure_words_of, on_growth, use_live};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

/// How often the other side is told at most that the shopper is typing.
const TYPING_EVERY_MS: f64 = 3_000.0;

/// The conversation of the page.
#[derive(Clone, Copy)]
pub struct TalkData {
    lang: Lang,
    session: SessionState,
    id: StoredValue<String>,
    /// The conversation, without its messages.
    pub load: RwSignal<Load<Conversation>>,
    /// What is said in it.
    pub course: RwSignal<Option<Course>>,
    /// What is being typed.
    pub text: RwSignal<String>,
    /// Photos and videos that go with it.
    pub uploads: Uploads,
    /// Why something was not said, or not shown.
    pub error: RwSignal<Option<String>>,
    /// Older messages are on their way.
    pub fetching: RwSignal<bool>,
    /// Words of a form of which nobody knows what became of it, with its key.
    posted: StoredValue<Option<(String, String)>>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
    typed_at: StoredValue<f64>,
}

fn words_of(lang: Lang, session: SessionState, failure: &Failure) -> FailureWords {
    let words = Words::of(lang);
    let told = failure_words_of(lang, failure, (words.gone_title, words.gone_text));
    failure_words_for(lang, session, told)
}

impl TalkData {
    /// Loads the conversation and listens to it as long as the page is there.
    pub fn new(lang: Lang, session: SessionState, id: String, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            course: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            uploads: Uploads::new(lang, session, MOST_EVIDENCE),
            error: RwSignal::new(None),
            fetching: RwSignal::new(false),
            posted: StoredValue::new(None),
            socket: StoredValue::new_local(None),
            typed_at: StoredValue::new(0.0),
        };
        let (one, said) = data.id.with_value(|id| {
            (
                answered::<Conversation>(&orders_api::conversation(id)),
                answered::<ChatMessages>(&client::latest_messages_url(id)),
            )
        });
        match (one, said) {
            (Some(Ok(conversation)), Some(Ok(said))) => data.begin(conversation, said),
            (Some(Err(failure)), _) | (_, Some(Err(failure))) => {
                data.load
                    .set(Load::Failed(words_of(lang, session, &failure)));
            }
            _ => data.look(),
        }
        data.take_posted(form);
        on_growth(session.renewed, move || data.back_again());
        if let Some(live) = use_live() {
            on_growth(live.missed, move || data.back_again());
        }
        let listeners: Vec<Listener> = browser::on_return(move || data.back_again());
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || {
            listeners.dispose();
            data.socket.dispose();
        });
        data
    }

    /// What became of words that were sent without the app. Whoever sends them again, now by the app's button, means the
    /// same: as long as nobody knows what became of them, they keep the form's key.
    fn take_posted(self, form: &Form) {
        let url = self.id.with_value(|id| orders_api::messages(id));
        let Some(Err(failure)) = answered_in_full::<ChatMessage>(&posted("POST", &url)) else {
            return;
        };
        let text = form.field("text").unwrap_or_default();
        if !failure.is_settled() {
            let key = form.key.clone();
            self.posted
                .set_value(key.map(|key| (text.trim().to_owned(), key)));
        }
        self.text.set(text.to_owned());
        self.error.set(Some(refusal(self.lang, &failure)));
    }

    fn begin(self, conversation: Conversation, said: ChatMessages) {
        // It may have been asked for twice.
        if self.course.with_untracked(Option::is_some) {
            return;
        }
        self.course.set(Some(Course::new(Side::Shopper, said)));
        self.load.set(Load::Ready(conversation));
        if browser::ON_SERVER {
            return;
        }
        // Whose words are kept may be known later than the conversation.
        let shopper = self.session.shopper;
        if shopper.with_untracked(Option::is_none) {
            self.session.look();
        }
        let begun = StoredValue::new(false);
        Effect::new(move |_| {
            if shopper.with(Option::is_some) && !begun.get_value() {
                begun.set_value(true);
                self.take_up();
            }
        });
    }

    /// Goes on with what was not sent and what was being typed, and connects.
    fn take_up(self) {
        let kept = self
            .shopper()
            .map(|shopper| self.id.with_value(|id| Kept::of(&shopper, id)))
            .unwrap_or_default();
        if self.text.with_untracked(String::is_empty) {
            self.text.set(kept.typed);
        }
        self.tell(Event::Begun(kept.unsent));
        Effect::new(move |before: Option<()>| {
            self.text.track();
            if before.is_some() {
                self.keep();
            }
        });
    }

    fn shopper(self) -> Option<String> {
        let shopper = self.session.shopper.try_get_untracked().flatten();
        shopper.map(|shopper| shopper.id)
    }

    fn keep(self) {
        let Some(shopper) = self.shopper() else {
            return;
        };
        let unsent = self
            .course
            .with_untracked(|course| course.as_ref().map(Course::kept));
        let kept = Kept {
            unsent: unsent.unwrap_or_default(),
            typed: self.text.get_untracked(),
        };
        self.id.with_value(|id| kept.keep(&shopper, id));
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let conversation = client::conversation(self.lang, &id).await;
            let answer = match conversation {
                Ok(conversation) => client::latest_messages(self.lang, &id)
                    .await
                    .map(|said| (conversation, said)),
                Err(failure) => Err(failure),
            };
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok((conversation, said)) => self.begin(conversation, said),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    let words = words_of(self.lang, self.session, &failure);
                    self.load.set(Load::Failed(words));
                }
            }
        });
    }

    fn back_again(self) {
        if self.course.try_with_untracked(Option::is_some) == Some(true) {
            self.tell(Event::BackAgain);
        } else {
            self.look();
        }
    }

    /// Something happened.
    pub fn tell(self, event: Event) {
        let acts = self
            .course
            .try_update(|course| Some(course.as_mut()?.step(event, browser::chance())));
        for act in acts.flatten().unwrap_or_default() {
            self.carry_out(act);
        }
    }

    fn carry_out(self, act: Act) {
        let (lang, id) = (self.lang, self.id.get_value());
        match act {
            Act::Connect { turn, after } => {
                let url = format!("{}?after={after}", orders_api::conversation_socket(&id));
                let socket = Socket::open(&url, move |heard| self.heard(turn, heard));
                let opens = socket.is_some();
                let _gone = self.socket.try_set_value(socket);
                if !opens {
                    browser::after(0, move || self.tell(Event::Closed(turn, 1006)));
                }
            }
            Act::Disconnect => {
                let _gone = self.socket.try_set_value(None);
            }
            Act::Send(frame) => self.send_frame(&frame),
            Act::Poll { turn, after, wait } => spawn_local(async move {
                let answer = client::messages_after(lang, &id, after, wait).await;
                let answer = answer.map_err(|failure| self.fault_of(&failure));
                self.tell(Event::Polled(turn, answer));
            }),
            Act::Post(said) => spawn_local(async move {
                let answer = client::say_in_conversation(lang, &id, &said).await;
                let answer = answer.map_err(|failure| self.fault_of(&failure));
                self.tell(Event::Posted(said.client_id, answer));
            }),
            Act::Mark { seq } => spawn_local(async move {
                // What is lost is told with the next.
                let _told = client::read_conversation(lang, &id, seq).await;
            }),
            Act::Wait { turn, ms } => {
                browser::after(ms, move || self.tell(Event::Waited(turn)));
            }
            Act::Watch { beat, ms } => {
                browser::after(ms, move || self.tell(Event::Beat(beat)));
            }
            Act::Listen { typed, ms } => {
                browser::after(ms, move || self.tell(Event::Hushed(typed)));
            }
            Act::Rest { rest, ms } => {
                browser::after(ms, move || self.tell(Event::Rested(rest)));
            }
            Act::Keep => self.keep(),
        }
    }

    fn heard(self, turn: u32, heard: Heard) {
        match heard {
            Heard::Text(text) => {
                // What this page does not know yet, it does without.
                if let Some(frame) = json::read(&text) {
                    self.tell(Event::Frame(turn, frame));
                }
            }
            Heard::Closed(code) => self.tell(Event::Closed(turn, code)),
        }
    }

    fn send_frame(self, frame: &ChatFrameIn) {
        let text = frame.json().print();
        let _gone = self.socket.try_with_value(|socket| {
            if let Some(socket) = socket {
                socket.send(&text);
            }
        });
    }

    fn fault_of(self, failure: &Failure) -> Fault {
        if !self.load.is_disposed() && self.session.takes(failure) {
            return Fault::LoggedOut;
        }
        match failure {
            Failure::Unreachable | Failure::Unreadable => Fault::Lost,
            Failure::Refused(problem) if problem.status == 404 => Fault::Gone,
            Failure::Refused(_) if !failure.is_settled() => Fault::Lost,
            Failure::Refused(problem) => Fault::Said(problem.code.clone()),
        }
    }

    /// The shopper is typing.
    pub fn typing(self) {
        let now = browser::now_ms();
        let open = |course: &Option<Course>| {
            course
                .as_ref()
                .is_some_and(|course| course.line == Line::Open)
        };
        if now - self.typed_at.get_value() >= TYPING_EVERY_MS && self.course.with_untracked(open) {
            self.typed_at.set_value(now);
            self.send_frame(&ChatFrameIn::Typing);
        }
    }

    /// Says what is typed, with the photos that are there.
    pub fn say(self) {
        let words = Words::of(self.lang);
        let text = self.text.get_untracked().trim().to_owned();
        let files = self.uploads.course.get_untracked();
        self.error.set(if files.is_busy() {
            Some(words.photos_busy.to_owned())
        } else if files.unfinished() > 0 {
            Some(words.photos_unfinished.to_owned())
        } else if text.chars().count() > super::question::MOST_CHARS {
            Some(words.text_too_long.to_owned())
        } else {
            None
        });
        let evidence = self.uploads.ids();
        if self.error.with_untracked(Option::is_some) || (text.is_empty() && evidence.is_empty()) {
            return;
        }
        let posted = self.posted.try_update_value(Option::take).flatten();
        let same = posted.filter(|(posted, _)| *posted == text && evidence.is_empty());
        self.text.set(String::new());
        self.uploads.sent();
        browser::fold(".talk-photos");
        self.tell(Event::Say(SayInChat {
            client_id: same.map_or_else(browser::new_key, |(_, key)| key),
            text,
            evidence,
        }));
        // The button may have been pressed; the next words are typed where these were.
        browser::focus("#say");
    }

    /// Fetches messages from before the first that is there.
    pub fn fetch_older(self) {
        let first = self
            .course
            .with_untracked(|course| course.as_ref().map_or(1, Course::first));
        if first <= 1 || self.fetching.get_untracked() {
            return;
        }
        self.fetching.set(true);
        let id = self.id.get_value();
        spawn_local(async move {
            // Up to a hundred come at a time: those that are there already are passed over.
            let after = (first - 1 - client::MESSAGES_AT_ONCE).max(0);
            let answer = client::messages_after(self.lang, &id, after, false).await;
            if self.load.is_disposed() {
                return;
            }
            if answer.is_err() {
                self.error
                    .set(Some(Words::of(self.lang).older_failed.to_owned()));
            }
            if let Ok(older) = answer {
                let below = browser::below_view();
                self.tell(Event::Older(older.items));
                browser::next_frame(move || browser::scroll_to_below(below));
            }
            self.fetching.set(false);
        });
    }

    /// In which state it is.
    pub fn state(self) -> Memo<Option<ConversationState>> {
        Memo::new(move |_| {
            self.course
                .with(|course| course.as_ref().map(|course| course.standing.state))
        })
    }
}
