//! Complaints in words, to the staff.

use orders_api::{
    ComplaintAct, ComplaintConsequence, ComplaintState, ComplaintTopic, ComplaintWish, ProposalKind,
};
use storefront::words::Lang;

use super::codes::pick;

/// Where a complaint stands.
pub const fn complaint_state(lang: Lang, state: ComplaintState) -> &'static str {
    let (zh, en) = match state {
        ComplaintState::Received => ("等待受理", "Waits to be taken up"),
        ComplaintState::Investigating => ("处理中", "Looked into"),
        ComplaintState::Proposed => ("等待买家答复方案", "Waits for the shopper's answer"),
        ComplaintState::Disputed => ("买家有异议", "Disputed"),
        ComplaintState::Accepted => ("买家已接受", "Accepted"),
        ComplaintState::Resolved => ("已有最终结果", "Decided"),
        ComplaintState::Withdrawn => ("买家已撤回", "Withdrawn by the shopper"),
        ComplaintState::Closed => ("已结束", "Closed"),
    };
    pick(lang, zh, en)
}

/// What it is about.
pub const fn complaint_topic(lang: Lang, topic: ComplaintTopic) -> &'static str {
    let (zh, en) = match topic {
        ComplaintTopic::Late => ("太慢", "Too slow"),
        ComplaintTopic::Service => ("服务", "Service"),
        ComplaintTopic::RefundRefused => ("退款被拒", "A refund was refused"),
        ComplaintTopic::Quality => ("商品质量", "Quality"),
        ComplaintTopic::Privacy => ("个人信息", "Privacy"),
        ComplaintTopic::Other => ("其他", "Something else"),
    };
    pick(lang, zh, en)
}

/// What the shopper wants.
pub const fn complaint_wish(lang: Lang, wish: ComplaintWish) -> &'static str {
    let (zh, en) = match wish {
        ComplaintWish::Refund => ("退款", "a refund"),
        ComplaintWish::Compensation => ("补偿", "a compensation"),
        ComplaintWish::Explanation => ("说明", "an explanation"),
        ComplaintWish::Apology => ("道歉", "an apology"),
    };
    pick(lang, zh, en)
}

/// What is proposed.
pub const fn proposal_kind(lang: Lang, kind: ProposalKind) -> &'static str {
    let (zh, en) = match kind {
        ProposalKind::Refund => ("退款", "Refund"),
        ProposalKind::Compensation => ("补偿", "Compensation"),
        ProposalKind::Goodwill => ("心意", "Goodwill"),
        ProposalKind::None => ("不补偿，说明原因", "Nothing, with the reason"),
    };
    pick(lang, zh, en)
}

/// What follows when its time passes.
pub const fn complaint_then(lang: Lang, then: ComplaintConsequence) -> &'static str {
    let (zh, en) = match then {
        ComplaintConsequence::Escalate => ("逾期转主管", "then a supervisor has it"),
        ComplaintConsequence::Grant => ("逾期自动退款", "then the refund is granted"),
        ComplaintConsequence::Outside => {
            ("逾期告知买家可向外部投诉", "then the outside route is open")
        }
        ComplaintConsequence::Close => ("逾期自动结束", "then it closes"),
    };
    pick(lang, zh, en)
}

/// Something that happened in it.
pub const fn complaint_act(lang: Lang, act: ComplaintAct) -> &'static str {
    let (zh, en) = match act {
        ComplaintAct::Opened => ("提出投诉", "Complained"),
        ComplaintAct::OpenedByRule => (
            "申诉驳回后自动登记",
            "Opened by itself after the appeal was dismissed",
        ),
        ComplaintAct::OpenedByDelay => (
            "退款长时间未到账，自动登记",
            "Opened by itself, because the refund has not arrived long after its day",
        ),
        ComplaintAct::OpenedByBrokenDate => (
            "逾期没有答复，自动登记",
            "Opened by itself, because the shop did not decide in time",
        ),
        ComplaintAct::TakenUp => ("受理", "Took it up"),
        ComplaintAct::Said => ("留言", "Said"),
        ComplaintAct::Drafted => (
            "拟定方案，等待另一人同意",
            "Drafted a proposal; a second person has to agree",
        ),
        ComplaintAct::DraftDeclined => ("没有同意方案", "Did not agree with the draft"),
        ComplaintAct::Proposed => ("提出方案", "Proposed"),
        ComplaintAct::Accepted => ("接受方案", "Accepted"),
        ComplaintAct::Disputed => ("提出异议", "Disputed it"),
        ComplaintAct::Escalated => ("逾期，转主管", "To a supervisor, because a date was missed"),
        ComplaintAct::GrantedBySilence => (
            "逾期，自动同意退款",
            "Granted, because there was no answer in time",
        ),
        ComplaintAct::OutsideOpened => (
            "逾期，已告知外部渠道",
            "The outside route is open, because there was no answer in time",
        ),
        ComplaintAct::Resolved => ("最终结果", "Decided"),
        ComplaintAct::Withdrawn => ("撤回", "Withdrew"),
        ComplaintAct::Closed => ("逾期结束", "Closed when its time was over"),
    };
    pick(lang, zh, en)
}
