//! Making refunds: what is asked of the provider, what its answers mean, and when a promise is broken.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::{calendar, minutes, now, order, policy};

pub const NO_LIMITS: ProviderLimits = ProviderLimits {
    payment_days: None,
    parts: None,
    seconds_apart: 0,
    seconds_before: 0,
};

/// B特派's policy, with a provider for every channel of money.
pub fn with_provider() -> Policy {
    let mut policy = policy("tepai").clone();
    for channel in [Channel::WechatPay, Channel::Alipay, Channel::BankCard] {
        policy.providers[channel as usize] = Some(ProviderId::from("wx"));
    }
    policy
}

fn cancelled_in_part(order: &Order, quantity: u32, policy: &Policy) -> Order {
    let intent = CancelIntent {
        reason: "changed_mind".to_owned(),
        note: None,
        lines: Some(vec![LineQuantity {
            line: LineId::from("a"),
            quantity,
        }]),
    };
    match order.cancel(policy, calendar(), &intent, now()).unwrap() {
        CancelSuccess::Cancelled(change) => change.order,
        CancelSuccess::Requested(_) => panic!("at once"),
    }
}

/// An order of two cups, cancelled, with one refund that Tepai makes.
pub fn refunding() -> (Order, RefundId) {
    let order = cancelled_in_part(
        &order(OrderState::Unpacked, "physical"),
        2,
        &with_provider(),
    );
    let id = order.refunds[0].id.clone();
    (order, id)
}

pub fn reported(
    order: &Order,
    id: &RefundId,
    report: &ProviderReport,
    at: Instant,
) -> Option<Order> {
    let policy = with_provider();
    let change = order.refund_reported(id, &"wx".into(), report, &policy, calendar(), at)?;
    assert_eq!(change.order.version, order.version + 1);
    Some(change.order)
}

pub fn at_stage(stage: ProviderStage) -> Order {
    let (order, id) = refunding();
    reported(&order, &id, &ProviderReport::of(stage), now()).unwrap()
}

#[test]
fn who_makes_a_refund_is_decided_when_it_is_made_ready() {
    let paid = order(OrderState::Unpacked, "physical");
    for (policy, by_shop) in [(policy("tepai").clone(), true), (with_provider(), false)] {
        let intent = CancelIntent {
            reason: "changed_mind".to_owned(),
            note: None,
            lines: None,
        };
        let CancelSuccess::Cancelled(change) =
            paid.cancel(&policy, calendar(), &intent, now()).unwrap()
        else {
            panic!("at once");
        };
        let to_shop = |message: &OutboxMessage| matches!(message, OutboxMessage::MakeRefund { .. });
        assert_eq!(change.effects.outbox.iter().any(to_shop), by_shop);
        assert_eq!(change.order.refunds[0].is_under_way(), !by_shop);
    }
}

#[test]
fn a_refund_is_sent_then_asked_for_and_then_left_alone() {
    let (order, id) = refunding();
    let step = |order: &Order| order.refund_step(&id, NO_LIMITS, now());
    let RefundStep::Send(request) = step(&order) else {
        panic!("{:?}", step(&order));
    };
    assert_eq!(request.refund, id);
    assert_eq!(request.amount, order.refunds[0].amount);
    assert_eq!(request.payment, order.body.payments[0]);
    for stage in [ProviderStage::Accepted, ProviderStage::InClearing] {
        assert!(
            matches!(step(&at_stage(stage)), RefundStep::Ask(_)),
            "{stage:?}"
        );
    }
    for stage in [
        ProviderStage::Arrived,
        ProviderStage::Failed(RefundFailure::AccountClosed),
    ] {
        assert_eq!(step(&at_stage(stage)), RefundStep::Nothing, "{stage:?}");
    }
    let unknown = order.refund_step(&RefundId::from("other"), NO_LIMITS, now());
    assert_eq!(unknown, RefundStep::Nothing);
}

#[test]
fn a_refund_that_the_shop_makes_is_left_to_it() {
    let order = cancelled_in_part(&order(OrderState::Unpacked, "physical"), 2, policy("tepai"));
    let id = &order.refunds[0].id;
    assert_eq!(order.refund_step(id, NO_LIMITS, now()), RefundStep::Nothing);
}

#[test]
fn where_a_refund_waits_before_it_is_sent_it_waits_so_long() {
    let (order, id) = refunding();
    let limits = ProviderLimits {
        seconds_before: 10,
        ..NO_LIMITS
    };
    let ready = now() + TimeDelta::seconds(10);
    assert_eq!(
        order.refund_step(&id, limits, now()),
        RefundStep::Wait(ready)
    );
    assert!(matches!(
        order.refund_step(&id, limits, ready),
        RefundStep::Send(_)
    ));
}

#[test]
fn a_payment_older_than_the_provider_allows_is_given_up() {
    let (order, id) = refunding();
    let limits = ProviderLimits {
        payment_days: Some(365),
        ..NO_LIMITS
    };
    let paid_at = order.body.payments[0].paid_at;
    let step = |at| order.refund_step(&id, limits, at);
    assert!(matches!(
        step(paid_at + TimeDelta::days(365)),
        RefundStep::Send(_)
    ));
    let too_late = paid_at + TimeDelta::days(365) + TimeDelta::milliseconds(1);
    assert!(matches!(
        step(too_late),
        RefundStep::GiveUp(RefundFailure::TooOld, _)
    ));
}

#[test]
fn parts_of_a_payment_are_sent_one_after_the_other_and_apart() {
    let policy = with_provider();
    let first = cancelled_in_part(&order(OrderState::Unpacked, "physical"), 1, &policy);
    let both = cancelled_in_part(&first, 1, &policy);
    let (one, two) = (both.refunds[0].id.clone(), both.refunds[1].id.clone());
    let limits = ProviderLimits {
        seconds_apart: 60,
        ..NO_LIMITS
    };
    let minute = TimeDelta::seconds(60);
    assert!(matches!(
        both.refund_step(&one, limits, now()),
        RefundStep::Send(_)
    ));
    // The first is on its way out: nobody knows yet when it will be accepted.
    assert_eq!(
        both.refund_step(&two, limits, now()),
        RefundStep::Wait(now() + minute)
    );
    let sent = reported(
        &both,
        &one,
        &ProviderReport::of(ProviderStage::Accepted),
        now(),
    )
    .unwrap();
    assert_eq!(
        sent.refund_step(
            &two,
            limits,
            now() + minutes(1) - TimeDelta::milliseconds(1)
        ),
        RefundStep::Wait(now() + minute)
    );
    assert!(matches!(
        sent.refund_step(&two, limits, now() + minute),
        RefundStep::Send(_)
    ));
    // One that failed is out of the way.
    let failed = ProviderReport::of(ProviderStage::Failed(RefundFailure::Refused));
    let failed = reported(&both, &one, &failed, now()).unwrap();
    assert!(matches!(
        failed.refund_step(&two, limits, now()),
        RefundStep::Send(_)
    ));
    // As many as the provider allows, and no more.
    let one_part = ProviderLimits {
        parts: Some(1),
        ..NO_LIMITS
    };
    assert!(matches!(
        both.refund_step(&one, one_part, now()),
        RefundStep::Send(_)
    ));
    assert!(matches!(
        both.refund_step(&two, one_part, now()),
        RefundStep::GiveUp(RefundFailure::TooManyParts, _)
    ));
    // One that waits for staff keeps nobody waiting.
    let way = crate::refund_way::card();
    let held = both
        .ask_way(&one, &way, &policy, now())
        .unwrap()
        .unwrap()
        .order;
    assert!(matches!(
        held.refund_step(&two, limits, now()),
        RefundStep::Send(_)
    ));
}

#[test]
fn reports_move_a_refund_forward_and_never_back() {
    use ProviderStage::{Accepted, Arrived, Failed, InClearing};
    let closed = Failed(RefundFailure::AccountClosed);
    for (from, report, expected) in [
        (None, Accepted, Some(RefundState::Sent)),
        (None, InClearing, Some(RefundState::InClearing)),
        (None, Arrived, Some(RefundState::Arrived)),
        (None, closed, Some(RefundState::Failed)),
        (Some(Accepted), Accepted, None),
        (Some(Accepted), InClearing, Some(RefundState::InClearing)),
        (Some(Accepted), closed, Some(RefundState::Failed)),
        (Some(InClearing), Accepted, None),
        (Some(InClearing), Arrived, Some(RefundState::Arrived)),
        (Some(Arrived), Accepted, None),
        (Some(Arrived), closed, None),
        (Some(closed), InClearing, None),
        // What a merchant mends at the provider arrives after all.
        (Some(closed), Arrived, Some(RefundState::Arrived)),
    ] {
        let before = from.map_or_else(|| refunding().0, at_stage);
        let id = before.refunds[0].id.clone();
        let after = reported(&before, &id, &ProviderReport::of(report), now());
        let state = after.map(|order| order.refunds[0].state);
        assert_eq!(state, expected, "{from:?} and then {report:?}");
    }
}

#[test]
fn only_the_provider_that_makes_a_refund_moves_it() {
    let (order, id) = refunding();
    let arrived = ProviderReport::of(ProviderStage::Arrived);
    let policy = with_provider();
    let other = order.refund_reported(&id, &"other".into(), &arrived, &policy, calendar(), now());
    assert_eq!(other, None);
    // Nor does the shop, which may tell of refunds that it makes itself, and of the sandbox's.
    for (provider, applied) in [(Some("wx"), false), (Some("sandbox"), true), (None, true)] {
        let mut order = order.clone();
        order.refunds[0].course.provider = provider.map(ProviderId::from);
        let event = DatedEvent {
            occurred_at: now(),
            event: ShopEvent::RefundProgressed {
                refund: id.clone(),
                state: RefundState::Arrived,
            },
        };
        let told = order.apply(&event, &policy, calendar(), now()).unwrap();
        assert_eq!(told != Applied::Unchanged, applied, "{provider:?}");
    }
}

#[test]
fn a_failed_refund_says_why_and_tells_the_shop() {
    let (order, id) = refunding();
    let report = ProviderReport::of(ProviderStage::Failed(RefundFailure::AccountClosed));
    let policy = with_provider();
    let change = order
        .refund_reported(&id, &"wx".into(), &report, &policy, calendar(), now())
        .unwrap();
    let refund = &change.order.refunds[0];
    assert_eq!(refund.course.failure, Some(RefundFailure::AccountClosed));
    assert_eq!(
        change.effects.outbox,
        [OutboxMessage::RefundFailed { refund: id }]
    );
    // It is still owed: the next cancel must not give the same money back again.
    assert!(!refund.is_under_way());
}

#[test]
fn money_that_went_elsewhere_says_where() {
    let order = at_stage(ProviderStage::InClearing);
    let id = order.refunds[0].id.clone();
    let report = ProviderReport {
        account: Some(LocalText::plain("支付宝余额")),
        ..ProviderReport::of(ProviderStage::Arrived)
    };
    let after = reported(&order, &id, &report, now()).unwrap();
    assert_eq!(after.refunds[0].account.zh_cn, "支付宝余额");
    // It still gives the same payment back.
    assert_eq!(
        after.payment_of(&after.refunds[0]),
        Some(&after.body.payments[0])
    );
    assert!(after.remaining().is_empty());
}

#[test]
fn a_refund_that_arrives_at_once_was_sent_first() {
    let order = at_stage(ProviderStage::Arrived);
    let told: Vec<_> = order.timeline.iter().map(|entry| entry.what).collect();
    let at = |what| told.iter().position(|told| *told == what);
    assert!(at(TimelineEvent::RefundSent) < at(TimelineEvent::RefundArrived));
    assert!(at(TimelineEvent::RefundSent).is_some());
}

#[test]
fn two_payments_from_the_same_account_are_told_apart() {
    let mut paid = order(OrderState::Unpacked, "physical");
    let total = paid.body.amounts.total;
    let mut half = paid.body.payments[0].clone();
    half.amount = total - total / 2;
    paid.body.payments[0].amount = total / 2;
    paid.body.payments.push(half);
    let policy = with_provider();
    let first = cancelled_in_part(&paid, 1, &policy);
    let all = cancelled_in_part(&first, 1, &policy);
    for (index, payment) in all.body.payments.iter().enumerate() {
        let of_it = all
            .refunds
            .iter()
            .filter(|refund| refund.course.payment == Some(index));
        let sum: i64 = of_it.map(|refund| refund.amount.amount).sum();
        assert_eq!(sum, payment.amount, "payment {index}");
    }
}

fn any_stage() -> impl Strategy<Value = ProviderStage> {
    prop_oneof![
        Just(ProviderStage::Accepted),
        Just(ProviderStage::InClearing),
        Just(ProviderStage::Arrived),
        Just(ProviderStage::Failed(RefundFailure::AccountClosed)),
    ]
}

proptest! {
    #[test]
    fn in_whatever_order_reports_come_the_furthest_holds(
        stages in proptest::collection::vec((any_stage(), 0_i64..10_000), 1..12),
    ) {
        let (mut order, id) = refunding();
        let amount = order.refunds[0].amount;
        let mut furthest = RefundState::Approved;
        let mut at = now();
        for (stage, later) in stages {
            at += minutes(later);
            if let Some(after) = reported(&order, &id, &ProviderReport::of(stage), at) {
                prop_assert!(furthest == after.refunds[0].state || furthest.may_become(after.refunds[0].state));
                order = after;
            }
            furthest = order.refunds[0].state;
            prop_assert_eq!(order.refunds.len(), 1);
            prop_assert_eq!(order.refunds[0].amount, amount);
            let promise = order.refunds[0].promise;
            prop_assert!(promise.arrives_from <= promise.arrives_by);
        }
    }
}
