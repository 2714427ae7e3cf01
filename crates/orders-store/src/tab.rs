//! The tabs of My Orders, as columns that the list is filtered and counted by.

use orders_domain::{Order, OrderState};

/// A tab of My Orders (CONTRACT, `GET /orders`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Every order.
    #[default]
    All,
    /// To be paid.
    AwaitingPayment,
    /// Accepted or to be accepted, not shipped.
    ToShip,
    /// With the courier.
    ToReceive,
    /// With a refund, an after-sale case, or an open request to cancel.
    AfterSale,
    /// Cancelled.
    Cancelled,
}

/// How many orders each tab has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TabCounts {
    /// Every order.
    pub all: i64,
    /// To be paid.
    pub awaiting_payment: i64,
    /// Not shipped.
    pub to_ship: i64,
    /// With the courier.
    pub to_receive: i64,
    /// With a refund or an open request.
    pub after_sale: i64,
    /// Cancelled.
    pub cancelled: i64,
}

impl Tab {
    /// Every tab, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::AwaitingPayment,
        Self::ToShip,
        Self::ToReceive,
        Self::AfterSale,
        Self::Cancelled,
    ];

    /// The name on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AwaitingPayment => "awaiting_payment",
            Self::ToShip => "to_ship",
            Self::ToReceive => "to_receive",
            Self::AfterSale => "after_sale",
            Self::Cancelled => "cancelled",
        }
    }

    /// The tab of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

impl TabCounts {
    /// The count of one tab.
    pub const fn of(&self, tab: Tab) -> i64 {
        match tab {
            Tab::All => self.all,
            Tab::AwaitingPayment => self.awaiting_payment,
            Tab::ToShip => self.to_ship,
            Tab::ToReceive => self.to_receive,
            Tab::AfterSale => self.after_sale,
            Tab::Cancelled => self.cancelled,
        }
    }

    /// Adds `count` orders whose columns are `tab` and `after_sale`.
    pub(crate) fn add(&mut self, tab: &str, after_sale: bool, count: i64) {
        self.all += count;
        if after_sale {
            self.after_sale += count;
        }
        match Tab::from_code(tab) {
            Some(Tab::AwaitingPayment) => self.awaiting_payment += count,
            Some(Tab::ToShip) => self.to_ship += count,
            Some(Tab::ToReceive) => self.to_receive += count,
            Some(Tab::Cancelled) => self.cancelled += count,
            Some(Tab::All | Tab::AfterSale) | None => {}
        }
    }
}

/// The column `tab`. Orders that arrived have no tab of their own and are found under `all`.
pub(crate) const fn column(state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => Tab::AwaitingPayment.code(),
        OrderState::PendingConfirmation | OrderState::Unpacked | OrderState::Packing => {
            Tab::ToShip.code()
        }
        OrderState::Shipped => Tab::ToReceive.code(),
        OrderState::Delivered | OrderState::Completed => "received",
        OrderState::Cancelled => Tab::Cancelled.code(),
    }
}

/// The column `after_sale`.
pub(crate) fn is_after_sale(order: &Order) -> bool {
    !order.refunds.is_empty() || !order.body.cases.is_empty() || order.on_hold()
}
