//! Offers for tests.

use orders_api::*;

use crate::features::order::sample::{cny, instant, line};

/// The time of the samples, in seconds since 1970: 28 November 2026, noon in Beijing.
pub const NOW: i64 = 1_795_838_400;

pub fn option(id: &str, title: &str, quantity: u32) -> LineOption {
    LineOption {
        line: line(id, title, quantity, 12_800),
        quantity,
        not: None,
        not_even_faulty: None,
        components: Vec::new(),
    }
}

pub fn component(id: &str, title: &str, refundable: bool, quantity: u32) -> ComponentOption {
    ComponentOption {
        id: id.into(),
        title: title.into(),
        refundable,
        quantity,
    }
}

fn reason(code: &str, label: &str, kinds: &[CaseKind], seller_fault: bool) -> CaseReason {
    CaseReason {
        code: code.into(),
        label: label.into(),
        kinds: kinds.to_vec(),
        seller_fault,
        evidence: seller_fault,
    }
}

/// A cup of two, a set of parts, one made to order, and one that is spent.
pub fn delivered() -> AfterSaleOptions {
    use CaseKind::{RefundOnly, ReturnAndRefund};
    let mut set = option("l2", "茶具套装", 2);
    set.components = vec![
        component("pot", "茶壶", true, 2),
        component("cup", "茶杯", true, 1),
        component("box", "礼盒", false, 2),
    ];
    let mut made = option("l3", "刻字钢笔", 1);
    made.not = Some(NotReturnable::MadeToOrder);
    let mut spent = option("l4", "坚果", 0);
    spent.not = Some(NotReturnable::NothingLeft);
    spent.not_even_faulty = Some(NotReturnable::NothingLeft);
    AfterSaleOptions {
        order: OrderBrief {
            id: "o1".into(),
            number: "TP202611210318".into(),
            version: 7,
            total: cny(123_450),
            title: "马克杯".into(),
            lines: 4,
            policy_version: "2026-01".into(),
        },
        window: Some(AfterSaleWindow {
            until: Some(instant("2026-12-03T16:00:00.000Z")),
            until_faulty: instant("2026-12-11T16:00:00.000Z"),
        }),
        on_its_way: false,
        lines: vec![option("l1", "马克杯", 2), set, made, spent],
        reasons: vec![
            reason("no_longer_wanted", "不想要了", &[ReturnAndRefund], false),
            reason("quality", "质量问题", &[RefundOnly, ReturnAndRefund], true),
            reason(
                "description_mismatch",
                "与描述不符",
                &[ReturnAndRefund],
                true,
            ),
        ],
        conditions: vec![
            ConditionOption {
                condition: Condition::Unused,
                deduction: Some(0),
            },
            ConditionOption {
                condition: Condition::Opened,
                deduction: Some(10),
            },
            ConditionOption {
                condition: Condition::Used,
                deduction: None,
            },
        ],
        evidence_at_once: 9,
        merchant_hours: 48,
        silence: Consequence::Refund,
        return_days: 7,
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        support: Support {
            phone: "400-820-0403".into(),
            hours: "每天 9:00–21:00".into(),
            email: "support@tepai.example".into(),
            email_reply_hours: 24,
            chat: true,
            social: Vec::new(),
        },
    }
}

/// One cup, and nothing else.
pub fn single() -> AfterSaleOptions {
    AfterSaleOptions {
        lines: vec![option("l1", "马克杯", 1)],
        ..delivered()
    }
}

/// A parcel that can only be refused.
pub fn on_its_way() -> AfterSaleOptions {
    AfterSaleOptions {
        window: None,
        on_its_way: true,
        lines: vec![option("l1", "马克杯", 2)],
        reasons: vec![CaseReason {
            evidence: false,
            ..reason(
                "refused_parcel",
                "拒收包裹",
                &[CaseKind::ReturnAndRefund],
                false,
            )
        }],
        conditions: Vec::new(),
        ..delivered()
    }
}

/// Nothing can be asked for, for each reason.
pub fn nothing() -> AfterSaleOptions {
    let line = |(at, not): (usize, NotReturnable)| LineOption {
        not: Some(not),
        not_even_faulty: Some(not),
        ..option(&format!("l{at}"), "马克杯", 1)
    };
    AfterSaleOptions {
        lines: NotReturnable::ALL
            .into_iter()
            .enumerate()
            .map(line)
            .collect(),
        ..delivered()
    }
}

/// What an opened cup comes to.
pub fn preview() -> CasePreview {
    CasePreview {
        settlement: CaseSettlement {
            goods: cny(12_800),
            deduction: cny(1_280),
            freight: cny(600),
            amount: cny(12_120),
            points: 60,
        },
        refunds: vec![PreviewRefund {
            amount: cny(12_120),
            channel: Channel::WechatPay,
            account: "微信零钱".into(),
            starts_by: Day("2026-12-02".into()),
            arrives_from: Day("2026-12-07".into()),
            arrives_by: Day("2026-12-10".into()),
            working_days: WorkingDays {
                starts_within: 3,
                arrives_from: 7,
                arrives_within: 10,
            },
            estimated: false,
        }],
        send_back: true,
        pays_return: true,
        restored: vec![Restored {
            kind: Channel::Points,
            title: None,
            points: Some(60),
        }],
        not_restored: Vec::new(),
    }
}
