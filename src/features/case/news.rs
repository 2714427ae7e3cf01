//! What is read out while the page is open: that the case has moved on, or that somebody answered.

use orders_api::{Actor, CaseAct, CaseDetail};

use crate::words::{Lang, codes, fill};

use super::course::headline;
use super::words::Words;

/// What to read out when `before` became `now`; `None` when nothing did that the shopper has not done.
pub fn news_between(lang: Lang, before: &CaseDetail, now: &CaseDetail) -> Option<String> {
    let words = Words::of(lang);
    if before.state != now.state || headline(lang, before) != headline(lang, now) {
        return Some(fill(words.news, &[("state", headline(lang, now))]));
    }
    let new = now.thread.get(before.thread.len()..)?;
    let said = new
        .iter()
        .rfind(|entry| entry.what == CaseAct::Said && entry.by != Actor::Shopper)?;
    let values = [
        ("who", codes::actor(lang, said.by)),
        ("text", said.text.as_deref().unwrap_or_default()),
    ];
    Some(fill(words.news_said, &values))
}

#[cfg(test)]
mod tests {
    use orders_api::CaseState;

    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_read_out_is_how_it_stands_or_what_was_answered() {
        let open = sample::case(CaseState::Open);
        let granted = sample::case(CaseState::AwaitingReturn);
        assert_eq!(
            news_between(Lang::ZhCn, &open, &granted).as_deref(),
            Some("售后有新进展：商家已同意，请寄回商品。")
        );
        assert_eq!(news_between(Lang::En, &open, &open), None);
        let answered = sample::answered();
        assert_eq!(
            news_between(Lang::En, &open, &answered).as_deref(),
            Some("Shop wrote: 麻烦补一张吊牌的照片。")
        );
        let mut said = open.clone();
        said.thread.push(sample::entry(
            "2026-11-26T09:00:00.000Z",
            Actor::Shopper,
            CaseAct::Said,
            Some("补充"),
        ));
        assert_eq!(
            news_between(Lang::En, &open, &said),
            None,
            "the shopper knows"
        );
        assert_eq!(
            news_between(Lang::En, &said, &open),
            None,
            "an older answer"
        );
    }
}
