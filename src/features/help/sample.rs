//! Articles and a policy for tests.

use orders_api::*;

fn shop(id: &str, name: &str) -> Shop {
    Shop {
        id: id.into(),
        name: name.into(),
    }
}

/// The shops.
pub fn shops() -> Vec<Shop> {
    vec![shop("tepai", "B特派"), shop("wanfu", "万福卡盟")]
}

/// An article in a list.
pub fn entry(id: &str, topic: HelpTopic) -> HelpEntry {
    HelpEntry {
        id: id.into(),
        topic,
        title: format!("Title of {id}"),
        answer: format!("Answer of {id}"),
    }
}

/// Two articles of different topics.
pub fn list() -> HelpList {
    HelpList {
        shop: shops().remove(0),
        shops: shops(),
        q: None,
        items: vec![
            entry("cannot-cancel", HelpTopic::Cancelling),
            entry("late-refund", HelpTopic::Refunds),
        ],
        elsewhere: Vec::new(),
    }
}

/// How to reach a person.
pub fn support() -> Support {
    Support {
        phone: "400-820-0403".into(),
        hours: "9:00–21:00".into(),
        email: "support@tepai.example".into(),
        email_reply_hours: 24,
        chat: true,
        social: Vec::new(),
    }
}

/// An article with everything.
pub fn article() -> HelpArticle {
    HelpArticle {
        id: "late-refund".into(),
        topic: HelpTopic::Refunds,
        title: "退款晚了".into(),
        questions: vec!["怎么还没到？".into()],
        answer: "先看日期".into(),
        parts: vec![
            HelpPart {
                heading: Some("步骤".into()),
                steps: true,
                paragraphs: vec!["第一步".into(), "第二步".into()],
            },
            HelpPart {
                heading: None,
                steps: false,
                paragraphs: vec!["说明".into()],
            },
        ],
        links: HelpPage::ALL.to_vec(),
        related: vec![entry("another-account", HelpTopic::Refunds)],
        shop: shops().remove(0),
        shops: shops(),
        support: support(),
        policy_version: "2026-01".into(),
        in_force: "2026-01".into(),
        of_today: false,
    }
}

fn since(version: &str, day: &str) -> PolicySince {
    PolicySince {
        version: version.into(),
        since: Day(day.into()),
    }
}

/// A policy with everything.
pub fn policy() -> PolicyDetail {
    PolicyDetail {
        shop: shops().remove(0),
        shops: shops(),
        version: "2026-01".into(),
        since: Day("2026-01-01".into()),
        in_force: "2026-01".into(),
        versions: vec![
            since("2026-01", "2026-01-01"),
            since("2025-07", "2025-07-01"),
        ],
        differs: Vec::new(),
        support: support(),
        cancelling: vec![
            PolicyRule {
                state: OrderState::Unpacked,
                outcome: CancelRule::SelfService,
                window_minutes: Some(30),
                next_steps: vec![NextStep::ContactSupport],
            },
            PolicyRule {
                state: OrderState::Packing,
                outcome: CancelRule::NotPossible,
                window_minutes: None,
                next_steps: vec![NextStep::RequestReturn, NextStep::ContactSupport],
            },
        ],
        exceptions: vec![PolicyException {
            goods: "预售商品".into(),
            states: vec![OrderState::Unpacked],
            outcome: CancelRule::ByRequest,
        }],
        partial: true,
        reasons: vec![Reason {
            code: "other".into(),
            label: "其他原因".into(),
            note_required: true,
        }],
        hours: PolicyHours {
            request: Some(25),
            confirm: Some(36),
            way: Some(49),
        },
        refunds: vec![
            PolicyClock {
                channel: Channel::WechatPay,
                starts_within: 3,
                arrives_from: 7,
                arrives_within: 10,
            },
            PolicyClock {
                channel: Channel::Points,
                starts_within: 0,
                arrives_from: 0,
                arrives_within: 0,
            },
        ],
        after_sale: Some(PolicyAfterSale {
            days: Some(7),
            fault_days: 15,
            merchant_hours: 48,
            silence: Consequence::Refund,
            staff_hours: 72,
            return_days: 8,
            appeal_days: 9,
            evidence_at_once: 9,
            conditions: vec![ConditionOption {
                condition: Condition::Opened,
                deduction: Some(10),
            }],
            reasons: vec![
                CaseReason {
                    code: "no_longer_wanted".into(),
                    label: "不想要了".into(),
                    kinds: vec![CaseKind::ReturnAndRefund],
                    seller_fault: false,
                    evidence: false,
                },
                CaseReason {
                    code: "quality".into(),
                    label: "质量问题".into(),
                    kinds: vec![CaseKind::RefundOnly, CaseKind::ReturnAndRefund],
                    seller_fault: true,
                    evidence: true,
                },
            ],
        }),
        abuse: Some(PolicyAbuse {
            grace_minutes: 30,
            free: 4,
            forget_days: 20,
            never_for: vec!["等待时间太长".into()],
            warned_at: 5,
            limited_at: 7,
            limit_days: 14,
        }),
        complaints: Some(PolicyComplaints {
            days: 180,
            confirm_hours: 23,
            propose_days: 6,
            answer_days: 11,
            supervisor_days: 4,
            silence_grants: true,
            evidence_at_once: 5,
            outside: OutsideRoute {
                name: "12315 平台".into(),
                phone: "12315".into(),
                url: "https://www.12315.cn".into(),
                when: "不同意最终方案时".into(),
            },
        }),
    }
}
