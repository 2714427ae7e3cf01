//! An order, a case and a refund for the tests.

use orders_api::{
    Actor, Amounts, Cancellation, CancellationKind, CaseAct, CaseEntryForShop, CaseForShop,
    CaseInList, CaseKind, CaseSettlement, CaseState, Channel, Day, DraftState, Instant, Money,
    OrderDetail, OrderState, Permission, PreviewRefund, RefundForShop, RefundState, Role, Shop,
    ShopperForStaff, StaffDraft, StaffOrder, Support, WayForShop, WayState, WorkingDays,
    WouldRefund,
};

use super::acts::Viewer;

pub fn cny(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

pub fn at(text: &str) -> Instant {
    Instant(text.into())
}

pub fn viewer(id: &str, role: Role) -> Viewer {
    Viewer {
        id: id.into(),
        permissions: role.permissions(),
    }
}

pub fn order(actions: &[Permission]) -> StaffOrder {
    StaffOrder {
        order: OrderDetail {
            id: "o1".into(),
            external_id: "e1".into(),
            number: "TP1".into(),
            shop: Shop {
                id: "tepai".into(),
                name: "B特派".into(),
            },
            support: Support {
                phone: "400".into(),
                hours: "9–21".into(),
                email: "a@b.example".into(),
                email_reply_hours: 24,
                chat: true,
                social: Vec::new(),
            },
            state: OrderState::Unpacked,
            version: 3,
            placed_at: at("2026-11-21T13:40:00.000Z"),
            pay_by: None,
            paid_at: None,
            total: cny(10_000),
            lines: Vec::new(),
            amounts: Amounts {
                goods: cny(12_000),
                discount: cny(2_000),
                coupon: cny(0),
                points_value: cny(0),
                points: 0,
                freight: cny(0),
                total: cny(10_000),
            },
            address: None,
            parcel: None,
            payments: Vec::new(),
            pay_url: None,
            pending: None,
            confirm_by: None,
            timeline: Vec::new(),
            refunds: Vec::new(),
            cases: Vec::new(),
            complaints: Vec::new(),
            may_complain: true,
            after_sale: None,
            cancellation: Cancellation {
                kind: CancellationKind::Requested,
                until: None,
                reason: Some("other".into()),
                reason_label: Some("Other".into()),
                next_steps: Vec::new(),
                by: None,
                at: Some(at("2026-11-22T01:00:00.000Z")),
                note: Some("<b>please</b>".into()),
            },
            actions: Vec::new(),
            policy_version: "2026-01".into(),
            limit: None,
        },
        shopper: ShopperForStaff {
            id: "s1".into(),
            name: "林晓".into(),
            logins: vec!["13800000001".into(), "lin@example.com".into()],
        },
        actions: actions.to_vec(),
        would_refund: vec![WouldRefund {
            action: Permission::DecideRequest,
            takes_two: false,
            refunds: vec![PreviewRefund {
                amount: cny(10_000),
                channel: Channel::BankCard,
                account: "招商银行 尾号 0403".into(),
                starts_by: Day("2026-11-25".into()),
                arrives_from: Day("2026-12-02".into()),
                arrives_by: Day("2026-12-07".into()),
                working_days: WorkingDays {
                    starts_within: 3,
                    arrives_from: 7,
                    arrives_within: 10,
                },
                estimated: false,
            }],
        }],
        standing: None,
        cancel_drafts: Vec::new(),
        decisions: Vec::new(),
    }
}

pub fn case(state: CaseState, kind: CaseKind) -> CaseForShop {
    CaseForShop {
        case: CaseInList {
            case: "c1".into(),
            order: "o1".into(),
            external_id: "e1".into(),
            number: "TP1".into(),
            shop: "tepai".into(),
            shopper: "s1".into(),
            kind,
            state,
            turn: state.turn(),
            until: Some(at("2026-11-25T01:00:00.000Z")),
            then: None,
            reason: "defect".into(),
            amount: cny(5_000),
            opened_at: at("2026-11-22T01:00:00.000Z"),
        },
        condition: None,
        lines: Vec::new(),
        settlement: CaseSettlement {
            goods: cny(5_000),
            deduction: cny(0),
            freight: cny(0),
            amount: cny(5_000),
            points: 0,
        },
        thread: Vec::new(),
        return_to: None,
        parcel: None,
        refunds: Vec::new(),
        takes_two: false,
        drafts: Vec::new(),
    }
}

/// What `by` granted and nobody has agreed with yet.
pub fn draft(by: &str) -> StaffDraft {
    StaffDraft {
        amount: cny(60_000),
        by: by.into(),
        at: at("2026-11-23T01:00:00.000Z"),
        reason: None,
        note: None,
        state: DraftState::Waiting,
        decided_by: None,
        decided_at: None,
        why: None,
    }
}

pub fn rejected_by(staff: &str) -> CaseEntryForShop {
    CaseEntryForShop {
        at: at("2026-11-23T01:00:00.000Z"),
        by: Actor::Seller,
        staff: Some(staff.into()),
        what: CaseAct::Rejected,
        text: Some("no".into()),
        evidence: Vec::new(),
    }
}

pub fn refund(way: WayState, held: bool, approvals: &[&str]) -> RefundForShop {
    RefundForShop {
        refund: "r1".into(),
        order: "o1".into(),
        external_id: "e1".into(),
        shop: "tepai".into(),
        amount: cny(900_000),
        channel: Channel::BankCard,
        account: "0403".into(),
        state: RefundState::Failed,
        provider: None,
        reference: None,
        failure: None,
        way: Some(WayForShop {
            channel: Channel::Alipay,
            account: "lin@example.com".into(),
            holder: "林晓".into(),
            bank: None,
            asked_at: at("2026-11-23T01:00:00.000Z"),
            state: way,
            held,
            approvals: approvals.iter().map(|&staff| staff.into()).collect(),
            approvals_needed: 2,
        }),
    }
}
