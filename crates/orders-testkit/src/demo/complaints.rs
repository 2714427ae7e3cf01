//! The complaints of the demo: one that was just received, one with a proposal to answer, one that a supervisor decides.

use chrono::TimeDelta;
use orders_domain::{
    ComplaintAbout, ComplaintIntent, ComplaintMove, ComplaintTopic, ComplaintWish, Currency,
    Instant, Money, Proposal, ProposalKind,
};

use super::ledger::hours;
use crate::tale::{Tale, complaint, refund_proposal};

/// `received`: the case was rejected a while ago, and its shopper complains instead of appealing.
pub(super) fn received(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let about = tale.last_case();
    let intent = ComplaintIntent {
        about: ComplaintAbout {
            case: about,
            refund: None,
        },
        ..complaint(
            ComplaintTopic::RefundRefused,
            ComplaintWish::Refund,
            "下单时页面写的是电信一区，截图还在，商家只说已兑换，没有看我的截图",
        )
    };
    tale.complained(now - hours(2), &intent)
}

/// `proposed`: some money back for a parcel that came late; its shopper has to answer.
pub(super) fn answered(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let intent = complaint(
        ComplaintTopic::Late,
        ComplaintWish::Compensation,
        "答应三天送到，五天才到，催了两次都没有回复",
    );
    let said = ComplaintMove::Answer {
        text: "已调取物流记录，包裹在分拨中心滞留了两天，今天给您方案".to_owned(),
    };
    let amount = Money {
        amount: 20_00,
        currency: Currency::CNY,
    };
    let proposal = refund_proposal(amount, "物流滞留确实是我们没有及时跟进，退还 20 元以示歉意");
    let staff = Some("tp-009");
    tale.complained(now - TimeDelta::days(3), &intent)
        .complaint_moved(now - hours(60), staff, &ComplaintMove::TakeUp)
        .complaint_moved(now - hours(40), staff, &said)
        .complaint_moved(now - hours(20), staff, &proposal)
}

/// `disputed`: a coupon was not enough after an appeal that was dismissed; a supervisor has it.
pub(super) fn disputed(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let about = tale.last_case();
    let intent = ComplaintIntent {
        about: ComplaintAbout {
            case: about,
            refund: None,
        },
        ..complaint(
            ComplaintTopic::RefundRefused,
            ComplaintWish::Refund,
            "申诉被驳回，但没有说明质检照片是哪一批的，我不认可",
        )
    };
    let gift = ComplaintMove::Propose(Proposal {
        kind: ProposalKind::Goodwill,
        amount: None,
        points: None,
        gift: Some("15 元无门槛优惠券一张".to_owned()),
        reason: "照片无法证明破口在签收前就有，但理解您的不便".to_owned(),
        last: false,
    });
    let dispute = ComplaintMove::Dispute {
        last: false,
        why: "我要的是退款，优惠券用不上".to_owned(),
        evidence: Vec::new(),
    };
    tale.complained(now - TimeDelta::days(5), &intent)
        .complaint_moved(now - TimeDelta::days(3), Some("tp-009"), &gift)
        .complaint_moved(now - hours(8), None, &dispute)
}
