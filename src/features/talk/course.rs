//! The course of a conversation on a page: what happens comes in, what is to be done comes out.
//!
//! Messages are those of the server, in order of their numbers and without gaps; what the shopper says waits beside them
//! until it has a number, and is sent again under the same name until then. A socket that could not be opened twice in a
//! row is taken for blocked: from then on it is asked, and the socket tried again now and then.

use orders_api::{
    ChatAuthor, ChatFrameIn, ChatFrameOut, ChatMessage, ChatMessages, ConversationStanding,
    ReadChat, SayInChat, Side, codes,
};

use super::steps::{Act, Event, Fault};

/// How long to wait before each new try; the last from then on.
const WAITS_MS: [i32; 6] = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/// As many sockets that never opened, and there is something in between that lets none through.
const BLOCKED: u32 = 2;
/// After so many answers without a socket, one is tried again: two minutes or more when nothing is said.
const POLLS: u32 = 8;
/// How often the socket is looked after, and how long it has to answer when the page is back.
const WATCH_MS: i32 = 25_000;
const ANSWERS_MS: i32 = 5_000;
/// How long somebody counts as typing.
const TYPING_MS: i32 = 6_000;
/// The code of a socket whose session is over.
const SESSION_OVER: u16 = 1008;

/// How the page is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A socket is being opened.
    Connecting,
    /// By a socket.
    Open,
    /// By asking.
    Polling,
    /// Not at all; tried again in a moment.
    Down,
    /// The session is over.
    LoggedOut,
    /// There is no such conversation any more.
    Gone,
}

/// How far words are that have no number yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// To be sent as soon as there is a line.
    Waiting,
    /// On their way.
    Sent,
    /// Kept; the message itself comes in a moment.
    Kept,
    /// Not taken, with the code why.
    Refused(String),
}

/// Words that have no number yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// The words.
    pub said: SayInChat,
    /// How far they are.
    pub stage: Stage,
}

/// A conversation on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What was said, in order, without gaps.
    pub said: Vec<ChatMessage>,
    /// What the shopper has said and has no number yet, in order.
    pub unsent: Vec<Unsent>,
    /// Where it stands.
    pub standing: ConversationStanding,
    /// How the page is connected.
    pub line: Line,
    /// Whether the other side is typing.
    pub typing: bool,
    seen: i64,
    turn: u32,
    beat: u32,
    typed: u32,
    /// Whether anything came out of the socket since the last beat.
    heard: bool,
    /// Tries in a row that came to nothing.
    tries: usize,
    /// Sockets in a row that never opened.
    unopened: u32,
    polls: u32,
    blocked: bool,
}

impl Course {
    /// From what came with the page.
    pub fn new(begins: ChatMessages) -> Self {
        let seen = begins.standing.shopper_read;
        Self {
            said: begins.items,
            unsent: Vec::new(),
            standing: begins.standing,
            line: Line::Connecting,
            typing: false,
            seen,
            turn: 0,
            beat: 0,
            typed: 0,
            heard: false,
            tries: 0,
            unopened: 0,
            polls: 0,
            blocked: false,
        }
    }

    /// The number of the last message that is there.
    pub fn last(&self) -> i64 {
        self.said.last().map_or(0, |last| last.seq)
    }

    /// The number of the first message that is there; 1 when there are no older ones.
    pub fn first(&self) -> i64 {
        self.said.first().map_or(1, |first| first.seq)
    }

    /// What to keep on the device.
    pub fn kept(&self) -> Vec<SayInChat> {
        self.unsent
            .iter()
            .map(|unsent| unsent.said.clone())
            .collect()
    }

    /// Takes note of what happened, and says what to do. `chance` spreads those who try again at the same time: from 0 to
    /// 1000.
    pub fn step(&mut self, event: Event, chance: i32) -> Vec<Act> {
        let mut acts = Vec::new();
        match event {
            Event::Begun(kept) => {
                let waiting = kept.into_iter().filter(|said| !self.has(&said.client_id));
                self.unsent = waiting.map(Unsent::waiting).collect();
                acts.push(Act::Keep);
                self.connect(&mut acts);
            }
            Event::Say(said) => {
                self.unsent.push(Unsent::waiting(said));
                acts.push(Act::Keep);
                self.send(&mut acts);
            }
            Event::Again(name) => {
                for unsent in self.named(&name) {
                    unsent.stage = Stage::Waiting;
                }
                self.send(&mut acts);
            }
            Event::GiveUp(name) => {
                self.unsent.retain(|unsent| unsent.said.client_id != name);
                acts.push(Act::Keep);
            }
            Event::Frame(turn, frame) if turn == self.turn => self.frame(frame, &mut acts),
            Event::Closed(turn, code) if turn == self.turn => self.closed(code, chance, &mut acts),
            Event::Polled(turn, answer) if turn == self.turn => {
                self.polled(answer, chance, &mut acts);
            }
            Event::Frame(..) | Event::Closed(..) | Event::Polled(..) => {}
            Event::Posted(name, answer) => self.posted(&name, answer, &mut acts),
            Event::Older(older) => self.older(older),
            Event::Waited(turn) if turn == self.turn => self.go_on(&mut acts),
            Event::Waited(_) => {}
            Event::Beat(beat) => self.look_after(beat, chance, &mut acts),
            Event::Hushed(typed) => {
                if typed == self.typed {
                    self.typing = false;
                }
            }
            Event::BackAgain => self.back_again(&mut acts),
            Event::Seen(seq) => {
                self.seen = self.seen.max(seq);
                self.mark(&mut acts);
            }
        }
        acts
    }

    fn has(&self, name: &str) -> bool {
        let own = |said: &ChatMessage| said.by == ChatAuthor::Shopper && said.client_id == name;
        self.said.iter().any(own)
    }

    fn named<'a>(&'a mut self, name: &'a str) -> impl Iterator<Item = &'a mut Unsent> {
        let is = move |unsent: &&mut Unsent| unsent.said.client_id == name;
        self.unsent.iter_mut().filter(is)
    }

    fn connect(&mut self, acts: &mut Vec<Act>) {
        self.turn = self.turn.wrapping_add(1);
        self.line = Line::Connecting;
        self.heard = false;
        acts.push(Act::Connect {
            turn: self.turn,
            after: self.last(),
        });
    }

    fn poll(&mut self, wait: bool, acts: &mut Vec<Act>) {
        self.turn = self.turn.wrapping_add(1);
        acts.push(Act::Poll {
            turn: self.turn,
            after: self.last(),
            wait,
        });
    }

    /// After a wait.
    fn go_on(&mut self, acts: &mut Vec<Act>) {
        if self.blocked {
            self.poll(false, acts);
        } else {
            self.connect(acts);
        }
    }

    fn pause(&mut self, chance: i32, acts: &mut Vec<Act>) {
        let ms = WAITS_MS
            .get(self.tries)
            .or(WAITS_MS.last())
            .copied()
            .unwrap_or_default();
        self.tries += 1;
        self.turn = self.turn.wrapping_add(1);
        self.line = Line::Down;
        self.typing = false;
        for unsent in &mut self.unsent {
            if unsent.stage == Stage::Sent {
                unsent.stage = Stage::Waiting;
            }
        }
        acts.push(Act::Wait {
            turn: self.turn,
            ms: ms + ms / 2 * chance / 1_000,
        });
    }

    fn frame(&mut self, frame: ChatFrameOut, acts: &mut Vec<Act>) {
        self.heard = true;
        match frame {
            ChatFrameOut::Ready(standing) => {
                self.standing = standing;
                self.line = Line::Open;
                (self.tries, self.unopened, self.polls) = (0, 0, 0);
                self.blocked = false;
                self.watch(WATCH_MS, acts);
                self.send(acts);
                self.mark(acts);
            }
            ChatFrameOut::Message(message) => {
                if !self.take(message, acts) {
                    // It promises to leave none out; whoever gets a gap all the same asks once more.
                    self.connect(acts);
                }
            }
            ChatFrameOut::Said { client_id, .. } => {
                for unsent in self.named(&client_id) {
                    unsent.stage = Stage::Kept;
                }
            }
            ChatFrameOut::Refused { client_id, code } => {
                if let Some(name) = client_id {
                    self.refused(&name, &code);
                }
            }
            ChatFrameOut::Read { by, seq } => match by {
                Side::Shopper => {
                    self.standing.shopper_read = self.standing.shopper_read.max(seq);
                }
                Side::Staff => self.standing.staff_read = self.standing.staff_read.max(seq),
            },
            ChatFrameOut::Typing { by: Side::Staff } => {
                self.typing = true;
                self.typed = self.typed.wrapping_add(1);
                acts.push(Act::Listen {
                    typed: self.typed,
                    ms: TYPING_MS,
                });
            }
            ChatFrameOut::Typing { by: Side::Shopper } | ChatFrameOut::Pong => {}
            ChatFrameOut::State(standing) => self.standing = standing,
        }
    }

    /// A message of the server's, which is shown once and in its place; false when there is a gap before it.
    fn take(&mut self, message: ChatMessage, acts: &mut Vec<Act>) -> bool {
        let next = self.last() + 1;
        if message.seq > next && !self.said.is_empty() {
            return false;
        }
        if message.by == ChatAuthor::Shopper {
            let before = self.unsent.len();
            let name = &message.client_id;
            self.unsent.retain(|unsent| unsent.said.client_id != *name);
            if self.unsent.len() != before {
                acts.push(Act::Keep);
            }
        } else {
            self.typing = false;
        }
        if message.seq >= next {
            self.standing.last_seq = self.standing.last_seq.max(message.seq);
            self.said.push(message);
        }
        true
    }

    fn older(&mut self, older: Vec<ChatMessage>) {
        let first = self.first();
        let mut said: Vec<_> = older
            .into_iter()
            .filter(|message| message.seq < first)
            .collect();
        // Only what joins on.
        if said.last().is_some_and(|last| last.seq + 1 == first) {
            said.append(&mut self.said);
            self.said = said;
        }
    }

    fn closed(&mut self, code: u16, chance: i32, acts: &mut Vec<Act>) {
        if code == SESSION_OVER {
            // A question tells whether anybody is logged in, and whether there is such a conversation.
            self.pause_without_waiting();
            self.poll(false, acts);
            return;
        }
        if self.line != Line::Open {
            self.unopened += 1;
        }
        if self.unopened >= BLOCKED {
            self.blocked = true;
            self.polls = 0;
            self.poll(false, acts);
        } else {
            self.pause(chance, acts);
        }
    }

    fn pause_without_waiting(&mut self) {
        let mut none = Vec::new();
        self.pause(0, &mut none);
    }

    fn polled(&mut self, answer: Result<ChatMessages, Fault>, chance: i32, acts: &mut Vec<Act>) {
        match answer {
            Ok(answer) => {
                for message in answer.items {
                    if !self.take(message, acts) {
                        break;
                    }
                }
                self.standing = answer.standing;
                self.tries = 0;
                if !self.blocked {
                    self.connect(acts);
                    return;
                }
                self.line = Line::Polling;
                self.polls += 1;
                if self.polls > POLLS {
                    // One more that does not open is enough to go on asking.
                    self.unopened = BLOCKED - 1;
                    self.blocked = false;
                    self.connect(acts);
                    return;
                }
                self.poll(true, acts);
                self.send(acts);
                self.mark(acts);
            }
            Err(Fault::LoggedOut) => {
                self.pause_without_waiting();
                self.line = Line::LoggedOut;
            }
            Err(Fault::Gone) => self.line = Line::Gone,
            Err(Fault::Lost | Fault::Said(_)) => self.pause(chance, acts),
        }
    }

    /// Sends what is waiting: into the socket all of it, else one after the other, so that the order is kept.
    fn send(&mut self, acts: &mut Vec<Act>) {
        match self.line {
            Line::Open => {
                for unsent in &mut self.unsent {
                    if unsent.stage == Stage::Waiting {
                        unsent.stage = Stage::Sent;
                        acts.push(Act::Send(ChatFrameIn::Say(unsent.said.clone())));
                    }
                }
            }
            Line::Polling => {
                let sent = |unsent: &Unsent| unsent.stage == Stage::Sent;
                if self.unsent.iter().any(sent) {
                    return;
                }
                let waits = |unsent: &&mut Unsent| unsent.stage == Stage::Waiting;
                if let Some(unsent) = self.unsent.iter_mut().find(waits) {
                    unsent.stage = Stage::Sent;
                    acts.push(Act::Post(unsent.said.clone()));
                }
            }
            Line::Connecting | Line::Down | Line::LoggedOut | Line::Gone => {}
        }
    }

    fn posted(&mut self, name: &str, answer: Result<ChatMessage, Fault>, acts: &mut Vec<Act>) {
        match answer {
            Ok(_) => {
                for unsent in self.named(name) {
                    unsent.stage = Stage::Kept;
                }
            }
            Err(Fault::Said(code)) => self.refused(name, &code),
            Err(Fault::Gone) => self.refused(name, codes::NOT_FOUND),
            // The question that is under way tells how the line is; then it is sent again.
            Err(Fault::Lost | Fault::LoggedOut) => {
                for unsent in self.named(name) {
                    unsent.stage = Stage::Waiting;
                }
                return;
            }
        }
        self.send(acts);
    }

    fn refused(&mut self, name: &str, code: &str) {
        for unsent in self.named(name) {
            unsent.stage = Stage::Refused(code.to_owned());
        }
    }

    fn watch(&mut self, ms: i32, acts: &mut Vec<Act>) {
        self.heard = false;
        self.beat = self.beat.wrapping_add(1);
        acts.push(Act::Watch {
            beat: self.beat,
            ms,
        });
    }

    /// The server speaks every quarter of a minute, but the browser keeps that to itself; so a ping now and then tells a
    /// dead line.
    fn look_after(&mut self, beat: u32, chance: i32, acts: &mut Vec<Act>) {
        if beat != self.beat || self.line != Line::Open {
            return;
        }
        if self.heard {
            acts.push(Act::Send(ChatFrameIn::Ping));
            self.watch(WATCH_MS, acts);
        } else {
            acts.push(Act::Disconnect);
            self.pause(chance, acts);
        }
    }

    fn back_again(&mut self, acts: &mut Vec<Act>) {
        match self.line {
            Line::Open => {
                acts.push(Act::Send(ChatFrameIn::Ping));
                self.watch(ANSWERS_MS, acts);
            }
            Line::Down | Line::LoggedOut => {
                self.tries = 0;
                self.go_on(acts);
            }
            Line::Connecting | Line::Polling | Line::Gone => {}
        }
    }

    fn mark(&mut self, acts: &mut Vec<Act>) {
        let seq = self.seen.min(self.standing.last_seq);
        if seq <= self.standing.shopper_read {
            return;
        }
        match self.line {
            Line::Open => acts.push(Act::Send(ChatFrameIn::Read(ReadChat { seq }))),
            Line::Polling => acts.push(Act::Mark { seq }),
            Line::Connecting | Line::Down | Line::LoggedOut | Line::Gone => return,
        }
        self.standing.shopper_read = seq;
    }
}

impl Unsent {
    const fn waiting(said: SayInChat) -> Self {
        Self {
            said,
            stage: Stage::Waiting,
        }
    }
}
