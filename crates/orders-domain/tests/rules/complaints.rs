//! Complaints: who may do what in them and when, what follows from silence, and that never more goes back than was paid.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::{delivered, soon};
use crate::sample::{calendar, policy, policy_with};

pub const ID: &str = "o-1-K1";

pub fn rules(shop: &str) -> &'static Complaints {
    policy(shop).complaints.as_ref().unwrap()
}

pub fn intent(wish: ComplaintWish) -> ComplaintIntent {
    ComplaintIntent {
        about: ComplaintAbout::default(),
        topic: ComplaintTopic::Service,
        wish,
        amount: None,
        text: "客服答应回电，一直没有回".to_owned(),
        evidence: Vec::new(),
    }
}

pub fn complained_under(rules: &Complaints, wish: ComplaintWish) -> Order {
    let order = delivered("physical");
    let change = order.complain(&intent(wish), Some(rules), soon());
    change.unwrap().order
}

/// An order of 20 yuan with a complaint that wishes for all of it.
pub fn complained() -> Order {
    complained_under(rules("tepai"), ComplaintWish::Refund)
}

pub fn does(
    order: &Order,
    staff: Option<&str>,
    action: &ComplaintMove,
) -> Result<Change, ComplaintRefusal> {
    order.move_complaint(ID, action, staff, policy("tepai"), calendar(), soon())
}

pub fn done(order: &Order, staff: Option<&str>, action: &ComplaintMove) -> Order {
    does(order, staff, action).unwrap().order
}

pub fn one(order: &Order) -> &Complaint {
    order.complaint(ID).unwrap()
}

pub fn refund(order: &Order, amount: i64) -> ComplaintMove {
    proposal(ProposalKind::Refund, Some(order.money(amount)))
}

pub fn proposal(kind: ProposalKind, amount: Option<Money>) -> ComplaintMove {
    ComplaintMove::Propose(Proposal {
        kind,
        amount,
        points: None,
        gift: (kind == ProposalKind::Goodwill).then(|| "10 元优惠券".to_owned()),
        reason: "抱歉让您久等".to_owned(),
        last: false,
    })
}

/// Of the first proposal.
pub const ACCEPT: ComplaintMove = ComplaintMove::Accept { last: false };

/// Whether the proposal that stands is the last.
pub fn is_last(order: &Order) -> bool {
    let last = order.body.complaints.last();
    last.and_then(Complaint::proposal)
        .is_some_and(|one| one.last)
}

/// Of the first proposal, or of the last.
pub fn dispute(last: bool) -> ComplaintMove {
    ComplaintMove::Dispute {
        last,
        why: "只退一半不合理".to_owned(),
        evidence: Vec::new(),
    }
}

pub fn over(order: &Order, after: TimeDelta) -> Option<Order> {
    let change = order.complaint_time_over(policy("tepai"), calendar(), soon() + after);
    change.map(|change| change.order)
}

pub fn days(count: i64) -> TimeDelta {
    TimeDelta::days(count)
}

/// The complaint in every state.
pub fn in_state(state: ComplaintState) -> Order {
    let order = complained();
    let small = refund(&order, 500);
    let proposed = done(&order, Some("wang"), &small);
    match state {
        ComplaintState::Received => order,
        ComplaintState::Investigating => done(&order, Some("wang"), &ComplaintMove::TakeUp),
        ComplaintState::Proposed => proposed,
        ComplaintState::Disputed => done(&proposed, None, &dispute(false)),
        ComplaintState::Accepted => done(&proposed, None, &ACCEPT),
        ComplaintState::Withdrawn => done(&order, None, &ComplaintMove::Withdraw),
        ComplaintState::Closed => over(&proposed, days(7)).unwrap(),
        ComplaintState::Resolved => {
            let disputed = done(&proposed, None, &dispute(false));
            done(&disputed, Some("zhou"), &proposal(ProposalKind::None, None))
        }
    }
}

#[test]
fn each_state_allows_just_these_moves_and_leads_where_it_says() {
    let order = complained();
    let moves = [
        (
            "say",
            ComplaintMove::Say {
                text: "补充".to_owned(),
                evidence: Vec::new(),
            },
        ),
        ("accept", ACCEPT),
        ("dispute", dispute(false)),
        ("withdraw", ComplaintMove::Withdraw),
        ("take_up", ComplaintMove::TakeUp),
        (
            "answer",
            ComplaintMove::Answer {
                text: "在查".to_owned(),
            },
        ),
        ("propose", refund(&order, 500)),
        ("approve", ComplaintMove::Approve),
    ];
    let table = [
        (
            ComplaintState::Received,
            "say withdraw take_up answer propose",
        ),
        (ComplaintState::Investigating, "say withdraw answer propose"),
        (
            ComplaintState::Proposed,
            "say accept dispute withdraw answer",
        ),
        (ComplaintState::Disputed, "say withdraw answer propose"),
        (ComplaintState::Accepted, ""),
        (ComplaintState::Resolved, ""),
        (ComplaintState::Withdrawn, ""),
        (ComplaintState::Closed, ""),
    ];
    assert_eq!(table.map(|(state, _)| state), ComplaintState::ALL);
    for (state, allowed) in table {
        let order = in_state(state);
        assert_eq!(one(&order).state, state);
        let mut possible = Vec::new();
        for (name, action) in &moves {
            let staff = action.is_of_shop().then_some("zhou");
            match does(&order, staff, action) {
                Ok(change) => {
                    possible.push(*name);
                    let next = one(&change.order).state;
                    assert!(
                        next == state || state.may_become(next),
                        "{state:?} → {next:?}"
                    );
                    assert_eq!(change.order.version, order.version + 1);
                }
                Err(refusal) => assert_eq!(refusal, ComplaintRefusal::NotNow, "{state:?} {name}"),
            }
        }
        assert_eq!(possible.join(" "), allowed, "{state:?}");
        let may: Vec<_> = one(&order)
            .shopper_may()
            .into_iter()
            .map(ComplaintAction::code)
            .collect();
        let of_shopper: Vec<_> = ["accept", "dispute", "say", "withdraw"]
            .into_iter()
            .filter(|name| possible.contains(name))
            .collect();
        assert_eq!(may, of_shopper, "what the page offers is what is taken");
        let turn = one(&order).turn();
        let waits = work_of(&order)
            .iter()
            .any(|work| work.kind == WorkKind::Complaint);
        assert_eq!(
            waits,
            matches!(turn, Turn::Merchant | Turn::Staff),
            "{state:?}"
        );
    }
}

#[test]
fn each_stage_has_its_date() {
    let until = |state| one(&in_state(state)).until;
    assert_eq!(
        until(ComplaintState::Received),
        Some(soon() + TimeDelta::hours(24))
    );
    assert_eq!(until(ComplaintState::Investigating), Some(soon() + days(7)));
    assert_eq!(until(ComplaintState::Proposed), Some(soon() + days(7)));
    assert_eq!(until(ComplaintState::Disputed), Some(soon() + days(3)));
    for state in [
        ComplaintState::Accepted,
        ComplaintState::Resolved,
        ComplaintState::Closed,
    ] {
        assert_eq!(until(state), None);
    }
}

#[test]
fn what_was_accepted_is_carried_out() {
    let order = complained();
    let accepted = |action: &ComplaintMove| {
        let proposed = done(&order, Some("wang"), action);
        does(&proposed, None, &ACCEPT).unwrap()
    };
    let refunded = accepted(&refund(&order, 500));
    assert_eq!(refunded.order.refunds.len(), 1);
    assert_eq!(refunded.order.refunds[0].amount.amount, 500);
    assert_eq!(
        one(&refunded.order).refunds,
        [refunded.order.refunds[0].id.clone()]
    );
    let paid = accepted(&proposal(
        ProposalKind::Compensation,
        Some(order.money(300)),
    ));
    assert!(paid.order.refunds.is_empty(), "it is the shop's own money");
    assert!(
        paid.effects
            .outbox
            .contains(&OutboxMessage::ComplaintCompensated {
                complaint: ID.to_owned(),
                amount: Some(order.money(300)),
                points: None,
            })
    );
    let given = accepted(&proposal(ProposalKind::Goodwill, None));
    assert!(
        given
            .effects
            .outbox
            .contains(&OutboxMessage::ComplaintGoodwill {
                complaint: ID.to_owned(),
                gift: "10 元优惠券".to_owned(),
            })
    );
    let nothing = accepted(&proposal(ProposalKind::None, None));
    assert!(nothing.order.refunds.is_empty());
}

#[test]
fn a_proposal_is_whole_and_not_more_than_is_left() {
    let order = complained();
    let made =
        |proposal: Proposal| does(&order, Some("wang"), &ComplaintMove::Propose(proposal)).err();
    let whole = Proposal {
        kind: ProposalKind::Refund,
        amount: None,
        points: None,
        gift: None,
        reason: "抱歉".to_owned(),
        last: false,
    };
    let amount = |amount| Some(order.money(amount));
    let not = |field| Some(ComplaintRefusal::NotWhole(field));
    use ProposalField::{Amount, Gift, Points};
    assert_eq!(made(whole.clone()), not(Amount));
    assert_eq!(
        made(Proposal {
            amount: amount(0),
            ..whole.clone()
        }),
        not(Amount)
    );
    assert_eq!(
        made(Proposal {
            amount: amount(2_001),
            ..whole.clone()
        }),
        Some(ComplaintRefusal::NotEnoughLeft)
    );
    assert_eq!(
        made(Proposal {
            amount: amount(2_000),
            ..whole.clone()
        }),
        None
    );
    assert_eq!(
        made(Proposal {
            amount: amount(1),
            points: Some(1),
            ..whole.clone()
        }),
        not(Points)
    );
    assert_eq!(
        made(Proposal {
            amount: amount(1),
            gift: Some("券".to_owned()),
            ..whole.clone()
        }),
        not(Gift)
    );
    let kind = |kind| Proposal {
        kind,
        ..whole.clone()
    };
    assert_eq!(made(kind(ProposalKind::Goodwill)), not(Gift));
    assert_eq!(made(kind(ProposalKind::Compensation)), not(Amount));
    assert_eq!(
        made(Proposal {
            points: Some(0),
            ..kind(ProposalKind::Compensation)
        }),
        not(Points)
    );
    assert_eq!(
        made(Proposal {
            points: Some(200),
            ..kind(ProposalKind::Compensation)
        }),
        None
    );
    assert_eq!(
        made(Proposal {
            amount: amount(1),
            ..kind(ProposalKind::None)
        }),
        not(Amount)
    );
    assert_eq!(
        made(Proposal {
            reason: " ".to_owned(),
            ..kind(ProposalKind::None)
        }),
        Some(ComplaintRefusal::WordsNeeded)
    );
}

#[test]
fn above_the_policy_s_amount_two_people_have_to_agree() {
    let changed = policy_with(
        "tepai",
        "two_approve_above = 50000\nevidence",
        "two_approve_above = 1000\nevidence",
    );
    let order = complained_under(changed.complaints.as_ref().unwrap(), ComplaintWish::Refund);
    let at_limit = done(&order, Some("wang"), &refund(&order, 1_000));
    assert_eq!(one(&at_limit).state, ComplaintState::Proposed);
    let drafted = done(&order, Some("wang"), &refund(&order, 1_001));
    assert_eq!(one(&drafted).state, ComplaintState::Investigating);
    assert_eq!(one(&drafted).proposal(), None, "nothing to accept yet");
    assert_eq!(one(&drafted).drafted_by(), Some("wang"));
    let again = does(&drafted, Some("zhou"), &refund(&order, 500));
    assert_eq!(
        again.err(),
        Some(ComplaintRefusal::NotNow),
        "one waits already"
    );
    let alone = does(&drafted, Some("WANG"), &ComplaintMove::Approve);
    assert_eq!(alone.err(), Some(ComplaintRefusal::SamePerson));
    let proposed = done(&drafted, Some("zhou"), &ComplaintMove::Approve);
    assert_eq!(one(&proposed).state, ComplaintState::Proposed);
    assert_eq!(
        one(&proposed).proposal().unwrap().amount,
        Some(order.money(1_001))
    );
    let decline = ComplaintMove::DeclineDraft {
        why: "太多".to_owned(),
    };
    let declined = done(&drafted, Some("zhou"), &decline);
    assert_eq!(one(&declined).state, ComplaintState::Investigating);
    assert_eq!(one(&declined).draft, None);
    assert!(does(&declined, Some("wang"), &refund(&order, 500)).is_ok());
}

#[test]
fn who_made_a_proposal_does_not_decide_its_dispute_and_the_last_word_is_the_last() {
    let disputed = in_state(ComplaintState::Disputed);
    let more = refund(&disputed, 1_500);
    let same = does(&disputed, Some("wang"), &more);
    assert_eq!(same.err(), Some(ComplaintRefusal::SamePerson));
    let decided = done(&disputed, Some("zhou"), &more);
    let last = one(&decided).proposal().unwrap();
    assert!(last.last);
    let declined = done(&decided, None, &dispute(true));
    assert_eq!(one(&declined).state, ComplaintState::Closed);
    let accepted = done(&decided, None, &ComplaintMove::Accept { last: true });
    assert_eq!(accepted.refunds[0].amount.amount, 1_500);
}

#[test]
fn only_the_proposal_that_was_read_is_answered() {
    let proposed = in_state(ComplaintState::Proposed);
    let disputed = done(&proposed, None, &dispute(false));
    let decided = done(&disputed, Some("zhou"), &refund(&disputed, 100));
    for (order, last) in [(&proposed, true), (&decided, false)] {
        for answer in [ComplaintMove::Accept { last }, dispute(last)] {
            let answered = does(order, None, &answer);
            assert_eq!(answered.err(), Some(ComplaintRefusal::NotNow), "{answer:?}");
        }
    }
}

#[test]
fn a_shop_that_misses_its_date_loses_it_to_a_supervisor_and_then_to_the_shopper() {
    for state in [ComplaintState::Received, ComplaintState::Investigating] {
        let order = in_state(state);
        let until = one(&order).until.unwrap() - soon();
        assert_eq!(over(&order, until - TimeDelta::seconds(1)), None, "not yet");
        let late = over(&order, until).unwrap();
        assert!(one(&late).is_escalated());
        assert_eq!(one(&late).turn(), Turn::Staff);
        assert_eq!(one(&late).until, Some(soon() + until + days(3)));
        let granted = over(&late, until + days(3)).unwrap();
        assert_eq!(one(&granted).state, ComplaintState::Resolved);
        assert_eq!(
            granted.refunds[0].amount.amount, 2_000,
            "tepai grants what was wished for"
        );
    }
}

#[test]
fn silence_opens_the_outside_route_where_there_is_nothing_to_grant_or_the_policy_says_so() {
    let nothing_to_grant = complained_under(rules("tepai"), ComplaintWish::Apology);
    let by_policy = complained_under(rules("wanfu"), ComplaintWish::Refund);
    for order in [nothing_to_grant, by_policy] {
        let first = one(&order).until.unwrap();
        let late = over(&order, first - soon()).unwrap();
        let second = one(&late).until.unwrap();
        let outside = over(&late, second - soon()).unwrap();
        assert_eq!(one(&outside).outside_at, Some(second));
        assert_eq!(one(&outside).until, None);
        assert_eq!(
            one(&outside).state,
            ComplaintState::Received,
            "it is still to be answered"
        );
        assert!(outside.refunds.is_empty());
        assert_eq!(over(&outside, days(400)), None, "nothing more follows");
        let answered = done(
            &outside,
            Some("zhou"),
            &proposal(ProposalKind::Goodwill, None),
        );
        assert_eq!(one(&answered).state, ComplaintState::Proposed);
    }
}
