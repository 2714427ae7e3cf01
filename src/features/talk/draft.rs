//! A question that was begun, as it is kept on the device until it is sent.

use orders_api::{OpenConversation, Topic};

use super::question::Question;
use crate::app::QUESTIONS;
use crate::features::drafts;
use crate::features::evidence::KeptUpload;
use crate::json::{Json, Read, Write};

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

impl drafts::Draft for Draft {
    const NAME: &'static str = QUESTIONS;

    fn about(&self) -> &str {
        &self.about
    }

    fn at_ms(&self) -> i64 {
        self.at_ms
    }
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
    use crate::features::drafts::Drafts;

    #[test]
    fn a_question_comes_back_whole() {
        let draft = Draft {
            about: "?order=o1".into(),
            question: Question {
                topic: Some(Topic::TopUp),
                account: "a \"b\"".into(),
                text: "没到账\n".into(),
                ..Question::default()
            },
            uploads: Vec::new(),
            attempt: Some(sample::question()),
            at_ms: 5,
        };
        let drafts = Drafts(vec![draft]);
        let text = drafts.print("lin");
        assert_eq!(Drafts::of(Some(&text), "lin", 5), drafts);
    }
}
