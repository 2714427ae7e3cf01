//! Orders for tests.

use orders_api::*;

pub fn cny(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

pub fn instant(text: &str) -> Instant {
    Instant(text.into())
}

pub fn cancellation(kind: CancellationKind) -> Cancellation {
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

pub fn line(id: &str, title: &str, quantity: u32, unit: i64) -> Line {
    Line {
        id: id.into(),
        title: title.into(),
        variant: Some("天青".into()),
        quantity,
        cancelled_quantity: 0,
        unit_price: cny(unit),
        total: cny(unit * i64::from(quantity)),
        image_url: Some("/products/mug.svg".into()),
        kind: LineKind::Physical,
        stays: None,
    }
}

pub fn refund(id: &str, state: RefundState) -> Refund {
    Refund {
        id: id.into(),
        amount: cny(123_450),
        channel: Channel::WechatPay,
        account: "微信零钱".into(),
        state,
        created_at: instant("2026-11-22T08:05:00.000Z"),
        updated_at: instant("2026-11-22T08:05:00.000Z"),
        sent_at: None,
        expected_on: None,
        failure: None,
        late: None,
        starts_by: Day("2026-11-25".into()),
        arrives_from: Day("2026-12-01".into()),
        arrives_by: Day("2026-12-04".into()),
        estimated: false,
    }
}

/// Paid, not packed, to be cancelled at once.
pub fn unpacked() -> OrderDetail {
    let payment = Payment {
        channel: Channel::WechatPay,
        account: "微信零钱".into(),
        amount: cny(123_450),
        paid_at: instant("2026-11-21T13:42:00.000Z"),
    };
    OrderDetail {
        id: "o1".into(),
        external_id: "e1".into(),
        number: "TP202611210318".into(),
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        support: Support {
            phone: "400-820-0403".into(),
            hours: "每天 9:00–21:00".into(),
            email: "support@tepai.example".into(),
            email_reply_hours: 24,
            chat: true,
            social: Vec::new(),
        },
        state: OrderState::Unpacked,
        version: 3,
        placed_at: instant("2026-11-21T13:40:00.000Z"),
        pay_by: None,
        paid_at: Some(instant("2026-11-21T13:42:00.000Z")),
        total: cny(123_450),
        lines: vec![
            line("l1", "青釉茶具六件套", 1, 89_900),
            line("l2", "手作陶瓷马克杯", 2, 12_800),
            line("l3", "山野坚果礼盒", 1, 18_900),
        ],
        amounts: Amounts {
            goods: cny(134_400),
            discount: cny(8_000),
            coupon: cny(2_000),
            points_value: cny(2_150),
            points: 2_150,
            freight: cny(1_200),
            total: cny(123_450),
        },
        address: Some(Address {
            recipient: "林晓".into(),
            phone: "13800000001".into(),
            region: "浙江省 杭州市 西湖区".into(),
            street: "文三路 90 号".into(),
        }),
        parcel: None,
        payments: vec![payment],
        pay_url: None,
        pending: None,
        confirm_by: None,
        timeline: vec![TimelineEntry {
            at: instant("2026-11-21T13:40:00.000Z"),
            what: TimelineEvent::Placed,
            by: Actor::Shopper,
            detail: None,
        }],
        refunds: Vec::new(),
        cases: Vec::new(),
        after_sale: None,
        complaints: Vec::new(),
        may_complain: false,
        cancellation: cancellation(CancellationKind::SelfService),
        actions: vec![Action::Cancel, Action::ContactSupport],
        policy_version: "2026-01".into(),
        limit: None,
    }
}

/// In another state, in which it cannot be cancelled.
fn stuck(state: OrderState, reason: &str, next_steps: &[NextStep]) -> OrderDetail {
    OrderDetail {
        state,
        version: 4,
        cancellation: Cancellation {
            reason: Some(reason.into()),
            next_steps: next_steps.to_vec(),
            ..cancellation(CancellationKind::NotPossible)
        },
        actions: vec![Action::ContactSupport],
        ..unpacked()
    }
}

pub fn packing() -> OrderDetail {
    stuck(OrderState::Packing, "packing", &[NextStep::ContactSupport])
}

pub fn shipped() -> OrderDetail {
    OrderDetail {
        parcel: Some(Parcel {
            courier: "顺丰".into(),
            tracking_number: "SF1".into(),
        }),
        ..stuck(
            OrderState::Shipped,
            "shipped",
            &[
                NextStep::RefuseParcel,
                NextStep::RequestReturn,
                NextStep::ContactSupport,
            ],
        )
    }
}

pub fn delivered() -> OrderDetail {
    stuck(
        OrderState::Delivered,
        "delivered",
        &[NextStep::RequestReturn, NextStep::ReportDefect],
    )
}

pub fn completed() -> OrderDetail {
    stuck(OrderState::Completed, "completed", &[])
}

/// Unpaid, in a shop that closes unpaid orders by itself.
pub fn unpaid() -> OrderDetail {
    OrderDetail {
        pay_by: Some(instant("2026-11-21T14:10:00.000Z")),
        paid_at: None,
        payments: Vec::new(),
        pay_url: Some("https://pay.example/o1".into()),
        actions: vec![Action::Pay, Action::ContactSupport],
        ..stuck(
            OrderState::AwaitingPayment,
            "not_paid",
            &[NextStep::LetItClose],
        )
    }
}

/// Unpaid, to be cancelled at once.
pub fn unpaid_cancellable() -> OrderDetail {
    OrderDetail {
        cancellation: cancellation(CancellationKind::SelfService),
        actions: vec![Action::Pay, Action::Cancel, Action::ContactSupport],
        ..unpaid()
    }
}

/// Waiting for the shop because the telephone is wrong.
pub fn incomplete() -> OrderDetail {
    OrderDetail {
        state: OrderState::PendingConfirmation,
        pending: Some(Pending {
            cause: PendingCause::IncompleteInfo,
            missing: vec![AddressField::Phone],
        }),
        actions: vec![
            Action::CorrectAddress,
            Action::Cancel,
            Action::ContactSupport,
        ],
        ..unpacked()
    }
}

/// Waiting for the shop, which says by then whether it accepts it.
pub fn waiting() -> OrderDetail {
    OrderDetail {
        pending: Some(Pending {
            cause: PendingCause::NoCourier,
            missing: vec![],
        }),
        confirm_by: Some(instant("2026-11-23T08:00:00.000Z")),
        actions: vec![Action::Cancel, Action::ContactSupport],
        ..incomplete()
    }
}

/// To be cancelled on request.
pub fn by_request() -> OrderDetail {
    OrderDetail {
        cancellation: cancellation(CancellationKind::ByRequest),
        actions: vec![Action::RequestCancellation, Action::ContactSupport],
        ..unpacked()
    }
}

/// To be cancelled on request, but for its first line.
pub fn mixed() -> OrderDetail {
    let mut order = by_request();
    order.lines[0].stays = Some(NotPossibleReason::StockLocked);
    order
}

/// With an open request.
pub fn requested() -> OrderDetail {
    OrderDetail {
        version: 4,
        cancellation: Cancellation {
            reason: Some("changed_mind".into()),
            reason_label: Some("不想要了".into()),
            at: Some(instant("2026-11-22T01:30:00.000Z")),
            until: Some(instant("2026-11-23T01:30:00.000Z")),
            note: Some("买多了".into()),
            ..cancellation(CancellationKind::Requested)
        },
        actions: vec![Action::WithdrawRequest, Action::ContactSupport],
        ..unpacked()
    }
}

/// With a request that staff declined.
pub fn declined() -> OrderDetail {
    let mut order = stuck(
        OrderState::Unpacked,
        "request_declined",
        &[NextStep::ContactSupport],
    );
    order.cancellation.note = Some("已经在生产了".into());
    order
}

/// The answer to a cancel, after which the order is this.
pub fn done(order: OrderDetail) -> CancelOutcome {
    let preview = preview();
    CancelOutcome {
        outcome: Outcome::Cancelled,
        order,
        restored: preview.restored,
        not_restored: preview.not_restored,
    }
}

pub fn cancelled_by(by: CancelledBy) -> OrderDetail {
    let mut order = OrderDetail {
        state: OrderState::Cancelled,
        version: 4,
        cancellation: Cancellation {
            reason: Some("changed_mind".into()),
            reason_label: Some("不想要了".into()),
            by: Some(by),
            at: Some(instant("2026-11-22T08:05:00.000Z")),
            ..cancellation(CancellationKind::Cancelled)
        },
        refunds: vec![refund("o1-R1", RefundState::Sent)],
        actions: vec![Action::ContactSupport],
        ..unpacked()
    };
    for line in &mut order.lines {
        line.cancelled_quantity = line.quantity;
    }
    order
}

pub fn preview() -> CancellationPreview {
    CancellationPreview {
        outcome: Outcome::Cancelled,
        refunds: vec![PreviewRefund {
            amount: cny(123_450),
            channel: Channel::WechatPay,
            account: "微信零钱".into(),
            starts_by: Day("2026-11-25".into()),
            arrives_from: Day("2026-12-01".into()),
            arrives_by: Day("2026-12-04".into()),
            working_days: WorkingDays {
                starts_within: 3,
                arrives_from: 7,
                arrives_within: 10,
            },
            estimated: false,
        }],
        refund_total: cny(123_450),
        restored: vec![Restored {
            kind: Channel::Points,
            title: None,
            points: Some(2_150),
        }],
        not_restored: vec![NotRestored {
            title: "满 300 减 20".into(),
            reason: NotRestoredReason::Expired,
        }],
        reasons: vec![
            Reason {
                code: "changed_mind".into(),
                label: "不想要了".into(),
                note_required: false,
            },
            Reason {
                code: "other".into(),
                label: "其他原因".into(),
                note_required: true,
            },
        ],
        whole: true,
        partial_allowed: true,
        counting: None,
        limit: None,
    }
}

/// Received, with one case in this state, and a window to ask for another.
pub fn with_case(state: CaseState) -> OrderDetail {
    let mut order = delivered();
    let over = state.is_final();
    order.cases = vec![CaseSummary {
        id: "o1-C1".into(),
        kind: CaseKind::ReturnAndRefund,
        state,
        turn: state.turn(),
        until: (!over).then(|| instant("2026-11-28T06:00:00.000Z")),
        amount: cny(10_240),
        opened_at: instant("2026-11-24T08:00:00.000Z"),
    }];
    order.after_sale = Some(AfterSaleWindow {
        until: Some(instant("2026-12-03T16:00:00.000Z")),
        until_faulty: instant("2026-12-11T16:00:00.000Z"),
    });
    order.timeline.insert(
        0,
        TimelineEntry {
            at: instant("2026-11-24T08:00:00.000Z"),
            what: TimelineEvent::CaseOpened,
            by: Actor::Shopper,
            detail: Some("o1-C1".into()),
        },
    );
    order.actions.insert(0, Action::AskAfterSale);
    order
}
