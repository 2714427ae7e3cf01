//! What the shop's staff do in a case is on record, and frees or binds what the case is about.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::{
    approve, broken, delivered, grant, moved, opened, reject, some, soon, unwanted,
};
use crate::sample::{calendar, order, policy};

fn wang(note: Option<&str>) -> StaffWords {
    StaffWords {
        staff: "wang".to_owned(),
        note: note.map(str::to_owned),
    }
}

fn by_staff(order: &Order, words: &StaffWords, action: &CaseMove) -> Result<Order, MoveRefusal> {
    let id = &order.body.cases.last().unwrap().id;
    let later = soon() + TimeDelta::hours(1);
    order
        .move_case_by(words, id, action, policy("tepai"), calendar(), later)
        .map(|change| change.order)
}

fn last(order: &Order) -> &CaseEntry {
    order.body.cases.last().unwrap().thread.last().unwrap()
}

#[test]
fn who_of_the_staff_decided_is_kept_with_what_they_did() {
    let order = opened(&delivered("physical"), &unwanted(&[some("a", 1)]));
    assert_eq!(last(&order).staff, None, "the shopper opened it");
    let rejected = by_staff(&order, &wang(None), &reject()).unwrap();
    assert_eq!(last(&rejected).staff.as_deref(), Some("wang"));
    assert_eq!(last(&rejected).what, CaseAct::Rejected);
    let none = by_staff(&rejected, &wang(None), &approve()).err();
    assert_eq!(none, Some(MoveRefusal::NotNow), "the rules are the same");
    // Written and read again, it is still there.
    let text = serde_json::to_string(&rejected.body).unwrap();
    let read: OrderBody = serde_json::from_str(&text).unwrap();
    assert_eq!(read, rejected.body);
}

#[test]
fn words_with_a_yes_are_said_beside_it() {
    let order = opened(&delivered("physical"), &unwanted(&[some("a", 1)]));
    let granted = by_staff(&order, &wang(Some(" 请附上发票 ")), &approve()).unwrap();
    let thread = &granted.body.cases[0].thread;
    let acts: Vec<_> = thread.iter().map(|entry| entry.what).collect();
    assert_eq!(acts, [CaseAct::Opened, CaseAct::Approved, CaseAct::Said]);
    assert_eq!(last(&granted).text.as_deref(), Some("请附上发票"));
    assert_eq!(last(&granted).by, Actor::Seller);
    let by: Vec<_> = thread.iter().map(|entry| entry.staff.as_deref()).collect();
    assert_eq!(by, [None, Some("wang"), Some("wang")]);
    let blank = by_staff(&order, &wang(Some(" ")), &approve()).unwrap();
    assert_eq!(last(&blank).what, CaseAct::Approved);
}

#[test]
fn the_shop_speaks_as_merchant_until_a_case_goes_to_staff() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let voice = |order: &Order| order.body.cases[0].voice_of_shop();
    assert_eq!(voice(&order), Actor::Seller);
    let rejected = moved(&order, &reject()).unwrap();
    assert_eq!(voice(&rejected), Actor::Seller);
    let appeal = CaseMove::Appeal {
        why: "请再看看".to_owned(),
        evidence: Vec::new(),
    };
    let appealed = moved(&rejected, &appeal).unwrap();
    assert_eq!(voice(&appealed), Actor::Staff);
    let granted = moved(&appealed, &grant()).unwrap();
    assert_eq!(voice(&granted), Actor::Staff);
}

#[test]
fn what_a_case_is_about_may_be_asked_for_again_only_when_it_ended_without_a_refund() {
    let order = opened(&delivered("physical"), &unwanted(&[some("a", 2)]));
    let left = |order: &Order| order.case_options(policy("tepai"), soon())[0].quantity;
    assert_eq!(left(&order), 0);
    // While a rejection can be appealed, the same goods cannot be in another case.
    let rejected = moved(&order, &reject()).unwrap();
    assert_eq!(left(&rejected), 0);
    let over = rejected.next_case_deadline().unwrap();
    let closed = rejected
        .case_time_over(policy("tepai"), calendar(), over)
        .unwrap();
    assert_eq!(closed.order.body.cases[0].state, CaseState::Closed);
    assert_eq!(left(&closed.order), 2);
    assert_eq!(left(&moved(&rejected, &CaseMove::Withdraw).unwrap()), 2);
    let mut refused = order.clone();
    refused.body.cases[0].kind = CaseKind::RefundOnly;
    let refunded = moved(&refused, &grant()).unwrap();
    assert_eq!(refunded.body.cases[0].state, CaseState::Refunded);
    assert_eq!(left(&refunded), 0);
}

#[test]
fn the_condition_of_a_parcel_on_its_way_is_nobodys_to_know() {
    let shipped = order(OrderState::Shipped, "physical");
    let wish = CaseWish {
        kind: CaseKind::ReturnAndRefund,
        lines: vec![some("a", 2)],
        reason: "refused_parcel".to_owned(),
        note: None,
        condition: Some(Condition::Opened),
        evidence: Vec::new(),
    };
    let settled = shipped.settle_case(&wish, policy("tepai"), soon()).unwrap();
    assert_eq!(settled.deduction, 0);
    let case = opened(&shipped, &wish).body.cases.remove(0);
    assert_eq!(case.condition, None, "so that it goes back by itself");
}

#[test]
fn what_it_comes_to_is_told_before_there_is_evidence() {
    let order = delivered("physical");
    let mut wish = broken(&[some("a", 1)]);
    wish.evidence.clear();
    let settled = order.settle_case(&wish, policy("tepai"), soon()).unwrap();
    assert_eq!(settled.amount, 1_000);
    let none = order.open_case(&wish, policy("tepai"), soon()).err();
    assert_eq!(none, Some(CaseError::EvidenceNeeded));
}

#[test]
fn of_each_component_it_is_told_how_many_may_be_asked_for() {
    let mut order = delivered("physical");
    let component = |id: &str, refundable, returned| Component {
        id: id.to_owned(),
        title: LocalText::plain(id),
        weight: 1,
        refundable,
        returned,
    };
    order.body.lines[0].components = vec![
        component("cup", true, 0),
        component("lid", true, 1),
        component("gift", false, 0),
    ];
    let option = &order.case_options(policy("tepai"), soon())[0];
    assert_eq!(option.components, [2, 1, 0]);
    assert_eq!(option.quantity, 2);
    let cup = CaseLine {
        components: vec!["cup".to_owned()],
        ..some("a", 1)
    };
    let asked = opened(&order, &unwanted(&[cup]));
    let option = &asked.case_options(policy("tepai"), soon())[0];
    assert_eq!(option.components, [1, 1, 0]);
}

#[test]
fn who_said_no_does_not_decide_the_appeal() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let rejected = by_staff(&order, &wang(None), &reject()).unwrap();
    let appeal = CaseMove::Appeal {
        why: "请再看".to_owned(),
        evidence: Vec::new(),
    };
    let appealed = moved(&rejected, &appeal).unwrap();
    let zhou = StaffWords {
        staff: "zhou".to_owned(),
        note: None,
    };
    let dismiss = CaseMove::Dismiss {
        why: "看过了".to_owned(),
    };
    for action in [grant(), dismiss] {
        let same = by_staff(&appealed, &wang(None), &action).err();
        assert_eq!(same, Some(MoveRefusal::SamePerson), "{action:?}");
        assert!(by_staff(&appealed, &zhou, &action).is_ok(), "{action:?}");
    }
}

#[test]
fn an_id_in_capitals_is_no_second_person_for_an_appeal() {
    let order = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let rejected = by_staff(&order, &wang(None), &reject()).unwrap();
    let appeal = CaseMove::Appeal {
        why: "请再看".to_owned(),
        evidence: Vec::new(),
    };
    let appealed = moved(&rejected, &appeal).unwrap();
    let capitals = StaffWords {
        staff: "Wang".to_owned(),
        note: None,
    };
    let same = by_staff(&appealed, &capitals, &grant()).err();
    assert_eq!(same, Some(MoveRefusal::SamePerson));
}
