//! Built orders are orders that the domain would have come to by itself.

#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "39_00 is 39 yuan and no fen"
)]
#![allow(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]

use chrono::TimeDelta;
use orders_domain::{
    Applied, Cancellation, CancelledBy, Channel, DatedEvent, LocalText, Order, OrderState,
    PendingCause, RefundState, ShopEvent, TimelineEvent,
};
use orders_testkit::{Pace, Rules, alipay, bank_card, line, order, tell, usual_now, wechat};

fn rules() -> Rules {
    Rules::built_in().unwrap()
}

#[test]
fn an_order_in_any_state_passes_the_domains_check_in_both_shops() {
    for shop in ["tepai", "wanfu"] {
        for state in OrderState::ALL {
            let built = if state == OrderState::PendingConfirmation {
                order().shop(shop).pending(PendingCause::NoCourier).build()
            } else {
                order().shop(shop).in_state(state).build()
            };
            assert_eq!(built.check(), Ok(()), "{shop} {}", state.code());
            assert_eq!(built.state, state, "{shop}");
        }
    }
}

#[test]
fn the_steps_of_a_built_order_are_those_that_events_would_have_made() {
    use TimelineEvent as What;
    let pace = Pace::USUAL;
    let start = order().awaiting_payment().placed_at(usual_now());
    let mut grown = start.clone().build();
    let rules = rules();
    let goal = order().completed().placed_at(usual_now()).build();
    for (entry, minutes) in goal.timeline[1..].iter().zip([
        pace.paid,
        pace.confirmed,
        pace.packing,
        pace.shipped,
        pace.delivered,
        pace.delivered + pace.completed,
    ]) {
        assert_eq!(entry.at, usual_now() + TimeDelta::minutes(minutes));
        let event = match entry.what {
            What::Paid => ShopEvent::Paid {
                payments: goal.body.payments.clone(),
            },
            What::Confirmed => ShopEvent::Confirmed,
            What::PackingStarted => ShopEvent::PackingStarted,
            What::Shipped => ShopEvent::Shipped {
                parcel: goal.body.parcel.clone().unwrap(),
            },
            What::Delivered => ShopEvent::Delivered,
            What::Completed => ShopEvent::Completed,
            other => panic!("{other:?} is no step of this order"),
        };
        grown = happen(&rules, grown, event, entry.at);
        // Paid and not yet confirmed is unpacked too; what is built as unpacked is confirmed.
        if entry.what != What::Paid {
            same(&start.clone().in_state(grown.state).build(), &grown);
        }
    }
    same(&goal, &grown);
}

#[test]
fn a_built_pending_order_is_one_that_was_paid_and_held() {
    let at = usual_now();
    let mut goal = order()
        .pending(PendingCause::NoCourier)
        .placed_at(at)
        .build();
    let rules = rules();
    // Until when it is accepted the shop's policy says, which no builder knows.
    goal.fix_confirm_by(None, rules.policy(&goal.shop).expect("a policy"));
    let mut grown = order().awaiting_payment().placed_at(at).build();
    let payments = goal.body.payments.clone();
    grown = happen(
        &rules,
        grown,
        ShopEvent::Paid { payments },
        goal.timeline[1].at,
    );
    let held = ShopEvent::Held {
        cause: PendingCause::NoCourier,
        missing: Vec::new(),
    };
    grown = happen(&rules, grown, held, goal.timeline[2].at);
    same(&goal, &grown);
}

#[test]
fn built_digital_goods_are_delivered_by_their_issue() {
    let at = usual_now();
    let card = || {
        order()
            .shop("wanfu")
            .with(line("点卡", 2, 30_00).digital())
            .placed_at(at)
    };
    let goal = card().delivered().build();
    assert_eq!(goal.body.address, None);
    let rules = rules();
    let unpacked = card().unpacked().build();
    let issued = ShopEvent::Issued { lines: Vec::new() };
    let grown = happen(&rules, unpacked, issued, goal.timeline[3].at);
    same(&goal, &grown);
}

#[test]
fn amounts_add_up_whatever_is_asked_for() {
    let day = usual_now().date_naive();
    let title = || LocalText::new("券", "Coupon");
    for (discount, coupon, points, first) in [
        (0, 0, 0, 0),
        (5_00, 3_33, 1, 20_00),
        (500_00, 500_00, 500_00, 1),
        (77_99, 0, 5_00, 900_00),
        (78_00, 0, 0, 0),
    ] {
        let built = order()
            .line("杯子", 2, 39_00)
            .discount(discount)
            .coupon("c", title(), coupon, day)
            .points(points, points)
            .freight(8_00)
            .paid_by(wechat(first))
            .paid_by(bank_card(1))
            .build();
        assert_eq!(
            built.check(),
            Ok(()),
            "{discount} {coupon} {points} {first}"
        );
    }
}

#[test]
fn a_split_payment_is_taken_as_asked_and_the_last_takes_the_rest() {
    let built = order()
        .line("杯子", 2, 39_00)
        .paid_by(wechat(30_00))
        .paid_by(alipay(0).rest())
        .build();
    let paid: Vec<_> = built
        .body
        .payments
        .iter()
        .map(|payment| (payment.channel, payment.amount))
        .collect();
    assert_eq!(
        paid,
        [(Channel::WechatPay, 30_00), (Channel::Alipay, 48_00)]
    );
}

#[test]
fn a_built_cancelled_order_was_cancelled_by_the_seller_and_is_refunded() {
    let built = order().cancelled().build();
    assert_eq!(built.body.cancelled.unwrap().by, CancelledBy::Seller);
    assert_eq!(built.refunds.len(), 1);
    assert_eq!(built.refunds[0].amount.amount, 39_00);
}

#[test]
fn orders_of_different_counters_have_different_names() {
    let (one, two) = (order().counted(1).build(), order().counted(2).build());
    assert_ne!(one.id, two.id);
    assert_ne!(one.external_id, two.external_id);
    assert_ne!(one.number, two.number);
    assert_eq!(one, order().counted(1).build());
}

#[test]
fn a_tale_moves_refunds_step_by_step() {
    let rules = rules();
    let at = usual_now();
    let order = order().placed_at(at).build();
    let told = tell(&rules, order)
        .cancelled(at + TimeDelta::hours(1), "changed_mind")
        .refunds_come_to(
            RefundState::Arrived,
            at + TimeDelta::hours(20),
            TimeDelta::hours(48),
        )
        .end();
    assert_eq!(told.refunds[0].state, RefundState::Arrived);
    let policy = rules.policy(&told.shop).unwrap();
    assert_eq!(told.cancellation(policy, at), Cancellation::Cancelled);
}

#[test]
fn a_built_order_names_the_built_in_policy_version() {
    for policy in &rules().policies {
        let built = order().shop(policy.shop.as_str()).build();
        assert_eq!(built.body.policy_version, policy.version);
    }
}

fn happen(rules: &Rules, order: Order, event: ShopEvent, at: orders_domain::Instant) -> Order {
    let policy = rules.policy(&order.shop).unwrap();
    let dated = DatedEvent {
        occurred_at: at,
        event,
    };
    match order.apply(&dated, policy, &rules.calendar, at) {
        Ok(Applied::Changed(change)) => change.order,
        other => panic!("{other:?}"),
    }
}

/// Alike in all but the version, which counts what was told, and the page to pay on.
fn same(built: &Order, grown: &Order) {
    let mut grown = grown.clone();
    grown.version = built.version;
    grown.body.pay_url.clone_from(&built.body.pay_url);
    assert_eq!(*built, grown);
}
