//! What the shop's events do, in every state, in any order, and twice.

use orders_domain::*;

use crate::sample::*;

/// What becomes of each event (rows) in each situation (columns): the new state, `+` when the order changes but not its
/// state, `=` when nothing changes, or the refusal in capitals.
const TABLE: &str = "
.            awaiting  pending    incomplete  unpacked   on_hold    packing    shipped    delivered  completed  cancelled  unpaid_cancelled
paid         unpacked  =          =           =          =          =          =          =          =          =          +
held         +         +          +           pending    pending    =          =          =          =          =          =
confirmed    +         unpacked   INCOMPLETE  +          +          =          =          =          =          =          =
packing      packing   packing    INCOMPLETE  packing    HOLD       =          =          =          =          CANCELLED  CANCELLED
shipped      shipped   shipped    INCOMPLETE  shipped    HOLD       shipped    +          +          +          CANCELLED  CANCELLED
delivered    delivered delivered  INCOMPLETE  delivered  HOLD       delivered  delivered  =          =          CANCELLED  CANCELLED
issued       +         +          +           +          HOLD       +          +          +          +          CANCELLED  CANCELLED
completed    completed completed  completed   completed  =          completed  completed  completed  =          =          =
seller       cancelled cancelled  cancelled   cancelled  cancelled  cancelled  TOO_LATE   TOO_LATE   TOO_LATE   =          =
approved     MISMATCH  MISMATCH   MISMATCH    MISMATCH   cancelled  MISMATCH   MISMATCH   MISMATCH   MISMATCH   =          =
declined     MISMATCH  MISMATCH   MISMATCH    MISMATCH   +          MISMATCH   MISMATCH   MISMATCH   MISMATCH   =          =
refund       MISMATCH  MISMATCH   MISMATCH    MISMATCH   MISMATCH   MISMATCH   MISMATCH   MISMATCH   MISMATCH   MISMATCH   MISMATCH
";

const MIXED: &str = "physical+digital";

fn situation(name: &str) -> Order {
    match name {
        "awaiting" => order(OrderState::AwaitingPayment, MIXED),
        "pending" => order(OrderState::PendingConfirmation, MIXED),
        "incomplete" => incomplete(order(OrderState::PendingConfirmation, MIXED)),
        "unpacked" => order(OrderState::Unpacked, MIXED),
        "on_hold" => requested(order(OrderState::Unpacked, MIXED)),
        "packing" => order(OrderState::Packing, MIXED),
        "shipped" => order(OrderState::Shipped, MIXED),
        "delivered" => order(OrderState::Delivered, MIXED),
        "completed" => order(OrderState::Completed, MIXED),
        "cancelled" => order(OrderState::Cancelled, MIXED),
        "unpaid_cancelled" => {
            let mut order = order(OrderState::Cancelled, MIXED);
            order.paid_at = None;
            order.body.payments.clear();
            order
        }
        other => panic!("{other}"),
    }
}

fn parcel() -> Parcel {
    Parcel {
        courier: "顺丰".to_owned(),
        tracking_number: "SF100".to_owned(),
    }
}

fn seller_cancelled() -> ShopEvent {
    ShopEvent::SellerCancelled {
        reason: "out_of_stock".to_owned(),
        note: Some("仓库盘点\0".to_owned()),
    }
}

fn event(name: &str) -> ShopEvent {
    match name {
        "paid" => ShopEvent::Paid {
            payments: vec![payment(Channel::Alipay, 4_000)],
        },
        "held" => ShopEvent::Held {
            cause: PendingCause::SystemDelay,
            missing: vec![],
        },
        "confirmed" => ShopEvent::Confirmed,
        "packing" => ShopEvent::PackingStarted,
        "shipped" => ShopEvent::Shipped { parcel: parcel() },
        "delivered" => ShopEvent::Delivered,
        "issued" => ShopEvent::Issued { lines: vec![] },
        "completed" => ShopEvent::Completed,
        "seller" => seller_cancelled(),
        "approved" => ShopEvent::CancellationApproved,
        "declined" => ShopEvent::CancellationDeclined {
            note: "已充值".to_owned(),
        },
        "refund" => ShopEvent::RefundProgressed {
            refund: RefundId::from("o-1-R1"),
            state: RefundState::Sent,
        },
        other => panic!("{other}"),
    }
}

fn in_words(before: &Order, found: &Result<Applied, EventRefusal>) -> &'static str {
    match found {
        Ok(Applied::Unchanged) => "=",
        Ok(Applied::Changed(change)) if change.order.state == before.state => "+",
        Ok(Applied::Changed(change)) => match change.order.state {
            OrderState::PendingConfirmation => "pending",
            state => state.code(),
        },
        Err(EventRefusal::OrderCancelled) => "CANCELLED",
        Err(EventRefusal::OrderOnHold) => "HOLD",
        Err(EventRefusal::IncompleteInfo) => "INCOMPLETE",
        Err(EventRefusal::NotCancellable) => "TOO_LATE",
        Err(EventRefusal::Mismatch) => "MISMATCH",
    }
}

#[test]
fn every_event_in_every_situation_does_what_the_table_says() {
    let mut rows = TABLE.trim().lines().map(str::split_whitespace);
    let columns: Vec<&str> = rows.next().unwrap().skip(1).collect();
    for mut row in rows {
        let name = row.next().unwrap();
        let cells: Vec<&str> = row.collect();
        assert_eq!(cells.len(), columns.len(), "{name}");
        for (column, expected) in columns.iter().zip(cells) {
            let before = situation(column);
            let found = apply(&before, event(name));
            assert_eq!(in_words(&before, &found), expected, "{name} in {column}");
            if let Ok(Applied::Changed(change)) = found {
                assert_eq!(change.order.version, before.version + 1);
                let moved = change.order.state != before.state;
                assert!(!moved || before.state.may_become(change.order.state));
                assert_eq!(change.order.timeline, change.effects.timeline);
                assert!(!change.effects.timeline.is_empty(), "{name} in {column}");
                let again = apply(&change.order, event(name));
                assert_eq!(again, Ok(Applied::Unchanged), "{name} twice in {column}");
            }
        }
    }
}

#[test]
fn events_in_any_order_lead_to_the_same_state() {
    let names = ["paid", "confirmed", "packing", "shipped", "delivered"];
    let mut orders_tried = 0;
    for permutation in permutations(&names) {
        let mut order = order(OrderState::AwaitingPayment, "physical");
        for name in &permutation {
            let event = match *name {
                "paid" => ShopEvent::Paid {
                    payments: vec![payment(Channel::Alipay, 2_000)],
                },
                name => event(name),
            };
            if let Applied::Changed(change) = apply(&order, event).unwrap() {
                order = change.order;
            }
        }
        assert_eq!(order.state, OrderState::Delivered, "{permutation:?}");
        assert_eq!(order.body.parcel, Some(parcel()), "{permutation:?}");
        assert!(
            order.paid_at.is_some() && order.delivered_at.is_some(),
            "{permutation:?}"
        );
        orders_tried += 1;
    }
    assert_eq!(orders_tried, 120);
}

fn permutations<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
    if names.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for (index, first) in names.iter().enumerate() {
        let mut rest = names.to_vec();
        rest.remove(index);
        for mut tail in permutations(&rest) {
            tail.insert(0, first);
            all.push(tail);
        }
    }
    all
}

#[test]
fn an_event_is_dated_when_it_happened_but_never_in_the_future() {
    let order = order(OrderState::Unpacked, "physical");
    for (minutes_off, expected) in [(-30, now() - minutes(30)), (30, now())] {
        let occurred_at = now() + minutes(minutes_off);
        let Ok(Applied::Changed(change)) = apply_at(&order, ShopEvent::PackingStarted, occurred_at)
        else {
            panic!("not changed");
        };
        assert_eq!(change.order.timeline[0].at, expected);
        assert_eq!(change.order.timeline[0].by, Actor::Warehouse);
    }
}

#[test]
fn payments_must_make_the_total() {
    let order = order(OrderState::AwaitingPayment, "physical");
    let table: [(&[i64], bool); 7] = [
        (&[2_000], true),
        (&[1_500, 500], true),
        (&[1_999], false),
        (&[2_001], false),
        (&[], false),
        (&[2_500, -500], false),
        (&[i64::MAX, i64::MAX], false),
    ];
    for (amounts, fits) in table {
        let payments = amounts
            .iter()
            .map(|amount| payment(Channel::Alipay, *amount));
        let payments = payments.collect();
        let found = apply(&order, ShopEvent::Paid { payments });
        assert_eq!(found.is_ok(), fits, "{amounts:?}");
        if !fits {
            assert_eq!(found, Err(EventRefusal::Mismatch), "{amounts:?}");
        }
    }
}

#[test]
fn a_late_payment_is_given_back_in_full_and_only_once() {
    let order = order(OrderState::AwaitingPayment, MIXED);
    let closed = order
        .close_unpaid(policy("tepai"), now() + minutes(60))
        .unwrap()
        .order;
    let payments = vec![
        payment(Channel::Alipay, 1_500),
        payment(Channel::BankCard, 2_500),
    ];
    let paid = ShopEvent::Paid { payments };
    let change = changed(&closed, paid.clone());
    assert_eq!(change.order.state, OrderState::Cancelled);
    let amounts: Vec<i64> = change
        .order
        .refunds
        .iter()
        .map(|r| r.amount.amount)
        .collect();
    assert_eq!(amounts, [1_500, 2_500]);
    let expected = [
        "paid",
        "late_payment_refunded",
        "refund_approved",
        "refund_approved",
    ];
    assert_eq!(news(&change), expected);
    assert_eq!(apply(&change.order, paid), Ok(Applied::Unchanged));
}

#[test]
fn a_hold_that_was_said_before_payment_counts_after_it() {
    let order = order(OrderState::AwaitingPayment, MIXED);
    let held = changed(&order, event("held")).order;
    assert_eq!(held.state, OrderState::AwaitingPayment);
    let paid = changed(&held, event("paid")).order;
    assert_eq!(paid.state, OrderState::PendingConfirmation);
    assert_eq!(
        changed(&paid, ShopEvent::Confirmed).order.state,
        OrderState::Unpacked
    );
}

#[test]
fn paying_an_order_that_waits_does_not_confirm_it() {
    let mut order = order(OrderState::PendingConfirmation, MIXED);
    order.paid_at = None;
    order.body.payments.clear();
    let paid = changed(&order, event("paid")).order;
    assert_eq!(paid.state, OrderState::PendingConfirmation);
    assert_eq!((paid.paid_at, paid.body.payments.len()), (Some(now()), 1));
}

#[test]
fn a_hold_that_is_older_than_the_confirmation_is_late() {
    let order = order(OrderState::PendingConfirmation, "physical");
    let confirmed = changed(&order, ShopEvent::Confirmed).order;
    let before = apply_at(&confirmed, event("held"), now() - minutes(1));
    assert_eq!(before, Ok(Applied::Unchanged));
}

#[test]
fn a_repeated_question_does_not_undo_the_answer() {
    let question = ShopEvent::Held {
        cause: PendingCause::IncompleteInfo,
        missing: vec![AddressField::Phone],
    };
    let order = order(OrderState::Unpacked, "physical");
    let asked = changed(&order, question.clone()).order;
    assert_eq!(asked.timeline[0].detail.as_deref(), Some("incomplete_info"));
    let answered = asked
        .correct_address(address(), policy("tepai"), now())
        .unwrap()
        .order;
    assert_eq!(apply(&answered, question), Ok(Applied::Unchanged));
}

#[test]
fn a_shipment_is_noted_with_courier_and_number() {
    let order = order(OrderState::Packing, "physical");
    let change = changed(&order, event("shipped"));
    assert_eq!(
        change.order.timeline[0].detail.as_deref(),
        Some("顺丰 SF100")
    );
    assert_eq!(change.order.body.parcel, Some(parcel()));
}

#[test]
fn issuing_every_digital_line_delivers_a_digital_order() {
    let order = order(OrderState::Unpacked, "digital+digital");
    let first = ShopEvent::Issued {
        lines: vec![LineId::from("b")],
    };
    let change = changed(&order, first);
    assert_eq!(change.order.state, OrderState::Unpacked);
    let issued: Vec<bool> = change
        .order
        .body
        .lines
        .iter()
        .map(|line| line.issued)
        .collect();
    assert_eq!(issued, [false, true]);
    let change = changed(&change.order, event("issued"));
    assert_eq!(change.order.state, OrderState::Delivered);
    assert_eq!(change.order.delivered_at, Some(now()));
}

#[test]
fn only_digital_lines_of_the_order_can_be_issued() {
    let order = order(OrderState::Unpacked, MIXED);
    for line in ["a", "x"] {
        let lines = vec![LineId::from(line)];
        let found = apply(&order, ShopEvent::Issued { lines });
        assert_eq!(found, Err(EventRefusal::Mismatch), "{line}");
    }
}

#[test]
fn a_seller_cancels_all_that_is_left_and_the_shopper_gets_the_money() {
    let order = cancel(
        &order(OrderState::Unpacked, MIXED),
        policy("tepai"),
        Some(vec![some("a", 1)]),
    );
    let packing = changed(&order.order, ShopEvent::PackingStarted).order;
    let change = changed(&packing, seller_cancelled());
    assert_eq!(change.order.state, OrderState::Cancelled);
    let cancelled = change.order.body.cancelled.clone().unwrap();
    assert_eq!(cancelled.by, CancelledBy::Seller);
    assert_eq!(cancelled.note.as_deref(), Some("仓库盘点"));
    let amounts: Vec<i64> = change
        .order
        .refunds
        .iter()
        .map(|r| r.amount.amount)
        .collect();
    assert_eq!(amounts, [1_000, 3_000]);
    let unknown = ShopEvent::SellerCancelled {
        reason: "bad_mood".to_owned(),
        note: None,
    };
    assert_eq!(apply(&packing, unknown), Err(EventRefusal::Mismatch));
}

#[test]
fn a_refund_moves_forward_whatever_order_the_provider_writes_in() {
    let mut order = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    )
    .order;
    let table = [
        (RefundState::InClearing, Some("refund_in_clearing")),
        (RefundState::Sent, None),
        (RefundState::InClearing, None),
        (RefundState::Failed, Some("refund_failed")),
        (RefundState::Sent, None),
        (RefundState::Arrived, Some("refund_arrived")),
        (RefundState::Failed, None),
        (RefundState::Arrived, None),
    ];
    for (state, expected) in table {
        let refund = RefundId::from("o-1-R1");
        match apply(&order, ShopEvent::RefundProgressed { refund, state }).unwrap() {
            Applied::Changed(change) => {
                assert_eq!(news(&change).first().copied(), expected);
                assert_eq!(change.order.refunds[0].state, state);
                assert!(change.effects.refunds.is_empty() && change.effects.outbox.is_empty());
                order = change.order;
            }
            Applied::Unchanged => assert_eq!(expected, None, "{state:?}"),
        }
    }
    assert_eq!(order.refunds[0].state, RefundState::Arrived);
}

#[test]
fn events_are_written_as_the_contract_names_them() {
    let text = r#"{"type":"seller_cancelled","reason":"out_of_stock"}"#;
    let event: ShopEvent = serde_json::from_str(text).unwrap();
    let expected = ShopEvent::SellerCancelled {
        reason: "out_of_stock".to_owned(),
        note: None,
    };
    assert_eq!(event, expected);
    for name in [
        "packing_started",
        "confirmed",
        "delivered",
        "issued",
        "cancellation_approved",
    ] {
        let text = format!(r#"{{"type":"{name}"}}"#);
        assert!(serde_json::from_str::<ShopEvent>(&text).is_ok(), "{name}");
    }
}
