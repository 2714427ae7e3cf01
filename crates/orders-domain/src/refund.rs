//! Refunds: where money goes back to, and when it is promised to be there.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

use crate::{Day, Instant, LocalText, Money, RefundId};

/// A way that money (or its like) came and goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// WeChat Pay.
    WechatPay,
    /// Alipay.
    Alipay,
    /// A bank card.
    BankCard,
    /// The shop's points.
    Points,
    /// A coupon.
    Coupon,
}

/// Where a refund stands (PRODUCT §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefundState {
    /// Asked for, not decided.
    Requested,
    /// To be made; the first clock runs.
    Approved,
    /// Handed to the payment provider.
    Sent,
    /// Processed, and in the bank's clearing (S2).
    InClearing,
    /// There.
    Arrived,
    /// Could not be made.
    Failed,
}

/// A refund of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Also the provider's refund number.
    pub id: RefundId,
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// To which account.
    pub account: LocalText,
    /// Where it stands.
    pub state: RefundState,
    /// When it was made ready.
    pub created_at: Instant,
    /// When it changed last.
    pub updated_at: Instant,
    /// When it should start and arrive.
    pub promise: Promise,
}

/// The two clocks of a refund, as dates in the shop's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The last day on which it is handed to the provider.
    pub starts_by: Day,
    /// The first day on which it may arrive.
    pub arrives_from: Day,
    /// The last day on which it should arrive.
    pub arrives_by: Day,
    /// A day lies in a year without calendar data, so that the dates are an estimate.
    pub estimated: bool,
}

codes!(Channel {
    WechatPay => "wechat_pay",
    Alipay => "alipay",
    BankCard => "bank_card",
    Points => "points",
    Coupon => "coupon",
});

codes!(RefundState {
    Requested => "requested",
    Approved => "approved",
    Sent => "sent",
    InClearing => "in_clearing",
    Arrived => "arrived",
    Failed => "failed",
});

impl RefundState {
    /// Whether a refund stays in this state for good. A failed one may still arrive: another try, the same number.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Arrived)
    }

    /// Whether a refund in this state may come to be in `next`. Only forward, because the provider's
    /// messages may come late and out of order; staying is no move.
    pub const fn may_become(self, next: Self) -> bool {
        self.rank() < next.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Requested => 0,
            Self::Approved => 1,
            Self::Sent => 2,
            Self::InClearing => 3,
            Self::Failed => 4,
            Self::Arrived => 5,
        }
    }
}
