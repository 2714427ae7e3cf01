//! The after-sale cases of the demo, one in every state: what their shopper asked for, and what became of it.

use chrono::TimeDelta;
use orders_domain::{
    CaseKind, CaseMove, CaseWish, Condition, Instant, LocalText, Parcel, RefundState, ShopEvent,
};

use super::ledger::hours;
use super::photos::{self, photo};
use crate::{
    instant::minutes_ago,
    tale::{Tale, ask},
};

/// Where goods go back to.
const WAREHOUSE: &str = "浙江省 云溪市 望湖区 仓前路 66 号 B特派退货组 收 400-820-0403";

fn days(count: i64) -> TimeDelta {
    TimeDelta::days(count)
}

fn hours_ago(now: Instant, count: i64) -> Instant {
    minutes_ago(now, count * 60)
}

/// Some of a line came with a fault: the money, for a photo of it.
fn faulty(reason: &str, lines: &[(&str, u32)], words: &str, evidence: &str) -> CaseWish {
    CaseWish {
        note: Some(words.to_owned()),
        evidence: vec![photo(evidence)],
        ..ask(CaseKind::RefundOnly, reason, lines)
    }
}

/// Some of a line is not wanted any more.
fn unwanted(lines: &[(&str, u32)], condition: Condition, words: &str) -> CaseWish {
    CaseWish {
        note: Some(words.to_owned()),
        condition: Some(condition),
        ..ask(CaseKind::ReturnAndRefund, "no_longer_wanted", lines)
    }
}

fn granted() -> CaseMove {
    CaseMove::Approve {
        return_to: Some(WAREHOUSE.to_owned()),
    }
}

fn rejected(why: &str) -> CaseMove {
    CaseMove::Reject {
        why: why.to_owned(),
    }
}

fn sent(courier: &str, tracking_number: &str) -> CaseMove {
    CaseMove::Send {
        parcel: Parcel {
            courier: courier.to_owned(),
            tracking_number: tracking_number.to_owned(),
        },
    }
}

/// `open`: asked for some hours ago.
pub(super) fn waiting(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let wish = faulty(
        "quality",
        &[("L1", 1)],
        "两盏里有一盏灯罩开裂，底座正常",
        photos::LAMP,
    );
    tale.case_opened(hours_ago(now, 5), &wish)
}

/// `returning`, and then `awaiting_return`: the nuts are on their way, a scarf is not yet.
pub(super) fn going_back(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let nuts = CaseWish {
        kind: CaseKind::ReturnAndRefund,
        condition: Some(Condition::Unused),
        ..faulty(
            "wrong_item",
            &[("L3", 1)],
            "外箱破损，坚果礼盒少了 6 包",
            photos::NUTS,
        )
    };
    let scarf = unwanted(&[("L1", 1)], Condition::Unused, "买重了一条，吊牌都在");
    tale.case_opened(hours_ago(now, 52), &nuts)
        .case_decided(hours_ago(now, 44), "tp-017", &granted())
        .case_moved(hours_ago(now, 20), &sent("顺丰速运", "SF1380000047702"))
        .case_opened(hours_ago(now, 18), &scarf)
        .case_decided(hours_ago(now, 6), "tp-017", &granted())
}

/// `rejected`: there is still time to appeal.
pub(super) fn refused(tale: Tale<'_>, placed: Instant) -> Tale<'_> {
    let wish = faulty(
        "wrong_item",
        &[("L2", 1)],
        "我要的是电信一区，充进去提示区服不符",
        photos::CARD,
    );
    let why = "卡密已在电信一区成功兑换，与订单一致，无法退款";
    tale.case_opened(placed + days(1), &wish).case_decided(
        placed + days(2),
        "wf-003",
        &rejected(why),
    )
}

/// `appealed`: the merchant did not answer, so that staff look at it.
pub(super) fn with_staff(tale: Tale<'_>, now: Instant) -> Tale<'_> {
    let wish = faulty(
        "quality",
        &[("L3", 1)],
        "盒角压坏，两块版图有折痕",
        photos::GAME,
    );
    tale.case_opened(hours_ago(now, 60), &wish)
        .case_time_passes()
}

/// `refunded`: one came back, opened, so that less came back for it.
pub(super) fn returned(tale: Tale<'_>, placed: Instant) -> Tale<'_> {
    let wish = unwanted(&[("L2", 1)], Condition::Opened, "颜色和想象的不一样");
    tale.case_opened(placed + days(6), &wish)
        .case_decided(placed + days(7), "tp-009", &granted())
        .case_moved(placed + days(8), &sent("中通快递", "ZT730000118842"))
        .case_decided(placed + days(9), "tp-009", &CaseMove::Receive)
        .refunds_come_to(RefundState::Arrived, placed + days(10), hours(24))
        .happens(placed + days(24), ShopEvent::Completed)
}

/// `closed`: rejected, appealed, and dismissed.
pub(super) fn dismissed(tale: Tale<'_>, placed: Instant) -> Tale<'_> {
    let wish = faulty("quality", &[("L1", 2)], "两本封面有破口", photos::NOTEBOOK);
    let appeal = CaseMove::Appeal {
        why: "收到时就是破的，请再核实一下".to_owned(),
        evidence: Vec::new(),
    };
    let dismissed = CaseMove::Dismiss {
        why: "签收时外包装完好，照片中的破口为使用后造成，不支持退款".to_owned(),
    };
    let why = "发货前质检照片显示封面完好";
    tale.case_opened(placed + days(6), &wish)
        .case_decided(placed + days(7), "tp-009", &rejected(why))
        .case_moved(placed + days(8), &appeal)
        .case_decided(placed + days(10), "tp-021", &dismissed)
        .happens(placed + days(24), ShopEvent::Completed)
}

/// `withdrawn`: it was wanted after all.
pub(super) fn kept(tale: Tale<'_>, placed: Instant) -> Tale<'_> {
    let wish = unwanted(&[("L1", 1)], Condition::Unused, "送人的，对方不喜欢");
    tale.case_opened(placed + days(6), &wish)
        .case_moved(placed + days(6) + hours(3), &CaseMove::Withdraw)
        .happens(placed + days(24), ShopEvent::Completed)
}

/// `refunded`: neither the merchant nor staff answered in time.
pub(super) fn won_by_silence(tale: Tale<'_>, placed: Instant) -> Tale<'_> {
    let wish = faulty(
        "wrong_item",
        &[("L1", 1)],
        "充值一直没有到账，运营商说没有记录",
        photos::TOPUP,
    );
    tale.case_opened(placed + days(1), &wish)
        .case_time_passes()
        .case_time_passes()
        .refunds_come_to(RefundState::Arrived, placed + days(7), hours(24))
        .happens(placed + days(20), ShopEvent::Completed)
}

/// What a tea set consists of: its gift box is not refundable.
pub(super) fn in_parts(line: crate::LineBuilder) -> crate::LineBuilder {
    line.part("pot", LocalText::new("茶壶", "Teapot"), 148, true)
        .part("cups", LocalText::new("六只茶杯", "Six cups"), 120, true)
        .part(
            "box",
            LocalText::new("礼盒（赠品）", "Gift box (free)"),
            0,
            false,
        )
}
