//! Until when something may be asked for, and what happens after that.

use leptos::prelude::*;
use orders_api::*;

use super::super::sample::{self, NOW};
use super::super::view_deadline::{deadline_view, ended, is_last_day};
use super::super::view_next::next_steps;
use super::super::words::Words;
use super::{draw, has};
use crate::words::Lang;

#[test]
fn what_happens_next_depends_on_shop_kind_and_who_pays() {
    let words = Words::of(Lang::ZhCn);
    let delivered = sample::delivered();
    let next = |options: &AfterSaleOptions, change: &dyn Fn(&mut CasePreview)| {
        let mut preview = sample::preview();
        change(&mut preview);
        next_steps(Lang::ZhCn, options, Some(&preview)).join("|")
    };
    let plain = next(&delivered, &|_| {});
    has(
        &plain,
        &[
            "商家须在 48 小时内答复，逾期自动同意",
            "7 天内寄回",
            words.then_pay_shopper,
            words.then_received,
            words.then_change_unsent,
        ],
    );
    has(
        &next(&delivered, &|preview| preview.pays_return = false),
        &[words.then_pay_seller],
    );
    let money = next(&delivered, &|preview| preview.send_back = false);
    has(&money, &[words.then_refund, words.then_change]);
    assert!(!money.contains("寄回"), "{money}");
    let mut staff = sample::delivered();
    staff.silence = Consequence::Staff;
    has(&next(&staff, &|_| {}), &["逾期由客服裁定"]);
}

#[test]
fn of_a_refused_parcel_the_money_comes_when_it_is_granted() {
    let words = Words::of(Lang::ZhCn);
    // As the server says it of a parcel that goes back by itself.
    let preview = CasePreview {
        send_back: false,
        pays_return: false,
        ..sample::preview()
    };
    let steps = next_steps(Lang::ZhCn, &sample::on_its_way(), Some(&preview)).join("|");
    has(
        &steps,
        &[words.then_refuse, words.then_refund, words.then_change],
    );
    assert!(!steps.contains(words.then_received), "{steps}");
    assert!(!steps.contains("天内寄回"), "{steps}");
}

#[test]
fn deadlines_are_days_with_the_days_left_and_seconds_on_the_last_one() {
    let draw_at = |lang, options: &AfterSaleOptions, now: i64| {
        let options = options.clone();
        draw(lang, move || {
            deadline_view(lang, &options, Signal::stored(now))
        })
    };
    let options = sample::delivered();
    let early = draw_at(Lang::ZhCn, &options, NOW);
    has(
        &early,
        &[
            "可申请至 12月3日 周四",
            "还剩 6 天",
            "可申请至 12月11日 周五",
        ],
    );
    assert!(!is_last_day(&options, NOW));
    let end =
        crate::format::epoch_seconds(&sample::delivered().window.expect("one").until.expect("one"));
    let end = end.expect("an instant");
    let last = draw_at(Lang::En, &options, end - 3_661);
    has(&last, &["until Thu 3 Dec", "01:01:01", "role=\"timer\""]);
    assert!(is_last_day(&options, end - 3_661));
    let over = draw_at(Lang::En, &options, end);
    has(
        &over,
        &[
            "The time to change your mind is over",
            "Fri 11 Dec",
            "8 days left",
        ],
    );
    // The page may have been left open.
    let faulty = crate::format::epoch_seconds(&options.window.as_ref().expect("one").until_faulty);
    let faulty = faulty.expect("an instant");
    has(
        &draw_at(Lang::En, &options, faulty - 1),
        &["you can still ask"],
    );
    let closed = draw_at(Lang::En, &options, faulty);
    has(&closed, &[Words::of(Lang::En).window_closed]);
    assert!(!closed.contains("still"), "{closed}");
    let ends = [NOW, end - 1, end, faulty - 1, faulty].map(|now| ended(&options, now));
    assert_eq!(ends, [0, 0, 1, 1, 2]);
    assert_eq!(ended(&sample::on_its_way(), faulty), 0);
    // Where nothing is taken back without a fault of the seller, nothing says that it was until now.
    let mut only_faulty = options;
    only_faulty.window.as_mut().expect("one").until = None;
    for now in [NOW, end] {
        let html = draw_at(Lang::En, &only_faulty, now);
        has(&html, &["not as described, until Fri 11 Dec", "days left"]);
        assert!(!html.contains("change your mind"), "{html}");
        assert!(!html.contains("You can ask until"), "{html}");
    }
    let closed = draw_at(Lang::En, &only_faulty, faulty);
    has(&closed, &[Words::of(Lang::En).window_closed]);
    assert_eq!([end, faulty].map(|now| ended(&only_faulty, now)), [0, 1]);
    assert!(!is_last_day(&only_faulty, end - 1) && is_last_day(&only_faulty, faulty - 1));
    let refusal = draw_at(Lang::ZhCn, &sample::on_its_way(), NOW);
    has(&refusal, &["当面拒收"]);
}
