//! Requests, corrections and closing by itself: the other ways a shopper or the program changes an order.

use orders_domain::*;

use crate::sample::*;

#[test]
fn a_request_holds_the_warehouse_and_changes_nothing_else() {
    let order = order(OrderState::Unpacked, "digital+digital");
    let change = request(&order, policy("wanfu"), Some(vec![some("b", 1)]));
    assert!(change.order.on_hold());
    assert_eq!(change.order.state, OrderState::Unpacked);
    assert_eq!(change.order.body.lines, order.body.lines);
    assert_eq!(
        change.order.body.request.as_ref().unwrap().lines,
        [some("b", 1)]
    );
    assert!(change.effects.refunds.is_empty());
    let expected = [
        OutboxMessage::HoldPacking,
        OutboxMessage::CancellationRequested,
    ];
    assert_eq!(change.effects.outbox, expected);
    assert_eq!(news(&change), ["cancellation_requested"]);

    let again = change
        .order
        .cancel(policy("wanfu"), calendar(), &intent(None), now());
    let expected = CancelError::NotPossible {
        reason: NotPossibleReason::AlreadyRequested,
        next_steps: vec![NextStep::AwaitDecision, NextStep::ContactSupport],
    };
    assert_eq!(again, Err(expected));
}

#[test]
fn a_request_for_all_that_is_left_is_for_the_whole() {
    let order = order(OrderState::Unpacked, "digital");
    let change = request(&order, policy("wanfu"), Some(vec![some("a", 2)]));
    assert!(change.order.body.request.unwrap().lines.is_empty());
}

#[test]
fn a_request_can_be_withdrawn_while_it_is_open() {
    let order = order(OrderState::Unpacked, "digital");
    assert_eq!(order.withdraw_request(now()), Err(NoOpenRequest));
    let open = request(&order, policy("wanfu"), None).order;
    let change = open.withdraw_request(now()).unwrap();
    assert!(!change.order.on_hold());
    assert_eq!(change.order.version, open.version + 1);
    assert_eq!(change.effects.outbox, [OutboxMessage::ResumePacking]);
    assert_eq!(news(&change), ["cancellation_withdrawn"]);
    assert_eq!(
        change.order.cancellation(policy("wanfu"), now()),
        Cancellation::ByRequest
    );

    let note = String::new();
    let declined = changed(&open, ShopEvent::CancellationDeclined { note }).order;
    assert_eq!(declined.withdraw_request(now()), Err(NoOpenRequest));
}

#[test]
fn a_granted_request_is_carried_out_by_staff() {
    let order = order(OrderState::Unpacked, "digital+digital");
    let open = request(&order, policy("wanfu"), None).order;
    let change = changed(&open, ShopEvent::CancellationApproved);
    assert_eq!(change.order.state, OrderState::Cancelled);
    assert!(!change.order.on_hold());
    let cancelled = change.order.body.cancelled.clone().unwrap();
    assert_eq!(
        (cancelled.by, cancelled.reason.as_str()),
        (CancelledBy::Staff, "changed_mind")
    );
    assert_eq!(change.order.refunds[0].amount.amount, 4_000);
}

#[test]
fn a_granted_request_for_a_part_takes_that_part_and_lets_the_warehouse_go_on() {
    let order = order(OrderState::Unpacked, "digital+digital");
    let open = request(&order, policy("wanfu"), Some(vec![some("b", 1)])).order;
    let change = changed(&open, ShopEvent::CancellationApproved);
    assert_eq!(change.order.state, OrderState::Unpacked);
    assert_eq!(change.order.remaining(), [some("a", 2), some("b", 1)]);
    assert_eq!(change.order.refunds[0].amount.amount, 1_000);
    assert!(
        change
            .effects
            .outbox
            .contains(&OutboxMessage::ResumePacking)
    );
    let again = apply(&change.order, ShopEvent::CancellationApproved);
    assert_eq!(again, Ok(Applied::Unchanged));
}

#[test]
fn an_address_is_corrected_only_when_it_is_what_is_missing() {
    let mut new = address();
    new.phone = "13900000009".to_owned();
    for state in OrderState::ALL {
        let order = order(state, "physical");
        assert_eq!(
            order.correct_address(new.clone(), policy("tepai"), now()),
            Err(AddressNotEditable),
            "{state:?}"
        );
        let found = incomplete(order).correct_address(new.clone(), policy("tepai"), now());
        assert_eq!(
            found.is_ok(),
            state == OrderState::PendingConfirmation,
            "{state:?}"
        );
    }
}

#[test]
fn a_corrected_address_lets_the_shop_confirm() {
    let order = incomplete(order(OrderState::PendingConfirmation, "physical"));
    assert_eq!(
        apply(&order, ShopEvent::Confirmed),
        Err(EventRefusal::IncompleteInfo)
    );
    let change = order
        .correct_address(address(), policy("tepai"), now())
        .unwrap();
    assert_eq!(
        change.order.body.pending.as_ref().unwrap().cause,
        PendingCause::SystemDelay
    );
    let expected = OutboxMessage::AddressCorrected { address: address() };
    assert_eq!(change.effects.outbox, [expected]);
    assert_eq!(news(&change), ["address_corrected"]);
    let confirmed = changed(&change.order, ShopEvent::Confirmed).order;
    assert_eq!(confirmed.state, OrderState::Unpacked);
    assert_eq!(confirmed.body.pending, None);
}

#[test]
fn an_unpaid_order_closes_when_its_time_is_over() {
    let mut order = order(OrderState::AwaitingPayment, "digital");
    order.body.amounts.points = 50;
    order.body.coupons = vec![Coupon {
        id: "c".to_owned(),
        title: LocalText::plain("c"),
        valid_until: day("2026-02-01"),
    }];
    let pay_by = order.pay_by.unwrap();
    let millisecond = chrono::TimeDelta::milliseconds(1);
    assert_eq!(
        order.close_unpaid(policy("tepai"), pay_by - millisecond),
        None
    );
    let change = order.close_unpaid(policy("tepai"), pay_by).unwrap();
    assert_eq!(change.order.state, OrderState::Cancelled);
    let cancelled = change.order.body.cancelled.clone().unwrap();
    assert_eq!(
        (cancelled.by, cancelled.reason.as_str()),
        (CancelledBy::Timeout, NOT_PAID_IN_TIME)
    );
    assert!(change.order.refunds.is_empty());
    let expected = [
        OutboxMessage::OrderCancelled,
        OutboxMessage::ReleaseStock {
            lines: vec![some("a", 2)],
        },
        OutboxMessage::RestorePoints { points: 50 },
    ];
    assert_eq!(change.effects.outbox, expected);
    assert_eq!(change.order.close_unpaid(policy("tepai"), pay_by), None);
}

#[test]
fn a_coupon_is_given_back_until_its_last_day_is_over_in_the_shop() {
    // The coupon's last day is 2 February; in Beijing that day is over at 16:00 UTC.
    for (pay_by, given_back) in [
        ("2026-02-01T15:59:59.999Z", true),
        ("2026-02-01T16:00:00Z", true),
        ("2026-02-02T00:00:00Z", true),
        ("2026-02-02T15:59:59.999Z", true),
        ("2026-02-02T16:00:00Z", false),
        ("2026-02-02T23:59:59.999Z", false),
        ("2026-02-03T00:00:00Z", false),
    ] {
        let mut order = order(OrderState::AwaitingPayment, "digital");
        order.body.coupons = vec![Coupon {
            id: "c".to_owned(),
            title: LocalText::plain("c"),
            valid_until: day("2026-02-02"),
        }];
        order.pay_by = Some(instant(pay_by));
        let change = order
            .close_unpaid(policy("tepai"), instant(pay_by))
            .unwrap();
        let coupon = "c".to_owned();
        let back = OutboxMessage::RestoreCoupon { coupon };
        assert_eq!(
            change.effects.outbox.contains(&back),
            given_back,
            "{pay_by}"
        );
        // Closing by hand at the same moment says the same.
        let quote = order
            .quote(policy("wanfu"), calendar(), None, instant(pay_by))
            .unwrap();
        assert_eq!(quote.not_restored.is_empty(), given_back, "{pay_by}");
    }
}

#[test]
fn only_unpaid_orders_close_by_themselves() {
    for state in OrderState::ALL {
        let mut order = order(state, "physical");
        order.pay_by = Some(now());
        let closes = order.close_unpaid(policy("tepai"), now()).is_some();
        assert_eq!(closes, state == OrderState::AwaitingPayment, "{state:?}");
        order.pay_by = None;
        assert_eq!(order.close_unpaid(policy("tepai"), now()), None);
    }
}
