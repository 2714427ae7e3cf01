//! What can happen to uploads, and what is to be done about it.

use orders_api::EvidenceUpload;

use super::files::{FileFacts, KeptUpload};

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The shopper picked files.
    Picked(Vec<FileFacts>),
    /// The page was loaded anew, and there are uploads from before.
    Restored(Vec<KeptUpload>),
    /// The answer to the question `turn` about an item, and how many milliseconds it took.
    Answered(u32, u32, Result<EvidenceUpload, Fault>, i32),
    /// The wait `turn` of an item is over.
    Waited(u32, u32),
    /// The shopper takes one away.
    Remove(u32),
    /// The shopper wants to go on.
    GoOn,
    /// The network or the session is back.
    BackAgain,
    /// All are given up.
    Discard,
    /// They were sent with the message and are no business of this course any more.
    Sent,
}

/// Why there is no answer that says how far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing came back.
    Lost,
    /// Nobody is logged in; goes on when somebody is.
    LoggedOut,
    /// There is no such upload.
    Gone,
    /// The piece does not belong there.
    WrongOffset,
    /// It has more bytes than are taken.
    TooLarge,
    /// Another refusal, in words.
    Said(String),
}

/// Something is to be done. `item` and `turn` come back with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Ask for an upload.
    Begin {
        item: u32,
        turn: u32,
        bytes: i64,
        key: String,
    },
    /// Send a piece.
    Send {
        item: u32,
        turn: u32,
        upload: String,
        from: i64,
        bytes: i64,
    },
    /// Ask how far it is.
    Ask {
        item: u32,
        turn: u32,
        upload: String,
    },
    /// Wait.
    Wait { item: u32, turn: u32, ms: i32 },
    /// Give an upload up.
    Discard { upload: String },
}
