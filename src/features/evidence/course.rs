//! The course of the uploads of one message: what happens comes in, what is to be done comes out.
//!
//! One file is sent at a time, piece by piece. A lost answer is followed by the question how far the upload is, never by
//! the same piece again: what the server has, it tells. After several lost answers in a row the shopper decides.

use orders_api::{Evidence, EvidenceRefusal, EvidenceUpload, UploadState};

use super::files::{FileFacts, KeptUpload};
use super::item::{Item, Stage};
use super::steps::{Act, Event, Fault};

/// How long to wait before each new try. After the last, the upload stops until the shopper or the network says so.
const WAITS_MS: [i32; 5] = [1_000, 2_000, 4_000, 8_000, 16_000];
/// How long to wait before asking what became of a file that is all there.
const LOOKING_MS: i32 = 1_000;
/// How often to ask that before it counts as lost.
const LOOKS: usize = 60;
/// The first piece, in bytes; the next ones are as large as the line allows.
const FIRST_PIECE: i64 = 256 * 1024;
const SMALLEST_PIECE: i64 = 64 * 1024;
/// A piece that takes less is followed by one of twice its size, one that takes more by one of half of it.
const QUICK_MS: i32 = 1_000;
const SLOW_MS: i32 = 4_000;

/// The uploads of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// In the order in which they were picked.
    pub items: Vec<Item>,
    /// How many may go with one message.
    pub most: usize,
    /// How many of those picked last were too many.
    pub left_out: usize,
    /// The one that was kept, refused or stopped last.
    pub last: Option<u32>,
    /// The name of the one that was taken away, until something becomes of another.
    pub removed: Option<String>,
    piece: i64,
    next_id: u32,
}

impl Course {
    /// Nothing yet; `most` may be picked.
    pub const fn new(most: usize) -> Self {
        Self {
            items: Vec::new(),
            most,
            left_out: 0,
            last: None,
            removed: None,
            piece: FIRST_PIECE,
            next_id: 0,
        }
    }

    /// What is kept, in the order of the items.
    pub fn ready(&self) -> Vec<Evidence> {
        let kept = |item: &Item| match &item.stage {
            Stage::Ready(evidence) => Some(evidence.clone()),
            _ => None,
        };
        self.items.iter().filter_map(kept).collect()
    }

    /// How many are kept or on their way.
    pub fn coming(&self) -> usize {
        let ready = |item: &&Item| matches!(item.stage, Stage::Ready(_));
        let counts = |item: &&Item| ready(item) || item.is_under_way();
        self.items.iter().filter(counts).count()
    }

    /// Whether something is under way, so that the message has to wait.
    pub fn is_busy(&self) -> bool {
        self.items.iter().any(Item::is_under_way)
    }

    /// How many need the shopper: to go on, to be picked again, or to be taken away.
    pub fn unfinished(&self) -> usize {
        let needs = |item: &&Item| matches!(item.stage, Stage::Stopped | Stage::Missing);
        self.items.iter().filter(needs).count()
    }

    /// How many more may be picked.
    pub fn room(&self) -> usize {
        let counts = self.items.iter().filter(|item| !item.is_refused()).count();
        self.most.saturating_sub(counts)
    }

    /// Whether there is anything to pick: another file, or once more one that is not at hand.
    pub fn takes(&self) -> bool {
        let waits = |item: &Item| item.stage == Stage::Missing;
        self.room() > 0 || self.items.iter().any(waits)
    }

    /// What to keep on the device.
    pub fn kept(&self) -> Vec<KeptUpload> {
        let kept = |item: &Item| {
            Some(KeptUpload {
                upload: item.upload.clone().filter(|_| !item.is_refused())?,
                file: item.file.clone(),
            })
        };
        self.items.iter().filter_map(kept).collect()
    }

    /// The item of that id.
    pub fn item(&self, id: u32) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Takes note of what happened, and says what to do.
    pub fn step(&mut self, event: Event, new_key: impl Fn() -> String) -> Vec<Act> {
        let mut acts = Vec::new();
        match event {
            Event::Picked(files) => self.pick(files),
            Event::Restored(kept) => {
                for KeptUpload { upload, file } in kept {
                    let item = self.add(file, Stage::Waiting, false);
                    item.upload = Some(upload);
                }
            }
            Event::Answered(id, turn, answer, took_ms) => {
                self.answered(id, turn, answer, took_ms, &mut acts);
            }
            Event::Waited(id, turn) => self.waited(id, turn, &new_key, &mut acts),
            Event::Remove(id) => {
                self.items.retain(|item| {
                    if item.id == id {
                        acts.extend(item.discarded());
                        self.removed = Some(item.file.name.clone());
                    }
                    item.id != id
                });
                self.left_out = 0;
            }
            Event::GoOn | Event::BackAgain => {
                for item in &mut self.items {
                    if matches!(item.stage, Stage::Stopped | Stage::Pausing) {
                        item.restart();
                    }
                }
            }
            Event::Discard => {
                acts.extend(self.items.iter().filter_map(Item::discarded));
                self.clear();
            }
            Event::Sent => self.clear(),
        }
        self.go_on(&new_key, &mut acts);
        acts
    }

    fn clear(&mut self) {
        self.items.clear();
        self.left_out = 0;
        self.last = None;
        self.removed = None;
    }

    fn add(&mut self, file: FileFacts, stage: Stage, here: bool) -> &mut Item {
        let id = self.next_id;
        self.next_id += 1;
        self.items.push(Item {
            id,
            file,
            stage,
            sent: 0,
            here,
            upload: None,
            key: None,
            tries: 0,
            looks: 0,
            turn: 0,
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    fn pick(&mut self, files: Vec<FileFacts>) {
        self.left_out = 0;
        self.removed = None;
        for file in files {
            let room = self.room();
            if let Some(known) = self.items.iter_mut().find(|item| item.file == file) {
                known.here = true;
                match known.stage {
                    // What failed counts for nothing until it is tried again.
                    Stage::Failed(_) if room == 0 => self.left_out += 1,
                    Stage::Missing | Stage::Stopped | Stage::Failed(_) => known.restart(),
                    Stage::Waiting
                    | Stage::Beginning
                    | Stage::Sending
                    | Stage::Asking
                    | Stage::Pausing
                    | Stage::Looking
                    | Stage::Ready(_)
                    | Stage::Refused(_) => {}
                }
                continue;
            }
            if let Some(refusal) = file.refusal() {
                let id = self.add(file, Stage::Refused(refusal), true).id;
                self.last = Some(id);
            } else if room == 0 {
                self.left_out += 1;
            } else {
                self.add(file, Stage::Waiting, true);
            }
        }
    }

    /// The next file, when the line is free. What is not at hand is only asked about, which holds up nobody.
    fn go_on(&mut self, new_key: &impl Fn() -> String, acts: &mut Vec<Act>) {
        let mut free = !self.items.iter().any(Item::holds_the_line);
        for item in &mut self.items {
            if item.stage == Stage::Waiting && (free || !item.here) {
                free = free && !item.here;
                acts.push(item.ask_or_begin(new_key));
            }
        }
    }

    fn waited(&mut self, id: u32, turn: u32, new_key: &impl Fn() -> String, acts: &mut Vec<Act>) {
        let item = self.items.iter_mut().find(|item| item.id == id);
        if let Some(item) = item.filter(|item| item.turn == turn) {
            acts.push(match item.stage {
                // A piece without bytes waits for what becomes of the file, and has it looked into if nobody does.
                Stage::Looking => item.send(0),
                _ => item.ask_or_begin(new_key),
            });
        }
    }

    fn answered(
        &mut self,
        id: u32,
        turn: u32,
        answer: Result<EvidenceUpload, Fault>,
        took_ms: i32,
        acts: &mut Vec<Act>,
    ) {
        let Some(at) = self.items.iter().position(|item| item.id == id) else {
            // It was taken away meanwhile. Nobody needs what the server has of it.
            acts.extend(answer.ok().map(|upload| Act::Discard { upload: upload.id }));
            return;
        };
        if self.items[at].turn != turn {
            return;
        }
        match answer {
            Ok(upload) => self.took(at, upload, took_ms, acts),
            Err(Fault::Lost) => {
                self.piece = (self.piece / 2).max(SMALLEST_PIECE);
                self.pause(at, acts);
            }
            Err(Fault::LoggedOut) => {
                self.items[at].next_turn(Stage::Pausing);
            }
            Err(Fault::WrongOffset) => self.pause(at, acts),
            Err(Fault::Gone) => self.gone(at, acts),
            Err(Fault::TooLarge) => self.end(at, Stage::Refused(EvidenceRefusal::TooLarge)),
            Err(Fault::Said(words)) => self.end(at, Stage::Failed(words)),
        }
    }

    fn took(&mut self, at: usize, upload: EvidenceUpload, took_ms: i32, acts: &mut Vec<Act>) {
        let item = &mut self.items[at];
        match (upload.state, upload.evidence) {
            (UploadState::Ready, Some(evidence)) => {
                item.upload = Some(upload.id);
                item.sent = item.file.bytes;
                self.end(at, Stage::Ready(evidence));
            }
            (UploadState::Refused, _) if !item.here => self.gone(at, acts),
            (UploadState::Ready, None) | (UploadState::Refused, _) => {
                let refusal = upload.refusal.unwrap_or(EvidenceRefusal::Broken);
                self.end(at, Stage::Refused(refusal));
            }
            // The upload of another file, which is not this row's to give up.
            (UploadState::Receiving, _) if upload.bytes != item.file.bytes => {
                item.upload = None;
                self.gone(at, acts);
            }
            (UploadState::Receiving, _) => {
                let was_sending = item.stage == Stage::Sending;
                if upload.offset > item.sent {
                    item.tries = 0;
                }
                item.upload = Some(upload.id);
                item.sent = upload.offset;
                if was_sending {
                    self.piece = next_piece(self.piece, took_ms);
                }
                self.piece = self.piece.min(upload.piece_bytes).max(1);
                self.send_on(at, acts);
            }
        }
    }

    /// The server has the item up to `sent`, and waits for more, or looks into it.
    fn send_on(&mut self, at: usize, acts: &mut Vec<Act>) {
        let piece = self.piece;
        let item = &mut self.items[at];
        let left = item.file.bytes - item.sent;
        if left <= 0 {
            item.looks += 1;
            if item.looks > LOOKS {
                self.end(at, Stage::Stopped);
                return;
            }
            let turn = item.next_turn(Stage::Looking);
            acts.push(Act::Wait {
                item: item.id,
                turn,
                ms: LOOKING_MS,
            });
        } else if item.here {
            item.stage = Stage::Sending;
            acts.push(item.send(piece.min(left)));
        } else {
            item.stage = Stage::Missing;
        }
    }

    /// An answer is lost: once more after a while, or not any more.
    fn pause(&mut self, at: usize, acts: &mut Vec<Act>) {
        let item = &mut self.items[at];
        if let Some(ms) = WAITS_MS.get(item.tries).copied() {
            item.tries += 1;
            let turn = item.next_turn(Stage::Pausing);
            acts.push(Act::Wait {
                item: item.id,
                turn,
                ms,
            });
            return;
        }
        self.end(at, Stage::Stopped);
        // The line is the same for those behind it.
        for item in &mut self.items {
            if item.here && item.stage == Stage::Waiting {
                item.stage = Stage::Stopped;
            }
        }
    }

    /// The server has nothing of the upload any more: once more from the beginning, as soon as the file is at hand.
    fn gone(&mut self, at: usize, acts: &mut Vec<Act>) {
        let item = &mut self.items[at];
        item.key = None;
        item.sent = 0;
        if item.here {
            item.upload = None;
            self.pause(at, acts);
        } else {
            // The upload's id stays with the row, so that the device keeps it: a second reload must not lose it either.
            self.end(at, Stage::Missing);
        }
    }

    fn end(&mut self, at: usize, stage: Stage) {
        let item = &mut self.items[at];
        item.next_turn(stage);
        self.last = Some(item.id);
        self.removed = None;
    }
}

fn next_piece(piece: i64, took_ms: i32) -> i64 {
    if took_ms < QUICK_MS {
        piece * 2
    } else if took_ms > SLOW_MS {
        (piece / 2).max(SMALLEST_PIECE)
    } else {
        piece
    }
}
