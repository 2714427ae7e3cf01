//! Orders to test with, and decisions about them that are simpler than the policies'.

use chrono::{DateTime, Duration};
use orders_domain::{
    Actor, Amounts, Change, Channel, Currency, Effects, Instant, Line, LineId, LineKind,
    LineQuantity, LocalText, Order, OrderBody, OrderId, OrderState, OutboxMessage, Payment,
    Promise, Refund, RefundCourse, RefundId, RefundState, ShopperId, TimelineEntry, TimelineEvent,
};
use orders_store::{Answer, Once, Selector, Verdict};

/// 2026-11-22T08:00:00.123Z: milliseconds are kept.
pub fn noon() -> Instant {
    DateTime::from_timestamp_millis(1_795_334_400_123).unwrap()
}

pub fn minutes(minutes: i64) -> Duration {
    Duration::minutes(minutes)
}

pub fn lin() -> ShopperId {
    ShopperId::from("lin")
}

/// A paid order of Lin's that the warehouse has not begun.
pub fn order(id: &str) -> Order {
    Order {
        id: OrderId::from(id),
        external_id: format!("shop-{id}").as_str().into(),
        number: format!("TP{id}"),
        shop: "tepai".into(),
        shopper: lin(),
        state: OrderState::Unpacked,
        version: 1,
        placed_at: noon(),
        pay_by: None,
        paid_at: Some(noon()),
        delivered_at: None,
        body: OrderBody {
            lines: vec![Line {
                id: LineId::from("1"),
                title: LocalText::new("手冲咖啡壶", "Pour-over Kettle"),
                variant: None,
                quantity: 2,
                cancelled_quantity: 0,
                unit_price: 12_900,
                image_url: None,
                kind: LineKind::Physical,
                traits: Vec::new(),
                issued: false,
                returned_quantity: 0,
                components: Vec::new(),
            }],
            amounts: Amounts {
                currency: Currency::CNY,
                goods: 25_800,
                discount: 0,
                coupon: 0,
                points_value: 0,
                points: 0,
                freight: 0,
                total: 25_800,
            },
            address: None,
            payments: vec![Payment {
                channel: Channel::WechatPay,
                account: LocalText::plain("微信零钱"),
                amount: 25_800,
                paid_at: noon(),
                reference: None,
            }],
            coupons: Vec::new(),
            pay_url: None,
            pending: None,
            request: None,
            cancelled: None,
            policy_version: "1".to_owned(),
            parcel: None,
            cases: Vec::new(),
            complaints: Vec::new(),
            drafts: Vec::new(),
        },
        timeline: vec![entry(TimelineEvent::Placed, Actor::Shopper)],
        refunds: Vec::new(),
        marks: Vec::new(),
    }
}

pub fn in_state(id: &str, state: OrderState) -> Order {
    Order { state, ..order(id) }
}

pub fn entry(what: TimelineEvent, by: Actor) -> TimelineEntry {
    TimelineEntry {
        at: noon(),
        what,
        by,
        detail: Some("changed_mind".to_owned()),
    }
}

pub fn refund(order: &Order, number: usize) -> Refund {
    Refund {
        id: RefundId(format!("{}-R{number}", order.id)),
        amount: order.money(25_800),
        channel: Channel::WechatPay,
        account: LocalText::plain("微信零钱"),
        state: RefundState::Approved,
        created_at: noon(),
        updated_at: noon(),
        promise: Promise {
            starts_by: "2026-11-25".parse().unwrap(),
            arrives_from: "2026-12-01".parse().unwrap(),
            arrives_by: "2026-12-04".parse().unwrap(),
            estimated: true,
        },
        course: RefundCourse::default(),
    }
}

/// `order` in its next version and another state.
pub fn moved(mut order: Order, state: OrderState, what: TimelineEvent, by: Actor) -> Change {
    let entry = entry(what, by);
    order.state = state;
    order.version += 1;
    order.timeline.push(entry.clone());
    Change {
        order,
        effects: Effects {
            timeline: vec![entry],
            ..Effects::default()
        },
    }
}

pub fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        body: body.to_owned(),
    }
}

pub fn no_change(status: u16, body: &str) -> Verdict {
    Verdict {
        change: None,
        answer: answer(status, body),
        remember: false,
    }
}

/// Cancels what is not packed: one refund, and three things for the shop to do.
pub fn cancel(order: Option<Order>) -> Verdict {
    let Some(order) = order else {
        return no_change(404, "no such order");
    };
    if order.state != OrderState::Unpacked {
        return no_change(409, order.state.code());
    }
    let refund = refund(&order, order.refunds.len() + 1);
    let mut change = moved(
        order,
        OrderState::Cancelled,
        TimelineEvent::Cancelled,
        Actor::Shopper,
    );
    change.order.refunds.push(refund.clone());
    change.effects.outbox = vec![
        OutboxMessage::ReleaseStock {
            lines: vec![LineQuantity {
                line: LineId::from("1"),
                quantity: 2,
            }],
        },
        OutboxMessage::MakeRefund {
            refund: refund.id.clone(),
        },
        OutboxMessage::OrderCancelled,
    ];
    change.effects.refunds = vec![refund];
    Verdict {
        answer: answer(
            201,
            &format!("cancelled at version {}", change.order.version),
        ),
        change: Some(change),
        remember: true,
    }
}

/// The warehouse begins with what is neither cancelled nor begun.
pub fn start_packing(order: Option<Order>) -> Verdict {
    match order {
        Some(order) if order.state == OrderState::Unpacked => Verdict {
            change: Some(moved(
                order,
                OrderState::Packing,
                TimelineEvent::PackingStarted,
                Actor::Warehouse,
            )),
            answer: answer(200, "packing"),
            remember: true,
        },
        Some(order) => no_change(409, order.state.code()),
        None => no_change(404, "no such order"),
    }
}

/// Changes nothing but the version.
pub fn touch(order: Option<Order>) -> Verdict {
    let Some(order) = order else {
        return no_change(404, "no such order");
    };
    let state = order.state;
    Verdict {
        change: Some(moved(order, state, TimelineEvent::Held, Actor::System)),
        answer: answer(200, "touched"),
        remember: false,
    }
}

pub fn owned(id: &str) -> Selector {
    Selector::Owned {
        owner: (&lin()).into(),
        order: OrderId::from(id),
    }
}

pub fn once(key: &str) -> Once {
    Once {
        scope: "cancel:lin".to_owned(),
        key: key.to_owned(),
        fingerprint: "body".to_owned(),
        at: noon(),
    }
}
