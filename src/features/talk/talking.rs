//! What a conversation shows, worked out from where it stands and what was said.

use orders_api::{ChatAuthor, ChatMessage, ConversationStanding, ConversationState, Instant};

use super::course::{Course, Stage, Unsent};
use super::words::Words;
use crate::format;
use crate::ui::Tone;
use crate::words::{Lang, fill};

/// For how long a conversation that has ended can be gone on with: the API's.
const GOES_ON_S: i64 = 7 * 86_400;

/// A row of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A new day begins.
    Day(Instant),
    /// Something was said.
    Said(ChatMessage),
    /// Something is to be said.
    Unsent(Unsent),
}

impl Row {
    /// What tells it from the others, and from itself with other words.
    pub fn key(&self) -> String {
        match self {
            Self::Day(at) => format!("day {}", format::day_of(at).0),
            Self::Said(said) => said.seq.to_string(),
            Self::Unsent(unsent) => {
                // Not by `Debug`, of which the release leaves nothing.
                let stage = match &unsent.stage {
                    Stage::Waiting => "waiting",
                    Stage::Resting => "resting",
                    Stage::Sent => "sent",
                    Stage::Kept => "kept",
                    Stage::Refused(code) => code,
                };
                format!("{} {stage}", unsent.said.client_id)
            }
        }
    }
}

/// The rows, with the days between them.
pub fn rows(course: &Course) -> Vec<Row> {
    let mut rows = Vec::with_capacity(course.said.len() + course.unsent.len() + 2);
    let mut day = None;
    for said in &course.said {
        let its = format::day_of(&said.at);
        if day.as_ref() != Some(&its) {
            rows.push(Row::Day(said.at.clone()));
            day = Some(its);
        }
        rows.push(Row::Said(said.clone()));
    }
    rows.extend(course.unsent.iter().cloned().map(Row::Unsent));
    rows
}

/// This side's last message, and whether the other side has read it.
pub fn mark(course: &Course) -> Option<(i64, bool)> {
    let own = |said: &&ChatMessage| course.is_own(said);
    let last = course.said.iter().rev().find(own)?;
    Some((last.seq, last.seq <= course.read_by_them()))
}

/// What is read out of what was said after `since`: the last that is not the shopper's own.
pub fn heard(lang: Lang, course: &Course, since: i64) -> Option<String> {
    let words = Words::of(lang);
    let theirs = |said: &&ChatMessage| said.seq > since && said.by != ChatAuthor::Shopper;
    let said = course.said.iter().rev().find(theirs)?;
    Some(match said.note {
        Some(note) => words.note(note).to_owned(),
        None if said.text.is_empty() => words.heard_photo.to_owned(),
        None => fill(words.heard, &[("text", &said.text)]),
    })
}

/// Where it stands, in words: its colour, what it is, and what that means.
pub fn standing_words(lang: Lang, standing: &ConversationStanding) -> (Tone, String, String) {
    let words = Words::of(lang);
    let due = standing.due_at.as_ref().map(|due| {
        let due = format::moment(lang, due);
        // A missed promise is not told as a promise.
        let told = if standing.overdue {
            words.answer_late
        } else {
            words.answered_by
        };
        fill(told, &[("due", &due)])
    });
    let late = |tone| if standing.overdue { Tone::Warn } else { tone };
    match (standing.state, due) {
        // With a place, the queue moves; what was promised while it did not, still holds.
        (ConversationState::Waiting, Some(due)) if standing.place.is_none() => {
            (late(Tone::Neutral), words.shut.to_owned(), due)
        }
        (ConversationState::Waiting, due) => {
            let title = standing.place.map_or_else(
                || words.waiting.to_owned(),
                |place| fill(words.waiting_place, &[("n", &place.to_string())]),
            );
            let text = match (&standing.answered_by, standing.wait_minutes) {
                (Some(due), _) => {
                    let due = format::moment(lang, due);
                    fill(words.waiting_late, &[("due", &due)])
                }
                (None, Some(n)) => fill(words.waiting_minutes, &[("n", &n.to_string())]),
                (None, None) if standing.longer => words.waiting_longer.to_owned(),
                (None, None) => words.waiting_unknown.to_owned(),
            };
            let parts: Vec<_> = [text].into_iter().chain(due).collect();
            let between = match lang {
                Lang::ZhCn => "",
                Lang::En => " ",
            };
            (late(Tone::Info), title, parts.join(between))
        }
        (ConversationState::Served, _) => (Tone::Accent, words.served.to_owned(), String::new()),
        (ConversationState::Left, due) => (
            late(Tone::Info),
            words.left.to_owned(),
            due.unwrap_or_default(),
        ),
        (ConversationState::Closed, _) => {
            let until = standing.closed_at.as_ref().and_then(format::epoch_seconds);
            let text = match until.filter(|_| standing.takes_words) {
                Some(closed) => {
                    let until = format::instant(closed + GOES_ON_S);
                    let until = format::moment(lang, &until);
                    fill(words.closed_until, &[("until", &until)])
                }
                None => words.closed_for_good.to_owned(),
            };
            (Tone::Neutral, words.closed.to_owned(), text)
        }
    }
}
