//! What cancelling does.

use orders_domain::*;

use crate::sample::*;

fn coupon(valid_until: &str) -> Coupon {
    Coupon {
        id: "c-9".to_owned(),
        title: LocalText::new("满20减2", "2 off 20"),
        valid_until: day(valid_until),
    }
}

/// Two tea cups and a card, 40.00, less 2.00 by coupon and 1.00 by 100 points, plus 5.00 freight: 42.00.
fn rich_order() -> Order {
    let mut order = order(OrderState::Unpacked, "physical+digital");
    let amounts = &mut order.body.amounts;
    (amounts.coupon, amounts.points_value, amounts.points) = (200, 100, 100);
    (amounts.freight, amounts.total) = (500, 4_200);
    order.body.payments = vec![
        payment(Channel::BankCard, 3_000),
        payment(Channel::WechatPay, 1_200),
    ];
    order.body.coupons = vec![coupon("2026-02-02")];
    assert_eq!(order.check(), Ok(()));
    order
}

#[test]
fn cancelling_an_unpacked_order_gives_everything_back() {
    let order = rich_order();
    let change = cancel(&order, policy("tepai"), None);
    let after = &change.order;
    assert_eq!(after.state, OrderState::Cancelled);
    assert_eq!(after.version, order.version + 1);
    assert!(after.remaining().is_empty());
    let cancelled = after.body.cancelled.clone().unwrap();
    assert_eq!(cancelled.by, CancelledBy::Shopper);
    assert_eq!(
        (cancelled.reason.as_str(), cancelled.at),
        ("changed_mind", now())
    );

    let refunds: Vec<_> = change
        .effects
        .refunds
        .iter()
        .map(|refund| (refund.id.as_str(), refund.channel, refund.amount.amount))
        .collect();
    let expected = [
        ("o-1-R1", Channel::BankCard, 3_000),
        ("o-1-R2", Channel::WechatPay, 1_200),
    ];
    assert_eq!(refunds, expected);
    assert_eq!(after.refunds, change.effects.refunds);
    let refund = &after.refunds[0];
    assert_eq!(refund.state, RefundState::Approved);
    assert_eq!(refund.account, LocalText::plain("bank_card"));
    assert_eq!(refund.promise.starts_by, day("2026-02-05"));
    assert_eq!(refund.promise.arrives_from, day("2026-02-11"));
    assert_eq!(refund.promise.arrives_by, day("2026-02-14"));
    assert!(!refund.promise.estimated);

    let make = |id: &str| OutboxMessage::MakeRefund {
        refund: RefundId::from(id),
    };
    let expected = [
        OutboxMessage::OrderCancelled,
        OutboxMessage::ReleaseStock {
            lines: vec![some("a", 2), some("b", 2)],
        },
        OutboxMessage::RestoreCoupon {
            coupon: "c-9".to_owned(),
        },
        OutboxMessage::RestorePoints { points: 100 },
        make("o-1-R1"),
        make("o-1-R2"),
    ];
    assert_eq!(change.effects.outbox, expected);
    assert_eq!(
        news(&change),
        ["cancelled", "refund_approved", "refund_approved"]
    );
    assert_eq!(after.timeline, change.effects.timeline);
    let details: Vec<_> = after
        .timeline
        .iter()
        .map(|entry| entry.detail.as_deref())
        .collect();
    assert_eq!(
        details,
        [Some("changed_mind"), Some("o-1-R1"), Some("o-1-R2")]
    );
}

#[test]
fn cancelling_a_packed_order_is_refused() {
    let order = order(OrderState::Packing, "physical");
    let refused = order.cancel(policy("tepai"), calendar(), &intent(None), now());
    let expected = CancelError::NotPossible {
        reason: NotPossibleReason::Packing,
        next_steps: vec![NextStep::ContactSupport],
    };
    assert_eq!(refused, Err(expected));
}

#[test]
fn cancelling_twice_is_refused_and_leads_to_the_refund() {
    let once = cancel(&rich_order(), policy("tepai"), None).order;
    let refused = once.cancel(policy("tepai"), calendar(), &intent(None), now());
    let expected = CancelError::NotPossible {
        reason: NotPossibleReason::AlreadyCancelled,
        next_steps: vec![NextStep::FollowRefund, NextStep::ContactSupport],
    };
    assert_eq!(refused, Err(expected));
}

#[test]
fn a_quote_is_what_a_cancel_then_does() {
    let order = rich_order();
    let tepai = policy("tepai");
    for lines in [
        None,
        Some(vec![some("a", 1)]),
        Some(vec![some("a", 2), some("b", 2)]),
    ] {
        let quote = order
            .quote(tepai, calendar(), lines.as_deref(), now())
            .unwrap();
        let change = cancel(&order, tepai, lines);
        let made: Vec<_> = change
            .order
            .refunds
            .iter()
            .map(|r| (r.amount, r.promise))
            .collect();
        let quoted: Vec<_> = quote
            .refunds
            .iter()
            .map(|r| (r.amount, r.promise))
            .collect();
        assert_eq!(quoted, made);
        assert_eq!(quote.whole, change.order.state == OrderState::Cancelled);
        let points = quote.restored.iter().find_map(|item| match item {
            GiveBackItem::Points { points } => Some(*points),
            GiveBackItem::Coupon { .. } => None,
        });
        let sent = change
            .effects
            .outbox
            .iter()
            .find_map(|message| match message {
                OutboxMessage::RestorePoints { points } => Some(*points),
                _ => None,
            });
        assert_eq!(points, sent);
    }
}

#[test]
fn a_part_keeps_the_order_and_its_coupon() {
    let order = rich_order();
    let quote = order
        .quote(policy("tepai"), calendar(), Some(&[some("a", 1)]), now())
        .unwrap();
    // Goods 37.00 are 18.50 for each line, the freight is the parcel's: half of 23.50 is 11.75.
    let amounts: Vec<i64> = quote
        .refunds
        .iter()
        .map(|refund| refund.amount.amount)
        .collect();
    assert_eq!(amounts, [839, 336]);
    let kept = NotRestored {
        title: coupon("2026-02-02").title,
        reason: NotRestoredReason::StillUsed,
    };
    assert_eq!(quote.not_restored, [kept]);
    assert_eq!(quote.restored, [GiveBackItem::Points { points: 25 }]);
    assert!(!quote.whole);

    let change = cancel(&order, policy("tepai"), Some(vec![some("a", 1)]));
    assert_eq!(change.order.state, OrderState::Unpacked);
    assert_eq!(change.order.body.lines[0].cancelled_quantity, 1);
    assert_eq!(change.order.body.cancelled, None);
    assert_eq!(news(&change)[0], "partly_cancelled");
    assert!(
        !change
            .effects
            .outbox
            .contains(&OutboxMessage::OrderCancelled)
    );
    assert_eq!(change.order.check(), Ok(()));
}

#[test]
fn the_last_part_is_the_whole() {
    let tepai = policy("tepai");
    let first = cancel(&rich_order(), tepai, Some(vec![some("b", 2), some("a", 1)])).order;
    let last = cancel(&first, tepai, Some(vec![some("a", 1)]));
    assert_eq!(last.order.state, OrderState::Cancelled);
    assert!(last.effects.outbox.contains(&OutboxMessage::OrderCancelled));
    assert!(last.effects.outbox.contains(&OutboxMessage::RestoreCoupon {
        coupon: "c-9".to_owned()
    }));
    let ids: Vec<&str> = last
        .order
        .refunds
        .iter()
        .map(|refund| refund.id.as_str())
        .collect();
    assert_eq!(ids, ["o-1-R1", "o-1-R2", "o-1-R3", "o-1-R4"]);
}

#[test]
fn a_coupon_comes_back_until_the_last_minute_of_its_last_day_in_the_shop() {
    let table = [
        ("2026-02-02T15:59:59Z", Ok(())),
        ("2026-02-02T16:00:00Z", Err(NotRestoredReason::Expired)),
    ];
    for (at, expected) in table {
        let quote = rich_order()
            .quote(policy("tepai"), calendar(), None, instant(at))
            .unwrap();
        let found = match quote.not_restored.first() {
            None => Ok(()),
            Some(lost) => Err(lost.reason),
        };
        assert_eq!(found, expected, "{at}");
    }
}

#[test]
fn cancelling_an_unpaid_order_moves_no_money() {
    let order = order(OrderState::AwaitingPayment, "digital");
    let change = cancel(&order, policy("wanfu"), None);
    assert_eq!(change.order.state, OrderState::Cancelled);
    assert!(change.order.refunds.is_empty());
    assert_eq!(news(&change), ["cancelled"]);
    let release = OutboxMessage::ReleaseStock {
        lines: vec![some("a", 2)],
    };
    assert_eq!(
        change.effects.outbox,
        [OutboxMessage::OrderCancelled, release]
    );
}

#[test]
fn wrong_lines_are_named() {
    let order = order(OrderState::Unpacked, "physical+gone");
    let tepai = policy("tepai");
    let whole_only = policy_with("tepai", "partial = true", "partial = false");
    let a = LineId::from("a");
    let b = LineId::from("b");
    let table = [
        (tepai, vec![], CancelError::NoLines),
        (
            tepai,
            vec![some("x", 1)],
            CancelError::UnknownLine(LineId::from("x")),
        ),
        (
            tepai,
            vec![some("a", 0)],
            CancelError::QuantityOutOfRange(a.clone()),
        ),
        (
            tepai,
            vec![some("a", 3)],
            CancelError::QuantityOutOfRange(a.clone()),
        ),
        (
            tepai,
            vec![some("b", 1)],
            CancelError::QuantityOutOfRange(b),
        ),
        (
            tepai,
            vec![some("a", 1), some("a", 2)],
            CancelError::QuantityOutOfRange(a.clone()),
        ),
        (
            tepai,
            vec![some("a", u32::MAX), some("a", u32::MAX)],
            CancelError::QuantityOutOfRange(a),
        ),
        (
            &whole_only,
            vec![some("a", 1)],
            CancelError::PartialNotAllowed,
        ),
    ];
    for (policy, lines, expected) in table {
        let found = order.cancel(policy, calendar(), &intent(Some(lines.clone())), now());
        assert_eq!(found, Err(expected), "{lines:?}");
    }
    // All that is left is the whole, however it is written.
    let written_twice = vec![some("a", 1), some("a", 1)];
    let change = cancel(&order, &whole_only, Some(written_twice));
    assert_eq!(change.order.state, OrderState::Cancelled);
}

#[test]
fn an_unpaid_order_is_not_cancelled_in_part() {
    let order = order(OrderState::AwaitingPayment, "digital");
    let found = order.cancel(
        policy("wanfu"),
        calendar(),
        &intent(Some(vec![some("a", 1)])),
        now(),
    );
    assert_eq!(found, Err(CancelError::PartialNotAllowed));
}

#[test]
fn reasons_are_the_policys_and_some_need_words() {
    let order = order(OrderState::Unpacked, "physical");
    let with = |reason: &str, note: Option<&str>| {
        let intent = CancelIntent {
            reason: reason.to_owned(),
            note: note.map(str::to_owned),
            lines: None,
        };
        order.cancel(policy("tepai"), calendar(), &intent, now())
    };
    assert_eq!(with("", None), Err(CancelError::UnknownReason));
    assert_eq!(
        with("wrong_account_or_zone", None),
        Err(CancelError::UnknownReason)
    );
    assert_eq!(with("other", None), Err(CancelError::NoteRequired));
    assert_eq!(
        with("other", Some(" \n\0 ")),
        Err(CancelError::NoteRequired)
    );
    let Ok(CancelSuccess::Cancelled(change)) = with("other", Some(" 送错\0人 ")) else {
        panic!("not cancelled");
    };
    assert_eq!(
        change.order.body.cancelled.unwrap().note.as_deref(),
        Some("送错人")
    );
}

#[test]
fn cancelling_a_mixed_order_takes_out_exactly_what_can_be_cancelled() {
    let wanfu = policy("wanfu");
    let order = order(OrderState::Unpacked, "one_tap+custom");
    let quote = order.quote(wanfu, calendar(), None, now()).unwrap();
    assert!(!quote.whole && !quote.by_request);
    let change = cancel(&order, wanfu, None);
    let gone: Vec<u32> = change
        .order
        .body
        .lines
        .iter()
        .map(|line| line.cancelled_quantity)
        .collect();
    assert_eq!(gone, [2, 0]);
    assert_eq!(change.order.state, OrderState::Unpacked);
    let refunds: Vec<i64> = change
        .order
        .refunds
        .iter()
        .map(|refund| refund.amount.amount)
        .collect();
    assert_eq!(refunds, [2_000]);
    // Then there is nothing more to cancel; and lines that are named are cancelled as they are named, or not at all.
    let again = change.order.cancel(wanfu, calendar(), &intent(None), now());
    let locked = |error: &CancelError| {
        matches!(
            error,
            CancelError::NotPossible {
                reason: NotPossibleReason::StockLocked,
                ..
            }
        )
    };
    assert!(again.is_err_and(|error| locked(&error)));
    let all = intent(Some(vec![some("a", 2), some("b", 2)]));
    let refused = order.cancel(wanfu, calendar(), &all, now());
    assert!(refused.is_err_and(|error| locked(&error)));
}

#[test]
fn a_request_about_a_mixed_order_names_what_it_is_about() {
    let wanfu = policy("wanfu");
    let order = order(OrderState::Unpacked, "physical+custom");
    let Ok(CancelSuccess::Requested(change)) =
        order.cancel(wanfu, calendar(), &intent(None), now())
    else {
        panic!("staff decide");
    };
    let request = change.order.body.request.clone().unwrap();
    assert_eq!(request.lines, [some("a", 2)]);
    let granted = changed(&change.order, ShopEvent::CancellationApproved).order;
    assert_eq!(granted.state, OrderState::Unpacked);
    assert_eq!(granted.body.lines[1].cancelled_quantity, 0);
    assert_eq!(granted.refunds.len(), 1);
}

#[test]
fn an_order_left_with_nothing_but_issued_goods_is_delivered() {
    let order = order(OrderState::Unpacked, "physical+issued");
    let change = cancel(&order, policy("tepai"), Some(vec![some("a", 2)]));
    assert_eq!(change.order.state, OrderState::Delivered);
    assert_eq!(change.order.delivered_at, Some(now()));
}
