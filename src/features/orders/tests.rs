//! The list, its cards and its empty states, rendered without a browser.

use leptos::prelude::*;
use orders_api::{
    Action, AddressField, Cancellation, CancellationKind, CancelledBy, Instant, Line, LineKind,
    Money, OrderList, OrderState, OrderSummary, Pending, PendingCause, Shop, Tab, TabCounts,
};

use super::cards::card;
use super::empties::empty;
use super::list::List;
use super::outlook::{Says, outlook};
use super::views::{SkeletonView, TabsView};
use crate::paths::OrdersQuery;
use crate::words::{Lang, codes};

/// 2026-11-22 16:30 in Beijing.
const NOW: i64 = 1_795_336_200;

fn cny(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

fn line(id: &str, title: &str, quantity: u32) -> Line {
    Line {
        id: id.into(),
        title: title.into(),
        variant: Some("天青".into()),
        quantity,
        cancelled_quantity: 0,
        unit_price: cny(5_000),
        total: cny(5_000 * i64::from(quantity)),
        image_url: Some("/products/mug.svg".into()),
        kind: LineKind::Physical,
        stays: None,
    }
}

fn cancellation(kind: CancellationKind) -> Cancellation {
    Cancellation {
        kind,
        until: None,
        reason: None,
        reason_label: None,
        next_steps: Vec::new(),
        by: None,
        at: None,
        note: None,
    }
}

/// An order in `state`, with which nothing can be done but to contact support.
pub(super) fn order(state: OrderState) -> OrderSummary {
    OrderSummary {
        id: "ord_1".into(),
        external_id: "e1".into(),
        number: "TP202611220001".into(),
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        state,
        version: 1,
        placed_at: Instant("2026-11-22T08:02:00.000Z".into()),
        pay_by: None,
        total: cny(123_450),
        lines: vec![line("l1", "青瓷马克杯", 2)],
        cancellation: cancellation(CancellationKind::NotPossible),
        pending: None,
        actions: vec![Action::ContactSupport],
        refunding: None,
    }
}

fn rendered(lang: Lang, view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| {
        provide_context(lang);
        view().to_html()
    })
}

fn card_of(lang: Lang, order: &OrderSummary) -> String {
    rendered(lang, || {
        card(lang, order, Signal::stored(NOW), Callback::new(|_| {}))
    })
}

#[test]
fn a_card_says_what_how_much_and_in_which_state() {
    for lang in Lang::ALL {
        for state in OrderState::ALL {
            let html = card_of(lang, &order(state));
            for part in [
                "TP202611220001",
                "¥1,234.50",
                "青瓷马克杯",
                "天青 ×2",
                "B特派",
                "href=\"/orders/ord_1\"",
                codes::state(lang, state),
            ] {
                assert!(
                    html.contains(part),
                    "{lang:?} {state:?}: no {part} in {html}"
                );
            }
        }
    }
    assert!(card_of(Lang::ZhCn, &order(OrderState::Packing)).contains("今天 16:02"));
    assert!(card_of(Lang::En, &order(OrderState::Packing)).contains("Today 16:02"));
}

#[test]
fn the_way_to_cancel_is_there_exactly_when_the_server_offers_it() {
    let way = "href=\"/orders/ord_1/cancel\"";
    for lang in Lang::ALL {
        for state in OrderState::ALL {
            // What the server says about cancelling in general is not an offer.
            for kind in [
                CancellationKind::SelfService,
                CancellationKind::ByRequest,
                CancellationKind::NotPossible,
                CancellationKind::Cancelled,
                CancellationKind::Requested,
            ] {
                let mut order = order(state);
                order.cancellation = cancellation(kind);
                assert!(!card_of(lang, &order).contains(way), "{state:?} {kind:?}");
            }
            for (action, label) in [
                (Action::Cancel, ["取消订单", "Cancel order"]),
                (Action::RequestCancellation, ["申请取消", "Ask to cancel"]),
            ] {
                let mut order = order(state);
                order.actions = vec![action, Action::ContactSupport];
                let html = card_of(lang, &order);
                assert!(html.contains(way), "{state:?} {action:?}");
                let label = match lang {
                    Lang::ZhCn => label[0],
                    Lang::En => label[1],
                };
                assert!(html.contains(label), "{state:?} {action:?}");
            }
        }
    }
}

#[test]
fn what_the_order_waits_for_comes_before_cancelling_it() {
    let mut unpaid = order(OrderState::AwaitingPayment);
    unpaid.actions = vec![Action::Pay, Action::Cancel, Action::ContactSupport];
    let mut incomplete = order(OrderState::PendingConfirmation);
    incomplete.actions = vec![
        Action::CorrectAddress,
        Action::Cancel,
        Action::ContactSupport,
    ];
    incomplete.pending = Some(Pending {
        cause: PendingCause::IncompleteInfo,
        missing: vec![AddressField::Phone, AddressField::Street],
    });
    for (order, label, says) in [
        (unpaid, "去付款", "付款"),
        (incomplete, "补全信息", "收件电话、详细地址需要补全"),
    ] {
        let html = card_of(Lang::ZhCn, &order);
        assert!(html.contains(label) && html.contains(says), "{html}");
        assert!(!html.contains("/cancel\""), "{html}");
        assert!(html.contains("data-kind=\"primary\""), "{html}");
    }
}

#[test]
fn an_unpaid_order_counts_down() {
    let mut unpaid = order(OrderState::AwaitingPayment);
    unpaid.pay_by = Some(Instant("2026-11-22T08:58:41.000Z".into()));
    let html = card_of(Lang::ZhCn, &unpaid);
    assert!(html.contains("00:28:41"), "{html}");
    assert!(html.contains("role=\"timer\""), "{html}");
    unpaid.pay_by = Some(Instant("2026-11-22T08:30:00.000Z".into()));
    assert!(card_of(Lang::En, &unpaid).contains("The time to pay is up"));
}

#[test]
fn money_on_its_way_back_is_said_in_every_quiet_state() {
    for state in [
        OrderState::Unpacked,
        OrderState::Packing,
        OrderState::Shipped,
        OrderState::Delivered,
        OrderState::Completed,
        OrderState::Cancelled,
    ] {
        let mut order = order(state);
        order.refunding = Some(cny(4_999));
        let html = card_of(Lang::En, &order);
        assert!(html.contains("¥49.99 on its way back"), "{state:?}: {html}");
    }
}

#[test]
fn a_cancelled_order_says_who_and_why() {
    let mut order = order(OrderState::Cancelled);
    order.cancellation = Cancellation {
        by: Some(CancelledBy::Seller),
        reason_label: Some("缺货".into()),
        ..cancellation(CancellationKind::Cancelled)
    };
    let Says::Text(text) = outlook(Lang::ZhCn, &order).says else {
        panic!("nothing is said");
    };
    assert_eq!(text, "商家取消了订单：缺货");
}

#[test]
fn an_open_request_is_said_instead_of_the_state() {
    let mut order = order(OrderState::Unpacked);
    order.cancellation = cancellation(CancellationKind::Requested);
    order.actions = vec![Action::WithdrawRequest, Action::ContactSupport];
    let html = card_of(Lang::ZhCn, &order);
    assert!(
        html.contains("取消申请处理中") && html.contains("查看申请"),
        "{html}"
    );
}

#[test]
fn many_lines_show_some_pictures_and_how_many_are_left() {
    let mut order = order(OrderState::Packing);
    for (lines, pictures, left) in [(2, 2, None), (3, 3, None), (4, 4, None), (5, 3, Some("+2"))] {
        order.lines = (0..lines)
            .map(|n| line(&format!("l{n}"), "杯", 2))
            .collect();
        let html = card_of(Lang::En, &order);
        assert_eq!(html.matches("<img").count(), pictures, "{lines}");
        assert!(left.is_none_or(|left| html.contains(left)), "{html}");
        assert!(
            html.contains(&format!("杯 and {} more", lines - 1)),
            "{html}"
        );
        assert!(html.contains(&format!("{} items", lines * 2)), "{html}");
    }
    assert!(card_of(Lang::ZhCn, &order).contains("杯 等 5 种商品"));
}

#[test]
fn markup_in_a_title_stays_text() {
    let mut order = order(OrderState::Shipped);
    order.lines[0].title = "<img src=x onerror=alert(1)>".into();
    order.shop.name = "\"><script>".into();
    order.id = "\" onclick=\"x".into();
    let html = card_of(Lang::En, &order);
    assert!(
        !html.contains("<img src=x") && !html.contains("<script>"),
        "{html}"
    );
    assert!(!html.contains("\" onclick"), "{html}");
}

#[test]
fn each_kind_of_nothing_has_its_own_words_and_way_out() {
    let list = |query: OrdersQuery, all| {
        let counts = TabCounts {
            all,
            ..TabCounts::default()
        };
        let answer = OrderList {
            items: Vec::new(),
            next_cursor: None,
            counts,
        };
        List::new(query, answer)
    };
    let searched = |tab| OrdersQuery {
        tab,
        q: "杯".into(),
        ..OrdersQuery::default()
    };
    for (list, says, leads_to) in [
        (list(OrdersQuery::default(), 0), "还没有订单", None),
        (
            list(OrdersQuery::default().in_tab(Tab::Cancelled), 0),
            "还没有订单",
            None,
        ),
        (
            list(OrdersQuery::default().in_tab(Tab::ToReceive), 5),
            "没有待收货的订单",
            Some("href=\"/orders\""),
        ),
        (
            list(searched(Tab::All), 0),
            "没有符合条件的订单",
            Some("href=\"/orders\""),
        ),
        (
            list(searched(Tab::Cancelled), 0),
            "没有符合条件的订单",
            Some("href=\"/orders?tab=cancelled\""),
        ),
        (
            list(searched(Tab::Cancelled), 3),
            "3 个",
            Some("href=\"/orders?q=%E6%9D%AF\""),
        ),
    ] {
        let html = rendered(Lang::ZhCn, || empty(Lang::ZhCn, &list));
        assert!(html.contains(says), "{html}");
        match leads_to {
            Some(href) => assert!(html.contains(href), "{html}"),
            None => assert!(!html.contains("href="), "{html}"),
        }
    }
}

#[test]
fn tabs_are_links_that_keep_the_search() {
    let query = OrdersQuery {
        tab: Tab::ToShip,
        q: "杯".into(),
        ..OrdersQuery::default()
    };
    let counts = TabCounts {
        all: 60,
        to_ship: 18,
        ..TabCounts::default()
    };
    let html = rendered(Lang::En, || {
        view! { <TabsView query=Signal::stored(query) counts=Signal::stored(Some(counts))/> }
            .into_any()
    });
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
    assert!(
        html.contains("href=\"/orders?tab=cancelled&amp;q=%E6%9D%AF\""),
        "{html}"
    );
    assert!(html.contains(">18<") && html.contains(">60<"), "{html}");
}

#[test]
fn skeletons_are_not_read_out() {
    let html = rendered(Lang::En, || view! { <SkeletonView/> }.into_any());
    assert_eq!(html.matches("aria-hidden=\"true\"").count(), 4);
}
