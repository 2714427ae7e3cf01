//! Carries out what the course of the uploads asks for: requests, pieces of files, waits.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{Evidence, EvidenceUpload, codes};

use crate::browser::{self, PickedFile, Preview};
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::shell::{failure_words, on_growth, use_live};
use crate::words::Lang;

use super::course::Course;
use super::files::{FileFacts, KeptUpload};
use super::steps::{Act, Event, Fault};
use super::view::PickerParts;

/// A file at hand, and how it looks.
struct Held {
    facts: FileFacts,
    file: PickedFile,
    preview: Option<Preview>,
}

/// The photos and videos of one message: picked, sent, kept.
#[derive(Clone, Copy)]
pub struct Uploads {
    lang: Lang,
    session: SessionState,
    /// Where they stand.
    pub course: RwSignal<Course>,
    held: StoredValue<Vec<Held>, LocalStorage>,
}

impl Uploads {
    /// Without any yet; `most` may go with one message. Goes on by itself when the network or the session is back.
    pub fn new(lang: Lang, session: SessionState, most: u32) -> Self {
        let uploads = Self {
            lang,
            session,
            course: RwSignal::new(Course::new(most as usize)),
            held: StoredValue::new_local(Vec::new()),
        };
        on_growth(session.renewed, move || uploads.tell(Event::BackAgain));
        if let Some(live) = use_live() {
            on_growth(live.missed, move || uploads.tell(Event::BackAgain));
        }
        uploads
    }

    /// How many may go with one message, once that is known.
    pub fn allow(self, most: u32) {
        let most = most as usize;
        if self.course.with_untracked(|course| course.most != most) {
            self.course.update(|course| course.most = most);
        }
    }

    /// What the picker needs.
    pub fn parts(self) -> PickerParts {
        PickerParts {
            course: self.course.into(),
            pick: Callback::new(move |files| self.pick(files)),
            tell: Callback::new(move |event| self.tell(event)),
            preview: Callback::new(move |facts| self.preview(&facts)),
        }
    }

    /// What is kept and goes with the message.
    pub fn ready(self) -> Vec<Evidence> {
        self.course.with(Course::ready)
    }

    /// The ids of what goes with the message.
    pub fn ids(self) -> Vec<String> {
        let ready = self.course.with_untracked(Course::ready);
        ready.into_iter().map(|evidence| evidence.id).collect()
    }

    /// Takes up what was begun before the page was loaded anew.
    pub fn restore(self, kept: Vec<KeptUpload>) {
        self.tell(Event::Restored(kept));
    }

    /// All are given up: the message is not sent.
    pub fn discard(self) {
        self.tell(Event::Discard);
    }

    /// They went with the message: the next one begins without any.
    pub fn sent(self) {
        self.tell(Event::Sent);
    }

    fn pick(self, files: Vec<PickedFile>) {
        let mut picked = Vec::with_capacity(files.len());
        self.held.update_value(|held| {
            for file in files {
                let facts = FileFacts {
                    name: file.name(),
                    bytes: file.bytes(),
                    modified_ms: file.modified_ms(),
                    media_type: file.media_type(),
                };
                picked.push(facts.clone());
                if !held.iter().any(|held| held.facts == facts) {
                    let preview = facts.is_photo().then(|| Preview::of(&file)).flatten();
                    held.push(Held {
                        facts,
                        file,
                        preview,
                    });
                }
            }
        });
        self.tell(Event::Picked(picked));
    }

    fn preview(self, facts: &FileFacts) -> Option<String> {
        let held = self.held.try_with_value(|held| {
            let held = held.iter().find(|held| held.facts == *facts)?;
            Some(held.preview.as_ref()?.url().to_owned())
        });
        held.flatten()
    }

    /// Something happened.
    pub fn tell(self, event: Event) {
        let acts = self
            .course
            .try_update(|course| course.step(event, browser::new_key));
        self.let_go();
        for act in acts.unwrap_or_default() {
            self.carry_out(act);
        }
    }

    /// Files that are in no row any more are not needed.
    fn let_go(self) {
        self.course.with_untracked(|course| {
            let _gone = self.held.try_update_value(|held| {
                held.retain(|held| course.items.iter().any(|item| item.file == held.facts));
            });
        });
    }

    fn carry_out(self, act: Act) {
        let lang = self.lang;
        match act {
            Act::Begin {
                item,
                turn,
                bytes,
                key,
            } => self.ask(item, turn, async move {
                client::begin_upload(lang, bytes, &key).await
            }),
            Act::Ask { item, turn, upload } => {
                self.ask(
                    item,
                    turn,
                    async move { client::upload(lang, &upload).await },
                )
            }
            Act::Send {
                item,
                turn,
                upload,
                from,
                bytes,
            } => {
                let piece = self.piece(item, from, bytes);
                self.ask(item, turn, async move {
                    match piece {
                        Some(piece) => client::send_piece(lang, &upload, from, piece).await,
                        None => Err(Failure::Unreadable),
                    }
                });
            }
            Act::Wait { item, turn, ms } => {
                browser::after(ms, move || self.tell(Event::Waited(item, turn)));
            }
            Act::Discard { upload } => spawn_local(async move {
                // What stays behind, the server clears away by itself.
                let _given_up = client::discard_upload(lang, &upload).await;
            }),
        }
    }

    fn piece(self, item: u32, from: i64, bytes: i64) -> Option<browser::Piece> {
        if bytes == 0 {
            return browser::no_bytes();
        }
        let facts = self
            .course
            .with_untracked(|course| course.item(item).map(|item| item.file.clone()))?;
        self.held.with_value(|held| {
            let held = held.iter().find(|held| held.facts == facts)?;
            held.file.piece(from, bytes)
        })
    }

    fn ask(
        self,
        item: u32,
        turn: u32,
        answer: impl Future<Output = Result<EvidenceUpload, Failure>> + 'static,
    ) {
        let asked = browser::now_ms();
        spawn_local(async move {
            let answer = answer.await;
            if self.course.is_disposed() {
                return;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "no request takes three weeks"
            )]
            let took_ms = (browser::now_ms() - asked) as i32;
            let answer = answer.map_err(|failure| self.fault_of(&failure));
            self.tell(Event::Answered(item, turn, answer, took_ms));
        });
    }

    fn fault_of(self, failure: &Failure) -> Fault {
        if self.session.takes(failure) {
            return Fault::LoggedOut;
        }
        fault_of(self.lang, failure)
    }
}

/// What a failure means for an upload.
pub(super) fn fault_of(lang: Lang, failure: &Failure) -> Fault {
    match failure {
        // Something between here and the server answers with pages of its own: a hotel's log-in, say.
        Failure::Unreachable | Failure::Unreadable => Fault::Lost,
        Failure::Refused(problem) => match (problem.status, problem.code.as_str()) {
            (404, _) => Fault::Gone,
            (_, codes::UPLOAD_OFFSET) => Fault::WrongOffset,
            (413, _) => Fault::TooLarge,
            (422, codes::INVALID_FIELDS) if problem.errors.contains_key("bytes") => Fault::TooLarge,
            _ if !failure.is_settled() => Fault::Lost,
            _ => Fault::Said(failure_words(lang, failure).text),
        },
    }
}
