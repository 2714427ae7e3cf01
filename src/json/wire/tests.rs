//! Both readers agree: what serde writes on the server, the storefront reads as the same value.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::client::Failure;
use crate::features::order::sample;
use crate::features::refund::sample as refunds;
use crate::json::read;

/// Written by serde, read by ours.
#[track_caller]
fn agrees<T: Serialize + Read + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(read::<T>(&text).as_ref(), Some(value), "{text}");
}

/// Written by ours, read by serde.
#[track_caller]
fn is_understood<T: Write + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = value.json().print();
    assert_eq!(
        serde_json::from_str::<T>(&text).ok().as_ref(),
        Some(value),
        "{text}"
    );
}

fn orders() -> Vec<OrderDetail> {
    vec![
        sample::unpaid(),
        sample::unpacked(),
        sample::packing(),
        sample::shipped(),
        sample::requested(),
        sample::declined(),
        sample::by_request(),
        sample::mixed(),
        sample::cancelled_by(CancelledBy::Staff),
    ]
}

fn problem() -> Problem {
    Problem {
        kind: "about:blank".into(),
        title: "T".into(),
        status: 409,
        detail: "D \"quoted\"".into(),
        code: codes::ORDER_NOT_CANCELLABLE.into(),
        request_id: "req-1".into(),
        errors: BTreeMap::new(),
        order: None,
        reason: Some("packing".into()),
        next_steps: vec![NextStep::ContactSupport, NextStep::RefuseParcel],
    }
}

#[test]
fn orders_are_read_as_the_server_writes_them() {
    for order in orders() {
        agrees(&order);
        agrees(&CancelOutcome {
            outcome: Outcome::Requested,
            order: order.clone(),
            restored: sample::preview().restored,
            not_restored: sample::preview().not_restored,
        });
        let row = OrderSummary {
            id: order.id,
            external_id: order.external_id,
            number: order.number,
            shop: order.shop,
            state: order.state,
            version: order.version,
            placed_at: order.placed_at,
            pay_by: order.pay_by,
            refunding: Some(order.total.clone()),
            total: order.total,
            lines: order.lines,
            cancellation: order.cancellation,
            pending: Some(Pending {
                cause: PendingCause::IncompleteInfo,
                missing: vec![AddressField::Phone],
            }),
            actions: order.actions,
        };
        agrees(&OrderList {
            items: vec![row.clone(), row],
            next_cursor: Some("c".into()),
            counts: TabCounts {
                all: 1,
                awaiting_payment: 2,
                to_ship: 3,
                to_receive: 4,
                after_sale: 5,
                cancelled: 6,
            },
        });
    }
}

#[test]
fn refunds_are_read_as_the_server_writes_them() {
    refunds::every().iter().for_each(agrees);
    let mut full = refunds::late(RefundState::InClearing, Lateness::NotArrived);
    full.refund.expected_on = Some(Day("2026-12-02".into()));
    full.refund.failure = Some(RefundFailure::TooOld);
    full.refund.estimated = true;
    full.others = vec![full.refund.clone()];
    agrees(&full);
    // What is absent, and what is `null`, is not there.
    let text = serde_json::to_string(&refunds::detail(RefundState::Approved)).unwrap();
    assert!(
        !text.contains("\"late\"") && !text.contains("\"sent_at\""),
        "{text}"
    );
    let with_null = text.replacen("\"state\"", "\"late\":null,\"sent_at\":null,\"state\"", 1);
    assert_eq!(
        read(&with_null),
        Some(refunds::detail(RefundState::Approved))
    );
}

#[test]
fn everything_else_is_read_as_the_server_writes_it() {
    agrees(&problem());
    agrees(&Problem {
        errors: BTreeMap::new(),
        order: None,
        reason: None,
        next_steps: Vec::new(),
        ..problem()
    });
    for guest_order in [None, Some("o1".to_owned())] {
        agrees(&Session {
            shopper: Shopper {
                id: "s".into(),
                display_name: "林".into(),
            },
            guest_order,
        });
    }
    agrees(&GuestWays {
        email: true,
        phone: false,
    });
    agrees(&GuestCodeAsked {
        guest_request: "g".into(),
        expires_at: Instant("2026-11-22T08:30:00.000Z".into()),
    });
    agrees(&OrderChanged {
        id: "o".into(),
        version: i64::MAX,
    });
    agrees(&StreamReady { missed: true });
    agrees(&CancellationPreview {
        outcome: Outcome::Cancelled,
        refunds: vec![PreviewRefund {
            amount: money(1),
            channel: Channel::Points,
            account: "a".into(),
            starts_by: Day("2026-11-23".into()),
            arrives_from: Day("2026-11-24".into()),
            arrives_by: Day("2026-11-25".into()),
            working_days: WorkingDays {
                starts_within: 1,
                arrives_from: 2,
                arrives_within: 3,
            },
            estimated: true,
        }],
        refund_total: money(-5),
        restored: vec![Restored {
            kind: Channel::Coupon,
            title: Some("t".into()),
            points: None,
        }],
        not_restored: vec![NotRestored {
            title: "t".into(),
            reason: NotRestoredReason::ALL[0],
        }],
        reasons: vec![Reason {
            code: "other".into(),
            label: "L".into(),
            note_required: true,
        }],
        whole: false,
        partial_allowed: true,
        counting: Some(CancelCounting {
            counted: 1,
            leads_to: Some(LadderStep::ALL[0]),
            limit_at: 3,
            limit_days: 30,
            free: 4,
            forget_days: 30,
            never_for: vec!["too_slow".into()],
        }),
        limit: Some(CancelLimit {
            until: Instant("2026-12-01T00:00:00.000Z".into()),
            free: 4,
            forget_days: 30,
        }),
    });
}

fn money(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

#[test]
fn every_value_of_every_enum_is_read() {
    Actor::ALL.iter().for_each(agrees);
    AddressField::ALL.iter().for_each(agrees);
    CancelledBy::ALL.iter().for_each(agrees);
    Channel::ALL.iter().for_each(agrees);
    Lateness::ALL.iter().for_each(agrees);
    LineKind::ALL.iter().for_each(agrees);
    NextStep::ALL.iter().for_each(agrees);
    NotPossibleReason::ALL.iter().for_each(agrees);
    NotRestoredReason::ALL.iter().for_each(agrees);
    OrderState::ALL.iter().for_each(agrees);
    PendingCause::ALL.iter().for_each(agrees);
    RefundFailure::ALL.iter().for_each(agrees);
    RefundState::ALL.iter().for_each(agrees);
    TimelineEvent::ALL.iter().for_each(agrees);
    CaseAct::ALL.iter().for_each(agrees);
    CaseAction::ALL.iter().for_each(agrees);
    CaseKind::ALL.iter().for_each(agrees);
    CaseState::ALL.iter().for_each(agrees);
    Condition::ALL.iter().for_each(agrees);
    Consequence::ALL.iter().for_each(agrees);
    EvidenceKind::ALL.iter().for_each(agrees);
    NotReturnable::ALL.iter().for_each(agrees);
    Turn::ALL.iter().for_each(agrees);
    [
        UploadState::Receiving,
        UploadState::Ready,
        UploadState::Refused,
    ]
    .iter()
    .for_each(agrees);
    [
        EvidenceRefusal::UnknownType,
        EvidenceRefusal::TooLarge,
        EvidenceRefusal::TooManyPixels,
        EvidenceRefusal::TooLong,
        EvidenceRefusal::Broken,
        EvidenceRefusal::NotSupported,
    ]
    .iter()
    .for_each(agrees);
    [Outcome::Cancelled, Outcome::Requested]
        .iter()
        .for_each(agrees);
    [
        CancellationKind::SelfService,
        CancellationKind::ByRequest,
        CancellationKind::Requested,
        CancellationKind::NotPossible,
        CancellationKind::Cancelled,
    ]
    .iter()
    .for_each(agrees);
    [
        Action::Pay,
        Action::CorrectAddress,
        Action::Cancel,
        Action::RequestCancellation,
        Action::WithdrawRequest,
        Action::AskAfterSale,
        Action::ContactSupport,
    ]
    .iter()
    .for_each(agrees);
}

#[test]
fn the_server_understands_what_is_sent() {
    let login = LogIn {
        login: "a@b".into(),
        password: "\"\\\n杯".into(),
    };
    let text = login.json().print();
    assert_eq!(serde_json::from_str::<LogIn>(&text).ok(), Some(login));
    let hand_off = HandOff {
        code: "c".into(),
        secret: "s".into(),
    };
    let text = hand_off.json().print();
    assert_eq!(serde_json::from_str::<HandOff>(&text).ok(), Some(hand_off));
    let ask = AskGuestCode {
        number: "N1".into(),
        contact: "a@b".into(),
    };
    let text = ask.json().print();
    assert_eq!(serde_json::from_str::<AskGuestCode>(&text).ok(), Some(ask));
    let open = OpenGuestSession {
        request: "g".into(),
        code: "123456".into(),
    };
    let text = open.json().print();
    assert_eq!(
        serde_json::from_str::<OpenGuestSession>(&text).ok(),
        Some(open)
    );
    is_understood(&Address {
        recipient: "林".into(),
        phone: "1".into(),
        region: "r".into(),
        street: "s".into(),
    });
    is_understood(&CancelOrder {
        reason: "other".into(),
        note: Some("n".into()),
        lines: Some(vec![LineQuantity {
            line: "l".into(),
            quantity: 2,
        }]),
    });
    is_understood(&CancelOrder {
        reason: "other".into(),
        note: None,
        lines: None,
    });
    is_understood(&OpenCase {
        kind: CaseKind::ReturnAndRefund,
        lines: vec![CaseLine {
            line: "l".into(),
            quantity: 2,
            components: vec!["lid".into()],
        }],
        reason: "quality".into(),
        condition: Some(Condition::Opened),
        note: Some("n".into()),
        evidence: vec!["p".into()],
    });
    let message = CaseMessage {
        text: "t".into(),
        evidence: vec!["p".into()],
    };
    let text = message.json().print();
    assert_eq!(
        serde_json::from_str::<CaseMessage>(&text).ok(),
        Some(message)
    );
    is_understood(&Parcel {
        courier: "顺丰".into(),
        tracking_number: "SF1".into(),
    });
    let begin = BeginUpload { bytes: 5 };
    let text = begin.json().print();
    assert_eq!(serde_json::from_str::<BeginUpload>(&text).ok(), Some(begin));
    let read = MarkRead { up_to: "n".into() };
    let text = read.json().print();
    assert_eq!(serde_json::from_str::<MarkRead>(&text).ok(), Some(read));
    for bank in [Some("工商银行".to_owned()), None] {
        let wish = AskRefundWay {
            channel: Channel::Alipay,
            account: "a\"b".into(),
            holder: "林".into(),
            bank,
            password: " p ".into(),
        };
        let text = wish.json().print();
        assert!(
            serde_json::from_str::<AskRefundWay>(&text).ok() == Some(wish),
            "{text}"
        );
    }
}

#[test]
fn a_refusal_comes_with_the_order_for_who_asks_for_it() {
    let sent = Problem {
        order: Some(Box::new(sample::packing())),
        errors: BTreeMap::from([("note".into(), "required".into())]),
        ..problem()
    };
    let text = serde_json::to_string(&sent).unwrap();
    let with = Failure::in_full(409, Json::parse(&text));
    assert_eq!(with, Failure::Refused(Box::new(sent)));
    let without = Failure::of(409, Json::parse(&text));
    assert_eq!(without, Failure::Refused(Box::new(problem())));
}

#[test]
fn what_is_not_of_this_api_is_refused() {
    for text in ["{}", "[]", "<html>", r#"{"items":null}"#] {
        assert_eq!(read::<OrderList>(text), None, "{text}");
        assert_eq!(read::<Problem>(text), None, "{text}");
        assert_eq!(read::<OrderChanged>(text), None, "{text}");
    }
    assert_eq!(read::<OrderState>("\"nonsense\""), None);
}

#[test]
fn the_help_centre_is_read_as_the_server_writes_it() {
    use crate::features::help::sample as help;
    agrees(&help::list());
    agrees(&HelpList {
        q: Some("退款".into()),
        elsewhere: help::shops(),
        ..help::list()
    });
    agrees(&help::article());
    let policy = help::policy();
    agrees(&PolicyDetail {
        after_sale: None,
        abuse: None,
        complaints: None,
        versions: Vec::new(),
        differs: vec![
            PolicySection::Cancelling,
            PolicySection::Reasons,
            PolicySection::Refunds,
            PolicySection::AfterSale,
            PolicySection::Abuse,
        ],
        ..policy.clone()
    });
    agrees(&policy);
    // A shop may take nothing back without a fault of its own.
    let mut only_faulty = policy.clone();
    only_faulty.after_sale.as_mut().unwrap().days = None;
    agrees(&only_faulty);
    agrees(&AfterSaleWindow {
        until: None,
        until_faulty: sample::instant("2026-12-11T16:00:00.000Z"),
    });
}
