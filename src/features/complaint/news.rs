//! What is read out while the page is open: that the complaint has moved on, or that somebody answered.

use orders_api::{Actor, ComplaintAct, ComplaintDetail};

use crate::words::{Lang, codes, fill};

use super::course::headline;
use super::words::Words;

/// What to read out when `before` became `now`; `None` when nothing did that the shopper has not done.
pub fn news_between(lang: Lang, before: &ComplaintDetail, now: &ComplaintDetail) -> Option<String> {
    let words = Words::of(lang);
    if before.state != now.state || headline(lang, before) != headline(lang, now) {
        return Some(fill(words.news, &[("state", headline(lang, now))]));
    }
    let new = now.thread.get(before.thread.len()..)?;
    let said = new
        .iter()
        .rfind(|entry| entry.what == ComplaintAct::Said && entry.by != Actor::Shopper)?;
    let values = [
        ("who", codes::actor(lang, said.by)),
        ("text", said.text.as_deref().unwrap_or_default()),
    ];
    Some(fill(words.news_said, &values))
}
