//! What was filled in, kept on the device until it is sent: whose it is, of which order, and for how long.

use orders_api::{AfterSaleOptions, CaseKind, CaseLine, Condition, OpenCase};

use crate::app::DRAFTS;
use crate::browser::Memory;
use crate::features::evidence::{FileFacts, KeptUpload};
use crate::format;
use crate::json::{Json, Read, Write};

use super::wish::Wish;

/// How long a draft is kept.
const KEPT_FOR_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// After this long an unanswered request is not sent again by itself: whoever comes back the next day has to say so.
const SENT_AGAIN_FOR_MS: i64 = 15 * 60 * 1_000;
/// How many are kept; the oldest goes first.
const KEPT: usize = 20;

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

impl Draft {
    fn is_alive(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms <= KEPT_FOR_MS && self.until_ms.is_none_or(|until| now_ms < until)
    }
}

/// The drafts of one shopper on this device. Another's are wiped as soon as they are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Drafts(Vec<Draft>);

impl Drafts {
    fn of(text: Option<&str>, shopper: &str, now_ms: i64) -> Self {
        let read = |text| {
            let mut kept = Json::parse(text)?;
            let owner = String::read(kept.take("shopper"))?;
            let drafts = Vec::<Draft>::read(kept.take("drafts"))?;
            (owner == shopper).then_some(drafts)
        };
        let mut drafts = text.and_then(read).unwrap_or_default();
        drafts.retain(|draft| draft.is_alive(now_ms));
        Self(drafts)
    }

    fn print(&self, shopper: &str) -> String {
        Json::object([
            ("shopper", Json::text(shopper)),
            ("drafts", self.0.as_slice().json()),
        ])
        .print()
    }

    fn put(&mut self, draft: Draft) {
        self.remove(&draft.order);
        self.0.push(draft);
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }

    fn remove(&mut self, order: &str) {
        self.0.retain(|draft| draft.order != order);
    }
}

fn kept(shopper: &str, now_ms: i64) -> Drafts {
    Drafts::of(Memory::Device.get(DRAFTS).as_deref(), shopper, now_ms)
}

fn keep(drafts: &Drafts, shopper: &str) {
    if drafts.0.is_empty() {
        Memory::Device.remove(DRAFTS);
    } else {
        Memory::Device.set(DRAFTS, &drafts.print(shopper));
    }
}

/// The draft of an order, if there is one.
pub fn draft_of(shopper: &str, order: &str, now_ms: i64) -> Option<Draft> {
    let drafts = kept(shopper, now_ms);
    keep(&drafts, shopper);
    drafts.0.into_iter().find(|draft| draft.order == order)
}

/// Keeps a draft in the place of the one before.
pub fn keep_draft(shopper: &str, draft: Draft) {
    let mut drafts = kept(shopper, draft.at_ms);
    drafts.put(draft);
    keep(&drafts, shopper);
}

/// Forgets the draft of an order.
pub fn forget_draft(shopper: &str, order: &str, now_ms: i64) {
    let mut drafts = kept(shopper, now_ms);
    drafts.remove(order);
    keep(&drafts, shopper);
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

impl Write for KeptUpload {
    fn json(&self) -> Json {
        Json::object([
            ("upload", Json::text(&self.upload)),
            ("name", Json::text(&self.file.name)),
            ("bytes", Json::Whole(self.file.bytes)),
            ("modified_ms", Json::Whole(self.file.modified_ms)),
            ("media_type", Json::text(&self.file.media_type)),
        ])
    }
}

impl Read for KeptUpload {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            upload: Read::read(json.take("upload"))?,
            file: FileFacts {
                name: Read::read(json.take("name"))?,
                bytes: Read::read(json.take("bytes"))?,
                modified_ms: Read::read(json.take("modified_ms"))?,
                media_type: Read::read(json.take("media_type"))?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_draft_comes_back_whole_to_its_shopper_and_to_nobody_else() {
        let mut drafts = Drafts::default();
        drafts.put(draft("o1", 0));
        drafts.put(draft("o2", 0));
        let text = drafts.print("lin");
        assert_eq!(Drafts::of(Some(&text), "lin", 1), drafts);
        assert_eq!(Drafts::of(Some(&text), "zhao", 1), Drafts::default());
        assert_eq!(Drafts::of(Some("{"), "lin", 1), Drafts::default());
        drafts.remove("o1");
        assert_eq!(drafts.0, [draft("o2", 0)]);
    }

    #[test]
    fn a_draft_ends_after_seven_days_or_with_the_time_to_ask() {
        let of = |draft: Draft, now_ms| {
            let text = Drafts(vec![draft]).print("lin");
            Drafts::of(Some(&text), "lin", now_ms).0.len()
        };
        assert_eq!(of(draft("o1", 0), KEPT_FOR_MS), 1);
        assert_eq!(of(draft("o1", 0), KEPT_FOR_MS + 1), 0);
        let mut ends_soon = draft("o1", 0);
        ends_soon.until_ms = Some(100);
        assert_eq!(of(ends_soon.clone(), 99), 1);
        assert_eq!(of(ends_soon, 100), 0);
    }

    #[test]
    fn the_latest_of_each_order_is_kept_and_no_more_than_twenty() {
        let mut drafts = Drafts::default();
        for at in 0..25 {
            drafts.put(draft(&format!("o{}", at % 22), at));
        }
        assert_eq!(drafts.0.len(), KEPT);
        let latest = drafts.0.iter().find(|draft| draft.order == "o2");
        assert_eq!(latest.map(|draft| draft.at_ms), Some(24));
    }

    #[test]
    fn what_was_sent_long_ago_is_not_sent_again_by_itself() {
        let attempt = draft("o1", 1_000).attempt.expect("one");
        assert!(attempt.is_fresh(1_000 + SENT_AGAIN_FOR_MS));
        assert!(!attempt.is_fresh(1_001 + SENT_AGAIN_FOR_MS));
    }
}
