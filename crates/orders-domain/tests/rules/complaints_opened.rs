//! What may be complained about, what is by itself, and what amounts come to.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::after_sale::{broken, delivered, grant, moved, opened, some, soon};
use crate::complaints::{
    ACCEPT, ID, complained, days, dispute, done, in_state, intent, is_last, one, refund, rules,
};
use crate::sample::{calendar, cancel, order, policy, policy_with};

#[test]
fn a_complaint_is_taken_about_what_is_there_once_and_in_time() {
    let order = delivered("physical");
    let rules = rules("tepai");
    let taken =
        |order: &Order, intent: &ComplaintIntent| order.complain(intent, Some(rules), soon()).err();
    let wish = intent(ComplaintWish::Refund);
    assert_eq!(taken(&order, &wish), None);
    assert_eq!(
        order.complain(&wish, None, soon()).err(),
        Some(ComplaintError::NoComplaints)
    );
    let late = soon() + days(366);
    assert_eq!(
        order.complain(&wish, Some(rules), late).err(),
        Some(ComplaintError::NoComplaints)
    );
    assert_eq!(taken(&complained(), &wish), Some(ComplaintError::Open));
    let withdrawn = in_state(ComplaintState::Withdrawn);
    assert_eq!(
        taken(&withdrawn, &wish),
        None,
        "once more, after it was withdrawn"
    );
    let about = |case: Option<&str>, refund: Option<&str>| ComplaintIntent {
        about: ComplaintAbout {
            case: case.map(str::to_owned),
            refund: refund.map(str::to_owned),
        },
        ..wish.clone()
    };
    assert_eq!(
        taken(&order, &about(Some("o-1-C9"), None)),
        Some(ComplaintError::UnknownCase)
    );
    assert_eq!(
        taken(&order, &about(None, Some("o-1-R9"))),
        Some(ComplaintError::UnknownRefund)
    );
    assert_eq!(
        taken(&order, &about(Some("x"), Some("y"))),
        Some(ComplaintError::Both)
    );
    for amount in [0, -1, 2_001] {
        let wish = ComplaintIntent {
            amount: Some(amount),
            ..wish.clone()
        };
        assert_eq!(
            taken(&order, &wish),
            Some(ComplaintError::Amount),
            "{amount}"
        );
    }
    let apology = ComplaintIntent {
        amount: Some(1),
        ..intent(ComplaintWish::Apology)
    };
    assert_eq!(taken(&order, &apology), Some(ComplaintError::Amount));
    let blank = ComplaintIntent {
        text: " \n".to_owned(),
        ..wish.clone()
    };
    assert_eq!(taken(&order, &blank), Some(ComplaintError::WordsNeeded));
}

#[test]
fn a_case_that_is_dismissed_for_good_is_complained_about_by_itself() {
    let case = opened(&delivered("physical"), &broken(&[some("a", 1)]));
    let no = CaseMove::Reject {
        why: "完好".to_owned(),
    };
    let appeal = CaseMove::Appeal {
        why: "请再看".to_owned(),
        evidence: Vec::new(),
    };
    let dismiss = CaseMove::Dismiss {
        why: "不成立".to_owned(),
    };
    let rejected = moved(&case, &no).unwrap();
    let appealed = moved(&rejected, &appeal).unwrap();
    let by = |order: &Order, action: &CaseMove| {
        let (policy, calendar) = (policy("tepai"), calendar());
        let change = order
            .move_case("o-1-C1", action, policy, calendar, soon())
            .unwrap();
        change.with_complaint(policy.complaints.as_ref(), soon())
    };
    assert!(
        by(&case, &no).order.body.complaints.is_empty(),
        "there is an appeal first"
    );
    let dismissed = by(&appealed, &dismiss);
    let complaint = one(&dismissed.order);
    assert_eq!(complaint.about.case.as_deref(), Some("o-1-C1"));
    assert_eq!(complaint.topic, ComplaintTopic::RefundRefused);
    assert_eq!(
        complaint.wished,
        Some(dismissed.order.case("o-1-C1").unwrap().settlement.amount)
    );
    assert_eq!(dismissed.order.version, appealed.version + 1);
    let without = policy_with("tepai", "after_dismissal = true", "after_dismissal = false");
    let change = appealed
        .move_case("o-1-C1", &dismiss, &without, calendar(), soon())
        .unwrap();
    let change = change.with_complaint(without.complaints.as_ref(), soon());
    assert!(change.order.body.complaints.is_empty());
}

/// What the shop has rejected may be wished for in a complaint; its appeal is for what that has left.
#[test]
fn the_money_of_a_rejected_case_may_be_complained_for_and_comes_back_once() {
    let case = opened(&delivered("physical"), &broken(&[some("a", 2)]));
    assert_eq!(case.complaint_wishes().len(), 3, "all of it is promised");
    let no = CaseMove::Reject {
        why: "完好".to_owned(),
    };
    let rejected = moved(&case, &no).unwrap();
    assert!(rejected.complaint_wishes().contains(&ComplaintWish::Refund));
    let about = ComplaintIntent {
        about: ComplaintAbout {
            case: Some("o-1-C1".to_owned()),
            refund: None,
        },
        ..intent(ComplaintWish::Refund)
    };
    let change = rejected.complain(&about, Some(rules("tepai")), soon());
    let order = change.unwrap().order;
    let settlement = order.case("o-1-C1").unwrap().settlement;
    assert_eq!(one(&order).wished, Some(settlement.amount));
    let proposed = done(&order, Some("wang"), &refund(&order, 1_500));
    let accepted = done(&proposed, None, &ACCEPT);
    let appeal = CaseMove::Appeal {
        why: "请再看".to_owned(),
        evidence: Vec::new(),
    };
    let appealed = moved(&accepted, &appeal).unwrap();
    let after = appealed.case("o-1-C1").unwrap().settlement;
    assert_eq!(after.amount, settlement.amount - 1_500);
    assert_eq!(after.deduction, settlement.deduction + 1_500);
    let granted = moved(&appealed, &grant()).unwrap();
    let back = granted.refunds.iter().map(|refund| refund.amount.amount);
    assert_eq!(back.sum::<i64>(), settlement.amount);
}

#[test]
fn a_complaint_keeps_the_dates_that_it_began_with() {
    let changed = policy_with("tepai", "answer_days = 7 ", "answer_days = 1 ");
    let order = complained();
    let propose = refund(&order, 500);
    let change = order.move_complaint(ID, &propose, Some("wang"), &changed, calendar(), soon());
    assert_eq!(one(&change.unwrap().order).until, Some(soon() + days(7)));
}

proptest! {
    /// Cases, complaints and refunds by silence in any order: what goes back is never more than was paid.
    #[test]
    fn never_more_goes_back_than_was_paid(
        price in 1_i64..50_000,
        steps in proptest::collection::vec((0_usize..10, 0_i64..60_000), 1..40),
    ) {
        let mut order = delivered("physical");
        order.body.lines[0].unit_price = price;
        let total = price * i64::from(order.body.lines[0].quantity);
        order.body.amounts.goods = total;
        order.body.amounts.total = total;
        order.body.payments[0].amount = total;
        let (policy, calendar) = (policy("tepai"), calendar());
        let mut at = soon();
        for (step, amount) in steps {
            at += TimeDelta::minutes(1);
            let id = order.body.complaints.last().map(|one| one.id.clone()).unwrap_or_default();
            let last = is_last(&order);
            let act = |action: &ComplaintMove, staff| {
                order.move_complaint(&id, action, staff, policy, calendar, at).ok()
            };
            let change = match step {
                0 => order.complain(&intent(ComplaintWish::Refund), policy.complaints.as_ref(), at).ok(),
                1 => act(&refund(&order, amount), Some("wang")),
                2 => act(&ComplaintMove::Approve, Some("zhou")),
                3 => act(&ComplaintMove::Accept { last }, None),
                4 => order.open_case(&broken(&[some("a", 1)]), policy, at).ok(),
                5 => {
                    let open = order.body.cases.iter().find(|case| !case.state.is_final());
                    open.and_then(|case| {
                        order.move_case(&case.id, &grant(), policy, calendar, at).ok()
                    })
                }
                6 => order.complaint_time_over(policy, calendar, at + TimeDelta::days(8)),
                7 | 8 => {
                    let open = order.body.cases.iter().find(|case| !case.state.is_final());
                    let action = if step == 7 {
                        CaseMove::Reject { why: "完好".to_owned() }
                    } else {
                        CaseMove::Appeal { why: "请再看".to_owned(), evidence: Vec::new() }
                    };
                    open.and_then(|case| {
                        order.move_case(&case.id, &action, policy, calendar, at).ok()
                    })
                }
                _ => act(&dispute(last), None),
            };
            if let Some(change) = change {
                order = change.order;
            }
            let back: i64 = order.refunds.iter().map(|refund| refund.amount.amount).sum();
            prop_assert!(back <= total, "{} of {}", back, total);
            prop_assert!(order.refundable() + back <= total);
            for case in &order.body.cases {
                let of_case = order.refunds.iter().filter(|refund| case.refunds.contains(&refund.id));
                let made: i64 = of_case.map(|refund| refund.amount.amount).sum();
                if case.state == CaseState::Refunded {
                    prop_assert_eq!(made, case.settlement.amount, "a case brings what it said");
                }
            }
        }
    }
}

/// A cancelled order whose refund, promised for so many days before today, has not arrived; that was told.
fn late_by(days: i64) -> Order {
    let unpacked = order(OrderState::Unpacked, "physical");
    let mut order = cancel(&unpacked, policy("tepai"), None).order;
    let today = policy("tepai").day_of(soon());
    order.refunds[0].state = RefundState::Sent;
    order.refunds[0].promise.arrives_by = today - TimeDelta::days(days);
    order.refunds[0].course.told_late = Some(Lateness::NotArrived);
    order
}

fn of_delay(order: &Order) -> Option<Order> {
    let policy = policy("tepai");
    let change = order.complain_of_late_refunds(policy.complaints.as_ref(), policy, soon());
    change.map(|change| change.order)
}

#[test]
fn a_refund_that_stays_away_is_complained_about_by_itself_once() {
    assert_eq!(
        of_delay(&late_by(14)),
        None,
        "on the last day it may still come"
    );
    let order = of_delay(&late_by(15)).unwrap();
    let complaint = one(&order);
    assert_eq!(complaint.about, ComplaintAbout::of_refund("o-1-R1"));
    assert_eq!(
        (complaint.topic, complaint.wish, complaint.wished),
        (ComplaintTopic::Late, ComplaintWish::Explanation, None)
    );
    assert_eq!(complaint.thread[0].what, ComplaintAct::OpenedByDelay);
    assert_eq!(complaint.thread[0].by, Actor::System);
    let last = order.timeline.last().unwrap();
    assert_eq!(
        (last.what, last.by),
        (TimelineEvent::ComplaintOpened, Actor::System)
    );
    assert_eq!(of_delay(&order), None, "once");
    let mut over = order.clone();
    over.body.complaints[0].state = ComplaintState::Closed;
    over.refunds[0].course.complained = false;
    let again = of_delay(&over).unwrap();
    assert_eq!(again.body.complaints.len(), 1, "nor when that is over");
    assert!(
        again.refunds[0].course.complained,
        "it is not looked for again"
    );
}

/// What nobody may complain about any more does not begin to be complained about because the program has learned to.
#[test]
fn a_refund_of_years_ago_is_not_complained_about_by_itself() {
    let aged = |days: i64| {
        let mut order = late_by(days);
        // Its delay was told the day after.
        let told = soon() - TimeDelta::days(days - 1);
        for entry in &mut order.timeline {
            entry.at = told;
        }
        order
    };
    let opened = |days: i64| of_delay(&aged(days)).map(|order| order.body.complaints.len());
    assert_eq!(opened(14), None);
    for (days, complaints) in [(15, 1), (365, 1), (366, 0), (1_000, 0)] {
        assert_eq!(opened(days), Some(complaints), "{days}");
    }
    let old = of_delay(&aged(1_000)).unwrap();
    assert!(old.refunds[0].course.complained);
    assert_eq!(of_delay(&old), None, "it is not looked for again");
}

#[test]
fn nobody_complains_by_itself_of_what_arrived_failed_or_was_not_told() {
    let held = policy("tepai");
    let without = policy_with("tepai", "late_refund_days = 14 ", "# ");
    let late = late_by(40);
    let by = |rules: Option<&Complaints>| late.complain_of_late_refunds(rules, held, soon());
    assert_eq!(by(without.complaints.as_ref()), None);
    assert_eq!(by(None), None);
    assert!(by(held.complaints.as_ref()).is_some());
    for state in [RefundState::Arrived, RefundState::Failed] {
        let mut other = late.clone();
        other.refunds[0].state = state;
        assert_eq!(of_delay(&other), None, "{state:?}");
    }
    // First its shopper is told that it is late.
    for told in [None, Some(Lateness::NotSent)] {
        let mut untold = late.clone();
        untold.refunds[0].course.told_late = told;
        assert_eq!(of_delay(&untold), None, "{told:?}");
    }
    // Who has complained about it already has done so.
    let own = ComplaintIntent {
        about: ComplaintAbout::of_refund("o-1-R1"),
        ..intent(ComplaintWish::Apology)
    };
    let complained = late.complain(&own, held.complaints.as_ref(), soon());
    let order = of_delay(&complained.unwrap().order).unwrap();
    assert_eq!(order.body.complaints.len(), 1);
    // A shop without that topic has one for everything.
    let few = policy_with("tepai", "topics = [\"late\", ", "topics = [");
    let order = late.complain_of_late_refunds(few.complaints.as_ref(), &few, soon());
    assert_eq!(one(&order.unwrap().order).topic, ComplaintTopic::Other);
}
