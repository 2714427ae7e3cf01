//! A complaint that was begun, as it is kept on the device until it is sent.

use orders_api::{ComplaintTopic, ComplaintWish, OpenComplaint};

use super::filled::{About, Filled};
use crate::app::COMPLAINTS;
use crate::features::drafts;
use crate::features::evidence::KeptUpload;
use crate::json::{Json, Read, Write};

/// What was sent and nobody answered, with the key that makes sending it again harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The idempotency key: one for each intent.
    pub key: String,
    /// The intent.
    pub intent: OpenComplaint,
}

/// A complaint that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// About which order.
    pub order: String,
    /// What is filled in.
    pub filled: Filled,
    /// Photos and videos that were begun.
    pub uploads: Vec<KeptUpload>,
    /// What was sent and not answered.
    pub attempt: Option<Attempt>,
    /// When it was changed last, in milliseconds since 1970.
    pub at_ms: i64,
}

impl drafts::Draft for Draft {
    const NAME: &'static str = COMPLAINTS;

    fn about(&self) -> &str {
        &self.order
    }

    fn at_ms(&self) -> i64 {
        self.at_ms
    }
}

impl Write for Draft {
    fn json(&self) -> Json {
        let Filled {
            about,
            topic,
            text,
            wish,
            amount,
        } = &self.filled;
        let code = |code: Option<&str>| code.map(Json::text).unwrap_or_default();
        let attempt = self.attempt.as_ref().map(Write::json);
        Json::object([
            ("order", Json::text(&self.order)),
            ("about", Json::text(&about.value())),
            ("topic", code(topic.map(ComplaintTopic::code))),
            ("text", Json::text(text)),
            ("wish", code(wish.map(ComplaintWish::code))),
            ("amount", Json::text(amount)),
            ("uploads", self.uploads.as_slice().json()),
            ("attempt", attempt.unwrap_or_default()),
            ("at_ms", Json::Whole(self.at_ms)),
        ])
    }
}

impl Read for Draft {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            order: Read::read(json.take("order"))?,
            filled: Filled {
                about: About::of_value(&String::read(json.take("about"))?),
                topic: Read::read(json.take("topic"))?,
                text: Read::read(json.take("text"))?,
                wish: Read::read(json.take("wish"))?,
                amount: Read::read(json.take("amount"))?,
            },
            uploads: Read::read(json.take("uploads"))?,
            attempt: Read::read(json.take("attempt"))?,
            at_ms: Read::read(json.take("at_ms"))?,
        })
    }
}

impl Write for Attempt {
    fn json(&self) -> Json {
        Json::object([
            ("key", Json::text(&self.key)),
            ("intent", self.intent.json()),
        ])
    }
}

impl Read for Attempt {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            key: Read::read(json.take("key"))?,
            intent: Read::read(json.take("intent"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::features::drafts::Drafts;

    #[test]
    fn a_complaint_comes_back_whole() {
        let filled = Filled {
            about: About::Case("o1-C1".into()),
            topic: Some(ComplaintTopic::RefundRefused),
            text: "等了\"三周\"\n".into(),
            wish: None,
            amount: "10.".into(),
        };
        let draft = Draft {
            order: "o1".into(),
            filled,
            uploads: Vec::new(),
            attempt: Some(Attempt {
                key: "k1".into(),
                intent: sample::opening(),
            }),
            at_ms: 5,
        };
        let drafts = Drafts(vec![draft]);
        let text = drafts.print("lin");
        assert_eq!(Drafts::of(Some(&text), "lin", 5), drafts);
        assert_eq!(Drafts::<Draft>::of(Some(&text), "zhao", 5).0, []);
    }
}
