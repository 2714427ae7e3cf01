//! Orders, policies and a fixed time to test with.

use std::sync::LazyLock;

use chrono::TimeDelta;
use orders_domain::*;

/// Half past four in the afternoon of Monday, 2 February 2026, in Beijing; orders are placed an hour before.
pub fn now() -> Instant {
    instant("2026-02-02T08:30:00Z")
}

pub fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

pub fn policy_text(shop: &str) -> &'static str {
    let file = format!("{shop}.toml");
    let found = Policy::built_in()
        .into_iter()
        .find(|(name, _)| *name == file);
    found.unwrap().1
}

pub fn policy(shop: &str) -> &'static Policy {
    static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
        let files = Policy::built_in();
        let parsed = files.map(|(file, text)| Policy::parse(file, text).unwrap());
        parsed.to_vec()
    });
    let found = POLICIES.iter().find(|policy| policy.shop.as_str() == shop);
    found.unwrap()
}

/// The policy of `shop` with a piece of its file replaced.
pub fn policy_with(shop: &str, from: &str, to: &str) -> Policy {
    let text = policy_text(shop);
    assert!(text.contains(from), "{shop}.toml has no {from:?}");
    Policy::parse("changed", &text.replace(from, to)).unwrap()
}

pub fn calendar() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::parse(&Calendar::built_in()).unwrap());
    &CALENDAR
}

/// A line in words: `physical`, `digital`, `issued`, `custom`, `presale`, `one_tap`, `gone` (custom, all cancelled).
pub fn line(id: &str, words: &str) -> Line {
    let kind = match words {
        "digital" | "issued" | "one_tap" => LineKind::Digital,
        _ => LineKind::Physical,
    };
    let traits = match words {
        "custom" | "gone" => vec![LineTrait::Custom],
        "presale" => vec![LineTrait::Presale],
        "one_tap" => vec![LineTrait::OneTap],
        _ => vec![],
    };
    Line {
        id: LineId::from(id),
        title: LocalText::new("茶杯", "Tea cup"),
        variant: None,
        quantity: 2,
        cancelled_quantity: if words == "gone" { 2 } else { 0 },
        unit_price: 1_000,
        image_url: None,
        kind,
        traits,
        issued: words == "issued",
        returned_quantity: 0,
        components: Vec::new(),
    }
}

/// An order with the lines `words`, joined by `+`, named `a`, `b` …; paid by WeChat unless it awaits payment.
pub fn order(state: OrderState, words: &str) -> Order {
    let names = ["a", "b", "c", "d"];
    let lines = words.split('+').zip(names);
    let lines: Vec<Line> = lines.map(|(words, id)| line(id, words)).collect();
    let goods = lines
        .iter()
        .map(|line| line.unit_price * i64::from(line.quantity))
        .sum();
    let mut order = Order {
        id: OrderId::from("o-1"),
        external_id: ExternalId::from("shop-1"),
        number: "20260202001".to_owned(),
        shop: ShopId::from("tepai"),
        shopper: ShopperId::from("lin"),
        state,
        version: 7,
        placed_at: now() - minutes(60),
        pay_by: None,
        paid_at: None,
        delivered_at: None,
        body: OrderBody {
            lines,
            amounts: Amounts {
                currency: Currency::CNY,
                goods,
                discount: 0,
                coupon: 0,
                points_value: 0,
                points: 0,
                freight: 0,
                total: goods,
            },
            address: Some(address()),
            payments: vec![],
            coupons: vec![],
            pay_url: None,
            pending: None,
            request: None,
            cancelled: None,
            policy_version: "2026-01".to_owned(),
            parcel: None,
            cases: Vec::new(),
            complaints: Vec::new(),
            drafts: Vec::new(),
        },
        timeline: vec![],
        refunds: vec![],
        marks: vec![],
    };
    match state {
        OrderState::AwaitingPayment => order.pay_by = Some(now() + minutes(30)),
        OrderState::PendingConfirmation => {
            order.body.pending = Some(Pending::of(PendingCause::NoCourier, vec![]));
        }
        OrderState::Cancelled => {
            order.body.cancelled = Some(Cancelled {
                by: CancelledBy::Shopper,
                reason: "changed_mind".to_owned(),
                note: None,
                at: now() - minutes(10),
            });
            for line in &mut order.body.lines {
                line.cancelled_quantity = line.quantity;
            }
        }
        _ => {}
    }
    if state != OrderState::AwaitingPayment {
        order.paid_at = Some(now() - minutes(50));
        order.body.payments = vec![payment(Channel::WechatPay, goods)];
    }
    order
}

pub fn payment(channel: Channel, amount: i64) -> Payment {
    Payment {
        channel,
        account: LocalText::plain(channel.code()),
        amount,
        paid_at: now() - minutes(50),
        reference: None,
    }
}

pub fn address() -> Address {
    Address {
        recipient: "林晓".to_owned(),
        phone: "13800000001".to_owned(),
        region: "上海市 徐汇区".to_owned(),
        street: "漕溪北路 18 号".to_owned(),
    }
}

/// The order with an open request to cancel it.
pub fn requested(mut order: Order) -> Order {
    order.body.request = Some(CancellationRequest {
        at: now() - minutes(5),
        reason: "too_slow".to_owned(),
        note: None,
        lines: vec![],
        declined: None,
        until: None,
    });
    order
}

/// The order waiting for its address to be corrected.
pub fn incomplete(mut order: Order) -> Order {
    let missing = vec![AddressField::Phone];
    order.body.pending = Some(Pending::of(PendingCause::IncompleteInfo, missing));
    order
}

pub fn some(line: &str, quantity: u32) -> LineQuantity {
    LineQuantity {
        line: LineId::from(line),
        quantity,
    }
}

pub fn intent(lines: Option<Vec<LineQuantity>>) -> CancelIntent {
    CancelIntent {
        reason: "changed_mind".to_owned(),
        note: None,
        lines,
    }
}

/// Cancels at once or panics.
pub fn cancel(order: &Order, policy: &Policy, lines: Option<Vec<LineQuantity>>) -> Change {
    match order.cancel(policy, calendar(), &intent(lines), now()) {
        Ok(CancelSuccess::Cancelled(change)) => change,
        other => panic!("not cancelled: {other:?}"),
    }
}

/// Asks for a cancel or panics.
pub fn request(order: &Order, policy: &Policy, lines: Option<Vec<LineQuantity>>) -> Change {
    match order.cancel(policy, calendar(), &intent(lines), now()) {
        Ok(CancelSuccess::Requested(change)) => change,
        other => panic!("not requested: {other:?}"),
    }
}

pub fn apply(order: &Order, event: ShopEvent) -> Result<Applied, EventRefusal> {
    apply_at(order, event, now())
}

pub fn apply_at(
    order: &Order,
    event: ShopEvent,
    occurred_at: Instant,
) -> Result<Applied, EventRefusal> {
    let event = DatedEvent { occurred_at, event };
    order.apply(&event, policy(order.shop.as_str()), calendar(), now())
}

/// Applies an event that must change the order.
pub fn changed(order: &Order, event: ShopEvent) -> Change {
    match apply(order, event) {
        Ok(Applied::Changed(change)) => *change,
        other => panic!("not changed: {other:?}"),
    }
}

/// What the timeline has that is new.
pub fn news(change: &Change) -> Vec<&'static str> {
    let entries = change.effects.timeline.iter();
    entries.map(|entry| entry.what.code()).collect()
}
