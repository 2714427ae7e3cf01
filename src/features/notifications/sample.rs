//! Notifications for tests.

use orders_api::*;

use crate::features::order::sample as order;
use crate::format;

pub use order::{cny, instant};

/// A moment after those of the samples, in seconds since 1970.
pub fn now() -> i64 {
    format::epoch_seconds(&instant("2026-11-26T06:00:00.000Z")).unwrap_or_default()
}

/// A refund has arrived, which was read.
pub fn arrived() -> Notification {
    Notification {
        id: "o1.9".into(),
        at: instant("2026-11-26T04:00:00.000Z"),
        told_at: instant("2026-11-26T04:00:00.000Z"),
        what: Happening::Order(TimelineEvent::RefundArrived),
        by: Actor::Provider,
        detail: None,
        subject: Some("o1-R1".into()),
        amount: Some(cny(8_900)),
        urgent: false,
        read: true,
        order: Some("o1".into()),
        number: Some("TP202611210318".into()),
        title: "手作陶瓷马克杯".into(),
        shop: order::unpacked().shop,
    }
}

/// The merchant said no to a case, which was not read and asks something of the shopper.
pub fn rejected() -> Notification {
    Notification {
        id: "o1.8".into(),
        at: instant("2026-11-25T04:00:00.000Z"),
        told_at: instant("2026-11-25T04:00:00.000Z"),
        what: Happening::Order(TimelineEvent::CaseRejected),
        by: Actor::Seller,
        detail: Some("照片里看不出色差".into()),
        subject: Some("o1-C1".into()),
        urgent: true,
        read: false,
        ..arrived()
    }
}

/// The shop cancelled an order.
pub fn cancelled() -> Notification {
    Notification {
        id: "o1.7".into(),
        at: instant("2026-11-20T04:00:00.000Z"),
        told_at: instant("2026-11-20T04:00:00.000Z"),
        what: Happening::Order(TimelineEvent::Cancelled),
        by: Actor::Seller,
        detail: Some("缺货".into()),
        subject: None,
        amount: None,
        ..arrived()
    }
}

/// Support has answered in a conversation about an order.
pub fn answered() -> Notification {
    Notification {
        id: "k1-A3".into(),
        what: Happening::Talk(TalkEvent::Answered),
        by: Actor::Staff,
        subject: Some("k1".into()),
        amount: None,
        read: false,
        ..arrived()
    }
}
