//! Refunds for tests.

use orders_api::*;

use crate::features::order::sample as order;

pub use order::{cny, instant, refund};

fn event(at: &str, what: TimelineEvent, by: Actor) -> RefundEvent {
    RefundEvent {
        at: instant(at),
        what,
        by,
    }
}

/// The only refund of an order, in this state, with the history that leads there.
pub fn detail(state: RefundState) -> RefundDetail {
    use TimelineEvent::*;
    let order = order::cancelled_by(CancelledBy::Shopper);
    let mut refund = refund("o1-R1", state);
    let mut history = vec![event(
        "2026-11-22T08:05:00.000Z",
        RefundApproved,
        Actor::System,
    )];
    let sent = event("2026-11-23T02:00:00.000Z", RefundSent, Actor::Provider);
    let clearing = event(
        "2026-11-24T03:00:00.000Z",
        RefundInClearing,
        Actor::Provider,
    );
    let arrived = event("2026-12-01T04:00:00.000Z", RefundArrived, Actor::Provider);
    let failed = event("2026-11-25T05:00:00.000Z", RefundFailed, Actor::Provider);
    match state {
        RefundState::Requested => history.clear(),
        RefundState::Approved => {}
        RefundState::Sent => history.extend([sent]),
        RefundState::InClearing => history.extend([sent, clearing]),
        RefundState::Arrived => history.extend([sent, clearing, arrived]),
        RefundState::Failed => history.extend([sent, failed]),
    }
    if let Some(last) = history.last() {
        refund.updated_at = last.at.clone();
    }
    refund.sent_at = history
        .iter()
        .find(|event| event.what == RefundSent)
        .map(|event| event.at.clone());
    refund.failure = (state == RefundState::Failed).then_some(RefundFailure::AccountClosed);
    history.reverse();
    RefundDetail {
        refund,
        order: OrderBrief {
            id: order.id,
            number: order.number,
            version: order.version,
            total: order.total,
            title: "青釉茶具六件套".into(),
            lines: 3,
            policy_version: "2026-01".into(),
        },
        may_change_way: false,
        way: None,
        history,
        others: Vec::new(),
        complaint: None,
        may_complain: false,
        shop: order.shop,
        support: order.support,
    }
}

/// One whose promise is broken.
pub fn late(state: RefundState, late: Lateness) -> RefundDetail {
    let mut detail = detail(state);
    detail.refund.late = Some(late);
    detail
}

/// One with a wish for another way, which stands so.
pub fn with_way(state: RefundState, way: WayState) -> RefundDetail {
    let mut detail = detail(state);
    let account = "工商银行 尾号 0128".to_owned();
    if way == WayState::Approved {
        detail.refund.channel = Channel::BankCard;
        detail.refund.account = account.clone();
    }
    let unsent = matches!(state, RefundState::Failed | RefundState::Approved);
    detail.may_change_way = unsent && !matches!(way, WayState::Open | WayState::Approved);
    detail.way = Some(RefundWay {
        channel: Channel::BankCard,
        account,
        asked_at: instant("2026-11-25T06:00:00.000Z"),
        state: way,
        note: (way == WayState::Declined).then(|| "姓名不符".to_owned()),
        until: (way == WayState::Open).then(|| instant("2026-11-27T06:00:00.000Z")),
    });
    detail
}

/// A moment after those of the samples.
pub fn later() -> Instant {
    instant("2026-11-26T06:00:00.000Z")
}

/// One of two: the rest of the payment goes back to a card.
pub fn split() -> RefundDetail {
    let mut detail = detail(RefundState::Arrived);
    detail.refund.amount = cny(30_000);
    detail.others = vec![Refund {
        amount: cny(93_450),
        channel: Channel::BankCard,
        account: "招商银行 尾号 0403".into(),
        ..refund("o1-R2", RefundState::InClearing)
    }];
    detail
}

/// Of every state; late; failed for every reason; split.
pub fn every() -> Vec<RefundDetail> {
    let mut all: Vec<_> = RefundState::ALL.iter().copied().map(detail).collect();
    all.extend([
        late(RefundState::Requested, Lateness::NotSent),
        late(RefundState::Approved, Lateness::NotSent),
        late(RefundState::Approved, Lateness::NotArrived),
        late(RefundState::Sent, Lateness::NotArrived),
        late(RefundState::InClearing, Lateness::NotArrived),
        split(),
    ]);
    for failure in RefundFailure::ALL {
        let mut failed = detail(RefundState::Failed);
        failed.refund.failure = Some(failure);
        all.push(failed);
    }
    for way in WayState::ALL {
        all.push(with_way(RefundState::Approved, way));
        if way != WayState::Approved {
            all.push(with_way(RefundState::Failed, way));
        }
    }
    all.push(with_way(RefundState::Sent, WayState::TooLate));
    let mut free = detail(RefundState::Failed);
    free.may_change_way = true;
    all.push(free);
    all
}
