//! Complaints for tests: one in every state, with the thread that leads there.

use orders_api::*;

use crate::features::case::sample as case;
use crate::features::order::sample as order;

pub use case::{instant, uploads};
use order::{cny, refund};

const OPENED: &str = "2026-11-24T08:00:00.000Z";
const TAKEN: &str = "2026-11-24T10:00:00.000Z";
const PROPOSED: &str = "2026-11-25T06:00:00.000Z";
const DISPUTED: &str = "2026-11-26T02:00:00.000Z";
const DECIDED: &str = "2026-11-26T06:00:00.000Z";
const UNTIL: &str = "2026-11-28T06:00:00.000Z";
const OVER: &str = "2026-11-27T03:00:00.000Z";

/// What is sent about a case.
pub fn opening() -> OpenComplaint {
    OpenComplaint {
        topic: ComplaintTopic::RefundRefused,
        wish: ComplaintWish::Refund,
        amount: Some(10_240),
        case: Some("o1-C1".into()),
        refund: None,
        text: "杯子收到就是碎的".into(),
        evidence: vec!["e1".into()],
    }
}

/// The outside route.
pub fn outside() -> OutsideRoute {
    OutsideRoute {
        name: "12315".into(),
        phone: "12315".into(),
        url: "https://www.12315.cn".into(),
        when: "和商家协商不成，或者商家没有按时答复。".into(),
    }
}

/// One of the order's cases, rejected.
pub fn rejected_case() -> CaseSummary {
    CaseSummary {
        id: "o1-C1".into(),
        kind: CaseKind::ReturnAndRefund,
        state: CaseState::Rejected,
        turn: Turn::Shopper,
        until: None,
        amount: cny(10_240),
        opened_at: instant(OPENED),
    }
}

/// What may be complained about: the order, a rejected case, a refund.
pub fn options() -> ComplaintOptions {
    let from = case::case(CaseState::Rejected);
    let subject = |case, refund| ComplaintSubject {
        case,
        refund,
        complaint: None,
    };
    ComplaintOptions {
        order: from.order,
        subjects: vec![
            subject(None, None),
            subject(Some(rejected_case()), None),
            subject(None, Some(refund("o1-R1", RefundState::Sent))),
        ],
        topics: ComplaintTopic::ALL.to_vec(),
        wishes: ComplaintWish::ALL.to_vec(),
        refundable: cny(12_800),
        evidence_at_once: 6,
        confirm_by: instant("2026-11-25T08:00:00.000Z"),
        propose_by: instant("2026-11-30T08:00:00.000Z"),
        answer_days: 7,
        silence: ComplaintConsequence::Grant,
        outside: outside(),
        shop: from.shop,
        support: from.support,
    }
}

/// Something in the thread.
pub fn entry(at: &str, by: Actor, what: ComplaintAct, text: Option<&str>) -> ComplaintEntry {
    ComplaintEntry {
        at: instant(at),
        by,
        what,
        text: text.map(str::to_owned),
        evidence: Vec::new(),
        proposal: None,
    }
}

/// A proposal of this kind.
pub fn proposal(kind: ProposalKind) -> ComplaintProposal {
    let pays = matches!(kind, ProposalKind::Refund | ProposalKind::Compensation);
    ComplaintProposal {
        kind,
        amount: pays.then(|| cny(6_000)),
        points: None,
        gift: (kind == ProposalKind::Goodwill).then(|| "20 元优惠券一张".to_owned()),
        reason: "运输途中受损，我们承担一半".into(),
        last: false,
        refunds: match kind {
            ProposalKind::Refund => {
                let mut refunds = order::preview().refunds;
                refunds.truncate(1);
                for refund in &mut refunds {
                    refund.amount = cny(6_000);
                }
                refunds
            }
            ProposalKind::Compensation | ProposalKind::Goodwill | ProposalKind::None => Vec::new(),
        },
    }
}

/// About a rejected case, in this state; what is proposed is a refund.
pub fn complaint(state: ComplaintState) -> ComplaintDetail {
    with(state, proposal(ProposalKind::Refund))
}

/// The same with this proposal.
pub fn with(state: ComplaintState, offered: ComplaintProposal) -> ComplaintDetail {
    use ComplaintState as S;
    let from = case::case(CaseState::Rejected);
    let proposed = matches!(state, S::Proposed | S::Disputed | S::Accepted | S::Closed);
    let disputed = state == S::Disputed;
    let over = state.is_final();
    let mut thread = vec![entry(
        OPENED,
        Actor::Shopper,
        ComplaintAct::Opened,
        Some("杯子收到就是碎的，商家说照片看不清"),
    )];
    if state != S::Received {
        thread.push(entry(TAKEN, Actor::Staff, ComplaintAct::TakenUp, None));
    }
    if proposed {
        thread.push(ComplaintEntry {
            proposal: Some(ComplaintProposal {
                refunds: Vec::new(),
                ..offered.clone()
            }),
            ..entry(
                PROPOSED,
                Actor::Staff,
                ComplaintAct::Proposed,
                Some(&offered.reason),
            )
        });
    }
    let ends = match state {
        S::Disputed => Some((Actor::Shopper, ComplaintAct::Disputed, Some("应该全退"))),
        S::Accepted => Some((Actor::Shopper, ComplaintAct::Accepted, None)),
        S::Resolved => Some((Actor::Staff, ComplaintAct::Resolved, Some("证据不足"))),
        S::Withdrawn => Some((Actor::Shopper, ComplaintAct::Withdrawn, None)),
        S::Closed => Some((Actor::System, ComplaintAct::Closed, None)),
        S::Received | S::Investigating | S::Proposed => None,
    };
    thread.extend(ends.map(|(by, what, text)| entry(OVER, by, what, text)));
    let refunds = match (state, offered.kind) {
        (S::Accepted, ProposalKind::Refund) => vec![Refund {
            amount: cny(6_000),
            ..refund("o1-R1", RefundState::Approved)
        }],
        _ => Vec::new(),
    };
    ComplaintDetail {
        id: "o1-P1".into(),
        state,
        turn: turn(state),
        until: (!over).then(|| instant(UNTIL)),
        then: match state {
            S::Received | S::Investigating => Some(ComplaintConsequence::Escalate),
            S::Proposed => Some(ComplaintConsequence::Close),
            S::Disputed => Some(ComplaintConsequence::Grant),
            S::Accepted | S::Resolved | S::Withdrawn | S::Closed => None,
        },
        topic: ComplaintTopic::RefundRefused,
        wish: ComplaintWish::Refund,
        wished: Some(cny(10_240)),
        case: Some(rejected_case()),
        refund: None,
        opened_at: instant(OPENED),
        stages: stages(state, proposed),
        escalated_at: disputed.then(|| instant(DISPUTED)),
        outside_at: None,
        proposal: proposed.then_some(offered),
        thread,
        refunds,
        actions: actions(state),
        evidence_at_once: 6,
        outside: Some(outside()),
        order: from.order,
        shop: from.shop,
        support: from.support,
    }
}

/// Whose turn it is: the shop's, until a supervisor has it.
const fn turn(state: ComplaintState) -> Turn {
    match state {
        ComplaintState::Received | ComplaintState::Investigating => Turn::Merchant,
        ComplaintState::Disputed => Turn::Staff,
        ComplaintState::Proposed => Turn::Shopper,
        ComplaintState::Accepted
        | ComplaintState::Resolved
        | ComplaintState::Withdrawn
        | ComplaintState::Closed => Turn::Nobody,
    }
}

fn stages(state: ComplaintState, proposed: bool) -> Vec<ComplaintStage> {
    use ComplaintStep::{Decided, Disputed, Investigated, Over, Proposed, Received};
    let stage = |step, at: Option<&str>, by: bool| ComplaintStage {
        step,
        at: at.map(instant),
        by: by.then(|| instant(UNTIL)),
    };
    let taken = (state != ComplaintState::Received).then_some(TAKEN);
    let over = state.is_final().then_some(OVER);
    let disputed = state == ComplaintState::Disputed;
    let mut stages = vec![
        stage(Received, Some(OPENED), false),
        stage(Investigated, taken, state == ComplaintState::Received),
        stage(
            Proposed,
            proposed.then_some(PROPOSED),
            state == ComplaintState::Investigating,
        ),
    ];
    if disputed {
        stages.push(stage(Disputed, Some(DISPUTED), false));
        stages.push(stage(Decided, None, true));
    }
    stages.push(stage(Over, over, state == ComplaintState::Proposed));
    stages
}

fn actions(state: ComplaintState) -> Vec<ComplaintAction> {
    use ComplaintAction::{Accept, Dispute, Say, Withdraw};
    match state {
        ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
            vec![Say, Withdraw]
        }
        ComplaintState::Proposed => vec![Accept, Dispute, Say, Withdraw],
        ComplaintState::Accepted
        | ComplaintState::Resolved
        | ComplaintState::Withdrawn
        | ComplaintState::Closed => vec![],
    }
}

/// The final proposal, after a dispute.
pub fn last() -> ComplaintDetail {
    let offered = ComplaintProposal {
        last: true,
        ..proposal(ProposalKind::Refund)
    };
    let mut complaint = with(ComplaintState::Proposed, offered);
    complaint.escalated_at = Some(instant(DISPUTED));
    let at = complaint.stages.len() - 1;
    for (step, when) in [
        (ComplaintStep::Decided, DECIDED),
        (ComplaintStep::Disputed, DISPUTED),
    ] {
        complaint.stages.insert(
            at,
            ComplaintStage {
                step,
                at: Some(instant(when)),
                by: None,
            },
        );
    }
    complaint
}

/// The shopper turned the final proposal down.
pub fn declined() -> ComplaintDetail {
    let mut complaint = last();
    complaint.state = ComplaintState::Closed;
    complaint.turn = Turn::Nobody;
    (complaint.until, complaint.then) = (None, None);
    complaint.actions = Vec::new();
    if let Some(over) = complaint.stages.last_mut() {
        *over = ComplaintStage {
            at: Some(instant(OVER)),
            by: None,
            ..over.clone()
        };
    }
    complaint.thread.push(entry(
        OVER,
        Actor::Shopper,
        ComplaintAct::Disputed,
        Some("还是应该全退"),
    ));
    complaint
}

/// The shop missed its date, and a supervisor has it.
pub fn escalated() -> ComplaintDetail {
    let mut complaint = complaint(ComplaintState::Investigating);
    complaint.escalated_at = Some(instant(PROPOSED));
    complaint.then = Some(ComplaintConsequence::Outside);
    complaint.thread.push(entry(
        PROPOSED,
        Actor::System,
        ComplaintAct::Escalated,
        None,
    ));
    complaint
}

/// The shop missed its date twice.
pub fn silent() -> ComplaintDetail {
    let mut complaint = escalated();
    (complaint.until, complaint.then) = (None, None);
    complaint.outside_at = Some(instant(OVER));
    for stage in &mut complaint.stages {
        stage.by = None;
    }
    complaint.thread.push(entry(
        OVER,
        Actor::System,
        ComplaintAct::OutsideOpened,
        None,
    ));
    complaint
}

/// The wish was granted because of silence.
pub fn granted() -> ComplaintDetail {
    let mut complaint = complaint(ComplaintState::Resolved);
    complaint.thread.pop();
    complaint.thread.push(entry(
        OVER,
        Actor::System,
        ComplaintAct::GrantedBySilence,
        None,
    ));
    complaint.refunds = vec![refund("o1-R1", RefundState::Approved)];
    complaint
}

/// Staff asked something.
pub fn answered() -> ComplaintDetail {
    let mut complaint = complaint(ComplaintState::Investigating);
    complaint.order.version += 1;
    complaint.thread.push(entry(
        PROPOSED,
        Actor::Staff,
        ComplaintAct::Said,
        Some("请补一张外箱的照片。"),
    ));
    complaint
}

/// In every state, with every kind of proposal, ended in every way.
pub fn every() -> Vec<ComplaintDetail> {
    let mut all: Vec<_> = ComplaintState::ALL.into_iter().map(complaint).collect();
    for kind in ProposalKind::ALL {
        for state in [ComplaintState::Proposed, ComplaintState::Accepted] {
            all.push(with(state, proposal(kind)));
        }
    }
    let points = ComplaintProposal {
        amount: None,
        points: Some(2_000),
        ..proposal(ProposalKind::Compensation)
    };
    all.push(with(ComplaintState::Proposed, points));
    all.extend([
        last(),
        declined(),
        escalated(),
        silent(),
        granted(),
        answered(),
    ]);
    all
}
