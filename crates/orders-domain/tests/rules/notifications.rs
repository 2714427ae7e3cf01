//! What a shopper is told, and what of that they have to act on.

use orders_domain::*;

use crate::after_sale::{approve, broken, delivered, grant, moved, opened, reject, some, unwanted};
use crate::sample::{
    apply, calendar, cancel, changed, incomplete, minutes, now, order, payment, policy, requested,
    some as some_of,
};

#[test]
fn every_event_is_told_or_not_as_this_table_says() {
    // By each actor in the order of `Actor::ALL`: shopper, seller, staff, warehouse, system, provider.
    // `x` always, `o` unless overtaken, `i` when information is missing, `s` once settled.
    let table = [
        (TimelineEvent::Placed, "......"),
        (TimelineEvent::Paid, "......"),
        (TimelineEvent::Held, "iiiiii"),
        (TimelineEvent::AddressCorrected, ".xxxxx"),
        (TimelineEvent::Confirmed, "......"),
        (TimelineEvent::PackingStarted, "......"),
        (TimelineEvent::Shipped, "......"),
        (TimelineEvent::Delivered, "......"),
        (TimelineEvent::Issued, "......"),
        (TimelineEvent::Completed, "......"),
        (TimelineEvent::CancellationRequested, "......"),
        (TimelineEvent::CancellationWithdrawn, "......"),
        (TimelineEvent::CancellationDeclined, "xxxxxx"),
        (TimelineEvent::PartlyCancelled, "xxxxxx"),
        (TimelineEvent::Cancelled, "xxxxxx"),
        (TimelineEvent::CancelWarned, "xxxxxx"),
        (TimelineEvent::CancelLimited, "xxxxxx"),
        (TimelineEvent::LimitLifted, "xxxxxx"),
        (TimelineEvent::LatePaymentRefunded, "xxxxxx"),
        (TimelineEvent::RefundApproved, "......"),
        (TimelineEvent::RefundSent, "oooooo"),
        (TimelineEvent::RefundInClearing, "oooooo"),
        (TimelineEvent::RefundArrived, "xxxxxx"),
        (TimelineEvent::RefundFailed, "xxxxxx"),
        (TimelineEvent::RefundLate, "xxxxxx"),
        (TimelineEvent::RefundWayAsked, "......"),
        (TimelineEvent::RefundWayWithdrawn, "......"),
        (TimelineEvent::RefundWayApproved, "ssssss"),
        (TimelineEvent::RefundWayDeclined, "xxxxxx"),
        (TimelineEvent::CaseOpened, "......"),
        (TimelineEvent::CaseApproved, ".xxxxx"),
        (TimelineEvent::CaseReceived, ".xxxxx"),
        (TimelineEvent::CaseRejected, ".xxxxx"),
        (TimelineEvent::CaseAppealed, ".xxxxx"),
        (TimelineEvent::CaseAnswered, ".xxxxx"),
        (TimelineEvent::CaseWithdrawn, "......"),
        (TimelineEvent::CaseClosed, ".xxxxx"),
        (TimelineEvent::ComplaintOpened, ".xxxxx"),
        (TimelineEvent::ComplaintTaken, ".ooooo"),
        (TimelineEvent::ComplaintAnswered, ".xxxxx"),
        (TimelineEvent::ComplaintProposed, ".xxxxx"),
        (TimelineEvent::ComplaintEscalated, ".xxxxx"),
        (TimelineEvent::ComplaintOutside, ".xxxxx"),
        (TimelineEvent::ComplaintAccepted, "......"),
        (TimelineEvent::ComplaintDisputed, "......"),
        (TimelineEvent::ComplaintResolved, ".xxxxx"),
        (TimelineEvent::ComplaintWithdrawn, "......"),
        (TimelineEvent::ComplaintClosed, ".xxxxx"),
    ];
    assert_eq!(
        table.map(|(what, _)| what),
        TimelineEvent::ALL,
        "every event has its row"
    );
    for (what, expected) in table {
        let told: String = Actor::ALL
            .into_iter()
            .map(|by| match telling(what, by) {
                Telling::Never => '.',
                Telling::Always => 'x',
                Telling::WhenInformationIsMissing => 'i',
                Telling::UnlessOvertaken => 'o',
                Telling::OnceSettled => 's',
            })
            .collect();
        assert_eq!(told, expected, "{what:?}");
    }
}

/// What a change tells, and which of that is urgent.
fn told(before: &Order, after: &Order) -> Vec<(TimelineEvent, bool)> {
    let places = after.told(before.timeline.len()..after.timeline.len());
    let entries = places.into_iter().map(|place| &after.timeline[place]);
    entries
        .map(|entry| (entry.what, after.asks_shopper(entry)))
        .collect()
}

/// An order paid by two ways, so that a cancel makes two refunds.
fn split() -> Order {
    let mut order = order(OrderState::Unpacked, "physical");
    order.body.payments = vec![
        payment(Channel::WechatPay, 1_500),
        payment(Channel::BankCard, 500),
    ];
    order
}

#[test]
fn a_cancel_is_told_once_and_not_once_more_for_each_of_its_refunds() {
    let before = split();
    let change = cancel(&before, policy("tepai"), None);
    assert_eq!(change.order.refunds.len(), 2);
    assert_eq!(
        told(&before, &change.order),
        [(TimelineEvent::Cancelled, false)]
    );
    let place = before.timeline.len();
    let made = change.order.refunds_made_at(place);
    assert_eq!(made.len(), 2, "and it knows them");
    assert_eq!(change.order.refunds_made_at(place + 1).len(), 0);

    let seller = ShopEvent::SellerCancelled {
        reason: "out_of_stock".to_owned(),
        note: None,
    };
    let change = changed(&before, seller);
    assert_eq!(
        told(&before, &change.order),
        [(TimelineEvent::Cancelled, false)]
    );
}

#[test]
fn a_part_that_is_cancelled_and_a_late_payment_are_told_once() {
    let before = order(OrderState::Unpacked, "physical");
    let part = cancel(&before, policy("tepai"), Some(vec![some_of("a", 1)]));
    assert_eq!(
        told(&before, &part.order),
        [(TimelineEvent::PartlyCancelled, false)]
    );

    let mut closed = order(OrderState::Cancelled, "physical");
    closed.paid_at = None;
    closed.body.payments.clear();
    let paid = ShopEvent::Paid {
        payments: vec![payment(Channel::WechatPay, 2_000)],
    };
    let change = changed(&closed, paid);
    assert_eq!(
        told(&closed, &change.order),
        [(TimelineEvent::LatePaymentRefunded, false)]
    );
}

#[test]
fn declining_a_request_is_told_and_asking_for_it_is_not() {
    let before = requested(order(OrderState::Packing, "physical"));
    let declined = ShopEvent::CancellationDeclined {
        note: "已经交给快递".to_owned(),
    };
    let change = changed(&before, declined);
    assert_eq!(
        told(&before, &change.order),
        [(TimelineEvent::CancellationDeclined, false)]
    );
}

#[test]
fn an_order_that_waits_for_its_shopper_is_urgent_until_they_have_done_it() {
    let before = order(OrderState::Unpacked, "physical");
    let held = |cause| ShopEvent::Held {
        cause,
        missing: vec![AddressField::Phone],
    };
    let quiet = changed(&before, held(PendingCause::NoCourier)).order;
    assert_eq!(told(&before, &quiet), [], "that is the shop's to deal with");
    let asked = changed(&before, held(PendingCause::IncompleteInfo)).order;
    assert_eq!(told(&before, &asked), [(TimelineEvent::Held, true)]);
    let done = asked
        .correct_address(crate::sample::address(), policy("tepai"), now())
        .unwrap()
        .order;
    let entry = &done.timeline[before.timeline.len()];
    assert!(!done.asks_shopper(entry), "done");
    assert_eq!(told(&asked, &done), []);
    let gone = cancel(&incomplete(asked), policy("tepai"), None).order;
    let entry = &gone.timeline[before.timeline.len()];
    assert!(!gone.asks_shopper(entry), "nothing to correct any more");
}

fn report(order: &Order, stage: ProviderStage) -> Order {
    let refund = order.refunds[0].id.clone();
    let provider = ProviderId::from("wx");
    let report = ProviderReport::of(stage);
    let policy = policy("tepai");
    order
        .refund_reported(&refund, &provider, &report, policy, calendar(), now())
        .unwrap()
        .order
}

/// A cancelled order whose refund Tepai makes.
fn refunding() -> Order {
    let mut order = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    )
    .order;
    order.refunds[0].course.provider = Some(ProviderId::from("wx"));
    order
}

#[test]
fn each_step_of_a_refund_is_told_and_of_steps_at_once_the_last() {
    let made = refunding();
    let sent = report(&made, ProviderStage::Accepted);
    assert_eq!(told(&made, &sent), [(TimelineEvent::RefundSent, false)]);
    let clearing = report(&sent, ProviderStage::InClearing);
    assert_eq!(
        told(&sent, &clearing),
        [(TimelineEvent::RefundInClearing, false)]
    );
    let arrived = report(&clearing, ProviderStage::Arrived);
    assert_eq!(
        told(&clearing, &arrived),
        [(TimelineEvent::RefundArrived, false)]
    );
    let at_once = report(&made, ProviderStage::Arrived);
    assert_eq!(
        at_once.timeline.len(),
        made.timeline.len() + 2,
        "sent, and arrived"
    );
    assert_eq!(
        told(&made, &at_once),
        [(TimelineEvent::RefundArrived, false)]
    );
    // A step that is not the last any more has been overtaken.
    let steps = &arrived.timeline[made.timeline.len()..];
    let overtaken: Vec<bool> = steps
        .iter()
        .map(|entry| arrived.is_overtaken(entry))
        .collect();
    assert_eq!(overtaken, [true, true, false]);
    assert!(!sent.is_overtaken(&steps[0]));
}

#[test]
fn of_points_that_come_back_only_the_end_is_told() {
    let mut made = refunding();
    made.refunds[0].channel = Channel::Points;
    let sent = report(&made, ProviderStage::Accepted);
    assert_eq!(told(&made, &sent), []);
    let arrived = report(&sent, ProviderStage::Arrived);
    assert_eq!(
        told(&sent, &arrived),
        [(TimelineEvent::RefundArrived, false)]
    );
}

#[test]
fn a_refund_that_failed_is_urgent_until_its_shopper_named_another_way() {
    let made = refunding();
    let stage = ProviderStage::Failed(RefundFailure::AccountClosed);
    let failed = report(&made, stage);
    assert_eq!(told(&made, &failed), [(TimelineEvent::RefundFailed, true)]);
    let way = Way {
        channel: Channel::Alipay,
        account: "lin@example.com".to_owned(),
        holder: "林".to_owned(),
        bank: None,
    };
    let id = failed.refunds[0].id.clone();
    let asked = failed
        .ask_way(&id, &way, policy("tepai"), now())
        .unwrap()
        .unwrap()
        .order;
    assert_eq!(told(&failed, &asked), [], "they did that themselves");
    let entry = &asked.timeline[made.timeline.len()];
    assert!(!asked.asks_shopper(entry), "staff decide");
    let no = asked.decline_way(&id, "户名不符", now()).unwrap().unwrap();
    assert_eq!(
        told(&asked, &no.order),
        [(TimelineEvent::RefundWayDeclined, true)],
        "the money still has nowhere to go"
    );
}

#[test]
fn another_way_is_told_when_the_last_who_has_to_has_agreed() {
    let mut failed = report(
        &refunding(),
        ProviderStage::Failed(RefundFailure::AccountClosed),
    );
    failed.refunds[0].amount.amount = 50_001;
    let way = Way {
        channel: Channel::Alipay,
        account: "lin@example.com".to_owned(),
        holder: "林".to_owned(),
        bank: None,
    };
    let id = failed.refunds[0].id.clone();
    let asked = failed
        .ask_way(&id, &way, policy("tepai"), now())
        .unwrap()
        .unwrap()
        .order;
    let agree = |order: &Order, by| {
        order
            .approve_way(&id, by, policy("tepai"), calendar(), now())
            .unwrap()
            .unwrap()
            .order
    };
    let first = agree(&asked, "wang");
    assert_eq!(told(&asked, &first), []);
    let second = agree(&first, "li");
    assert_eq!(
        told(&first, &second),
        [(TimelineEvent::RefundWayApproved, false)]
    );
}

#[test]
fn what_the_merchant_and_staff_do_in_a_case_is_told() {
    let bought = delivered("physical");
    let open = opened(&bought, &unwanted(&[some("a", 1)]));
    assert_eq!(told(&bought, &open), []);
    let granted = moved(&open, &approve()).unwrap();
    assert_eq!(
        told(&open, &granted),
        [(TimelineEvent::CaseApproved, true)],
        "the goods have to be sent"
    );
    let no = moved(&open, &reject()).unwrap();
    assert_eq!(
        told(&open, &no),
        [(TimelineEvent::CaseRejected, true)],
        "there is a time to appeal"
    );
    let say = |by| CaseMove::Say {
        by,
        text: "请补充照片".to_owned(),
        evidence: vec![],
    };
    let said = moved(&open, &say(Actor::Seller)).unwrap();
    assert_eq!(told(&open, &said), [(TimelineEvent::CaseAnswered, false)]);
    let own = moved(&open, &say(Actor::Shopper)).unwrap();
    assert_eq!(told(&open, &own), []);
    let gone = moved(&no, &CaseMove::Withdraw).unwrap();
    assert_eq!(told(&no, &gone), []);
    let entry = &no.timeline[open.timeline.len()];
    assert!(!gone.asks_shopper(entry), "nothing to appeal any more");
}

#[test]
fn a_case_that_is_granted_with_its_refund_is_told_once() {
    let open = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let granted = moved(&open, &grant()).unwrap();
    assert_eq!(granted.refunds.len(), 1);
    assert_eq!(
        told(&open, &granted),
        [(TimelineEvent::CaseApproved, false)]
    );
    assert_eq!(granted.refunds_made_at(open.timeline.len()).len(), 1);
}

#[test]
fn goods_that_are_back_are_told_as_such_and_not_as_granted_once_more() {
    let open = opened(&delivered("physical"), &unwanted(&[some("a", 1)]));
    let granted = moved(&open, &approve()).unwrap();
    let sent = CaseMove::Send {
        parcel: Parcel {
            courier: "顺丰".to_owned(),
            tracking_number: "SF1".to_owned(),
        },
    };
    let sent = moved(&granted, &sent).unwrap();
    let later = now() + minutes(60 * 24 * 30);
    let by_silence = sent.case_time_over(policy("tepai"), calendar(), later);
    let back = moved(&sent, &CaseMove::Receive).unwrap();
    for (back, by) in [
        (back, Actor::Seller),
        (by_silence.unwrap().order, Actor::System),
    ] {
        assert_eq!(told(&sent, &back), [(TimelineEvent::CaseReceived, false)]);
        let place = sent.timeline.len();
        assert_eq!(back.timeline[place].by, by);
        assert_eq!(back.refunds_made_at(place).len(), 1, "and it knows them");
    }
}

#[test]
fn silence_in_a_case_is_told_whatever_follows_from_it() {
    let open = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let later = now() + minutes(60 * 24 * 30);
    let over = open
        .case_time_over(policy("tepai"), calendar(), later)
        .unwrap()
        .order;
    assert_eq!(told(&open, &over).len(), 1, "{:?}", over.timeline);
    let no = moved(&open, &reject()).unwrap();
    let closed = no
        .case_time_over(policy("tepai"), calendar(), later)
        .unwrap()
        .order;
    assert_eq!(told(&no, &closed), [(TimelineEvent::CaseClosed, false)]);
}

#[test]
fn where_the_parcel_is_the_shop_tells() {
    let before = order(OrderState::Packing, "physical");
    let parcel = Parcel {
        courier: "顺丰".to_owned(),
        tracking_number: "SF1".to_owned(),
    };
    for event in [ShopEvent::Shipped { parcel }, ShopEvent::Delivered] {
        match apply(&before, event) {
            Ok(Applied::Changed(change)) => assert_eq!(told(&before, &change.order), []),
            other => panic!("{other:?}"),
        }
    }
}
