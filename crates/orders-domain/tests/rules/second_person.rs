//! Large refunds take two people of the staff, whatever decision makes them.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::{
    approve, broken, delivered, grant, moved, opened, reject, some as some_of, soon, unwanted,
};
use crate::sample::{calendar, now, order, policy, requested};

/// The policy, with two people above so many fen.
fn above(amount: Option<i64>) -> Policy {
    let mut policy = policy("tepai").clone();
    policy.decisions_two_approve_above = amount;
    policy
}

fn no() -> Second {
    Second::Decline {
        why: "金额不对".to_owned(),
    }
}

fn words(staff: &str) -> StaffWords {
    StaffWords {
        staff: staff.to_owned(),
        note: None,
    }
}

/// A move of somebody of the staff in the order's last case, where two people are needed above `limit`.
fn case_by(
    order: &Order,
    staff: &StaffWords,
    action: &CaseMove,
    limit: i64,
) -> Result<Change, MoveRefusal> {
    let id = &order.body.cases.last().unwrap().id;
    let later = soon() + TimeDelta::hours(2);
    order.move_case_by(staff, id, action, &above(Some(limit)), calendar(), later)
}

fn request_by(
    order: &Order,
    staff: &str,
    act: &StaffAct,
    limit: Option<i64>,
) -> Result<Change, StaffRefusal> {
    order.act_by(staff, act, &above(limit), calendar(), now())
}

/// What a change has given back.
fn back(change: &Change) -> i64 {
    let refunds = change.effects.refunds.iter();
    refunds.map(|refund| refund.amount.amount).sum()
}

fn last(order: &Order) -> &StaffDraft {
    order.body.drafts.last().unwrap()
}

/// Cases that a decision brings money for, and the decision.
fn granted_at_once() -> [(&'static str, Order, CaseMove); 3] {
    let lines = [some_of("a", 1)];
    let broken = opened(&delivered("physical"), &broken(&lines));
    let sent = moved(
        &opened(&delivered("physical"), &unwanted(&lines)),
        &approve(),
    )
    .unwrap();
    let parcel = Parcel {
        courier: "顺丰".to_owned(),
        tracking_number: "SF1".to_owned(),
    };
    let sent = moved(&sent, &CaseMove::Send { parcel }).unwrap();
    let rejected = moved(&broken, &reject()).unwrap();
    let appeal = CaseMove::Appeal {
        why: "请看照片".to_owned(),
        evidence: Vec::new(),
    };
    let appealed = moved(&rejected, &appeal).unwrap();
    [
        ("refund only", broken, grant()),
        ("goods that are back", sent, CaseMove::Receive),
        ("an appeal", appealed, grant()),
    ]
}

#[test]
fn exactly_the_amount_one_person_grants_and_one_fen_more_takes_two() {
    for (name, order, action) in granted_at_once() {
        let amount = order.body.cases.last().unwrap().settlement.amount;
        assert!(amount > 0);
        let alone = case_by(&order, &words("wang"), &action, amount).unwrap();
        assert_eq!(back(&alone), amount, "{name}");
        assert!(alone.order.body.drafts.is_empty());
        let first = case_by(&order, &words("wang"), &action, amount - 1).unwrap();
        assert_eq!(first.effects, Effects::default(), "{name}: nothing is done");
        assert_eq!(first.order.body.cases, order.body.cases, "{name}");
        assert_eq!(first.order.version, order.version + 1);
        let draft = last(&first.order);
        assert_eq!((draft.amount, draft.by.as_str()), (amount, "wang"));
        let yes = CaseMove::Second(Second::Approve);
        let second = case_by(&first.order, &words("li"), &yes, amount - 1).unwrap();
        assert_eq!(back(&second), amount, "{name}");
        assert_eq!(last(&second.order).state(), DraftState::Approved);
        let thread = &second.order.body.cases.last().unwrap().thread;
        assert_eq!(thread.last().unwrap().staff.as_deref(), Some("li"));
        let more = case_by(&second.order, &words("zhou"), &yes, amount - 1);
        assert_eq!(more.err(), Some(MoveRefusal::NotNow), "{name}: it is done");
    }
}

#[test]
fn a_request_takes_two_above_the_amount_that_would_go_back() {
    let order = requested(order(OrderState::Unpacked, "physical"));
    let total = order.body.amounts.total;
    let grant = StaffAct::ApproveRequest;
    for limit in [None, Some(total), Some(i64::MAX)] {
        let alone = request_by(&order, "wang", &grant, limit).unwrap();
        assert_eq!(
            (back(&alone), alone.order.state),
            (total, OrderState::Cancelled)
        );
    }
    let limit = Some(total - 1);
    let first = request_by(&order, "wang", &grant, limit).unwrap();
    assert_eq!(first.effects, Effects::default());
    assert!(first.order.on_hold(), "the warehouse still waits");
    let yes = StaffAct::SecondRequest(Second::Approve);
    for same in ["wang", "WANG"] {
        let alone = request_by(&first.order, same, &yes, limit);
        assert_eq!(alone.err(), Some(StaffRefusal::SamePerson), "{same}");
    }
    let second = request_by(&first.order, "li", &yes, limit).unwrap();
    assert_eq!(
        (back(&second), second.order.state),
        (total, OrderState::Cancelled)
    );
    assert_eq!(last(&second.order).state(), DraftState::Approved);
    // Without a draft there is nothing to agree with.
    let none = request_by(&order, "li", &yes, limit);
    assert_eq!(none.err(), Some(StaffRefusal::NoOpenRequest));
}

#[test]
fn while_one_waits_nothing_else_is_decided_and_everybody_may_talk() {
    for (name, order, action) in granted_at_once() {
        let first = case_by(&order, &words("wang"), &action, 0).unwrap().order;
        let dismiss = CaseMove::Dismiss {
            why: "不符".to_owned(),
        };
        for again in [&action, &reject(), &dismiss] {
            let refused = case_by(&first, &words("li"), again, 0);
            assert_eq!(refused.err(), Some(MoveRefusal::NotNow), "{name} {again:?}");
        }
        let yes = CaseMove::Second(Second::Approve);
        for same in ["wang", "Wang"] {
            let alone = case_by(&first, &words(same), &yes, 0);
            assert_eq!(alone.err(), Some(MoveRefusal::SamePerson), "{name}");
        }
        let say = CaseMove::Say {
            by: Actor::Seller,
            text: "正在核实".to_owned(),
            evidence: Vec::new(),
        };
        let said = case_by(&first, &words("li"), &say, 0).unwrap().order;
        assert_eq!(last(&said).state(), DraftState::Waiting, "{name}");
    }
    let order = requested(order(OrderState::Unpacked, "physical"));
    let first = request_by(&order, "wang", &StaffAct::ApproveRequest, Some(0)).unwrap();
    let decline = StaffAct::DeclineRequest {
        note: "已制作".to_owned(),
    };
    for act in [&StaffAct::ApproveRequest, &decline] {
        let refused = request_by(&first.order, "li", act, Some(0));
        // Somebody else has decided meanwhile.
        assert_eq!(refused.err(), Some(StaffRefusal::NoOpenRequest), "{act:?}");
        let again = request_by(&first.order, "wang", act, Some(0));
        assert_eq!(again.err(), Some(StaffRefusal::SamePerson), "{act:?}");
    }
}

#[test]
fn who_does_not_agree_says_why_and_it_is_undecided_as_before() {
    // Whoever drafted it may take it back, too.
    for by in ["li", "wang"] {
        for (name, order, action) in granted_at_once() {
            let first = case_by(&order, &words("wang"), &action, 0).unwrap().order;
            let silent = CaseMove::Second(Second::Decline {
                why: " ".to_owned(),
            });
            let refused = case_by(&first, &words(by), &silent, 0);
            assert_eq!(refused.err(), Some(MoveRefusal::WordsNeeded));
            let declined = case_by(&first, &words(by), &CaseMove::Second(no()), 0).unwrap();
            assert_eq!(declined.effects, Effects::default(), "{name}");
            let outcome = last(&declined.order).outcome.clone().unwrap();
            assert_eq!(outcome.state, DraftState::Declined);
            assert_eq!(
                (outcome.by.as_deref(), outcome.why.as_deref()),
                (Some(by), Some("金额不对"))
            );
            assert_eq!(declined.order.body.cases, order.body.cases);
            let anew = case_by(&declined.order, &words("li"), &action, 0).unwrap();
            assert_eq!(
                anew.order.body.drafts.len(),
                2,
                "{name}: nothing is deleted"
            );
        }
        let order = requested(order(OrderState::Unpacked, "physical"));
        let first = request_by(&order, "wang", &StaffAct::ApproveRequest, Some(0)).unwrap();
        let says = StaffAct::SecondRequest(no());
        let declined = request_by(&first.order, by, &says, Some(0)).unwrap();
        assert_eq!(last(&declined.order).state(), DraftState::Declined);
        assert!(declined.order.on_hold() && declined.effects == Effects::default());
    }
}

#[test]
fn words_to_the_shopper_wait_with_the_draft() {
    let [(_, order, action), ..] = granted_at_once();
    let first = StaffWords {
        staff: "wang".to_owned(),
        note: Some("请留意到账".to_owned()),
    };
    let drafted = case_by(&order, &first, &action, 0).unwrap().order;
    let yes = CaseMove::Second(Second::Approve);
    let done = case_by(&drafted, &words("li"), &yes, 0).unwrap().order;
    let thread = &done.body.cases[0].thread;
    let said = thread.last().unwrap();
    assert_eq!(said.text.as_deref(), Some("请留意到账"));
    // Each is on record with what they did.
    let made = thread
        .iter()
        .rev()
        .find(|entry| entry.what != CaseAct::Said);
    assert_eq!(
        (said.staff.as_deref(), made.unwrap().staff.as_deref()),
        (Some("wang"), Some("li"))
    );
    // Written and read again, all of it is still there.
    let text = serde_json::to_string(&done.body).unwrap();
    assert_eq!(serde_json::from_str::<OrderBody>(&text).unwrap(), done.body);
}

#[test]
fn goods_are_asked_for_by_one_person_because_no_money_goes_back_yet() {
    let order = opened(&delivered("physical"), &unwanted(&[some_of("a", 1)]));
    let asked = case_by(&order, &words("wang"), &approve(), 0)
        .unwrap()
        .order;
    assert_eq!(asked.body.cases[0].state, CaseState::AwaitingReturn);
    assert!(asked.body.drafts.is_empty());
}

#[test]
fn who_said_no_before_an_appeal_is_not_its_second_person() {
    let [.., (_, order, action)] = granted_at_once();
    let mut order = order;
    let thread = &mut order.body.cases[0].thread;
    let rejected = thread
        .iter_mut()
        .find(|entry| entry.what == CaseAct::Rejected);
    rejected.unwrap().staff = Some("li".to_owned());
    let first = case_by(&order, &words("wang"), &action, 0).unwrap().order;
    let yes = CaseMove::Second(Second::Approve);
    let no = CaseMove::Second(Second::Decline {
        why: "不符".to_owned(),
    });
    for says in [&yes, &no] {
        let party = case_by(&first, &words("li"), says, 0);
        assert_eq!(party.err(), Some(MoveRefusal::SamePerson), "{says:?}");
    }
    assert!(case_by(&first, &words("zhou"), &yes, 0).is_ok());
}

#[test]
fn a_draft_lapses_with_what_it_is_about() {
    // By the shopper.
    let [(_, case, action), ..] = granted_at_once();
    let first = case_by(&case, &words("wang"), &action, 0).unwrap().order;
    let withdrawn = moved(&first, &CaseMove::Withdraw).unwrap();
    assert_eq!(last(&withdrawn).state(), DraftState::Lapsed);
    assert_eq!(last(&withdrawn).outcome.as_ref().unwrap().by, None);
    // By silence, which is in the shopper's favour.
    let late = first.body.cases[0].until.unwrap();
    let granted = first
        .case_time_over(&above(Some(0)), calendar(), late)
        .unwrap();
    assert!(back(&granted) > 0);
    assert_eq!(last(&granted.order).state(), DraftState::Lapsed);
    let request = requested(order(OrderState::Unpacked, "physical"));
    let first = request_by(&request, "wang", &StaffAct::ApproveRequest, Some(0)).unwrap();
    let withdrawn = first.order.withdraw_request(now()).unwrap().order;
    assert_eq!(last(&withdrawn).state(), DraftState::Lapsed);
    // Another request is another decision.
    let again = requested(withdrawn);
    assert_eq!(again.waiting_draft(None), None);
    let anew = request_by(&again, "li", &StaffAct::ApproveRequest, Some(0)).unwrap();
    assert_eq!(last(&anew.order).by, "li");
}

#[test]
fn the_queue_says_who_has_granted_it_and_each_step_frees_it() {
    let limit = above(Some(0));
    let advised = |order: &Order| {
        let work = work_of(order).into_iter().next().unwrap();
        let subject = work.subject.as_deref();
        let advice = order.advice(work.kind, subject, &limit, now()).unwrap();
        let drafted_by = match advice {
            Advice::Request { drafted_by, .. } | Advice::Case { drafted_by, .. } => drafted_by,
            other => panic!("{other:?}"),
        };
        (work.step, drafted_by)
    };
    let [(_, case, action), ..] = granted_at_once();
    assert_eq!(advised(&case), (0, None));
    let first = case_by(&case, &words("wang"), &action, 0).unwrap().order;
    assert_eq!(advised(&first), (1, Some("wang".to_owned())));
    let declined = case_by(&first, &words("li"), &CaseMove::Second(no()), 0).unwrap();
    assert_eq!(advised(&declined.order), (2, None));
    let request = requested(order(OrderState::Unpacked, "physical"));
    assert_eq!(advised(&request), (0, None));
    let first = request_by(&request, "wang", &StaffAct::ApproveRequest, Some(0)).unwrap();
    assert_eq!(advised(&first.order), (1, Some("wang".to_owned())));
}

#[test]
fn the_check_of_a_draft_counts_decisions_that_would_have_taken_another_number_of_people() {
    let effects = |order: &Order, held: Option<i64>, draft: Option<i64>| {
        order.would_change(&above(held), &above(draft), calendar())
    };
    let request = requested(order(OrderState::Unpacked, "physical"));
    let total = request.body.amounts.total;
    let grant = StaffAct::ApproveRequest;
    let alone = request_by(&request, "wang", &grant, None).unwrap().order;
    let first = request_by(&request, "wang", &grant, Some(total - 1)).unwrap();
    let yes = StaffAct::SecondRequest(Second::Approve);
    let both = request_by(&first.order, "li", &yes, Some(total - 1)).unwrap();
    let mut orders = vec![(alone, both.order, total)];
    for (_, order, action) in granted_at_once() {
        let amount = order.body.cases.last().unwrap().settlement.amount;
        let alone = case_by(&order, &words("wang"), &action, amount).unwrap();
        let first = case_by(&order, &words("wang"), &action, amount - 1).unwrap();
        let yes = CaseMove::Second(Second::Approve);
        let both = case_by(&first.order, &words("li"), &yes, amount - 1).unwrap();
        orders.push((alone.order, both.order, amount));
    }
    for (alone, both, amount) in &orders {
        let strict = Some(amount - 1);
        assert_eq!(effects(alone, None, strict), [PolicyEffect::TwoApprove]);
        assert_eq!(effects(alone, None, Some(*amount)), []);
        assert_eq!(effects(both, strict, None), [PolicyEffect::OneApproves]);
        assert_eq!(effects(both, strict, Some(0)), []);
        // The shop's own system grants what it likes: nobody's second person is saved.
        assert_eq!(effects(alone, strict, None), []);
    }
    assert_eq!(effects(&request, None, Some(0)), [], "nothing was decided");
}
