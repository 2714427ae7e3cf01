//! A question that was begun, kept on the device until it is sent: whose it is, about what, and for how long.

use orders_api::{OpenConversation, Topic};

use super::question::Question;
use crate::app::QUESTIONS;
use crate::browser::Memory;
use crate::features::evidence::KeptUpload;
use crate::json::{Json, Read, Write};

/// How long one is kept: as long as what a shopper has begun to ask for after receipt.
const KEPT_FOR_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// How many are kept; the oldest goes first.
const KEPT: usize = 20;

/// A question that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// About what: the address of its page without the topic.
    pub about: String,
    /// What is filled in.
    pub question: Question,
    /// Photos and videos that were begun.
    pub uploads: Vec<KeptUpload>,
    /// What was sent and not answered; the same again is the same conversation.
    pub attempt: Option<OpenConversation>,
    /// When it was changed last, in milliseconds since 1970.
    pub at_ms: i64,
}

/// The drafts of one shopper. Another's are wiped as soon as they are looked at.
fn of(text: Option<&str>, shopper: &str, now_ms: i64) -> Vec<Draft> {
    let read = |text| {
        let mut kept = Json::parse(text)?;
        let owner = String::read(kept.take("shopper"))?;
        let drafts = Vec::<Draft>::read(kept.take("drafts"))?;
        (owner == shopper).then_some(drafts)
    };
    let mut drafts = text.and_then(read).unwrap_or_default();
    drafts.retain(|draft| now_ms - draft.at_ms <= KEPT_FOR_MS);
    drafts
}

fn print(drafts: &[Draft], shopper: &str) -> String {
    Json::object([("shopper", Json::text(shopper)), ("drafts", drafts.json())]).print()
}

fn keep(drafts: &[Draft], shopper: &str) {
    if drafts.is_empty() {
        Memory::Device.remove(QUESTIONS);
    } else {
        Memory::Device.set(QUESTIONS, &print(drafts, shopper));
    }
}

fn kept(shopper: &str, now_ms: i64) -> Vec<Draft> {
    of(Memory::Device.get(QUESTIONS).as_deref(), shopper, now_ms)
}

/// The draft about something, if there is one.
pub fn draft_about(shopper: &str, about: &str, now_ms: i64) -> Option<Draft> {
    let drafts = kept(shopper, now_ms);
    keep(&drafts, shopper);
    drafts.into_iter().find(|draft| draft.about == about)
}

/// Keeps a draft in the place of the one before.
pub fn keep_draft(shopper: &str, draft: Draft) {
    let drafts = with(kept(shopper, draft.at_ms), draft);
    keep(&drafts, shopper);
}

fn with(mut drafts: Vec<Draft>, draft: Draft) -> Vec<Draft> {
    drafts.retain(|known| known.about != draft.about);
    drafts.push(draft);
    if drafts.len() > KEPT {
        drafts.remove(0);
    }
    drafts
}

/// Forgets the draft about something.
pub fn forget_draft(shopper: &str, about: &str, now_ms: i64) {
    let mut drafts = kept(shopper, now_ms);
    drafts.retain(|draft| draft.about != about);
    keep(&drafts, shopper);
}

impl Write for Draft {
    fn json(&self) -> Json {
        let question = &self.question;
        let topic = question.topic.map(|topic| Json::text(topic.code()));
        let attempt = self.attempt.as_ref().map(Write::json);
        Json::object([
            ("about", Json::text(&self.about)),
            ("topic", topic.unwrap_or_default()),
            ("since", Json::text(&question.since)),
            ("line", Json::text(&question.line)),
            ("account", Json::text(&question.account)),
            ("zone", Json::text(&question.zone)),
            ("face_value", Json::text(&question.face_value)),
            ("text", Json::text(&question.text)),
            ("uploads", self.uploads.as_slice().json()),
            ("attempt", attempt.unwrap_or_default()),
            ("at_ms", Json::Whole(self.at_ms)),
        ])
    }
}

impl Read for Draft {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            about: Read::read(json.take("about"))?,
            question: Question {
                topic: Option::<Topic>::read(json.take("topic"))?,
                since: Read::read(json.take("since"))?,
                line: Read::read(json.take("line"))?,
                account: Read::read(json.take("account"))?,
                zone: Read::read(json.take("zone"))?,
                face_value: Read::read(json.take("face_value"))?,
                text: Read::read(json.take("text"))?,
            },
            uploads: Read::read(json.take("uploads"))?,
            attempt: Read::read(json.take("attempt"))?,
            at_ms: Read::read(json.take("at_ms"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn draft(about: &str, at_ms: i64) -> Draft {
        Draft {
            about: about.into(),
            question: Question {
                topic: Some(Topic::TopUp),
                account: "a \"b\"".into(),
                text: "没到账\n".into(),
                ..Question::default()
            },
            uploads: Vec::new(),
            attempt: Some(sample::question()),
            at_ms,
        }
    }

    #[test]
    fn a_question_comes_back_whole_to_its_shopper_for_seven_days() {
        let drafts = vec![draft("/support?order=o1", 0)];
        let text = print(&drafts, "lin");
        assert_eq!(of(Some(&text), "lin", KEPT_FOR_MS), drafts);
        assert_eq!(of(Some(&text), "lin", KEPT_FOR_MS + 1), []);
        assert_eq!(of(Some(&text), "zhao", 0), []);
        assert_eq!(of(Some("{"), "lin", 0), []);
    }

    #[test]
    fn the_latest_about_each_is_kept_and_no_more_than_twenty() {
        let mut drafts = Vec::new();
        for at in 0..25 {
            drafts = with(drafts, draft(&format!("o{}", at % 22), at));
        }
        assert_eq!(drafts.len(), KEPT);
        let latest = drafts.iter().find(|draft| draft.about == "o2");
        assert_eq!(latest.map(|draft| draft.at_ms), Some(24));
    }
}
