//! A shopper's orders at one shop while they are written down, counted on from the first.

use chrono::TimeDelta;
use orders_domain::{Instant, LocalText, Order};

use crate::{
    instant::{days_ago, minutes_ago},
    order::{OrderBuilder, order},
    route::Pace,
    rules::Rules,
    tale::{Tale, tell},
};

/// The orders so far.
pub(super) struct Ledger<'r> {
    rules: &'r Rules,
    now: Instant,
    shop: &'static str,
    shopper: &'static str,
    counter: u64,
    orders: Vec<Order>,
}

impl<'r> Ledger<'r> {
    /// An empty one; the first order will have the counter `first`.
    pub(super) fn new(
        rules: &'r Rules,
        now: Instant,
        shop: &'static str,
        shopper: &'static str,
        first: u64,
    ) -> Self {
        Self {
            rules,
            now,
            shop,
            shopper,
            counter: first,
            orders: Vec::new(),
        }
    }

    /// That time of day, in UTC+8, so many days ago; the seconds differ from order to order.
    pub(super) fn at(&self, days: i64, hour: i64, minute: i64) -> Instant {
        days_ago(self.now, days, hour * 60 + minute) + self.seconds()
    }

    /// So many minutes ago.
    pub(super) fn ago(&self, minutes: i64) -> Instant {
        minutes_ago(self.now, minutes) - self.seconds()
    }

    /// The next order, placed then.
    pub(super) fn placed(&self, at: Instant) -> OrderBuilder {
        order()
            .counted(self.counter)
            .shop(self.shop)
            .shopper(self.shopper)
            .placed_at(at)
            .pace(Pace::varied(self.counter))
    }

    /// Writes it down.
    pub(super) fn add(&mut self, order: OrderBuilder) {
        self.write(order.build());
    }

    /// Writes it down, after more has happened to it.
    pub(super) fn add_told(
        &mut self,
        order: OrderBuilder,
        more: impl FnOnce(Tale<'r>) -> Tale<'r>,
    ) {
        self.write(more(tell(self.rules, order.build())).end());
    }

    /// What was written.
    pub(super) fn close(self) -> Vec<Order> {
        self.orders
    }

    fn write(&mut self, order: Order) {
        self.orders.push(order);
        self.counter += 1;
    }

    fn seconds(&self) -> TimeDelta {
        TimeDelta::seconds(i64::try_from(self.counter * 37 % 60).unwrap_or_default())
    }
}

/// So many hours.
pub(super) fn hours(count: i64) -> TimeDelta {
    TimeDelta::hours(count)
}

/// So many minutes.
pub(super) fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

/// The account of a bank card that was closed since.
pub(super) fn closed_card() -> LocalText {
    LocalText::new(
        "建设银行 尾号 7716",
        "China Construction Bank, ending in 7716",
    )
}

/// The name of a coupon: so many yuan off.
pub(super) fn yuan_off(yuan: i64) -> LocalText {
    LocalText::new(&format!("满减券 {yuan} 元"), &format!("¥{yuan} off coupon"))
}
