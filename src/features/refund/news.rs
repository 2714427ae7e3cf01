//! What is read out while the page is open: that the money has moved on, or what became of a wish for another way.

use orders_api::{RefundDetail, RefundWay, WayState};

use crate::words::{Lang, codes, fill};

use super::route::{headline, next};
use super::words::Words;

/// What to read out when `before` became `now`; `None` when the money is where it was.
pub fn news_between(lang: Lang, before: &RefundDetail, now: &RefundDetail) -> Option<String> {
    let (old, new) = (&before.refund, &now.refund);
    let wish = |detail: &RefundDetail| {
        detail
            .way
            .as_ref()
            .map(|way| (way.state, way.asked_at.clone()))
    };
    if let Some(way) = now.way.as_ref().filter(|_| wish(before) != wish(now)) {
        return Some(news_of_wish(lang, way, now));
    }
    if (old.state, old.late) == (new.state, new.late) {
        return None;
    }
    let values = [
        ("state", &*headline(lang, now)),
        ("next", &*next(lang, now)),
    ];
    Some(fill(Words::of(lang).news, &values))
}

fn news_of_wish(lang: Lang, way: &RefundWay, now: &RefundDetail) -> String {
    let words = Words::of(lang);
    let text = match way.state {
        WayState::Open => words.news_way_open,
        WayState::Approved => words.news_way_approved,
        WayState::Declined => words.news_way_declined,
        WayState::Withdrawn => words.news_way_withdrawn,
        WayState::TooLate => words.way_too_late,
    };
    let account = codes::account(lang, way.channel, &way.account);
    let values = [
        ("account", account.as_str()),
        ("next", &*next(lang, now)),
        ("note", way.note.as_deref().unwrap_or_default()),
    ];
    fill(text, &values)
}

#[cfg(test)]
mod tests {
    use orders_api::{Lateness, RefundState};

    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_read_out_is_where_the_money_is_and_what_comes_next() {
        let sent = sample::detail(RefundState::Sent);
        let clearing = sample::detail(RefundState::InClearing);
        assert_eq!(
            news_between(Lang::En, &sent, &clearing).as_deref(),
            Some(
                "Your refund has moved on: In the bank's clearing. It arrives when the bank is done, \
                 expected Tue 1 Dec – Fri 4 Dec. There is nothing you need to do."
            )
        );
        assert_eq!(news_between(Lang::En, &sent, &sent), None);
        let late = sample::late(RefundState::Sent, Lateness::NotArrived);
        assert!(news_between(Lang::ZhCn, &sent, &late).is_some());
    }

    #[test]
    fn what_becomes_of_a_wish_is_read_out() {
        let failed = sample::detail(RefundState::Failed);
        let wish = |state| sample::with_way(RefundState::Failed, state);
        let open = wish(WayState::Open);
        for lang in Lang::ALL {
            let told = news_between(lang, &failed, &open).unwrap_or_default();
            assert!(told.contains("工商银行 尾号 0128"), "{told}");
            for state in WayState::ALL {
                let told = news_between(lang, &open, &wish(state));
                assert_eq!(told.is_some(), state != WayState::Open, "{state:?}");
                assert!(!told.unwrap_or_default().contains('{'), "{state:?}");
            }
        }
        let approved = sample::with_way(RefundState::Approved, WayState::Approved);
        assert_eq!(
            news_between(Lang::En, &open, &approved).as_deref(),
            Some(
                "Staff agreed to pay it to 工商银行 尾号 0128. The shop pays it to 工商银行 尾号 0128 by Wed 25 Nov, and it \
                 should arrive Tue 1 Dec – Fri 4 Dec."
            )
        );
        let told = news_between(Lang::ZhCn, &open, &wish(WayState::Declined));
        assert!(told.unwrap_or_default().contains("姓名不符"));
        // Another wish after one that was declined.
        let mut again = open.clone();
        if let Some(way) = &mut again.way {
            way.asked_at = sample::later();
        }
        assert!(news_between(Lang::En, &wish(WayState::Declined), &again).is_some());
    }
}
