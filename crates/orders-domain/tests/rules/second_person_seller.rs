//! What is cancelled for the seller takes two people of the staff above the policy's amount, as what is granted does.

use orders_domain::*;

use crate::sample::{
    calendar, changed, intent, now, order, policy, policy_with, request, requested, some,
};

/// The policy, with two people above so many fen.
fn above(amount: i64) -> Policy {
    let mut policy = policy("tepai").clone();
    policy.decisions_two_approve_above = Some(amount);
    policy
}

fn sold_out() -> StaffAct {
    StaffAct::CancelForSeller {
        reason: "out_of_stock".to_owned(),
        note: Some(" 盘点后缺货 ".to_owned()),
    }
}

fn yes() -> StaffAct {
    StaffAct::SecondCancel(Second::Approve)
}

fn no() -> StaffAct {
    StaffAct::SecondCancel(Second::Decline {
        why: "先问仓库".to_owned(),
    })
}

fn decline() -> StaffAct {
    StaffAct::DeclineRequest {
        note: "已制作".to_owned(),
    }
}

/// What `staff` do where two people are needed above `limit`.
fn by(order: &Order, staff: &str, act: &StaffAct, limit: i64) -> Result<Change, StaffRefusal> {
    order.act_by(staff, act, &above(limit), calendar(), now())
}

/// Wang's draft of the seller's cancel.
fn drafted(order: &Order) -> Order {
    let change = by(order, "wang", &sold_out(), 0).unwrap();
    let draft = change.order.waiting_draft(None).unwrap();
    assert!(matches!(draft.on, DraftOn::SellerCancel { .. }));
    change.order
}

fn state_of_draft(order: &Order) -> DraftState {
    order.body.drafts.last().unwrap().state()
}

/// Each state in which an order may be cancelled for its seller, `on_hold` with a request of its shopper's.
fn paid() -> [(&'static str, Order); 4] {
    [
        (
            "pending",
            order(OrderState::PendingConfirmation, "physical"),
        ),
        ("unpacked", order(OrderState::Unpacked, "physical")),
        ("packing", order(OrderState::Packing, "physical")),
        (
            "on_hold",
            requested(order(OrderState::Unpacked, "physical")),
        ),
    ]
}

#[test]
fn exactly_the_amount_one_person_cancels_and_one_fen_more_takes_two() {
    for (name, order) in paid() {
        let total = order.body.amounts.total;
        let alone = by(&order, "wang", &sold_out(), total).unwrap();
        assert_eq!(alone.order.state, OrderState::Cancelled, "{name}");
        assert!(alone.order.body.drafts.is_empty(), "{name}");

        let first = by(&order, "wang", &sold_out(), total - 1).unwrap();
        assert_eq!(first.effects, Effects::default(), "{name}: nothing is done");
        let mut before = first.order.clone();
        before.body.drafts.clear();
        before.version -= 1;
        assert_eq!(before, order, "{name}: nor anything told");
        let draft = first.order.waiting_draft(None).unwrap();
        assert_eq!((draft.amount, draft.by.as_str()), (total, "wang"), "{name}");

        // What is carried out is the one act that it was, with the first one's reason and words.
        let second = by(&first.order, "li", &yes(), total - 1).unwrap();
        assert_eq!(second.effects, alone.effects, "{name}");
        assert_eq!(state_of_draft(&second.order), DraftState::Approved);
        let outcome = second.order.body.drafts[0].outcome.clone().unwrap();
        assert_eq!(outcome.by.as_deref(), Some("li"), "{name}");
        let mut done = second.order.clone();
        done.body.drafts.clear();
        done.version -= 1;
        assert_eq!(done, alone.order, "{name}");
        let cancelled = done.body.cancelled.unwrap();
        assert_eq!(
            (
                cancelled.by,
                cancelled.reason.as_str(),
                cancelled.note.as_deref()
            ),
            (CancelledBy::Seller, "out_of_stock", Some("盘点后缺货"))
        );
        let text = serde_json::to_string(&second.order.body).unwrap();
        let read: OrderBody = serde_json::from_str(&text).unwrap();
        assert_eq!(read, second.order.body, "{name}: written and read again");
    }
}

#[test]
fn what_was_not_paid_and_what_is_on_its_way_needs_no_second_person_to_be_cancelled_or_refused() {
    let unpaid = order(OrderState::AwaitingPayment, "physical");
    let closed = by(&unpaid, "wang", &sold_out(), 0).unwrap();
    assert_eq!(closed.order.state, OrderState::Cancelled);
    let shipped = order(OrderState::Shipped, "physical");
    let refused = by(&shipped, "wang", &sold_out(), 0);
    assert_eq!(refused.err(), Some(StaffRefusal::NotCancellable));
    let wrong = StaffAct::CancelForSeller {
        reason: "changed_mind".to_owned(),
        note: None,
    };
    let refused = by(&order(OrderState::Unpacked, "physical"), "wang", &wrong, 0);
    assert_eq!(refused.err(), Some(StaffRefusal::UnknownReason));
}

#[test]
fn of_what_would_cancel_one_thing_at_a_time_waits_for_a_second_person() {
    use StaffRefusal::{NoOpenRequest, SamePerson};
    let [.., (_, asked)] = paid();
    let granted = by(&asked, "wang", &StaffAct::ApproveRequest, 0).unwrap();
    let grants = [StaffAct::ApproveRequest, decline()];
    let other = StaffAct::SecondRequest(Second::Approve);
    for (waits, acts, of_the_other) in [
        (granted.order, vec![sold_out()], vec![yes(), no()]),
        (drafted(&asked), vec![sold_out()], vec![other]),
    ] {
        for act in acts.iter().chain(&grants) {
            for (who, why) in [
                ("wang", SamePerson),
                ("WANG", SamePerson),
                ("li", NoOpenRequest),
            ] {
                let refused = by(&waits, who, act, 0);
                assert_eq!(refused.err(), Some(why), "{who} {act:?}");
                // Nor is it a way round that it would be small enough by now.
                let refused = by(&waits, who, act, i64::MAX);
                assert_eq!(refused.err(), Some(why), "{who} {act:?}");
            }
        }
        for act in &of_the_other {
            for who in ["wang", "li"] {
                let refused = by(&waits, who, act, 0);
                assert_eq!(refused.err(), Some(NoOpenRequest), "{who} {act:?}");
            }
        }
    }
    // Nobody agrees with what nobody drafted.
    for act in [yes(), no()] {
        let refused = by(&asked, "li", &act, 0);
        assert_eq!(refused.err(), Some(NoOpenRequest), "{act:?}");
    }
}

#[test]
fn what_is_offered_is_what_is_not_refused_while_a_draft_waits() {
    let open = |order: &Order| order.open_to_staff(&above(0), now());
    let (ask, cancel) = (Permission::DecideRequest, Permission::CancelForSeller);
    let [.., (_, asked)] = paid();
    assert_eq!(open(&asked), [ask, cancel]);
    let granted = by(&asked, "wang", &StaffAct::ApproveRequest, 0).unwrap();
    assert_eq!(open(&granted.order), [ask], "to agree with");
    assert_eq!(open(&drafted(&asked)), [cancel], "to agree with");
    // What has nothing to do with cancelling goes on.
    let pending = drafted(&order(OrderState::PendingConfirmation, "physical"));
    let confirmed = by(&pending, "li", &StaffAct::Confirm, 0).unwrap();
    assert_eq!(confirmed.order.state, OrderState::Unpacked);
    assert_eq!(state_of_draft(&confirmed.order), DraftState::Waiting);
}

#[test]
fn whoever_drafted_it_does_not_agree_with_it_and_may_take_it_back() {
    for (name, order) in paid() {
        let first = drafted(&order);
        for same in ["wang", "Wang"] {
            let refused = by(&first, same, &yes(), 0);
            assert_eq!(refused.err(), Some(StaffRefusal::SamePerson), "{name}");
        }
        for who in ["li", "wang"] {
            let declined = by(&first, who, &no(), 0).unwrap();
            assert_eq!(declined.effects, Effects::default(), "{name}");
            let outcome = declined.order.body.drafts[0].outcome.clone().unwrap();
            assert_eq!(
                (outcome.state, outcome.by.as_deref(), outcome.why.as_deref()),
                (DraftState::Declined, Some(who), Some("先问仓库"))
            );
            assert_eq!(declined.order.state, order.state, "{name}");
            let anew = drafted(&declined.order);
            assert_eq!(anew.body.drafts.len(), 2, "{name}: nothing is deleted");
        }
    }
}

#[test]
fn it_lapses_when_there_is_nothing_left_to_cancel_and_not_before() {
    use DraftState::{Lapsed, Waiting};
    let unpacked = || drafted(&order(OrderState::Unpacked, "physical+physical"));
    let shop = |reason: &str| ShopEvent::SellerCancelled {
        reason: reason.to_owned(),
        note: None,
    };
    let itself = |lines| match unpacked().cancel(&above(0), calendar(), &intent(lines), now()) {
        Ok(CancelSuccess::Cancelled(change)) => change.order,
        other => panic!("{other:?}"),
    };
    let parcel = Parcel {
        courier: "顺丰".to_owned(),
        tracking_number: "SF1".to_owned(),
    };
    for (name, after, expected) in [
        (
            "packed",
            changed(&unpacked(), ShopEvent::PackingStarted).order,
            Waiting,
        ),
        (
            "sent",
            changed(&unpacked(), ShopEvent::Shipped { parcel }).order,
            Lapsed,
        ),
        (
            "cancelled by the shop's system",
            changed(&unpacked(), shop("price_change")).order,
            Lapsed,
        ),
        ("cancelled by its shopper", itself(None), Lapsed),
        ("in part", itself(Some(vec![some("a", 2)])), Waiting),
    ] {
        assert_eq!(state_of_draft(&after), expected, "{name}");
        let second = by(&after, "li", &yes(), 0);
        if expected == Waiting {
            // What is left by now goes back.
            let refunds = second.unwrap().effects.refunds;
            let back: i64 = refunds.iter().map(|refund| refund.amount.amount).sum();
            assert!(back > 0 && back == after.refundable(), "{name}: {back}");
            let advice = after.advice(WorkKind::CancellationRequest, None, &above(0), now());
            let Some(Advice::SellerCancel { amount, .. }) = advice else {
                panic!("{name}: {advice:?}");
            };
            assert_eq!(amount.amount, back, "{name}");
        } else {
            let outcome = after.body.drafts[0].outcome.clone().unwrap();
            assert_eq!(outcome.by, None, "{name}");
            assert!(outcome.at >= after.body.drafts[0].at, "{name}");
            assert_eq!(second.err(), Some(StaffRefusal::NoOpenRequest), "{name}");
        }
    }
}

#[test]
fn what_waits_is_in_the_queue_with_and_without_a_request_of_the_shopper() {
    let limit = above(0);
    let queued = |order: &Order| {
        let mut work = work_of(order).into_iter();
        let entry = work.find(|work| work.kind == WorkKind::CancellationRequest)?;
        let advice = order.advice(entry.kind, None, &limit, now()).unwrap();
        Some((entry.since, entry.step, advice))
    };
    let by_wang = |order: &Order| Advice::SellerCancel {
        amount: Money {
            amount: order.body.amounts.total,
            currency: Currency::CNY,
        },
        drafted_by: "wang".to_owned(),
    };
    let unpacked = order(OrderState::Unpacked, "physical");
    assert_eq!(queued(&unpacked), None);
    let first = drafted(&unpacked);
    assert_eq!(queued(&first), Some((now(), 1, by_wang(&first))));
    let day = chrono::TimeDelta::hours(24);
    assert_eq!(work_of(&first)[0].due_at, Some(now() + day));
    let declined = by(&first, "li", &no(), 0).unwrap();
    assert_eq!(queued(&declined.order), None);
    assert_eq!(queued(&by(&first, "li", &yes(), 0).unwrap().order), None);

    let asked = requested(unpacked);
    let (since, step, advice) = queued(&asked).unwrap();
    assert!(matches!(advice, Advice::Request { .. }) && step == 0);
    let first = drafted(&asked);
    assert_eq!(queued(&first), Some((since, 1, by_wang(&first))));
    let declined = by(&first, "li", &no(), 0).unwrap();
    assert_eq!(queued(&declined.order), Some((since, 2, advice)));
    // Whoever asks later does not put it further back.
    let wanfu = policy_with(
        "wanfu",
        "two_approve_above = 50000",
        "two_approve_above = 0",
    );
    let mut theirs = order(OrderState::Unpacked, "physical");
    theirs.shop = "wanfu".into();
    let earlier = now() - chrono::TimeDelta::minutes(5);
    let first = theirs.act_by("wang", &sold_out(), &wanfu, calendar(), earlier);
    let asked = request(&first.unwrap().order, &wanfu, None).order;
    assert_eq!(queued(&asked), Some((earlier, 1, by_wang(&asked))));
    // The shopper's time is the one that counts.
    assert_eq!(work_of(&asked)[0].due_at, Some(now() + day));
}

#[test]
fn the_check_of_a_draft_counts_cancels_for_the_seller_that_would_have_taken_another_number_of_people()
 {
    let unpacked = order(OrderState::Unpacked, "physical");
    let total = unpacked.body.amounts.total;
    let effects = |order: &Order, held: i64, draft: i64| {
        order.would_change(&above(held), &above(draft), calendar())
    };
    let alone = by(&unpacked, "wang", &sold_out(), total).unwrap().order;
    assert_eq!(
        effects(&alone, total, total - 1),
        [PolicyEffect::TwoApprove]
    );
    assert_eq!(effects(&alone, total, total), []);
    let first = by(&unpacked, "wang", &sold_out(), total - 1).unwrap();
    let both = by(&first.order, "li", &yes(), total - 1).unwrap().order;
    assert_eq!(
        effects(&both, total - 1, total),
        [PolicyEffect::OneApproves]
    );
    assert_eq!(effects(&both, total - 1, 0), []);
    // Nobody's second person is saved where one cancelled.
    assert_eq!(effects(&alone, total - 1, total), []);
}
