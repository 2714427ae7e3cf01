//! Carries out what the course of a conversation asks for: its socket, questions, waits.

use leptos::prelude::*;
use orders_api::{
    ChatFrameIn, ChatMessages, ConversationStanding, ConversationState, Person, SayInChat, Side,
    StaffConversation, staff_socket,
};
use storefront::features::talk::course::{Course, Line, Stage};
use storefront::features::talk::steps::{Act, Event, Fault};
use storefront::features::talk::unsent::Kept;
use storefront::ui::Load;
use storefront::words::Lang;

use super::words::Words;
use crate::browser::{self, Heard, Listener, Socket};
use crate::client::{self, Failure};
use crate::shell::{Live, SessionState, failure_words, use_live};

/// How often the other side is told at most that somebody is typing.
const TYPING_EVERY_MS: f64 = 3_000.0;
/// The longest message, in characters: the API's.
pub const MOST_CHARS: usize = 2_000;

/// A conversation, on its page or on its way to be left with something that has not arrived.
#[derive(Clone, Copy)]
pub struct TalkData {
    pub(super) lang: Lang,
    pub(super) session: SessionState,
    live: Live,
    pub(super) id: StoredValue<String>,
    /// The conversation, without its messages.
    pub load: RwSignal<Load<StaffConversation>>,
    /// What is said in it.
    pub course: RwSignal<Option<Course>>,
    /// What is being typed.
    pub text: RwSignal<String>,
    /// Why something was not said, or not shown.
    pub error: RwSignal<Option<String>>,
    /// Older messages are on their way.
    pub fetching: RwSignal<bool>,
    /// Whether its page is shown.
    pub shown: RwSignal<bool>,
    /// Those of the staff whose names are known.
    pub names: RwSignal<Vec<Person>>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
    typed_at: StoredValue<f64>,
    /// A question that waits until somebody touches the page.
    asleep: StoredValue<Option<(u32, i64, bool)>>,
}

/// The name under which what was not sent is kept: it is no shopper's, and no conversation of a shopper's page.
fn kept_as(id: &str) -> String {
    format!("staff-{id}")
}

/// What this member of the staff left behind in a conversation.
pub fn left_behind(staff: &str, id: &str) -> Kept {
    Kept::of(&kept_as(staff), &kept_as(id))
}

impl TalkData {
    /// Loads the conversation and listens to it as long as its owner is there.
    pub fn new(lang: Lang, session: SessionState, id: String) -> Self {
        let live = use_live();
        let data = Self {
            lang,
            session,
            live,
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            course: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            fetching: RwSignal::new(false),
            shown: RwSignal::new(true),
            names: RwSignal::new(Vec::new()),
            socket: StoredValue::new_local(None),
            typed_at: StoredValue::new(0.0),
            asleep: StoredValue::new(None),
        };
        data.look();
        data.follow();
        data.follow_names();
        Effect::new(move |before: Option<(u32, u32)>| {
            let now = (session.again.get(), live.missed.get());
            if before.is_some_and(|before| before != now) {
                data.back_again();
            }
            now
        });
        let listeners: Vec<Listener> = browser::on_return(move || data.back_again());
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || {
            listeners.dispose();
            data.socket.dispose();
        });
        data
    }

    fn begin(self, one: StaffConversation, said: ChatMessages) {
        self.load.set(Load::Ready(one));
        // It may have been asked for twice.
        if self.course.with_untracked(Option::is_some) {
            return;
        }
        self.course.set(Some(Course::new(Side::Staff, said)));
        self.take_up();
    }

    /// Goes on with what was not sent and what was being typed, and connects.
    fn take_up(self) {
        let kept = self
            .staff()
            .map(|staff| self.id.with_value(|id| left_behind(&staff, id)))
            .unwrap_or_default();
        if self.text.with_untracked(String::is_empty) {
            self.text.set(kept.typed);
        }
        self.tell(Event::Begun(kept.unsent));
    }

    /// Keeps what is being typed, and asks who has the conversation when that may have changed: frames do not say so.
    fn follow(self) {
        Effect::new(move |_| {
            self.text.track();
            if self.course.with_untracked(Option::is_some) {
                self.keep();
            }
        });
        let moved = Memo::new(move |_| {
            self.course.with(|course| {
                let course = course.as_ref()?;
                let note = course.said.iter().rev().find(|said| said.note.is_some());
                let told = course.said.iter().rev().find_map(|said| said.staff.clone());
                Some((course.standing.state, note.map(|note| note.seq), told))
            })
        });
        Effect::new(move |before: Option<bool>| {
            let known = moved.get().is_some();
            // A question keeps the session alive; who comes back to the page has it asked then.
            if before == Some(true) && self.live.is_in_use() {
                self.refresh();
            }
            known
        });
    }

    /// Messages say only by whose id: who has it is known by name, and the others are asked for once somebody else has said
    /// something.
    fn follow_names(self) {
        Effect::new(move |_| {
            let has = self.load.with(|one| one.ready()?.staff.clone());
            let known = |names: &[Person], id: &str| names.iter().any(|one| one.id == id);
            if let Some(has) = has
                && !self.names.with_untracked(|names| known(names, &has.id))
            {
                self.names.update(|names| names.push(has));
            }
        });
        let strange = Memo::new(move |_| {
            let own = self.staff();
            self.course.with(|course| {
                let said = course.as_ref().map_or(&[][..], |course| &course.said);
                let mut by: Vec<_> = said.iter().filter_map(|said| said.staff.clone()).collect();
                by.retain(|id| Some(id) != own.as_ref());
                by.sort();
                by.dedup();
                by
            })
        });
        Effect::new(move |asked: Option<Vec<String>>| {
            // Of a page that nobody touches nothing is asked, so that it keeps no session alive; later it is.
            self.live.missed.track();
            let (strange, asked) = (strange.get(), asked.unwrap_or_default());
            let all_known = self.names.with_untracked(|names| {
                let known = |id: &String| names.iter().any(|one| one.id == *id);
                strange.iter().all(|id| known(id) || asked.contains(id))
            });
            let shop = self.load.with_untracked(|one| {
                let one = one.ready()?;
                Some(one.conversation.shop.id.clone())
            });
            let asks = !all_known && self.live.is_in_use();
            let Some(shop) = shop.filter(|_| asks) else {
                return asked;
            };
            browser::spawn(async move {
                // Without an answer, ids are shown.
                if let Ok(found) = client::colleagues(self.lang, &shop).await {
                    let _gone = self.names.try_update(|names| {
                        for one in found.items {
                            if names.iter().all(|known| known.id != one.id) {
                                names.push(one);
                            }
                        }
                    });
                }
            });
            strange
        });
    }

    fn staff(self) -> Option<String> {
        self.session.somebody().map(|who| who.staff.id)
    }

    fn keep(self) {
        let Some(staff) = self.staff() else {
            return;
        };
        let unsent = self
            .course
            .with_untracked(|course| course.as_ref().map(Course::kept));
        let kept = Kept {
            unsent: unsent.unwrap_or_default(),
            typed: self.text.get_untracked(),
        };
        self.id
            .with_value(|id| kept.keep(&kept_as(&staff), &kept_as(id)));
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    fn look(self) {
        let id = self.id.get_value();
        browser::spawn(async move {
            let answer = match client::conversation(self.lang, &id).await {
                Ok(one) => {
                    let last = one.conversation.standing.last_seq;
                    let after = (last - client::MESSAGES_AT_ONCE).max(0);
                    let said = client::messages_after(self.lang, &id, after, false).await;
                    said.map(|said| (one, said))
                }
                Err(failure) => Err(failure),
            };
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok((one, said)) => self.begin(one, said),
                Err(failure) if self.session.notices(&failure) => {}
                Err(failure) => self
                    .load
                    .set(Load::Failed(failure_words(self.lang, &failure))),
            }
        });
    }

    /// Asks who has it now, and what else is known of it.
    pub fn refresh(self) {
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        browser::spawn(async move {
            match client::conversation(self.lang, &id).await {
                Ok(one) => {
                    let _gone = self.load.try_set(Load::Ready(one));
                }
                // What is shown is what it was; the next change asks again.
                Err(failure) => {
                    self.session.notices(&failure);
                }
            }
        });
    }

    fn back_again(self) {
        if self.course.try_with_untracked(Option::is_some) != Some(true) {
            if !self.load.is_disposed() {
                self.look();
            }
            return;
        }
        if let Some((turn, after, wait)) = self.asleep.try_get_value().flatten() {
            self.asleep.set_value(None);
            self.poll(turn, after, wait);
        }
        self.tell(Event::BackAgain);
        self.refresh();
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
                let url = format!("{}?after={after}", staff_socket(&id));
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
            // A question keeps the session alive, so that a page that nobody touches asks none.
            Act::Poll { turn, after, wait } if wait && !self.live.is_in_use() => {
                self.asleep.set_value(Some((turn, after, wait)));
            }
            Act::Poll { turn, after, wait } => self.poll(turn, after, wait),
            Act::Post(said) => browser::spawn(async move {
                let answer = client::say_in_conversation(lang, &id, &said).await;
                let answer = answer.map_err(|failure| self.fault_of(&failure));
                self.tell(Event::Posted(said.client_id, answer));
            }),
            Act::Mark { seq } => browser::spawn(async move {
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

    fn poll(self, turn: u32, after: i64, wait: bool) {
        let (lang, id) = (self.lang, self.id.get_value());
        browser::spawn(async move {
            let answer = client::messages_after(lang, &id, after, wait).await;
            let answer = answer.map_err(|failure| self.fault_of(&failure));
            self.tell(Event::Polled(turn, answer));
        });
    }

    fn heard(self, turn: u32, heard: Heard) {
        match heard {
            Heard::Text(text) => {
                // What this page does not know yet, it does without.
                if let Ok(frame) = serde_json::from_str(&text) {
                    self.tell(Event::Frame(turn, frame));
                }
            }
            Heard::Closed(code) => self.tell(Event::Closed(turn, code)),
        }
    }

    fn send_frame(self, frame: &ChatFrameIn) {
        let Ok(text) = serde_json::to_string(frame) else {
            return;
        };
        let _gone = self.socket.try_with_value(|socket| {
            if let Some(socket) = socket {
                socket.send(&text);
            }
        });
    }

    fn fault_of(self, failure: &Failure) -> Fault {
        if self.session.notices(failure) {
            return Fault::LoggedOut;
        }
        match failure {
            Failure::Unreachable | Failure::Unreadable => Fault::Lost,
            Failure::Refused(problem) if problem.status == 404 => Fault::Gone,
            Failure::Refused(_) if !failure.is_settled() => Fault::Lost,
            Failure::Refused(problem) => Fault::Said(problem.code.clone()),
        }
    }

    /// Somebody is typing here.
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

    /// Says what is typed.
    pub fn say(self) {
        let words = Words::of(self.lang);
        let text = self.text.get_untracked().trim().to_owned();
        let long = text.chars().count() > MOST_CHARS;
        self.error.set(long.then(|| words.text_too_long.to_owned()));
        if long || text.is_empty() {
            return;
        }
        self.text.set(String::new());
        self.tell(Event::Say(SayInChat {
            client_id: browser::new_key(),
            text,
            evidence: Vec::new(),
        }));
        // The button may have been pressed; the next words are typed where these were.
        browser::focus("#say");
    }

    /// Takes the conversation's entry in the queue from whoever has it in hand, then sends again what was refused.
    pub fn take_over_and_say(self, name: String) {
        let id = self.id.get_value();
        browser::spawn(async move {
            // Whoever has it now, the next answer says so.
            if let Err(client::NotDone::Failed(failure)) =
                client::claim_conversation(self.lang, &id).await
            {
                self.session.notices(&failure);
            }
            self.tell(Event::Again(name));
        });
    }

    /// Fetches messages from before the first that is there.
    pub fn fetch_older(self, fetched: impl FnOnce() + 'static) {
        let first = self
            .course
            .with_untracked(|course| course.as_ref().map_or(1, Course::first));
        if first <= 1 || self.fetching.get_untracked() {
            return;
        }
        self.fetching.set(true);
        let id = self.id.get_value();
        browser::spawn(async move {
            // Up to a hundred come at a time: those that are there already are passed over.
            let after = (first - 1 - client::MESSAGES_AT_ONCE).max(0);
            let answer = client::messages_after(self.lang, &id, after, false).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(older) => {
                    self.tell(Event::Older(older.items));
                    fetched();
                }
                Err(failure) => {
                    self.session.notices(&failure);
                    let failed = Words::of(self.lang).older_failed;
                    self.error.set(Some(failed.to_owned()));
                }
            }
            self.fetching.set(false);
        });
    }

    /// Where it stands, once that is known.
    pub fn standing(self) -> Option<ConversationStanding> {
        self.course
            .with_untracked(|course| course.as_ref().map(|course| course.standing.clone()))
    }

    /// In which state it is.
    pub fn state(self) -> ConversationState {
        self.standing()
            .map_or(ConversationState::Waiting, |now| now.state)
    }

    /// Whether something has not arrived that is still on its way.
    pub fn has_unsent(self) -> bool {
        self.course
            .with(|course| course.as_ref().is_some_and(is_unsent))
    }
}

/// Whether something is still on its way.
pub fn is_unsent(course: &Course) -> bool {
    let mut unsent = course.unsent.iter();
    unsent.any(|unsent| !matches!(unsent.stage, Stage::Refused(_)))
}
