//! What was filled in for an order, as it is kept on the device until it is sent.

use orders_api::{AfterSaleOptions, CaseKind, CaseLine, Condition, OpenCase};

use crate::app::DRAFTS;
use crate::features::drafts::{self, KEPT_FOR_MS};
use crate::features::evidence::KeptUpload;
use crate::format;
use crate::json::{Json, Read, Write};

use super::wish::Wish;

/// After this long an unanswered request is not sent again by itself: whoever comes back the next day has to say so.
const SENT_AGAIN_FOR_MS: i64 = 15 * 60 * 1_000;

/// What the shopper sent and nobody answered, with the key that makes sending it again harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The idempotency key: one for each intent.
    pub key: String,
    /// The intent.
    pub intent: OpenCase,
    /// When it was sent, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Attempt {
    /// Whether it is to be sent again without a word of the shopper's.
    pub const fn is_fresh(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms <= SENT_AGAIN_FOR_MS
    }

    /// Whether it may still be sent again at all, whenever the rest of its draft was changed.
    pub const fn is_alive(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms <= KEPT_FOR_MS
    }
}

/// What is filled in for one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which order.
    pub order: String,
    /// What is asked for.
    pub wish: Wish,
    /// Photos and videos that were begun.
    pub uploads: Vec<KeptUpload>,
    /// What was sent and not answered.
    pub attempt: Option<Attempt>,
    /// When it was changed last, in milliseconds since 1970.
    pub at_ms: i64,
    /// When asking ends, in milliseconds since 1970; `None` while the parcel is on its way.
    pub until_ms: Option<i64>,
}

/// When asking ends, in milliseconds since 1970.
pub fn end_of(options: &AfterSaleOptions) -> Option<i64> {
    let window = options.window.as_ref()?;
    let until = window.until.as_ref().and_then(format::epoch_seconds);
    let until_faulty = format::epoch_seconds(&window.until_faulty)?;
    Some(until.map_or(until_faulty, |until| until.max(until_faulty)) * 1_000)
}

impl drafts::Draft for Draft {
    const NAME: &'static str = DRAFTS;

    fn about(&self) -> &str {
        &self.order
    }

    fn at_ms(&self) -> i64 {
        self.at_ms
    }

    fn until_ms(&self) -> Option<i64> {
        self.until_ms
    }
}

impl Write for Draft {
    fn json(&self) -> Json {
        let attempt = self.attempt.as_ref().map(Write::json);
        Json::object([
            ("order", Json::text(&self.order)),
            ("wish", self.wish.json()),
            ("uploads", self.uploads.as_slice().json()),
            ("attempt", attempt.unwrap_or_default()),
            ("at_ms", Json::Whole(self.at_ms)),
            ("until_ms", self.until_ms.map_or(Json::Null, Json::Whole)),
        ])
    }
}

impl Read for Draft {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            order: Read::read(json.take("order"))?,
            wish: Read::read(json.take("wish"))?,
            uploads: Read::read(json.take("uploads"))?,
            attempt: Read::read(json.take("attempt"))?,
            at_ms: Read::read(json.take("at_ms"))?,
            until_ms: Read::read(json.take("until_ms"))?,
        })
    }
}

impl Write for Attempt {
    fn json(&self) -> Json {
        Json::object([
            ("key", Json::text(&self.key)),
            ("intent", self.intent.json()),
            ("at_ms", Json::Whole(self.at_ms)),
        ])
    }
}

impl Read for Attempt {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            key: Read::read(json.take("key"))?,
            intent: Read::read(json.take("intent"))?,
            at_ms: Read::read(json.take("at_ms"))?,
        })
    }
}

impl Write for Wish {
    fn json(&self) -> Json {
        let code = |code: Option<&str>| code.map_or(Json::Null, Json::text);
        Json::object([
            ("lines", self.lines.as_slice().json()),
            ("kind", code(self.kind.map(CaseKind::code))),
            ("reason", code(self.reason.as_deref())),
            ("condition", code(self.condition.map(Condition::code))),
            ("note", Json::text(&self.note)),
        ])
    }
}

impl Read for Wish {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            lines: Vec::<CaseLine>::read(json.take("lines"))?,
            kind: Read::read(json.take("kind"))?,
            reason: Read::read(json.take("reason"))?,
            condition: Read::read(json.take("condition"))?,
            note: Read::read(json.take("note"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::drafts::Drafts;
    use crate::features::evidence::FileFacts;

    fn draft(order: &str, at_ms: i64) -> Draft {
        let wish = Wish {
            lines: vec![CaseLine {
                line: "l1".into(),
                quantity: 2,
                components: vec!["lid".into()],
            }],
            kind: Some(CaseKind::ReturnAndRefund),
            reason: Some("quality".into()),
            condition: Some(Condition::Opened),
            note: "盖子 \"裂\" 了\n".into(),
        };
        Draft {
            order: order.into(),
            attempt: Some(Attempt {
                key: "k1".into(),
                intent: OpenCase {
                    kind: CaseKind::ReturnAndRefund,
                    lines: wish.lines.clone(),
                    reason: "quality".into(),
                    condition: wish.condition,
                    note: Some("裂".into()),
                    evidence: vec!["u1".into()],
                },
                at_ms,
            }),
            uploads: vec![KeptUpload {
                upload: "u1".into(),
                file: FileFacts {
                    name: "杯.jpg".into(),
                    bytes: 10,
                    modified_ms: 20,
                    media_type: "image/jpeg".into(),
                },
            }],
            wish,
            at_ms,
            until_ms: Some(at_ms + 2 * KEPT_FOR_MS),
        }
    }

    #[test]
    fn a_draft_comes_back_whole() {
        let drafts = Drafts(vec![draft("o1", 0)]);
        let text = drafts.print("lin");
        assert_eq!(Drafts::of(Some(&text), "lin", 1), drafts);
    }

    #[test]
    fn a_draft_ends_with_the_time_to_ask() {
        let mut ends_soon = draft("o1", 0);
        ends_soon.until_ms = Some(100);
        let text = Drafts(vec![ends_soon]).print("lin");
        let left = |now_ms| Drafts::<Draft>::of(Some(&text), "lin", now_ms).0.len();
        assert_eq!(left(99), 1);
        assert_eq!(left(100), 0);
    }

    #[test]
    fn what_was_sent_long_ago_is_not_sent_again_by_itself() {
        let attempt = draft("o1", 1_000).attempt.expect("one");
        assert!(attempt.is_fresh(1_000 + SENT_AGAIN_FOR_MS));
        assert!(!attempt.is_fresh(1_001 + SENT_AGAIN_FOR_MS));
    }
}
