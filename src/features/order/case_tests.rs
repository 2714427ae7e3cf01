//! What the order's page says of after-sales, rendered on the host.

use leptos::prelude::*;
use orders_api::*;

use super::next_steps::next_steps;
use super::sample;
use super::view_actions::{Withdraw, actions_view};
use super::view_cases::cases_view;
use super::view_facts::aside_view;
use crate::format;
use crate::words::{Lang, codes};

fn seconds(text: &str) -> i64 {
    format::epoch_seconds(&sample::instant(text)).unwrap_or_default()
}

fn panel(lang: Lang, order: &OrderDetail, now: i64) -> Option<String> {
    Owner::new().with(|| cases_view(lang, order, now).map(|view| view.to_html()))
}

fn shown(lang: Lang, order: &OrderDetail, now: &str) -> String {
    panel(lang, order, seconds(now)).unwrap_or_default()
}

const NOW: &str = "2026-11-27T15:00:00.000Z";

#[test]
fn each_case_says_where_it_stands_whose_turn_it_is_and_leads_to_its_page() {
    for lang in Lang::ALL {
        for state in CaseState::ALL {
            let html = shown(lang, &sample::with_case(state), NOW);
            for text in [
                codes::case_state(lang, state),
                codes::case_kind(lang, CaseKind::ReturnAndRefund),
                "¥102.40",
                "href=\"/cases/o1-C1\"",
            ] {
                assert!(html.contains(text), "{text}: {html}");
            }
            let turn = codes::turn(lang, state.turn());
            assert_eq!(turn.is_none(), state.is_final());
            assert!(html.contains(turn.unwrap_or_default()), "{html}");
            let until = format::day_time(lang, &sample::instant("2026-11-28T06:00:00.000Z"));
            assert_eq!(html.contains(&until), !state.is_final(), "{html}");
        }
    }
}

#[test]
fn the_window_counts_down_to_its_last_day_and_says_when_it_is_over() {
    let order = sample::with_case(CaseState::Open);
    for (now, text) in [
        (NOW, "可申请售后至 12月3日（还剩 6 天 1 小时）"),
        (NOW, "质量问题等商家责任，可申请至 12月11日"),
        (
            "2026-12-03T16:00:00.000Z",
            "现在只有质量问题等商家责任可以申请，至 12月11日（还剩 8 天）",
        ),
        (
            "2026-12-11T16:00:00.000Z",
            "申请售后的时间已于 12月11日 结束",
        ),
    ] {
        let html = shown(Lang::ZhCn, &order, now);
        assert!(html.contains(text), "{text}: {html}");
    }
    let english = shown(Lang::En, &order, NOW);
    let text = "You can ask for a return or refund until 3 Dec (6 days 1 h left)";
    assert!(english.contains(text), "{english}");
    let mut one = order;
    if let Some(window) = &mut one.after_sale {
        window.until_faulty = window.until.clone().expect("a time");
    }
    assert_eq!(
        shown(Lang::ZhCn, &one, NOW).matches("order-window").count(),
        1
    );
}

#[test]
fn where_only_faults_are_taken_no_earlier_end_is_told() {
    let mut order = sample::with_case(CaseState::Open);
    order.after_sale.as_mut().expect("a window").until = None;
    let html = shown(Lang::ZhCn, &order, NOW);
    let text = "有质量问题、发错或与描述不符的，可申请售后至 12月11日";
    assert!(html.contains(text), "{html}");
    assert_eq!(html.matches("order-window").count(), 1, "{html}");
    assert!(
        !html.contains("现在只有"),
        "nothing else was before: {html}"
    );
    let over = shown(Lang::ZhCn, &order, "2026-12-11T16:00:00.000Z");
    assert!(over.contains("已于 12月11日 结束"), "{over}");
}

#[test]
fn an_order_with_neither_case_nor_window_says_nothing_of_after_sales() {
    assert_eq!(panel(Lang::ZhCn, &sample::unpacked(), seconds(NOW)), None);
    let mut before = sample::with_case(CaseState::Refunded);
    before.after_sale = None;
    let html = shown(Lang::ZhCn, &before, NOW);
    assert!(
        html.contains("o1-C1") && !html.contains("order-window"),
        "{html}"
    );
}

#[test]
fn money_back_is_asked_for_exactly_where_the_server_offers_it() {
    let bar = |order: &OrderDetail| {
        Owner::new().with(|| {
            provide_context(Lang::ZhCn);
            let withdraw = Withdraw {
                busy: Signal::stored(false),
                error: Signal::stored(None),
                press: Callback::new(|()| {}),
            };
            let before = Callback::new(|()| {});
            let key = StoredValue::new(None);
            actions_view(Lang::ZhCn, order, withdraw, before, key).to_html()
        })
    };
    let offered = bar(&sample::with_case(CaseState::Refunded));
    let link = "href=\"/orders/o1/after-sale\"";
    assert!(
        offered.contains(link) && offered.contains("申请售后"),
        "{offered}"
    );
    assert!(!offered.contains("data-kind=\"primary\""), "{offered}");
    assert!(!bar(&sample::delivered()).contains(link));
}

#[test]
fn steps_that_ask_for_money_back_lead_there_when_it_is_offered() {
    let steps = [
        NextStep::RefuseParcel,
        NextStep::RequestReturn,
        NextStep::ReportDefect,
        NextStep::AwaitDecision,
    ];
    let shown =
        |order: &OrderDetail| Owner::new().with(|| next_steps(Lang::ZhCn, order, &steps).to_html());
    let offered = shown(&sample::with_case(CaseState::Refunded));
    assert_eq!(
        offered.matches("/orders/o1/after-sale").count(),
        3,
        "{offered}"
    );
    assert!(
        offered.contains("在这里申请，商家收到商品后退款。"),
        "{offered}"
    );
    let not = shown(&sample::shipped());
    assert!(
        !not.contains("after-sale") && not.contains("联系客服登记退货"),
        "{not}"
    );
}

#[test]
fn what_happened_to_a_case_leads_to_it() {
    let html = Owner::new().with(|| {
        let order = sample::with_case(CaseState::Open);
        aside_view(Lang::ZhCn, &order, Callback::new(|_| {})).to_html()
    });
    let timeline = html
        .split("id=\"timeline-title\"")
        .nth(1)
        .unwrap_or_default();
    assert!(timeline.contains("href=\"/cases/o1-C1\""), "{timeline}");
    assert!(
        timeline.contains("退货退款 ¥102.40") && !timeline.contains(">o1-C1<"),
        "{timeline}"
    );
}
