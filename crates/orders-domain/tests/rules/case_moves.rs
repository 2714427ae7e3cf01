//! Whose turn it is in an after-sale case, until when, and what follows.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::{
    approve, broken, delivered, grant, moved, opened, photo, reject, some, soon, unwanted, wish,
};
use crate::sample::{calendar, news, order, policy, policy_with};

fn state(order: &Order) -> CaseState {
    order.body.cases.last().unwrap().state
}

fn send() -> CaseMove {
    CaseMove::Send {
        parcel: Parcel {
            courier: "顺丰".to_owned(),
            tracking_number: "SF1".to_owned(),
        },
    }
}

fn appeal() -> CaseMove {
    CaseMove::Appeal {
        why: "请看新照片".to_owned(),
        evidence: vec![photo("photo-2")],
    }
}

#[test]
fn a_refund_without_a_return_is_made_when_it_is_granted() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let granted = moved(&order, &grant()).unwrap();
    let case = &granted.body.cases[0];
    assert_eq!((case.state, case.until), (CaseState::Refunded, None));
    assert_eq!(case.refunds, [granted.refunds[0].id.clone()]);
    assert_eq!(granted.refunds[0].amount.amount, case.settlement.amount);
    assert_eq!(granted.body.lines[0].returned_quantity, 1);
    assert_eq!(moved(&granted, &grant()).err(), Some(MoveRefusal::NotNow));
}

#[test]
fn a_return_waits_for_the_goods() {
    let order = opened(&delivered("physical"), &unwanted(&[some("a", 2)]));
    let nowhere = CaseMove::Approve { return_to: None };
    assert_eq!(
        moved(&order, &nowhere).err(),
        Some(MoveRefusal::AddressNeeded)
    );
    assert_eq!(moved(&order, &send()).err(), Some(MoveRefusal::NotNow));
    let granted = moved(&order, &approve()).unwrap();
    assert_eq!(state(&granted), CaseState::AwaitingReturn);
    assert!(granted.refunds.is_empty());
    assert_eq!(
        moved(&granted, &CaseMove::Receive).err(),
        Some(MoveRefusal::NotNow)
    );
    let sent = moved(&granted, &send()).unwrap();
    assert_eq!(state(&sent), CaseState::Returning);
    assert_eq!(
        moved(&sent, &CaseMove::Withdraw).err(),
        Some(MoveRefusal::NotNow),
        "it is on its way"
    );
    let back = moved(&sent, &CaseMove::Receive).unwrap();
    assert_eq!(state(&back), CaseState::Refunded);
    assert_eq!(back.refunds[0].amount.amount, 2_000);
}

#[test]
fn a_parcel_that_is_refused_is_a_return_that_goes_back_by_itself() {
    let mut shipped = order(OrderState::Shipped, "physical");
    shipped.body.cases.clear();
    let mut refuse = wish(CaseKind::ReturnAndRefund, "refused_parcel", &[some("a", 2)]);
    refuse.condition = None;
    refuse.evidence.clear();
    let wrong = shipped.open_case(&unwanted(&[some("a", 2)]), policy("tepai"), soon());
    assert_eq!(wrong.err(), Some(CaseError::UnknownReason));
    let open = opened(&shipped, &refuse);
    let granted = moved(&open, &CaseMove::Approve { return_to: None }).unwrap();
    assert_eq!(state(&granted), CaseState::Refunded);
    assert_eq!(granted.refunds.len(), 1);
}

#[test]
fn a_parcel_that_was_to_be_refused_and_was_accepted_is_not_paid_for_by_silence() {
    let mut shipped = order(OrderState::Shipped, "physical");
    shipped.body.cases.clear();
    let refuse = wish(CaseKind::ReturnAndRefund, "refused_parcel", &[some("a", 2)]);
    let mut open = opened(&shipped, &refuse);
    let rules = policy("tepai").after_sale.as_ref().unwrap();
    let then = |order: &Order| order.body.cases[0].consequence(rules, order.state);
    assert_eq!(then(&open), Some(Consequence::Refund));
    // The shopper took it in after all.
    open.state = OrderState::Delivered;
    open.delivered_at = Some(soon());
    let none = CaseMove::Approve { return_to: None };
    assert_eq!(moved(&open, &none).err(), Some(MoveRefusal::AddressNeeded));
    let granted = moved(&open, &approve()).unwrap();
    assert_eq!(state(&granted), CaseState::AwaitingReturn);
    assert_eq!(then(&open), Some(Consequence::Staff));
    let over = |order: &Order, days| {
        let at = soon() + TimeDelta::days(days);
        let change = order.case_time_over(policy("tepai"), calendar(), at);
        change.unwrap().order
    };
    let with_staff = over(&open, 3);
    assert_eq!(state(&with_staff), CaseState::Appealed);
    assert_eq!(then(&with_staff), Some(Consequence::Close));
    let closed = over(&with_staff, 9);
    assert_eq!(state(&closed), CaseState::Closed);
    assert!(closed.refunds.is_empty(), "{:?}", closed.refunds);
}

#[test]
fn an_address_for_goods_that_are_not_waited_for_is_refused_and_no_money_goes() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    assert_eq!(
        moved(&order, &approve()).err(),
        Some(MoveRefusal::NoAddress)
    );
    let granted = moved(&order, &grant()).unwrap();
    assert_eq!(state(&granted), CaseState::Refunded);
}

#[test]
fn a_rejection_says_why_and_can_be_appealed_with_new_evidence() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let silent = CaseMove::Reject {
        why: " ".to_owned(),
    };
    assert_eq!(moved(&order, &silent).err(), Some(MoveRefusal::WordsNeeded));
    let rejected = moved(&order, &reject()).unwrap();
    assert_eq!(state(&rejected), CaseState::Rejected);
    // The merchant has said it; only staff decide now.
    assert_eq!(moved(&rejected, &grant()).err(), Some(MoveRefusal::NotNow));
    let appealed = moved(&rejected, &appeal()).unwrap();
    assert_eq!(state(&appealed), CaseState::Appealed);
    let granted = moved(&appealed, &grant()).unwrap();
    assert_eq!(state(&granted), CaseState::Refunded);
    assert_eq!(
        granted.body.cases[0].thread.last().unwrap().by,
        Actor::Staff
    );
    let dismissed = moved(
        &appealed,
        &CaseMove::Dismiss {
            why: "超出范围".to_owned(),
        },
    )
    .unwrap();
    assert_eq!(state(&dismissed), CaseState::Closed);
    assert!(dismissed.refunds.is_empty());
    // Everything that was said is still there.
    let acts: Vec<_> = dismissed.body.cases[0]
        .thread
        .iter()
        .map(|entry| entry.what)
        .collect();
    assert_eq!(
        acts,
        [
            CaseAct::Opened,
            CaseAct::Rejected,
            CaseAct::Appealed,
            CaseAct::Dismissed
        ]
    );
}

#[test]
fn silence_acts_by_itself_in_the_shoppers_favour() {
    let hours = TimeDelta::hours;
    let silent = |order: &Order, policy: &Policy| {
        let due = order.next_case_deadline().unwrap();
        let early = order.case_time_over(policy, calendar(), due - TimeDelta::milliseconds(1));
        assert_eq!(early, None);
        (
            due,
            order.case_time_over(policy, calendar(), due).unwrap().order,
        )
    };
    let tepai = policy("tepai");
    let open = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let (due, granted) = silent(&open, tepai);
    assert_eq!(due, soon() + hours(48));
    assert_eq!(
        (state(&granted), granted.refunds.len()),
        (CaseState::Refunded, 1)
    );
    assert_eq!(granted.next_case_deadline(), None);

    let escalating = policy_with("tepai", "silence = \"approve\"", "silence = \"escalate\"");
    let (_, escalated) = silent(&open, &escalating);
    assert_eq!(
        (state(&escalated), escalated.refunds.len()),
        (CaseState::Appealed, 0)
    );
    let (_, granted) = silent(&escalated, &escalating);
    assert_eq!(
        (state(&granted), granted.refunds.len()),
        (CaseState::Refunded, 1)
    );

    let returning = opened(&delivered("physical"), &unwanted(&[some("a", 1)]));
    let returning = moved(&returning, &approve()).unwrap();
    let (due, closed) = silent(&returning, tepai);
    assert_eq!(due, soon() + hours(1) + TimeDelta::days(7));
    assert_eq!(
        (state(&closed), closed.refunds.len()),
        (CaseState::Closed, 0)
    );
    let sent = moved(&returning, &send()).unwrap();
    let (_, received) = silent(&sent, tepai);
    assert_eq!(
        (state(&received), received.refunds.len()),
        (CaseState::Refunded, 1)
    );

    let (_, closed) = silent(&moved(&open, &reject()).unwrap(), tepai);
    assert_eq!(
        (state(&closed), closed.refunds.len()),
        (CaseState::Closed, 0)
    );
}

#[test]
fn a_case_moves_between_states_as_this_table_says() {
    use CaseState::{
        Appealed, AwaitingReturn, Closed, Open, Refunded, Rejected, Returning, Withdrawn,
    };
    for state in CaseState::ALL {
        let next: Vec<_> = CaseState::ALL
            .into_iter()
            .filter(|next| state.may_become(*next))
            .collect();
        let expected: &[CaseState] = match state {
            Open => &[AwaitingReturn, Rejected, Appealed, Refunded, Withdrawn],
            AwaitingReturn => &[Returning, Withdrawn, Closed],
            Returning => &[Rejected, Refunded],
            Rejected => &[Appealed, Withdrawn, Closed],
            Appealed => &[AwaitingReturn, Refunded, Withdrawn, Closed],
            Refunded | Withdrawn | Closed => &[],
        };
        assert_eq!(next, expected, "{state:?}");
        assert_eq!(state.is_final(), expected.is_empty(), "{state:?}");
        assert_eq!(state.turn() == Turn::Nobody, state.is_final(), "{state:?}");
    }
}

#[test]
fn messages_are_added_until_a_case_is_over() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let say = |text: &str, evidence: usize| CaseMove::Say {
        by: Actor::Seller,
        text: text.to_owned(),
        evidence: (0..evidence).map(|n| photo(&n.to_string())).collect(),
    };
    assert_eq!(
        moved(&order, &say(" ", 0)).err(),
        Some(MoveRefusal::WordsNeeded)
    );
    assert_eq!(
        moved(&order, &say("x", 10)).err(),
        Some(MoveRefusal::TooMuchEvidence)
    );
    let said = moved(&order, &say("请补拍底部", 0)).unwrap();
    assert_eq!(said.body.cases[0].thread.len(), 2);
    assert_eq!(
        said.body.cases[0].until, order.body.cases[0].until,
        "talking buys no time"
    );
    let over = moved(&said, &CaseMove::Withdraw).unwrap();
    assert_eq!(moved(&over, &say("x", 0)).err(), Some(MoveRefusal::NotNow));
    let other = order.move_case("x", &approve(), policy("tepai"), calendar(), soon());
    assert_eq!(other.err(), Some(MoveRefusal::NoSuchCase));
}

#[test]
fn what_is_said_reaches_the_other_side() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let say = |by| CaseMove::Say {
        by,
        text: "请补拍底部".to_owned(),
        evidence: Vec::new(),
    };
    let case = order.body.cases[0].id.clone();
    let said = |by| {
        let change = order.move_case(&case, &say(by), policy("tepai"), calendar(), soon());
        change.unwrap()
    };
    let by_shopper = said(Actor::Shopper);
    assert_eq!(news(&by_shopper), [""; 0]);
    assert_eq!(
        by_shopper.effects.outbox,
        [OutboxMessage::CaseSaid { case: case.clone() }]
    );
    let by_seller = said(Actor::Seller);
    assert_eq!(news(&by_seller), ["case_answered"]);
    assert_eq!(by_seller.effects.outbox, []);
}

#[test]
fn what_the_shopper_may_do_and_what_follows_from_silence() {
    use CaseAction::{Appeal, Say, SendParcel, Withdraw};
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let mut case = order.body.cases[0].clone();
    let mut rules = policy("tepai").after_sale.clone().unwrap();
    for (state, may, approve, escalate) in [
        (
            CaseState::Open,
            &[Say, Withdraw][..],
            Some(Consequence::Refund),
            Some(Consequence::Staff),
        ),
        (
            CaseState::AwaitingReturn,
            &[SendParcel, Say, Withdraw],
            Some(Consequence::Close),
            Some(Consequence::Close),
        ),
        (
            CaseState::Returning,
            &[Say],
            Some(Consequence::Refund),
            Some(Consequence::Refund),
        ),
        (
            CaseState::Rejected,
            &[Appeal, Say, Withdraw],
            Some(Consequence::Close),
            Some(Consequence::Close),
        ),
        (
            CaseState::Appealed,
            &[Say, Withdraw],
            Some(Consequence::Refund),
            Some(Consequence::Refund),
        ),
        (CaseState::Refunded, &[], None, None),
        (CaseState::Withdrawn, &[], None, None),
        (CaseState::Closed, &[], None, None),
    ] {
        case.state = state;
        assert_eq!(case.shopper_may(), may, "{state:?}");
        rules.silence = Silence::Approve;
        assert_eq!(
            case.consequence(&rules, OrderState::Delivered),
            approve,
            "{state:?}"
        );
        rules.silence = Silence::Escalate;
        assert_eq!(
            case.consequence(&rules, OrderState::Delivered),
            escalate,
            "{state:?}"
        );
    }
}

#[test]
fn the_id_of_a_case_names_its_order() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let id = &order.body.cases[0].id;
    assert_eq!(Case::order_of(id).as_ref(), Some(&order.id));
    assert_eq!(Case::order_of("a-C1-C2"), Some("a-C1".into()));
    for none in ["", "-C1", "a", "a-C", "a-Cx", "a-R1"] {
        assert_eq!(Case::order_of(none), None, "{none}");
    }
}

#[test]
fn an_order_with_cases_is_written_and_read_as_it_was() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let order = moved(&order, &reject()).unwrap();
    let text = serde_json::to_string(&order.body).unwrap();
    assert_eq!(
        serde_json::from_str::<OrderBody>(&text).unwrap(),
        order.body
    );
    // One from before there were cases.
    let before = serde_json::to_string(&delivered("physical").body).unwrap();
    assert!(
        !before.contains("cases") && !before.contains("components"),
        "{before}"
    );
    assert!(
        serde_json::from_str::<OrderBody>(&before)
            .unwrap()
            .cases
            .is_empty()
    );
}
