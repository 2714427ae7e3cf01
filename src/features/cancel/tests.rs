//! The dialog's views, rendered on the host.

use leptos::prelude::*;
use orders_api::*;

use super::attempt::Attempt;
use super::dialog::CancelView;
use super::facts::Facts;
use super::flow::Flow;
use super::steps::{Ask, Event, Settled, Step};
use super::view_form::confirm_words;
use super::view_result::dialog_title;
use crate::features::order::sample;
use crate::ui::FailureWords;
use crate::words::Lang;

fn render(lang: Lang, flow: Flow, order: OrderDetail) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(lang);
        let (flow, order) = (Signal::stored(flow), Signal::stored(order));
        let tell = Callback::new(|_: Event| {});
        let close = Callback::new(|()| {});
        view! { <CancelView lang flow order tell close/> }.to_html()
    })
}

fn form(order: &OrderDetail, preview: CancellationPreview) -> Flow {
    Flow {
        step: Step::Form,
        preview: Some(preview),
        ask: Ask::Fresh,
        facts: Facts::of(order),
        ..Flow::default()
    }
}

fn at(step: Step) -> Flow {
    Flow {
        step,
        ..form(&sample::unpacked(), sample::preview())
    }
}

fn attempt() -> Attempt {
    Attempt {
        key: "k1".into(),
        intent: CancelOrder {
            reason: "changed_mind".into(),
            note: None,
            lines: None,
        },
        part: false,
        known_refunds: Vec::new(),
    }
}

#[test]
fn the_money_is_shown_before_confirming() {
    let html = render(Lang::ZhCn, at(Step::Form), sample::unpacked());
    for text in [
        "¥1,234.50",
        "微信零钱",
        "11月25日 前退出，预计 12月1日–4日 到账",
        "2,150 积分退回账户",
        "优惠券“满 300 减 20”不退回：已过期",
        "整单取消",
        "不想要了",
        "再想想",
        "确认取消订单",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(
        html.contains("<div data-note=\"\" class=\"field\">"),
        "words are asked for by the style sheet, once a reason needs them: {html}"
    );
    assert!(!html.contains("日期为估算"));
    let mut estimated = sample::preview();
    estimated.refunds[0].estimated = true;
    let html = render(
        Lang::En,
        form(&sample::unpacked(), estimated),
        sample::unpacked(),
    );
    assert!(html.contains("the dates are an estimate"));
}

#[test]
fn no_button_says_a_bare_cancel() {
    for lang in Lang::ALL {
        for step in [
            Step::Form,
            Step::Sending(attempt()),
            Step::Lost(attempt()),
            Step::Requested,
            Step::Done(Settled::default()),
        ] {
            let html = render(lang, at(step), sample::unpacked());
            for button in html.split("<button").skip(1) {
                let label = button.split("</button>").next().unwrap_or_default();
                let label = label.rsplit('>').next().unwrap_or_default().trim();
                assert!(
                    !["取消", "Cancel", "确认", "OK"].contains(&label),
                    "{label}"
                );
            }
        }
    }
}

#[test]
fn the_button_says_what_it_does() {
    let mut flow = at(Step::Form);
    assert_eq!(confirm_words(Lang::En, &flow), "Yes, cancel the order");
    flow.draft.part = true;
    flow.draft.chosen = vec![LineQuantity {
        line: "l2".into(),
        quantity: 2,
    }];
    assert_eq!(confirm_words(Lang::ZhCn, &flow), "确认取消 2 件");
    flow.step = Step::Sending(attempt());
    assert_eq!(confirm_words(Lang::En, &flow), "Cancelling…");
    flow.step = Step::Lost(attempt());
    assert_eq!(confirm_words(Lang::En, &flow), "Try again");
}

#[test]
fn a_part_is_chosen_by_line_and_quantity() {
    let mut order = sample::unpacked();
    order.lines[1].cancelled_quantity = 1;
    order.lines[2].cancelled_quantity = 1;
    let mut flow = form(&order, sample::preview());
    flow.draft.part = true;
    flow.ask = Ask::Idle;
    let html = render(Lang::ZhCn, flow, order);
    assert_eq!(
        html.matches("class=\"stepper\"").count(),
        2,
        "what is cancelled is not offered"
    );
    assert!(html.contains("¥128.00 ×1") && html.contains("取消几件：手作陶瓷马克杯"));
    assert!(html.contains("请至少选择 1 件要取消的商品。"));
    assert!(
        !html.contains("refund-slip-total"),
        "no sum for a part of nothing"
    );
    let one = sample::preview();
    let mut single = sample::unpacked();
    single.lines.truncate(1);
    let html = render(Lang::ZhCn, form(&single, one), single);
    assert!(
        !html.contains("class=\"segments\""),
        "one piece has no parts"
    );
}

#[test]
fn what_stays_in_the_order_is_told_with_its_reason_and_not_offered() {
    let order = sample::mixed();
    let flow = form(&order, sample::preview());
    let html = render(Lang::ZhCn, flow.clone(), order.clone());
    assert_eq!(dialog_title(Lang::ZhCn, &flow), "取消部分商品？");
    assert_eq!(confirm_words(Lang::ZhCn, &flow), "确认取消 3 件");
    assert!(html.contains("这些商品会留在订单里") && html.contains("定制或预售商品的库存已锁定"));
    assert!(html.contains("所有可取消的") && !html.contains("整单取消"));
    let title = &order.lines[0].title;
    assert!(html.contains(&format!("{title} ×1")));
    assert!(!html.contains(&format!("取消几件：{title}")));
    let whole = form(&sample::unpacked(), sample::preview());
    let html = render(Lang::ZhCn, whole, sample::unpacked());
    assert!(!html.contains("留在订单里"), "nothing stays");
}

#[test]
fn while_the_sum_is_worked_out_the_old_one_is_dimmed() {
    let mut flow = at(Step::Form);
    flow.ask = Ask::Asked;
    let html = render(Lang::En, flow, sample::unpacked());
    assert!(html.contains("aria-busy=\"true\"") && html.contains("¥1,234.50"));
    assert!(html.contains("aria-disabled=\"true\""));
}

#[test]
fn an_unpaid_order_has_nothing_to_refund() {
    let order = sample::unpaid_cancellable();
    let preview = CancellationPreview {
        refunds: Vec::new(),
        refund_total: sample::cny(0),
        restored: Vec::new(),
        not_restored: Vec::new(),
        partial_allowed: false,
        ..sample::preview()
    };
    let html = render(Lang::ZhCn, form(&order, preview), order);
    assert!(html.contains("没有要退的款") && html.contains("库存会立即释放"));
}

#[test]
fn by_request_says_that_staff_decide_and_carries_number_and_time_of_payment() {
    let order = sample::by_request();
    let preview = CancellationPreview {
        outcome: Outcome::Requested,
        ..sample::preview()
    };
    let flow = form(&order, preview);
    let html = render(Lang::ZhCn, flow.clone(), order);
    for text in [
        "由客服决定",
        "TP202611210318",
        "2026年11月21日 21:42",
        "提交取消申请",
        "同意后退回给您",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert_eq!(dialog_title(Lang::ZhCn, &flow), "申请取消订单");
}

#[test]
fn words_are_asked_for_when_the_reason_needs_them() {
    let mut flow = at(Step::Form);
    flow.draft.reason = Some("other".into());
    flow.draft.note = "</textarea><script>".into();
    let html = render(Lang::En, flow, sample::unpacked());
    assert!(html.contains("<textarea") && html.contains("19 of at most 500 characters"));
    assert!(!html.contains("<script>"));
}

#[test]
fn a_lost_answer_says_honestly_what_is_not_known() {
    let html = render(Lang::ZhCn, at(Step::Lost(attempt())), sample::unpacked());
    assert!(html.contains("role=\"alert\"") && html.contains("不确定订单是否已经取消"));
    assert!(html.contains("不会取消两次") && html.contains("再试一次"));
    has_a_person(&html);
    for fieldset in html.split("<fieldset").skip(1) {
        let tag = fieldset.split('>').next().unwrap_or_default();
        assert!(
            tag.contains(" disabled"),
            "the same is sent again, so it stays as it is: {tag}"
        );
    }
}

#[test]
fn trouble_of_the_server_is_told_in_place_with_its_number() {
    let why = FailureWords {
        title: "T".into(),
        text: "quote req-1".into(),
        retry: true,
        way_out: None,
        contact: None,
    };
    let html = render(
        Lang::En,
        at(Step::Failed(attempt(), why)),
        sample::unpacked(),
    );
    assert!(html.contains("quote req-1") && html.contains("never cancelled twice"));
    has_a_person(&html);
}

/// A person who knows what it is about is the first way out of whatever went wrong (PRODUCT §2).
#[track_caller]
fn has_a_person(html: &str) {
    for way in [
        "href=\"/support?order=o1&amp;topic=cancellation\"",
        "href=\"tel:4008200403\"",
        "mailto:",
    ] {
        assert!(html.contains(way), "{way}: {html}");
    }
}

#[test]
fn a_preview_that_failed_and_a_cancel_that_was_rejected_lead_to_a_person_too() {
    let why = || FailureWords {
        title: "T".into(),
        text: "X".into(),
        retry: true,
        way_out: None,
        contact: None,
    };
    let form = at(Step::Form);
    assert!(!render(Lang::En, form.clone(), sample::unpacked()).contains("/support?"));
    let no_preview = Flow {
        ask: Ask::Failed(why()),
        preview: None,
        ..form.clone()
    };
    has_a_person(&render(Lang::En, no_preview, sample::unpacked()));
    let rejected = Flow {
        rejected: Some(why()),
        ..form
    };
    has_a_person(&render(Lang::En, rejected, sample::unpacked()));
}

#[test]
fn a_refusal_says_the_new_state_and_the_way_on() {
    let order = sample::packing();
    let refusal = Facts::of(&order).refusal;
    for lang in Lang::ALL {
        for step in [
            Step::Refused(refusal.clone()),
            Step::Overtaken(refusal.clone()),
        ] {
            let html = render(lang, at(step), order.clone());
            has_a_person(&html);
            assert!(
                !html.contains("type=\"submit\""),
                "there is nothing to confirm"
            );
        }
    }
    let html = render(Lang::ZhCn, at(Step::Refused(refusal)), order);
    assert!(
        html.contains("仓库已经开始打包")
            && html.contains("“打包中”")
            && html.contains("role=\"alert\"")
    );
    let shipped = sample::shipped();
    let refusal = Facts::of(&shipped).refusal;
    let html = render(Lang::ZhCn, at(Step::NotPossible(refusal)), shipped);
    assert!(html.contains("拒收包裹") && html.contains("申请退货退款"));
}

#[test]
fn an_order_that_is_cancelled_already_is_not_called_a_failure() {
    let order = sample::cancelled_by(CancelledBy::Seller);
    let step = Step::Refused(Facts::of(&order).refusal);
    assert_eq!(dialog_title(Lang::ZhCn, &at(step.clone())), "已经取消");
    let html = render(Lang::ZhCn, at(step), order);
    assert!(html.contains("订单已经取消") && html.contains("商家取消了订单"));
}

#[test]
fn done_says_where_the_money_goes_and_is_announced() {
    let settled = Settled {
        whole: true,
        refunds: vec![sample::refund("o1-R1", RefundState::Approved)],
        restored: sample::preview().restored,
        not_restored: Vec::new(),
    };
    let order = sample::cancelled_by(CancelledBy::Shopper);
    let html = render(Lang::En, at(Step::Done(settled)), order);
    for text in [
        "role=\"status\"",
        "The order is cancelled",
        "微信零钱",
        "Sent by 25 Nov, expected 1–4 Dec",
        "points come back",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let help = "/help/points-and-coupons?shop=tepai&amp;version=2026-01";
    assert!(!html.contains(help), "{html}");
    let lost = Settled {
        not_restored: vec![NotRestored {
            title: "满减券".into(),
            reason: NotRestoredReason::Expired,
        }],
        ..Settled::default()
    };
    let html = render(
        Lang::En,
        at(Step::Done(lost)),
        sample::cancelled_by(CancelledBy::Shopper),
    );
    assert!(html.contains(help), "{html}");
    let html = render(
        Lang::ZhCn,
        at(Step::Done(Settled::default())),
        sample::unpaid(),
    );
    assert!(html.contains("没有付款，不用退款"));
}

#[test]
fn a_cancel_that_counts_says_so_and_what_follows_unless_the_reason_never_counts() {
    let counting = |counted, leads_to| CancelCounting {
        counted,
        leads_to,
        limit_at: 3,
        limit_days: 14,
        free: 4,
        forget_days: 30,
        never_for: vec!["too_slow".into()],
    };
    let shown_in = |lang, counting, reason: &str| {
        let order = sample::unpacked();
        let preview = CancellationPreview {
            counting: Some(counting),
            ..sample::preview()
        };
        let mut flow = form(&order, preview);
        flow.draft.reason = Some(reason.into());
        render(lang, flow, order)
    };
    let shown = |counting, reason: &str| shown_in(Lang::En, counting, reason);
    let warned = shown(counting(1, Some(LadderStep::Warning)), "changed_mind");
    assert!(warned.contains("After this one you would be warned"));
    assert!(warned.contains("Beyond 4 within 30 days") && warned.contains("for 14 days"));
    let last = shown(counting(3, Some(LadderStep::Limit)), "changed_mind");
    assert!(last.contains("After this one, staff would decide"));
    let only = shown(counting(2, None), "changed_mind");
    assert!(only.contains("This cancellation would count"));
    // What counts is called as the policy's page calls it, and defines it.
    let step = |leads_to| shown_in(Lang::ZhCn, counting(3, leads_to), "changed_mind");
    let chinese = [
        (None, "30 天内较晚的取消，超过 4 次"),
        (Some(LadderStep::Limit), "第 3 次较晚的取消"),
    ];
    for (leads_to, text) in chinese {
        let html = step(leads_to);
        assert!(html.contains(text), "{text}: {html}");
    }
    let never = shown(counting(3, Some(LadderStep::Limit)), "too_slow");
    assert!(!never.contains("staff would decide") && !never.contains("would count"));
    assert!(never.contains("does not count"), "{never}");
    // Nobody has to look below the reasons to see it.
    for html in [&warned, &never] {
        assert!(html.find("count") < html.find("name=\"reason\""), "{html}");
    }
    let ordinary = render(Lang::En, at(Step::Form), sample::unpacked());
    assert!(!ordinary.contains("would count"));
}

#[test]
fn who_is_limited_reads_why_staff_decide_and_until_when() {
    let mut order = sample::by_request();
    order.limit = Some(CancelLimit {
        until: sample::instant("2026-12-01T04:00:00.000Z"),
        free: 4,
        forget_days: 30,
    });
    let preview = CancellationPreview {
        outcome: Outcome::Requested,
        ..sample::preview()
    };
    let html = render(Lang::ZhCn, form(&order, preview), order);
    assert!(html.contains("30 天内，较晚的取消超过 4 次") && html.contains("2026年12月1日 12:00"));
}
