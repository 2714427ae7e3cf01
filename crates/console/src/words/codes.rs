//! Codes of the API in the staff's words, where they differ from the shopper's or do not exist for them.

use orders_api::{
    Actor, CaseAct, CaseState, ComplaintAct, Consequence, PolicyEffect, Role, SellerReason,
    TimelineEvent, Topic, Turn, WayState,
};
use storefront::words::Lang;
use storefront::words::codes as shopper;

use super::complaints::complaint_act;

pub(super) const fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}

/// What somebody is there for.
pub const fn role(lang: Lang, role: Role) -> &'static str {
    let (zh, en) = match role {
        Role::Agent => ("客服", "Agent"),
        Role::Supervisor => ("主管", "Supervisor"),
        Role::Admin => ("管理员", "Admin"),
    };
    pick(lang, zh, en)
}

/// Why a seller cancels (S3).
pub const fn seller_reason(lang: Lang, reason: SellerReason) -> &'static str {
    let (zh, en) = match reason {
        SellerReason::OutOfStock => ("缺货", "Out of stock"),
        SellerReason::PriceChange => ("价格变动", "The price has changed"),
        SellerReason::CannotFulfil => ("无法履行", "It cannot be made or sent"),
    };
    pick(lang, zh, en)
}

/// In which way orders would have fared differently under a draft of a policy.
pub const fn policy_effect(lang: Lang, effect: PolicyEffect) -> &'static str {
    let (zh, en) = match effect {
        PolicyEffect::CancelEasier => ("取消会更容易", "Cancelled more easily"),
        PolicyEffect::CancelHarder => (
            "取消会更难，或不能取消",
            "Cancelled less easily, or not at all",
        ),
        PolicyEffect::CancelAdvice => (
            "不能取消时的说明会不同",
            "Told otherwise why not, or what to do instead",
        ),
        PolicyEffect::ReasonRefused => (
            "当时选的原因不再可用",
            "The reason that was chosen is not taken",
        ),
        PolicyEffect::CancelForgiven => ("取消不会计入", "The cancel would not have counted"),
        PolicyEffect::CancelCounted => ("取消会计入", "The cancel would have counted"),
        PolicyEffect::LadderMilder => (
            "晚取消的后果更轻",
            "A late cancel leads to less: no warning, no limit, a shorter one",
        ),
        PolicyEffect::LadderStricter => (
            "晚取消的后果更重",
            "A late cancel leads to more: a warning, a limit, a longer one",
        ),
        PolicyEffect::RefundEarlier => ("退款承诺更早", "Refunds promised earlier"),
        PolicyEffect::RefundLater => ("退款承诺更晚", "Refunds promised later"),
        PolicyEffect::AfterSaleLonger => ("售后期更长", "Longer to ask after receipt"),
        PolicyEffect::AfterSaleShorter => ("售后期更短", "Shorter to ask after receipt"),
        PolicyEffect::CaseTooLate => (
            "已申请的售后会过期",
            "Cases that were opened would be too late",
        ),
        PolicyEffect::CaseRefused => (
            "已申请的售后不会被受理",
            "Cases that were opened would not be taken",
        ),
        PolicyEffect::CaseMore => ("售后退款金额更多", "Cases come to more money"),
        PolicyEffect::CaseLess => ("售后退款金额更少", "Cases come to less money"),
        PolicyEffect::CaseTimeShorter => ("售后某一步时间更短", "Less time at a stage of a case"),
        PolicyEffect::CaseTimeLonger => ("售后某一步时间更长", "More time at a stage of a case"),
        PolicyEffect::SilenceOtherwise => (
            "商家逾期未答复的结果会不同",
            "Silence of the shop leads to something else",
        ),
        PolicyEffect::TwoApprove => (
            "退款或换退款方式要两人同意",
            "A refund or another way takes two people",
        ),
        PolicyEffect::OneApproves => (
            "退款或换退款方式一人同意即可",
            "A refund or another way takes one person",
        ),
        PolicyEffect::ComplaintRefused => (
            "已提出的投诉不会被受理",
            "Complaints that were made would not be taken",
        ),
        PolicyEffect::ComplaintOpens => ("会自动转为投诉", "A complaint would open by itself"),
        PolicyEffect::ComplaintSooner => ("投诉要更早处理", "Complaints to be answered sooner"),
        PolicyEffect::ComplaintLater => ("投诉可以更晚处理", "Complaints may be answered later"),
        PolicyEffect::AnswerShorter => (
            "买家答复方案的时间更短",
            "Less time for shoppers to answer a proposal",
        ),
        PolicyEffect::AnswerLonger => (
            "买家答复方案的时间更长",
            "More time for shoppers to answer a proposal",
        ),
        PolicyEffect::ProposalTwoApprove => ("投诉方案要两人同意", "A proposal takes two people"),
        PolicyEffect::ProposalOneApproves => {
            ("投诉方案一人同意即可", "A proposal takes one person")
        }
        PolicyEffect::DecisionSooner => ("要更早作出决定", "To be decided sooner"),
        PolicyEffect::DecisionLater => ("可以更晚作出决定", "May be decided later"),
    };
    pick(lang, zh, en)
}

/// Where an after-sale case stands.
pub const fn case_state(lang: Lang, state: CaseState) -> &'static str {
    let (zh, en) = match state {
        CaseState::Open => ("等待我们答复", "Waits for our answer"),
        CaseState::AwaitingReturn => ("等待买家寄回", "Waits for the goods to be sent"),
        CaseState::Returning => ("退货在途", "The goods are on their way back"),
        CaseState::Rejected => ("已拒绝，买家可申诉", "Rejected; the shopper may appeal"),
        CaseState::Appealed => ("买家已申诉", "Appealed"),
        CaseState::Refunded => ("已同意退款", "Refund granted"),
        CaseState::Withdrawn => ("买家已撤销", "Withdrawn by the shopper"),
        CaseState::Closed => ("已关闭，未退款", "Closed without a refund"),
    };
    pick(lang, zh, en)
}

/// Whose turn it is in a case.
pub const fn turn(lang: Lang, turn: Turn) -> &'static str {
    let (zh, en) = match turn {
        Turn::Shopper => ("轮到买家", "The shopper's turn"),
        Turn::Merchant => ("轮到我们", "Our turn"),
        Turn::Staff => ("轮到复核", "A review's turn"),
        Turn::Nobody => ("已结束", "Over"),
    };
    pick(lang, zh, en)
}

/// What follows when a case's time passes.
pub const fn consequence(lang: Lang, then: Consequence) -> &'static str {
    let (zh, en) = match then {
        Consequence::Refund => ("逾期自动退款", "then the money goes back"),
        Consequence::Staff => ("逾期转客服复核", "then it goes to a review"),
        Consequence::Close => ("逾期自动关闭", "then it closes"),
    };
    pick(lang, zh, en)
}

/// Something that happened in a case.
pub const fn case_act(lang: Lang, act: CaseAct) -> &'static str {
    let (zh, en) = match act {
        CaseAct::Opened => ("提出申请", "Opened the case"),
        CaseAct::Said => ("留言", "Said"),
        CaseAct::Approved => ("同意", "Granted"),
        CaseAct::ApprovedBySilence => (
            "逾期未答复，自动同意",
            "Granted, because there was no answer in time",
        ),
        CaseAct::EscalatedBySilence => (
            "逾期未答复，转客服复核",
            "To a review, because there was no answer in time",
        ),
        CaseAct::Rejected => ("拒绝", "Rejected"),
        CaseAct::Appealed => ("申诉", "Appealed"),
        CaseAct::Dismissed => ("驳回申诉", "Dismissed the appeal"),
        CaseAct::Sent => ("已寄回", "Sent the goods"),
        CaseAct::Received => ("确认收到退货", "The goods are back"),
        CaseAct::ReceivedBySilence => (
            "逾期未确认，视为已收到",
            "Counts as back, because nobody said otherwise in time",
        ),
        CaseAct::Withdrawn => ("撤销", "Withdrew"),
        CaseAct::Closed => ("逾期关闭", "Closed when its time was over"),
    };
    pick(lang, zh, en)
}

/// What a conversation is about, as its shopper chose it.
pub const fn topic(lang: Lang, topic: Topic) -> &'static str {
    storefront::features::talk::words::Words::of(lang).about(topic)
}

/// Who did something.
pub const fn actor(lang: Lang, actor: Actor) -> &'static str {
    let (zh, en) = match actor {
        Actor::Shopper => ("买家", "Shopper"),
        Actor::Seller => ("商家", "Seller"),
        Actor::Staff => ("客服", "Staff"),
        Actor::Warehouse => ("仓库", "Warehouse"),
        Actor::System => ("系统", "System"),
        Actor::Provider => ("支付机构", "Payment provider"),
    };
    pick(lang, zh, en)
}

/// By which door a change came.
pub fn door(lang: Lang, code: &str) -> &str {
    let (zh, en) = match code {
        "shopper" => ("买家", "Shopper"),
        "guest" => ("买家（凭验证码）", "Shopper, by code"),
        "shop" => ("店铺系统", "Shop's systems"),
        "staff" => ("客服台", "Console"),
        "system" => ("系统", "System"),
        _ => return code,
    };
    pick(lang, zh, en)
}

/// What a row of a trail or a decision says was done: entries of the timeline, `case_…` for those of a case, `complaint_…`
/// of a complaint.
pub fn done(lang: Lang, code: &str) -> &str {
    if let Some(event) = TimelineEvent::from_code(code) {
        return shopper::event(lang, event);
    }
    let act = code.strip_prefix("case_").and_then(CaseAct::from_code);
    let of_complaint = code.strip_prefix("complaint_");
    if let Some(act) = of_complaint.and_then(ComplaintAct::from_code) {
        return complaint_act(lang, act);
    }
    let (zh, en) = match (act, code) {
        (Some(act), _) => return case_act(lang, act),
        (None, "update") => ("资料更新", "Updated"),
        (None, "request_drafted") => (
            "同意取消，待复核",
            "Granted the request, for a second person to agree",
        ),
        (None, "case_drafted") => (
            "同意售后，待复核",
            "Granted the case, for a second person to agree",
        ),
        (None, "seller_cancel_drafted") => (
            "替商家取消，待复核",
            "Cancel for the seller, for a second person to agree",
        ),
        (
            None,
            "request_draft_declined" | "case_draft_declined" | "seller_cancel_draft_declined",
        ) => ("没有同意同事的决定", "Did not agree with a colleague"),
        (None, _) => return code,
    };
    pick(lang, zh, en)
}

/// Where a wish for another way stands.
pub const fn way_state(lang: Lang, state: WayState) -> &'static str {
    let (zh, en) = match state {
        WayState::Open => ("等待决定", "Waits for a decision"),
        WayState::Approved => ("已同意", "Approved"),
        WayState::Declined => ("未同意", "Declined"),
        WayState::Withdrawn => ("买家已撤回", "Withdrawn by the shopper"),
        WayState::TooLate => (
            "已原路退出，来不及更改",
            "Too late: it was sent the first way",
        ),
    };
    pick(lang, zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_said_in_words_wherever_there_are_any() {
        for event in TimelineEvent::ALL {
            assert_ne!(done(Lang::En, event.code()), event.code(), "{event:?}");
        }
        for act in CaseAct::ALL {
            let code = format!("case_{}", act.code());
            assert_ne!(done(Lang::ZhCn, &code), code, "{act:?}");
        }
        for act in ComplaintAct::ALL {
            let code = format!("complaint_{}", act.code());
            assert_ne!(done(Lang::ZhCn, &code), code, "{act:?}");
        }
        for on in ["request", "case", "seller_cancel"] {
            for what in ["drafted", "draft_declined"] {
                let code = format!("{on}_{what}");
                assert_ne!(done(Lang::ZhCn, &code), code);
            }
        }
        assert_eq!(done(Lang::En, "of_a_newer_server"), "of_a_newer_server");
    }
}
