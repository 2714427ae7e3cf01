//! The course of a conversation on a page, of either side: what happens comes in, what is to be done comes out.
//!
//! Messages are those of the server, in order of their numbers and without gaps; what one says waits beside them until it has
//! a number, and is sent again under the same name until then. One is sent after the other, so that what is not taken for a
//! moment, and goes again by itself, is not overtaken.

mod line;

pub use line::Line;

use orders_api::{
    ChatAuthor, ChatFrameIn, ChatFrameOut, ChatMessage, ChatMessages, ConversationStanding,
    ReadChat, SayInChat, Side, codes,
};

use super::steps::{Act, Event, Fault};

/// How long somebody counts as typing.
const TYPING_MS: i32 = 6_000;
/// How long words rest that were not taken for a moment, before each new try; the last from then on. So many a minute are
/// taken.
const RESTS_MS: [i32; 5] = [2_000, 5_000, 10_000, 20_000, 30_000];

/// How far words are that have no number yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// To be sent as soon as there is a line.
    Waiting,
    /// Not taken for a moment: they go again by themselves, unless they are given up.
    Resting,
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
    /// What was said here and has no number yet, in order.
    pub unsent: Vec<Unsent>,
    /// Where it stands.
    pub standing: ConversationStanding,
    /// How the page is connected.
    pub line: Line,
    /// Whether the other side is typing.
    pub typing: bool,
    /// Whose page it is.
    side: Side,
    seen: i64,
    turn: u32,
    beat: u32,
    typed: u32,
    /// Whether anything came out of the socket since the last beat.
    heard: bool,
    /// Tries in a row that came to nothing, and lines in a row by which nothing came but a gap.
    tries: usize,
    gaps: usize,
    /// Sockets in a row that never opened.
    unopened: u32,
    polls: u32,
    /// Whether words rest that were not taken for a moment, which rest it is, and how many in a row came to nothing.
    rests: bool,
    rest: u32,
    untaken: usize,
}

impl Course {
    /// From what came with the page of this side.
    pub fn new(side: Side, begins: ChatMessages) -> Self {
        let seen = match side {
            Side::Shopper => begins.standing.shopper_read,
            Side::Staff => begins.standing.staff_read,
        };
        Self {
            said: begins.items,
            unsent: Vec::new(),
            standing: begins.standing,
            line: Line::Connecting,
            typing: false,
            side,
            seen,
            turn: 0,
            beat: 0,
            typed: 0,
            heard: false,
            tries: 0,
            gaps: 0,
            unopened: 0,
            polls: 0,
            rests: false,
            rest: 0,
            untaken: 0,
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
                let waiting: Vec<_> = waiting.map(Unsent::waiting).collect();
                // What was said before comes first.
                self.unsent.splice(0..0, waiting);
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
            Event::Frame(turn, frame) if turn == self.turn => {
                self.frame(frame, chance, &mut acts);
            }
            Event::Closed(turn, code) if turn == self.turn => self.closed(code, chance, &mut acts),
            Event::Polled(turn, answer) if turn == self.turn => {
                self.polled(answer, chance, &mut acts);
            }
            Event::Frame(..) | Event::Closed(..) | Event::Polled(..) => {}
            Event::Posted(name, answer) => self.posted(&name, answer, chance, &mut acts),
            Event::Stands(standing) => self.standing = standing,
            Event::Older(older) => self.older(older),
            Event::Waited(turn) if turn == self.turn => self.waited(chance, &mut acts),
            Event::Waited(_) => {}
            Event::Beat(beat) => self.look_after(beat, chance, &mut acts),
            Event::Rested(rest) => {
                if rest == self.rest {
                    self.rests = false;
                    self.send(&mut acts);
                }
            }
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

    /// Whether that was said by this side.
    pub fn is_own(&self, said: &ChatMessage) -> bool {
        said.by
            == match self.side {
                Side::Shopper => ChatAuthor::Shopper,
                Side::Staff => ChatAuthor::Staff,
            }
    }

    /// How far the other side has read.
    pub const fn read_by_them(&self) -> i64 {
        match self.side {
            Side::Shopper => self.standing.staff_read,
            Side::Staff => self.standing.shopper_read,
        }
    }

    const fn own_read(&mut self) -> &mut i64 {
        match self.side {
            Side::Shopper => &mut self.standing.shopper_read,
            Side::Staff => &mut self.standing.staff_read,
        }
    }

    fn has(&self, name: &str) -> bool {
        let own = |said: &ChatMessage| self.is_own(said) && said.client_id == name;
        self.said.iter().any(own)
    }

    fn named<'a>(&'a mut self, name: &'a str) -> impl Iterator<Item = &'a mut Unsent> {
        let is = move |unsent: &&mut Unsent| unsent.said.client_id == name;
        self.unsent.iter_mut().filter(is)
    }

    fn frame(&mut self, frame: ChatFrameOut, chance: i32, acts: &mut Vec<Act>) {
        self.heard = true;
        match frame {
            ChatFrameOut::Ready(standing) => {
                self.standing = standing;
                self.opened(acts);
                self.send(acts);
                self.mark(acts);
            }
            ChatFrameOut::Message(message) => {
                if self.take(message, acts) {
                    self.gaps = 0;
                    self.send(acts);
                } else {
                    self.missed(chance, acts);
                }
            }
            ChatFrameOut::Said { client_id, seq } => {
                self.arrived(&client_id, seq, acts);
                self.send(acts);
            }
            ChatFrameOut::Refused { client_id, code } => {
                // Without a name it is what is on its way.
                let mut unsent = self.unsent.iter();
                let sent = unsent.find(|unsent| unsent.stage == Stage::Sent);
                let sent = sent.map(|sent| sent.said.client_id.clone());
                if let Some(name) = client_id.or(sent) {
                    self.refused(&name, &code, chance, acts);
                    self.send(acts);
                }
            }
            ChatFrameOut::Read { by, seq } => match by {
                Side::Shopper => {
                    self.standing.shopper_read = self.standing.shopper_read.max(seq);
                }
                Side::Staff => self.standing.staff_read = self.standing.staff_read.max(seq),
            },
            ChatFrameOut::Typing { by } if by != self.side => {
                self.typing = true;
                self.typed = self.typed.wrapping_add(1);
                acts.push(Act::Listen {
                    typed: self.typed,
                    ms: TYPING_MS,
                });
            }
            ChatFrameOut::Typing { .. } | ChatFrameOut::Pong => {}
            ChatFrameOut::State(standing) => self.standing = standing,
        }
    }

    /// A message of the server's, which is shown once and in its place; false when there is a gap before it.
    fn take(&mut self, message: ChatMessage, acts: &mut Vec<Act>) -> bool {
        let next = self.last() + 1;
        if message.seq > next && !self.said.is_empty() {
            return false;
        }
        if self.is_own(&message) {
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

    /// Sends what is waiting, one after the other, so that the order is kept.
    fn send(&mut self, acts: &mut Vec<Act>) {
        let socket = match self.line {
            Line::Open => true,
            Line::Polling => false,
            Line::Connecting | Line::Down | Line::LoggedOut | Line::Gone => return,
        };
        let sent = |unsent: &Unsent| unsent.stage == Stage::Sent;
        if self.rests || self.unsent.iter().any(sent) {
            return;
        }
        let waits = |unsent: &&mut Unsent| matches!(unsent.stage, Stage::Waiting | Stage::Resting);
        if let Some(unsent) = self.unsent.iter_mut().find(waits) {
            unsent.stage = Stage::Sent;
            let said = unsent.said.clone();
            acts.push(if socket {
                Act::Send(ChatFrameIn::Say(said))
            } else {
                Act::Post(said)
            });
        }
    }

    /// Words have a number. Their message comes in a moment, unless it has been here already, or is older than what is.
    fn arrived(&mut self, name: &str, seq: i64, acts: &mut Vec<Act>) {
        self.untaken = 0;
        if seq <= self.last() {
            self.unsent.retain(|unsent| unsent.said.client_id != name);
            acts.push(Act::Keep);
        }
        for unsent in self.named(name) {
            unsent.stage = Stage::Kept;
        }
    }

    fn posted(
        &mut self,
        name: &str,
        answer: Result<ChatMessage, Fault>,
        chance: i32,
        acts: &mut Vec<Act>,
    ) {
        match answer {
            Ok(said) => self.arrived(name, said.seq, acts),
            Err(Fault::Said(code)) => self.refused(name, &code, chance, acts),
            Err(Fault::Gone) => self.refused(name, codes::NOT_FOUND, chance, acts),
            Err(Fault::Lost | Fault::LoggedOut) => {
                for unsent in self.named(name) {
                    unsent.stage = Stage::Waiting;
                }
                // The question that is under way tells how the line is; then it is sent again.
                if self.line == Line::Polling {
                    return;
                }
            }
        }
        self.send(acts);
    }

    /// Words were not taken: for good, until somebody says what is to become of them, or for a moment, after which they go
    /// again by themselves and before all that was said later.
    fn refused(&mut self, name: &str, code: &str, chance: i32, acts: &mut Vec<Act>) {
        let again = matches!(
            code,
            codes::TOO_MANY_MESSAGES | codes::CONFLICT | codes::UNAVAILABLE
        );
        for unsent in self.named(name) {
            unsent.stage = if again {
                Stage::Resting
            } else {
                Stage::Refused(code.to_owned())
            };
        }
        if again {
            let ms = RESTS_MS.get(self.untaken).or(RESTS_MS.last());
            let ms = ms.copied().unwrap_or_default();
            self.untaken += 1;
            self.rests = true;
            self.rest = self.rest.wrapping_add(1);
            acts.push(Act::Rest {
                rest: self.rest,
                ms: ms + ms / 2 * chance / 1_000,
            });
        }
    }

    fn mark(&mut self, acts: &mut Vec<Act>) {
        let seq = self.seen.min(self.standing.last_seq);
        if seq <= *self.own_read() {
            return;
        }
        match self.line {
            Line::Open => acts.push(Act::Send(ChatFrameIn::Read(ReadChat { seq }))),
            Line::Polling => acts.push(Act::Mark { seq }),
            Line::Connecting | Line::Down | Line::LoggedOut | Line::Gone => return,
        }
        *self.own_read() = seq;
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
