//! A cancel that has been confirmed and not answered yet. It outlives the page and a reload of it,
//! so that it can be sent again with the same key: one effect, one answer.

use leptos::prelude::*;
use orders_api::CancelOrder;

use crate::browser::{self, Memory};
use crate::json::{Json, Read, Write};

/// After this long an unanswered cancel is forgotten instead of being sent again: whoever comes back
/// to the tab the next day is not thinking of it any more.
const KEPT_FOR_MS: f64 = 15.0 * 60.0 * 1000.0;

/// What the shopper confirmed, with the key that makes sending it again harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The idempotency key: one for each intent.
    pub key: String,
    /// The intent: reason, note, lines.
    pub intent: CancelOrder,
    /// The shopper chose a part. Otherwise the lines are the whole, as it was shown.
    pub part: bool,
    /// The refunds there were before, by id; whatever comes besides is this cancel's.
    pub known_refunds: Vec<String>,
}

/// The unanswered cancels of this tab, by order. Where the browser forbids storage they live as long as the page.
#[derive(Clone, Copy)]
pub struct PendingCancels(StoredValue<Vec<(String, String)>>);

fn name(order: &str) -> String {
    let mut name = "tepai-cancel-".to_owned();
    name.push_str(order);
    name
}

impl PendingCancels {
    /// Makes them available to every page.
    pub fn provide() {
        provide_context(Self(StoredValue::new(Vec::new())));
    }

    /// The unanswered cancel of an order.
    pub(super) fn get(self, order: &str) -> Option<Attempt> {
        let text = Memory::Tab.get(&name(order)).or_else(|| {
            self.0.with_value(|kept| {
                kept.iter()
                    .find(|(id, _)| id == order)
                    .map(|(_, text)| text.clone())
            })
        })?;
        read(&text, browser::now_ms()).or_else(|| {
            self.remove(order);
            None
        })
    }

    /// Keeps it; to be called before it is sent.
    pub(super) fn put(self, order: &str, attempt: &Attempt) {
        let text = written(attempt, browser::now_ms());
        Memory::Tab.set(&name(order), &text);
        self.0.update_value(|kept| {
            kept.retain(|(id, _)| id != order);
            kept.push((order.to_owned(), text));
        });
    }

    /// Forgets it; to be called when it has its answer, or the shopper thought better of it.
    pub(super) fn remove(self, order: &str) {
        Memory::Tab.remove(&name(order));
        self.0
            .update_value(|kept| kept.retain(|(id, _)| id != order));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far from 2^53"
)]
fn written(attempt: &Attempt, now_ms: f64) -> String {
    let refunds = attempt.known_refunds.iter().map(|id| Json::text(id));
    Json::object([
        ("key", Json::text(&attempt.key)),
        ("intent", attempt.intent.json()),
        ("part", Json::Bool(attempt.part)),
        ("known_refunds", Json::List(refunds.collect())),
        ("at_ms", Json::Whole(now_ms as i64)),
    ])
    .print()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are far from 2^53"
)]
fn read(text: &str, now_ms: f64) -> Option<Attempt> {
    let mut kept = Json::parse(text)?;
    let at_ms = i64::read(kept.take("at_ms"))? as f64;
    let attempt = Attempt {
        key: Read::read(kept.take("key"))?,
        intent: Read::read(kept.take("intent"))?,
        part: Read::read(kept.take("part"))?,
        known_refunds: Read::read(kept.take("known_refunds"))?,
    };
    (now_ms - at_ms <= KEPT_FOR_MS).then_some(attempt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt() -> Attempt {
        Attempt {
            key: "k1".into(),
            intent: CancelOrder {
                reason: "other".into(),
                note: Some("too \"big\"".into()),
                lines: None,
            },
            part: true,
            known_refunds: vec!["o-R1".into()],
        }
    }

    #[test]
    fn an_unanswered_cancel_is_kept_whole_until_it_is_removed() {
        let owner = Owner::new();
        owner.set();
        let pending = PendingCancels(StoredValue::new(Vec::new()));
        pending.put("o1", &attempt());
        assert_eq!(pending.get("o1"), Some(attempt()));
        assert_eq!(pending.get("o2"), None);
        pending.remove("o1");
        assert_eq!(pending.get("o1"), None);
    }

    #[test]
    fn an_old_or_broken_one_is_not_sent_again() {
        let text = written(&attempt(), 1_000.0);
        assert_eq!(read(&text, 1_000.0 + KEPT_FOR_MS), Some(attempt()));
        assert_eq!(read(&text, 1_001.0 + KEPT_FOR_MS), None);
        assert_eq!(read("{}", 0.0), None);
    }
}
