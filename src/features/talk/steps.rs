//! What can happen to a conversation that is open on a page, and what is to be done about it.

use orders_api::{
    ChatFrameIn, ChatFrameOut, ChatMessage, ChatMessages, ConversationStanding, SayInChat,
};

/// Something happened. `turn` is that of the act which it is the answer to; what belongs to an earlier turn is of no
/// interest any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The page is there, with what was not sent before it was loaded anew.
    Begun(Vec<SayInChat>),
    /// Something is said here.
    Say(SayInChat),
    /// It is to be sent again.
    Again(String),
    /// It is given up.
    GiveUp(String),
    /// A frame came out of the socket.
    Frame(u32, ChatFrameOut),
    /// The socket is closed, with this code.
    Closed(u32, u16),
    /// What was asked for by polling.
    Polled(u32, Result<ChatMessages, Fault>),
    /// What became of words that were sent by polling.
    Posted(String, Result<ChatMessage, Fault>),
    /// Where it stands now, as the answer to something else says.
    Stands(ConversationStanding),
    /// Older messages.
    Older(Vec<ChatMessage>),
    /// A wait is over: before the next try, or for a socket to open.
    Waited(u32),
    /// A beat of the watch over the socket.
    Beat(u32),
    /// What was not taken for a moment may go again.
    Rested(u32),
    /// The other side has stopped typing, as far as anybody knows.
    Hushed(u32),
    /// The network, the session or the page is back.
    BackAgain,
    /// Everything up to there was seen.
    Seen(i64),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing came back, or the server has no time: worth another try.
    Lost,
    /// Nobody is logged in; goes on when somebody is.
    LoggedOut,
    /// There is no such conversation any more.
    Gone,
    /// A refusal, with its code.
    Said(String),
}

/// Something is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Open a socket for what comes after a message; another one that is open is closed.
    Connect {
        /// Its turn.
        turn: u32,
        /// The last message that is there.
        after: i64,
    },
    /// Close the socket.
    Disconnect,
    /// Send a frame.
    Send(ChatFrameIn),
    /// Ask for what comes after a message; with `wait`, not before there is something.
    Poll {
        /// Its turn.
        turn: u32,
        /// The last message that is there.
        after: i64,
        /// Whether the answer may take some seconds.
        wait: bool,
    },
    /// Say something without a socket.
    Post(SayInChat),
    /// Tell without a socket how far it was read.
    Mark {
        /// The last message that was read.
        seq: i64,
    },
    /// Wait.
    Wait {
        /// Its turn.
        turn: u32,
        /// For how many milliseconds.
        ms: i32,
    },
    /// Come back for a look at the socket.
    Watch {
        /// Which beat.
        beat: u32,
        /// In how many milliseconds.
        ms: i32,
    },
    /// Come back when the other side may have stopped typing.
    Listen {
        /// Which typing.
        typed: u32,
        /// In how many milliseconds.
        ms: i32,
    },
    /// Come back when what was not taken for a moment may go again.
    Rest {
        /// Which rest.
        rest: u32,
        /// In how many milliseconds.
        ms: i32,
    },
    /// What is not sent has changed: keep it.
    Keep,
}
