//! One file on its way, and where its upload stands.

use orders_api::{Evidence, EvidenceRefusal};

use super::files::FileFacts;
use super::steps::Act;

/// One file, and where its upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Unique in the course.
    pub id: u32,
    /// The file.
    pub file: FileFacts,
    /// Where it stands.
    pub stage: Stage,
    /// How many bytes the server has.
    pub sent: i64,
    /// The file is at hand. After a reload it is not, until the shopper picks it again.
    pub(super) here: bool,
    pub(super) upload: Option<String>,
    pub(super) key: Option<String>,
    /// Lost answers in a row.
    pub(super) tries: usize,
    /// How often it was asked what became of it.
    pub(super) looks: usize,
    /// Which question is open: answers to earlier ones count for nothing.
    pub(super) turn: u32,
}

/// Where an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Another file is being sent.
    Waiting,
    /// The server is asked for an upload.
    Beginning,
    /// A piece is on its way.
    Sending,
    /// The server is asked how far it is.
    Asking,
    /// An answer was lost; after a while it goes on.
    Pausing,
    /// Too many were lost; it goes on when the shopper says so or the network returns.
    Stopped,
    /// All of it is there, and the server looks into it.
    Looking,
    /// It was begun before the page was loaded anew; it goes on when the same file is picked again.
    Missing,
    /// It is kept.
    Ready(Evidence),
    /// It is not kept.
    Refused(EvidenceRefusal),
    /// It is not kept, for a reason that the server says in words.
    Failed(String),
}

impl Item {
    /// How much of it the server has, in percent.
    pub fn percent(&self) -> i64 {
        match self.file.bytes {
            0 => 0,
            bytes => (self.sent.max(0).saturating_mul(100) / bytes).min(100),
        }
    }

    /// Whether it will not be kept.
    pub const fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused(_) | Stage::Failed(_))
    }

    /// Whether something about it is under way.
    pub(super) const fn is_under_way(&self) -> bool {
        match self.stage {
            Stage::Waiting
            | Stage::Beginning
            | Stage::Sending
            | Stage::Asking
            | Stage::Pausing
            | Stage::Looking => true,
            Stage::Stopped
            | Stage::Missing
            | Stage::Ready(_)
            | Stage::Refused(_)
            | Stage::Failed(_) => false,
        }
    }

    /// Whether the others have to wait for it.
    pub(super) const fn holds_the_line(&self) -> bool {
        self.here && self.is_under_way() && !matches!(self.stage, Stage::Waiting)
    }

    pub(super) fn next_turn(&mut self, stage: Stage) -> u32 {
        self.stage = stage;
        self.turn = self.turn.wrapping_add(1);
        self.turn
    }

    /// It is tried once more. What was refused for good keeps its answer for its key, so that a beginning gets another.
    pub(super) fn restart(&mut self) {
        (self.tries, self.looks) = (0, 0);
        if self.upload.is_none() && self.is_refused() {
            self.key = None;
        }
        self.next_turn(Stage::Waiting);
    }

    /// The next question about it: how far it is, or first of all for an upload.
    pub(super) fn ask_or_begin(&mut self, new_key: &impl Fn() -> String) -> Act {
        let item = self.id;
        match self.upload.clone() {
            Some(upload) => Act::Ask {
                item,
                turn: self.next_turn(Stage::Asking),
                upload,
            },
            None => Act::Begin {
                item,
                turn: self.next_turn(Stage::Beginning),
                bytes: self.file.bytes,
                key: self.key.get_or_insert_with(new_key).clone(),
            },
        }
    }

    /// A piece of it, from where the server is.
    pub(super) fn send(&mut self, bytes: i64) -> Act {
        self.turn = self.turn.wrapping_add(1);
        Act::Send {
            item: self.id,
            turn: self.turn,
            upload: self.upload.clone().unwrap_or_default(),
            from: self.sent,
            bytes,
        }
    }

    /// What to give up with it: what is refused is not kept anyway.
    pub(super) fn discarded(&self) -> Option<Act> {
        let upload = self.upload.clone().filter(|_| !self.is_refused())?;
        Some(Act::Discard { upload })
    }
}
