//! Cases for tests: one in every state, with the thread that leads there.

use orders_api::*;

use crate::features::order::sample as order;

pub use crate::features::evidence::sample::{kept as uploads, uploading};
pub use order::{cny, instant, refund};

/// Something in the thread.
pub fn entry(at: &str, by: Actor, what: CaseAct, text: Option<&str>) -> CaseEntry {
    CaseEntry {
        at: instant(at),
        by,
        what,
        text: text.map(str::to_owned),
        evidence: Vec::new(),
    }
}

const OPENED: &str = "2026-11-24T08:00:00.000Z";
const ANSWERED: &str = "2026-11-25T06:00:00.000Z";
const THEN: &str = "2026-11-26T06:00:00.000Z";
const UNTIL: &str = "2026-11-28T06:00:00.000Z";
/// 27 hours before [`UNTIL`].
pub const NOW: &str = "2026-11-27T03:00:00.000Z";
const ADDRESS: &str = "浙江省 杭州市 西湖区 文三路 90 号 3 幢 售后组 400-820-0403";

/// A photo.
pub fn photo(id: &str) -> Evidence {
    Evidence {
        id: id.into(),
        kind: EvidenceKind::Photo,
        width: 1200,
        height: 1600,
    }
}

/// A return of one of two mugs, opened, in this state.
pub fn case(state: CaseState) -> CaseDetail {
    let from = order::unpacked();
    let opened = CaseEntry {
        evidence: vec![
            photo("f1"),
            Evidence {
                kind: EvidenceKind::Video,
                ..photo("f2")
            },
        ],
        ..entry(
            OPENED,
            Actor::Shopper,
            CaseAct::Opened,
            Some("颜色和图片不一样"),
        )
    };
    let approved = entry(ANSWERED, Actor::Seller, CaseAct::Approved, Some(ADDRESS));
    let rejected = entry(
        ANSWERED,
        Actor::Seller,
        CaseAct::Rejected,
        Some("照片里看不出色差"),
    );
    let sent = entry(
        THEN,
        Actor::Shopper,
        CaseAct::Sent,
        Some("顺丰 SF1234567890"),
    );
    let mut thread = vec![opened];
    thread.extend(match state {
        CaseState::Open => vec![],
        CaseState::AwaitingReturn => vec![approved],
        CaseState::Returning => vec![approved, sent],
        CaseState::Rejected => vec![rejected],
        CaseState::Appealed => vec![
            rejected,
            entry(
                THEN,
                Actor::Shopper,
                CaseAct::Appealed,
                Some("自然光下很明显"),
            ),
        ],
        CaseState::Refunded => vec![
            approved,
            sent,
            entry(NOW, Actor::Seller, CaseAct::Received, None),
        ],
        CaseState::Withdrawn => vec![entry(THEN, Actor::Shopper, CaseAct::Withdrawn, None)],
        CaseState::Closed => vec![
            rejected,
            entry(
                THEN,
                Actor::Shopper,
                CaseAct::Appealed,
                Some("自然光下很明显"),
            ),
            entry(
                NOW,
                Actor::Staff,
                CaseAct::Dismissed,
                Some("色差在正常范围内"),
            ),
        ],
    });
    let goes_back = matches!(state, CaseState::Returning | CaseState::Refunded);
    let granted = goes_back || state == CaseState::AwaitingReturn;
    let over = state.is_final();
    let refunds = match state {
        CaseState::Refunded => vec![Refund {
            amount: cny(10_240),
            ..refund("o1-R1", RefundState::Approved)
        }],
        _ => Vec::new(),
    };
    CaseDetail {
        id: "o1-C1".into(),
        kind: CaseKind::ReturnAndRefund,
        state,
        turn: state.turn(),
        until: (!over).then(|| instant(UNTIL)),
        then: match state {
            CaseState::Open | CaseState::Returning | CaseState::Appealed => {
                Some(Consequence::Refund)
            }
            CaseState::AwaitingReturn | CaseState::Rejected => Some(Consequence::Close),
            CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed => None,
        },
        opened_at: instant(OPENED),
        reason: "不喜欢或不合适".into(),
        condition: Some(Condition::Opened),
        lines: vec![CaseLineDetail {
            line: order::line("l2", "手作陶瓷马克杯", 2, 12_800),
            quantity: 1,
            components: vec!["杯盖".into(), "杯身".into()],
        }],
        settlement: CaseSettlement {
            goods: cny(12_800),
            deduction: cny(2_560),
            freight: cny(0),
            amount: cny(10_240),
            points: 0,
        },
        thread,
        return_to: granted.then(|| ADDRESS.to_owned()),
        parcel: goes_back.then(|| Parcel {
            courier: "顺丰".into(),
            tracking_number: "SF1234567890".into(),
        }),
        refunds,
        actions: actions(state),
        complaint: None,
        may_complain: false,
        evidence_at_once: 6,
        order: OrderBrief {
            id: from.id,
            number: from.number,
            version: 7,
            total: from.total,
            title: "青釉茶具六件套".into(),
            lines: 3,
            policy_version: "2026-01".into(),
        },
        shop: from.shop,
        support: from.support,
    }
}

fn actions(state: CaseState) -> Vec<CaseAction> {
    use CaseAction::{Appeal, Say, SendParcel, Withdraw};
    match state {
        CaseState::Open | CaseState::Appealed => vec![Say, Withdraw],
        CaseState::AwaitingReturn => vec![SendParcel, Say, Withdraw],
        CaseState::Returning => vec![Say],
        CaseState::Rejected => vec![Appeal, Say, Withdraw],
        CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed => vec![],
    }
}

/// The money alone, in this state.
pub fn refund_only(state: CaseState) -> CaseDetail {
    let mut case = case(state);
    case.kind = CaseKind::RefundOnly;
    case.condition = None;
    case.parcel = None;
    case.return_to = None;
    case.settlement.freight = cny(1_200);
    case.settlement.deduction = cny(0);
    case.settlement.amount = cny(14_000);
    case.thread
        .retain(|entry| !matches!(entry.what, CaseAct::Sent | CaseAct::Received));
    case
}

/// A parcel that is refused at the door.
pub fn refused_parcel() -> CaseDetail {
    let mut case = case(CaseState::Open);
    case.condition = None;
    case
}

/// The merchant asked for more, and has not decided.
pub fn answered() -> CaseDetail {
    let mut case = case(CaseState::Open);
    case.order.version += 1;
    case.thread.push(entry(
        THEN,
        Actor::Seller,
        CaseAct::Said,
        Some("麻烦补一张吊牌的照片。"),
    ));
    case
}

/// The same case with other acts after its opening.
pub fn with(state: CaseState, acts: &[(Actor, CaseAct)]) -> CaseDetail {
    let mut case = case(state);
    case.thread.truncate(1);
    case.thread.extend(
        acts.iter()
            .map(|(by, what)| entry(THEN, *by, *what, Some("话"))),
    );
    case
}

/// Closed because the shopper let the time pass.
pub fn timed_out(before: CaseAct) -> CaseDetail {
    with(
        CaseState::Closed,
        &[(Actor::Seller, before), (Actor::System, CaseAct::Closed)],
    )
}

/// Granted, with a refund in this state.
pub fn refunded(state: RefundState) -> CaseDetail {
    let mut case = case(CaseState::Refunded);
    case.refunds[0].state = state;
    case
}

/// In every state and of both kinds; silent merchants and staff; ended in every way; with refunds in every state.
pub fn every() -> Vec<CaseDetail> {
    let mut all = Vec::new();
    for state in CaseState::ALL {
        all.extend([case(state), refund_only(state)]);
    }
    all.extend([
        answered(),
        refused_parcel(),
        timed_out(CaseAct::Approved),
        timed_out(CaseAct::Rejected),
        with(
            CaseState::Refunded,
            &[(Actor::System, CaseAct::ApprovedBySilence)],
        ),
        with(
            CaseState::Appealed,
            &[(Actor::System, CaseAct::EscalatedBySilence)],
        ),
        with(
            CaseState::Refunded,
            &[
                (Actor::Seller, CaseAct::Approved),
                (Actor::Shopper, CaseAct::Sent),
                (Actor::System, CaseAct::ReceivedBySilence),
            ],
        ),
    ]);
    all.extend(RefundState::ALL.iter().copied().map(refunded));
    all
}
