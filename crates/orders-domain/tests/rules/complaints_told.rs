//! Complaints: who may be the second person, and what of them the shopper is told.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::soon;
use crate::complaints::{
    ID, complained, complained_under, days, dispute, does, done, one, over, refund,
};
use crate::sample::{calendar, policy, policy_with};

#[test]
fn who_made_what_is_disputed_is_no_second_person_for_the_last_word() {
    let changed = policy_with(
        "tepai",
        "two_approve_above = 50000\nevidence",
        "two_approve_above = 1000\nevidence",
    );
    let order = complained_under(changed.complaints.as_ref().unwrap(), ComplaintWish::Refund);
    let drafted = done(&order, Some("wang"), &refund(&order, 1_500));
    let proposed = done(&drafted, Some("li"), &ComplaintMove::Approve);
    let disputed = done(&proposed, None, &dispute(false));
    let last_word = done(&disputed, Some("zhou"), &refund(&order, 2_000));
    for party in ["wang", "li", "zhou"] {
        let alone = does(&last_word, Some(party), &ComplaintMove::Approve);
        assert_eq!(alone.err(), Some(ComplaintRefusal::SamePerson), "{party}");
    }
    // Nor do they keep the last word away by declining it; whoever drafted it may take it back.
    let no = ComplaintMove::DeclineDraft {
        why: "太多".to_owned(),
    };
    for party in ["wang", "li"] {
        let declined = does(&last_word, Some(party), &no);
        assert_eq!(
            declined.err(),
            Some(ComplaintRefusal::SamePerson),
            "{party}"
        );
    }
    assert!(does(&last_word, Some("zhou"), &no).is_ok());
    let decided = done(&last_word, Some("chen"), &ComplaintMove::Approve);
    assert_eq!(one(&decided).state, ComplaintState::Proposed);
}

/// Points are money of the shop's, too: a point counts as a fen.
#[test]
fn many_points_need_a_second_person_like_as_much_money() {
    let order = complained();
    for (points, state) in [
        (50_000, ComplaintState::Proposed),
        (50_001, ComplaintState::Investigating),
    ] {
        let many = ComplaintMove::Propose(Proposal {
            kind: ProposalKind::Compensation,
            amount: None,
            points: Some(points),
            gift: None,
            reason: "抱歉".to_owned(),
            last: false,
        });
        let made = done(&order, Some("wang"), &many);
        assert_eq!(one(&made).state, state, "{points}");
        assert_eq!(one(&made).draft.is_some(), points > 50_000, "{points}");
    }
}

#[test]
fn the_shopper_is_told_a_proposal_once_and_only_the_last_one_asks_something_of_them() {
    let order = complained();
    let told = |before: &Order, after: &Order| -> Vec<_> {
        let added = before.timeline.len()..after.timeline.len();
        let told = after.told(added).into_iter();
        told.map(|place| after.timeline[place].what.code())
            .collect()
    };
    let taken = done(&order, Some("wang"), &ComplaintMove::TakeUp);
    assert_eq!(told(&order, &taken), ["complaint_taken"]);
    let proposed = done(&order, Some("wang"), &refund(&order, 500));
    assert_eq!(told(&order, &proposed), ["complaint_proposed"]);
    let disputed = done(&proposed, None, &dispute(false));
    let later = soon() + TimeDelta::hours(1);
    let again = refund(&order, 800);
    let change = disputed
        .move_complaint(ID, &again, Some("zhou"), policy("tepai"), calendar(), later)
        .unwrap();
    let urgent = |order: &Order| -> Vec<_> {
        let entries = order.timeline.iter();
        entries
            .filter(|entry| order.asks_shopper(entry))
            .map(|entry| entry.at)
            .collect()
    };
    assert_eq!(urgent(&proposed), [soon()]);
    assert!(urgent(&disputed).is_empty());
    assert_eq!(urgent(&change.order), [later], "the first was answered");
}

/// What is told to be granted is what goes back, also when something has gone back otherwise since it was wished for.
#[test]
fn silence_grants_no_more_than_is_left_and_says_so() {
    let order = complained();
    let late = over(&order, TimeDelta::hours(24)).unwrap();
    let mut less = late.clone();
    less.body.payments[0].amount -= 1_500;
    let granted = over(&less, TimeDelta::hours(24) + days(3)).unwrap();
    let entry = one(&granted).thread.last().unwrap();
    assert_eq!(entry.what, ComplaintAct::GrantedBySilence);
    let said = entry.proposal.as_ref().and_then(|granted| granted.amount);
    assert_eq!(said, Some(granted.money(500)));
    assert_eq!(granted.refunds[0].amount.amount, 500);
    less.body.payments.clear();
    let nothing = over(&less, TimeDelta::hours(24) + days(3)).unwrap();
    assert!(
        one(&nothing).outside_at.is_some(),
        "nothing is left to grant"
    );
}
