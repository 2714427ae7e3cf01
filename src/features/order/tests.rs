//! The order's page, rendered on the host.

use leptos::prelude::*;
use orders_api::{Action, *};

use super::address::AddressForm;
use super::news::News;
use super::sample;
use super::view_actions::Withdraw;
use super::views::{OrderParts, OrderView};
use crate::format;
use crate::words::{Lang, codes};

fn parts(order: &OrderDetail) -> OrderParts {
    let address = AddressForm::new();
    address.fill(order);
    OrderParts {
        news: Signal::stored(None),
        left: Signal::stored(None),
        now: Signal::stored(0),
        decides: Signal::stored(60),
        withdraw: Withdraw {
            busy: Signal::stored(false),
            error: Signal::stored(None),
            press: Callback::new(|()| {}),
        },
        before_cancel: Callback::new(|()| {}),
        address,
        save_address: Callback::new(|()| {}),
        copy: Callback::new(|_| {}),
        key: StoredValue::new(Some("k1".into())),
    }
}

fn render_with(lang: Lang, order: OrderDetail, change: impl FnOnce(&mut OrderParts)) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(lang);
        let mut parts = parts(&order);
        change(&mut parts);
        view! { <OrderView lang order=Signal::stored(order) parts/> }.to_html()
    })
}

fn render(lang: Lang, order: OrderDetail) -> String {
    render_with(lang, order, |_| {})
}

fn every_order() -> Vec<OrderDetail> {
    vec![
        sample::unpaid(),
        sample::unpaid_cancellable(),
        sample::incomplete(),
        sample::waiting(),
        sample::unpacked(),
        sample::by_request(),
        sample::requested(),
        sample::declined(),
        sample::packing(),
        sample::shipped(),
        sample::delivered(),
        sample::completed(),
        sample::cancelled_by(CancelledBy::Shopper),
        sample::cancelled_by(CancelledBy::Seller),
        sample::cancelled_by(CancelledBy::Staff),
        sample::cancelled_by(CancelledBy::Timeout),
    ]
}

#[test]
fn the_button_is_there_exactly_when_the_server_offers_it() {
    for lang in Lang::ALL {
        for order in every_order() {
            let offered = order
                .actions
                .iter()
                .any(|action| matches!(action, Action::Cancel | Action::RequestCancellation));
            let html = render(lang, order.clone());
            assert_eq!(
                html.contains("/orders/o1/cancel"),
                offered,
                "{:?}",
                order.state
            );
            // Never from the kind of the cancellation, nor from the state.
            let mut without = order.clone();
            without.actions = vec![Action::ContactSupport];
            assert!(!render(lang, without).contains("/orders/o1/cancel"));
        }
    }
}

#[test]
fn every_state_says_what_it_is_and_how_to_reach_a_person() {
    for lang in Lang::ALL {
        for order in every_order() {
            let html = render(lang, order.clone());
            assert!(html.contains(codes::state(lang, order.state)));
            assert!(html.contains("href=\"tel:4008200403\""));
            assert!(html.contains("href=\"mailto:support@tepai.example?subject="));
            assert!(!html.contains("{") && !html.contains(" style"), "{html}");
        }
    }
}

#[test]
fn the_amounts_are_all_there_and_add_up() {
    let order = sample::unpacked();
    let amounts = &order.amounts;
    let sum = amounts.goods.amount
        - amounts.discount.amount
        - amounts.coupon.amount
        - amounts.points_value.amount
        + amounts.freight.amount;
    assert_eq!(sum, amounts.total.amount);
    let html = render(Lang::En, order.clone());
    for amount in [
        "¥1,344.00",
        "¥12.00",
        "−¥80.00",
        "−¥20.00",
        "−¥21.50",
        "¥1,234.50",
    ] {
        assert!(html.contains(&format!("<dd>{amount}</dd>")), "{amount}");
    }
    assert!(html.contains("Points (2,150)"));
    assert!(html.contains(&format::money(&order.lines[1].total)));
}

#[test]
fn when_it_cannot_be_cancelled_the_page_says_why_and_a_person_comes_first() {
    for order in [
        sample::packing(),
        sample::shipped(),
        sample::delivered(),
        sample::declined(),
    ] {
        for lang in Lang::ALL {
            let reason = order.cancellation.reason.as_deref().unwrap_or_default();
            let reason =
                NotPossibleReason::from_code(reason).map(|why| codes::not_possible(lang, why));
            let html = render(lang, order.clone());
            // An apostrophe is as good as its entity.
            assert!(html.contains(reason.unwrap_or("?")), "{reason:?}");
            let first = html.split("\"next-step-title\">").nth(1);
            let person = super::words::Words::of(lang).support_title;
            assert!(
                first.is_some_and(|first| first.starts_with(person)),
                "{first:?}"
            );
        }
    }
    assert!(render(Lang::ZhCn, sample::declined()).contains("客服答复：已经在生产了"));
}

#[test]
fn a_pending_order_names_its_cause_and_asks_for_what_is_missing() {
    let html = render(Lang::ZhCn, sample::incomplete());
    assert!(html.contains("收货信息不完整"));
    assert!(html.contains("id=\"phone\"") && html.contains("aria-invalid=\"true\""));
    assert!(
        !html.contains("id=\"street\""),
        "what is there already is not asked for"
    );
    assert!(html.contains("修改其他收货信息"));
    let mut waiting = sample::incomplete();
    waiting.pending = Some(Pending {
        cause: PendingCause::NoCourier,
        missing: Vec::new(),
    });
    waiting.actions = vec![Action::Cancel];
    let html = render(Lang::En, waiting);
    assert!(html.contains(codes::pending_cause(Lang::En, PendingCause::NoCourier)));
    assert!(!html.contains("address-form"));
}

#[test]
fn a_request_can_be_withdrawn_and_a_failure_to_do_so_is_told_in_place() {
    let html = render(Lang::En, sample::requested());
    assert!(
        html.contains("Withdraw request") && html.contains("不想要了") && html.contains("买多了")
    );
    let html = render_with(Lang::En, sample::requested(), |parts| {
        parts.withdraw.error = Signal::stored(Some("No connection".into()));
    });
    assert!(html.contains("role=\"alert\"") && html.contains("No connection"));
    let bar = html.split("action-bar-note").nth(1).unwrap_or_default();
    assert!(
        bar.contains("href=\"/support?order=o1&amp;topic=cancellation\""),
        "{bar}"
    );
}

#[test]
fn an_address_that_was_not_taken_leads_to_a_person() {
    let html = render_with(Lang::En, sample::incomplete(), |parts| {
        parts.address.error.set(Some("No connection".into()));
    });
    let alert = html.split("role=\"alert\"").nth(1).unwrap_or_default();
    assert!(alert.contains("No connection"), "{html}");
    assert!(
        alert.contains("href=\"/support?order=o1&amp;topic=address\""),
        "{alert}"
    );
}

#[test]
fn a_refund_says_where_the_money_is_and_when_it_arrives() {
    for (state, now, text) in [
        (
            RefundState::Approved,
            "Accepted",
            "Sent to the provider by Wed 25 Nov, expected Tue 1 Dec – Fri 4 Dec",
        ),
        (RefundState::Sent, "Sent", "Expected Tue 1 Dec – Fri 4 Dec"),
        (
            RefundState::InClearing,
            "Clearing",
            "Expected Tue 1 Dec – Fri 4 Dec",
        ),
        (RefundState::Arrived, "", "Arrived on Sun 22 Nov"),
        (RefundState::Failed, "", "the money is not back yet"),
    ] {
        let mut order = sample::cancelled_by(CancelledBy::Shopper);
        order.refunds = vec![sample::refund("o1-R1", state)];
        let html = render(Lang::En, order);
        assert!(html.contains(text), "{state:?}");
        assert!(html.contains("微信零钱"));
        if !now.is_empty() {
            let step = html.split("aria-current=\"step\"").nth(1);
            let step = step.and_then(|step| step.split("</li>").next());
            assert!(
                step.is_some_and(|step| step.contains(now)),
                "{state:?} {step:?}"
            );
        }
    }
    let mut estimated = sample::cancelled_by(CancelledBy::Shopper);
    estimated.refunds[0].estimated = true;
    assert!(render(Lang::ZhCn, estimated).contains("日期为估算"));
}

#[test]
fn a_refund_leads_to_its_page_and_says_when_it_is_late_or_why_it_failed() {
    let mut order = sample::cancelled_by(CancelledBy::Shopper);
    order.refunds = vec![
        Refund {
            late: Some(Lateness::NotSent),
            ..sample::refund("o1-R1", RefundState::Approved)
        },
        Refund {
            late: Some(Lateness::NotArrived),
            ..sample::refund("o1-R2", RefundState::InClearing)
        },
        Refund {
            failure: Some(RefundFailure::TooOld),
            ..sample::refund("o1-R3", RefundState::Failed)
        },
    ];
    let html = render(Lang::En, order);
    for text in [
        "href=\"/refunds/o1-R1\"",
        "href=\"/refunds/o1-R2\"",
        "href=\"/refunds/o1-R3\"",
        "Late: it was to be sent by Wed 25 Nov.",
        "Late: it was to arrive by Fri 4 Dec.",
        codes::refund_failure(Lang::En, RefundFailure::TooOld),
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
}

#[test]
fn following_a_refund_leads_to_the_one_that_is_under_way() {
    let mut order = sample::cancelled_by(CancelledBy::Shopper);
    order.refunds = vec![
        sample::refund("o1-R1", RefundState::Arrived),
        sample::refund("o1-R2", RefundState::Sent),
    ];
    let owner = Owner::new();
    let html = owner.with(|| {
        super::next_steps::next_steps(Lang::En, &order, &[NextStep::FollowRefund]).to_html()
    });
    assert!(html.contains("href=\"/refunds/o1-R2\""), "{html}");
}

#[test]
fn a_failed_refund_never_says_that_it_arrived() {
    let words = super::words::Words::of(Lang::En);
    for (state, arrived) in [(RefundState::Arrived, true), (RefundState::Failed, false)] {
        let mut order = sample::cancelled_by(CancelledBy::Shopper);
        order.refunds = vec![sample::refund("o1-R1", state)];
        let html = render(Lang::En, order);
        assert_eq!(
            html.contains(&format!(">{}", words.refund_arrived)),
            arrived,
            "{html}"
        );
    }
}

#[test]
fn a_failed_refund_is_shown_only_where_it_is_known_to_have_been() {
    let mut order = sample::cancelled_by(CancelledBy::Shopper);
    for (sent_at, done) in [
        (Some(sample::instant("2026-11-23T02:00:00.000Z")), 2),
        (None, 1),
    ] {
        let refund = sample::refund("o1-R1", RefundState::Failed);
        order.refunds = vec![Refund { sent_at, ..refund }];
        let html = render(Lang::En, order.clone());
        let track = html.split("class=\"track\"").nth(1).unwrap_or_default();
        let track = track.split("</ol>").next().unwrap_or_default();
        assert_eq!(track.matches("data-step=\"done\"").count(), done, "{track}");
        assert_eq!(track.matches("data-step=\"failed\"").count(), 1, "{track}");
    }
}

#[test]
fn the_timeline_names_a_refund_by_its_amount_and_not_by_its_id() {
    let mut order = sample::cancelled_by(CancelledBy::Shopper);
    order.timeline[0].what = TimelineEvent::RefundApproved;
    order.timeline[0].detail = Some("o1-R1".into());
    let html = render(Lang::ZhCn, order);
    let timeline = html.split("class=\"timeline\"").nth(1).unwrap_or_default();
    assert!(
        timeline.contains("¥1,234.50 · 微信零钱") && !timeline.contains("o1-R1"),
        "{timeline}"
    );
}

#[test]
fn a_cancelled_order_says_by_whom_when_and_why() {
    let html = render(Lang::ZhCn, sample::cancelled_by(CancelledBy::Seller));
    assert!(html.contains("商家取消了订单（2026年11月22日 16:05）"));
    assert!(html.contains("原因：不想要了"));
    assert!(html.contains("已取消 2 件"));
}

#[test]
fn an_unpaid_order_counts_down_and_leads_to_the_payment() {
    let html = render_with(Lang::ZhCn, sample::unpaid(), |parts| {
        parts.left = Signal::stored(Some(1_721));
    });
    assert!(html.contains("00:28:41") && html.contains("role=\"timer\""));
    assert!(html.contains("href=\"https://pay.example/o1\"") && html.contains("去付款 ¥1,234.50"));
    let html = render_with(Lang::ZhCn, sample::unpaid(), |parts| {
        parts.left = Signal::stored(Some(0));
    });
    assert!(html.contains("正在关闭"));
}

#[test]
fn being_overtaken_is_announced_politely() {
    let html = render_with(Lang::ZhCn, sample::packing(), |parts| {
        parts.news = Signal::stored(Some(News::Packing));
    });
    let region = html.split("role=\"status\" class=\"order-news\">").nth(1);
    assert!(
        region.is_some_and(|region| region.contains("仓库刚刚开始打包")),
        "{html}"
    );
}

#[test]
fn what_comes_from_outside_is_text_and_never_markup() {
    let evil = "<script>alert('x')</script>\"onload=\"";
    let mut order = sample::cancelled_by(CancelledBy::Seller);
    order.number = evil.into();
    order.shop.name = evil.into();
    order.lines[0].title = evil.into();
    order.lines[0].variant = Some(evil.into());
    order.lines[0].image_url = Some(evil.into());
    order.cancellation.note = Some(evil.into());
    order.cancellation.reason_label = Some(evil.into());
    order.refunds[0].account = evil.into();
    order.timeline[0].detail = Some(evil.into());
    order.support.email = evil.into();
    order.id = evil.into();
    let html = render(Lang::En, order);
    assert!(!html.contains("<script"), "{html}");
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        assert!(!tag.contains("\"onload"), "{tag}");
    }
}

#[test]
fn an_order_that_staff_decide_because_of_a_limit_says_why_and_until_when() {
    for order in [sample::by_request(), sample::requested()] {
        assert!(!render(Lang::En, order.clone()).contains("too often"));
        let limited = OrderDetail {
            limit: Some(CancelLimit {
                until: sample::instant("2026-12-01T04:00:00.000Z"),
                free: 4,
                forget_days: 30,
            }),
            ..order
        };
        let html = render(Lang::En, limited.clone());
        assert!(html.contains("more than 4 times in 30 days"), "{html}");
        assert!(html.contains("It ends by itself."));
        let chinese = render(Lang::ZhCn, limited);
        assert!(
            chinese.contains("30 天内，较晚的取消超过 4 次"),
            "{chinese}"
        );
        let article = "/help/does-cancelling-harm?shop=tepai";
        assert!(html.contains(article), "{html}");
    }
}

#[test]
fn a_warning_and_a_limit_in_the_timeline_lead_to_what_cancelling_too_often_does() {
    let article = "/help/does-cancelling-harm?shop=tepai";
    let with = |what, detail: &str| {
        let mut order = sample::cancelled_by(CancelledBy::Shopper);
        order.timeline.insert(
            0,
            TimelineEntry {
                at: sample::instant("2026-12-01T04:00:00.000Z"),
                what,
                by: Actor::System,
                detail: Some(detail.into()),
            },
        );
        render(Lang::En, order).matches(article).count()
    };
    assert_eq!(with(TimelineEvent::CancelWarned, "21 late"), 1);
    assert_eq!(with(TimelineEvent::CancelLimited, "Until 1 Dec 2026"), 1);
    assert_eq!(with(TimelineEvent::LimitLifted, "A mistake."), 0);
}

#[test]
fn what_comes_to_mind_where_an_order_stands_leads_to_its_article_under_the_orders_policy() {
    let limited = OrderDetail {
        limit: Some(CancelLimit {
            until: sample::instant("2026-12-01T00:00:00.000Z"),
            free: 20,
            forget_days: 30,
        }),
        ..sample::by_request()
    };
    let asked = [
        LinkedArticle::UnpaidOrder,
        LinkedArticle::EndTheWaiting,
        LinkedArticle::DoesCancellingHarm,
        LinkedArticle::SellerCancelled,
    ];
    for (order, expected) in [
        (sample::unpaid(), Some(LinkedArticle::UnpaidOrder)),
        (sample::incomplete(), Some(LinkedArticle::EndTheWaiting)),
        (limited, Some(LinkedArticle::DoesCancellingHarm)),
        (
            sample::cancelled_by(CancelledBy::Seller),
            Some(LinkedArticle::SellerCancelled),
        ),
        (sample::cancelled_by(CancelledBy::Shopper), None),
        (sample::unpacked(), None),
        (sample::shipped(), None),
    ] {
        let order = OrderDetail {
            policy_version: "2025-07".into(),
            ..order
        };
        let html = render(Lang::En, order);
        for article in asked {
            let href = format!("/help/{}?shop=tepai&amp;version=2025-07\"", article.code());
            assert_eq!(
                html.contains(&href),
                Some(article) == expected,
                "{href}: {html}"
            );
        }
    }
}
