//! Refunds: where money goes back to, and when it is promised to be there.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

use crate::{Day, Instant, LocalText, Money, ProviderId, RefundId, WayChange};

/// A way that money (or its like) came and goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Who makes it, and what the provider said of it.
    pub course: RefundCourse,
}

/// Who makes a refund and how far it has come at the payment provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundCourse {
    /// By which provider Tepai makes it; `None` when the shop makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<ProviderId>,
    /// Which of the order's payments it gives back, from 0; `None` of refunds older than this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<usize>,
    /// What its shopper was promised first. Kept whatever is promised later, so that it can be counted against; `None` of
    /// refunds older than this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<FirstPromise>,
    /// The provider's own id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// When the provider accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Instant>,
    /// The day on which the bank expects it to be there, as the provider says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<Day>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<RefundFailure>,
    /// What of its promise is known to be broken, and was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_late: Option<Lateness>,
    /// Whether its delay was taken for a complaint, or its shopper had complained before: once is enough.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub complained: bool,
    /// The shopper's last wish for another way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<WayChange>,
    /// Those before it, with who decided them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<WayChange>,
}

/// Why a refund could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefundFailure {
    /// The account or card does not take it: closed, frozen, lost (WeChat Pay: ABNORMAL).
    AccountClosed,
    /// The payment is too old for the provider (WeChat Pay: a year).
    TooOld,
    /// The payment has been refunded in too many parts (WeChat Pay: 50).
    TooManyParts,
    /// The provider knows no such payment, or less money of it.
    PaymentUnknown,
    /// The provider closed or refused it, for a reason that it did not tell.
    Refused,
}

/// Which part of a promise is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Lateness {
    /// It should have been handed to the provider by now.
    NotSent,
    /// It should have arrived by now.
    NotArrived,
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

/// What a shopper was promised first about a refund, in the shop's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPromise {
    /// The last day on which it is handed to the provider.
    pub starts_by: Day,
    /// The last day on which it should arrive.
    pub arrives_by: Day,
}

impl From<Promise> for FirstPromise {
    fn from(promise: Promise) -> Self {
        Self {
            starts_by: promise.starts_by,
            arrives_by: promise.arrives_by,
        }
    }
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

codes!(RefundFailure {
    AccountClosed => "account_closed",
    TooOld => "too_old",
    TooManyParts => "too_many_parts",
    PaymentUnknown => "payment_unknown",
    Refused => "refused",
});

codes!(Lateness {
    NotSent => "not_sent",
    NotArrived => "not_arrived",
});

impl Refund {
    /// What its shopper was promised first; what is promised now where that is not on record.
    pub fn first_promise(&self) -> FirstPromise {
        self.course.first.unwrap_or_else(|| self.promise.into())
    }

    /// Which part of its promise is broken on `today`, a day of the shop; `None` while it is kept.
    /// A failed refund is not late: it waits for the shopper.
    pub fn lateness(&self, today: Day) -> Option<Lateness> {
        let waiting = matches!(self.state, RefundState::Requested | RefundState::Approved);
        if matches!(self.state, RefundState::Arrived | RefundState::Failed) {
            None
        } else if today > self.promise.arrives_by {
            Some(Lateness::NotArrived)
        } else if waiting && today > self.promise.starts_by {
            Some(Lateness::NotSent)
        } else {
            None
        }
    }

    /// Whether the program still has to do something for it.
    pub const fn is_under_way(&self) -> bool {
        self.course.provider.is_some()
            && matches!(
                self.state,
                RefundState::Approved | RefundState::Sent | RefundState::InClearing
            )
    }
}

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
