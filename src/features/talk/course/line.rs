//! How a conversation's page is connected: by a socket, by asking, not at all; what follows when a line is lost.
//!
//! Sockets that could not be opened twice in a row are taken for blocked as long as asking works: from then on it is asked,
//! and the socket tried again now and then.

use orders_api::{ChatFrameIn, ChatMessages};

use super::{Course, Stage};
use crate::features::talk::steps::{Act, Fault};

/// How long to wait before each new try; the last from then on.
const WAITS_MS: [i32; 6] = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/// How long a socket has to open: what is in between may swallow the request.
const OPENS_MS: i32 = 10_000;
/// As many sockets that never opened, and there is something in between that lets none through.
const BLOCKED: u32 = 2;
/// After so many answers without a socket, one is tried again: two minutes or more when nothing is said.
const POLLS: u32 = 8;
/// How often the socket is looked after, and how long it has to answer when the page is back.
const WATCH_MS: i32 = 25_000;
const ANSWERS_MS: i32 = 5_000;
/// The code of a socket whose session is over, and of one that never opened.
const SESSION_OVER: u16 = 1008;
const NEVER_OPENED: u16 = 1006;

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

impl Course {
    const fn is_blocked(&self) -> bool {
        self.unopened >= BLOCKED
    }

    pub(super) fn connect(&mut self, acts: &mut Vec<Act>) {
        self.turn = self.turn.wrapping_add(1);
        self.line = Line::Connecting;
        self.heard = false;
        self.unsend();
        acts.push(Act::Connect {
            turn: self.turn,
            after: self.last(),
        });
        acts.push(Act::Wait {
            turn: self.turn,
            ms: OPENS_MS,
        });
    }

    /// What is on its way may be lost: it goes again by the next line, under the same name.
    fn unsend(&mut self) {
        for unsent in &mut self.unsent {
            if unsent.stage == Stage::Sent {
                unsent.stage = Stage::Waiting;
            }
        }
    }

    /// The socket has opened.
    pub(super) fn opened(&mut self, acts: &mut Vec<Act>) {
        self.line = Line::Open;
        (self.tries, self.unopened) = (0, 0);
        self.watch(WATCH_MS, acts);
    }

    fn poll(&mut self, wait: bool, acts: &mut Vec<Act>) {
        self.turn = self.turn.wrapping_add(1);
        acts.push(Act::Poll {
            turn: self.turn,
            after: self.last(),
            wait,
        });
    }

    /// A wait is over: the one for a socket to open, or the one before the next try.
    pub(super) fn waited(&mut self, chance: i32, acts: &mut Vec<Act>) {
        match self.line {
            Line::Connecting => {
                acts.push(Act::Disconnect);
                self.closed(NEVER_OPENED, chance, acts);
            }
            Line::Down => self.go_on(acts),
            Line::Open | Line::Polling | Line::LoggedOut | Line::Gone => {}
        }
    }

    fn go_on(&mut self, acts: &mut Vec<Act>) {
        if self.is_blocked() {
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
        self.down();
        acts.push(Act::Wait {
            turn: self.turn,
            ms: ms + ms / 2 * chance / 1_000,
        });
    }

    /// The server promises to leave none out. Whoever gets a gap all the same asks once more, after longer each time: what is
    /// missing may be something that this page cannot read.
    pub(super) fn missed(&mut self, chance: i32, acts: &mut Vec<Act>) {
        acts.push(Act::Disconnect);
        self.tries = self.tries.max(self.gaps);
        self.gaps += 1;
        self.pause(chance, acts);
    }

    fn down(&mut self) {
        self.turn = self.turn.wrapping_add(1);
        self.line = Line::Down;
        self.typing = false;
        self.unsend();
    }

    pub(super) fn closed(&mut self, code: u16, chance: i32, acts: &mut Vec<Act>) {
        if code == SESSION_OVER {
            // A question tells whether anybody is logged in, and whether there is such a conversation.
            self.down();
            self.poll(false, acts);
            return;
        }
        if self.line != Line::Open {
            self.unopened += 1;
        }
        if self.is_blocked() {
            self.polls = 0;
            self.poll(false, acts);
        } else {
            self.pause(chance, acts);
        }
    }

    pub(super) fn polled(
        &mut self,
        answer: Result<ChatMessages, Fault>,
        chance: i32,
        acts: &mut Vec<Act>,
    ) {
        match answer {
            Ok(answer) => {
                let came = !answer.items.is_empty();
                let whole = answer.items.into_iter().all(|said| self.take(said, acts));
                self.standing = answer.standing;
                if !whole {
                    self.missed(chance, acts);
                    return;
                }
                if came {
                    self.gaps = 0;
                }
                self.tries = 0;
                self.polls += 1;
                if self.polls > POLLS {
                    self.doubt();
                }
                if !self.is_blocked() {
                    self.connect(acts);
                    return;
                }
                self.line = Line::Polling;
                self.poll(true, acts);
                self.send(acts);
                self.mark(acts);
            }
            Err(Fault::LoggedOut) => {
                self.down();
                self.doubt();
                self.line = Line::LoggedOut;
            }
            Err(Fault::Gone) => self.line = Line::Gone,
            Err(Fault::Lost | Fault::Said(_)) => {
                self.doubt();
                self.pause(chance, acts);
            }
        }
    }

    /// Whether sockets are blocked is to be found out anew: where nothing comes through, that says nothing about sockets.
    /// One more that does not open is enough to go on asking.
    fn doubt(&mut self) {
        self.unopened = self.unopened.min(BLOCKED - 1);
    }

    /// The server speaks every quarter of a minute, but the browser keeps that to itself; so a ping now and then tells a
    /// dead line.
    fn watch(&mut self, ms: i32, acts: &mut Vec<Act>) {
        self.heard = false;
        self.beat = self.beat.wrapping_add(1);
        acts.push(Act::Send(ChatFrameIn::Ping));
        acts.push(Act::Watch {
            beat: self.beat,
            ms,
        });
    }

    pub(super) fn look_after(&mut self, beat: u32, chance: i32, acts: &mut Vec<Act>) {
        if beat != self.beat || self.line != Line::Open {
            return;
        }
        if self.heard {
            self.watch(WATCH_MS, acts);
        } else {
            acts.push(Act::Disconnect);
            self.pause(chance, acts);
        }
    }

    pub(super) fn back_again(&mut self, acts: &mut Vec<Act>) {
        match self.line {
            Line::Open => self.watch(ANSWERS_MS, acts),
            Line::Down | Line::LoggedOut => {
                self.tries = 0;
                self.go_on(acts);
            }
            Line::Connecting | Line::Polling | Line::Gone => {}
        }
    }
}
