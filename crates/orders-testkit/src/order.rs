//! Orders in any state, with amounts that always add up and a timeline that tells how they got there.

mod build;

use chrono::TimeDelta;
use orders_domain::{
    Address, AddressField, Coupon, Day, Instant, LocalText, OrderId, OrderState, Parcel, Pending,
    PendingCause, ShopId, ShopperId,
};

use crate::{
    instant::usual_now,
    line::{LineBuilder, line},
    payment::Share,
    route::Pace,
};

/// An unpacked order of one cup at the shop `tepai`, until it is told otherwise:
/// `order().shop("wanfu").line("杯子", 2, 39_00).paid_by(wechat(78_00)).build()`.
pub fn order() -> OrderBuilder {
    OrderBuilder {
        counter: 0,
        id: None,
        external_id: None,
        number: None,
        shop: "tepai".into(),
        shopper: "shopper_test".into(),
        state: OrderState::Unpacked,
        pending: None,
        placed_at: None,
        as_of: usual_now(),
        pay_within: TimeDelta::hours(24),
        pace: Pace::USUAL,
        lines: Vec::new(),
        discount: 0,
        coupon: 0,
        coupons: Vec::new(),
        points: (0, 0),
        freight: 0,
        shares: Vec::new(),
        address: None,
        parcel: None,
    }
}

/// An order in the making.
#[derive(Clone, Debug)]
pub struct OrderBuilder {
    counter: u64,
    id: Option<OrderId>,
    external_id: Option<String>,
    number: Option<String>,
    shop: ShopId,
    shopper: ShopperId,
    state: OrderState,
    pending: Option<Pending>,
    placed_at: Option<Instant>,
    as_of: Instant,
    pay_within: TimeDelta,
    pace: Pace,
    lines: Vec<LineBuilder>,
    discount: i64,
    coupon: i64,
    coupons: Vec<Coupon>,
    points: (i64, i64),
    freight: i64,
    shares: Vec<Share>,
    address: Option<Address>,
    parcel: Option<Parcel>,
}

/// Who and what.
impl OrderBuilder {
    /// Id, external id and number all follow from a counter; orders of different counters have different ones.
    pub fn counted(mut self, counter: u64) -> Self {
        self.counter = counter;
        self
    }

    /// Tepai's id.
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The shop's id.
    pub fn external_id(mut self, id: &str) -> Self {
        self.external_id = Some(id.to_owned());
        self
    }

    /// The number that people use.
    pub fn number(mut self, number: &str) -> Self {
        self.number = Some(number.to_owned());
        self
    }

    /// The shop.
    pub fn shop(mut self, shop: &str) -> Self {
        self.shop = shop.into();
        self
    }

    /// Whose it is.
    pub fn shopper(mut self, shopper: &str) -> Self {
        self.shopper = shopper.into();
        self
    }

    /// So many of a product at so many fen each.
    pub fn line(self, title: &str, quantity: u32, unit_price: i64) -> Self {
        self.with(line(title, quantity, unit_price))
    }

    /// A line made with [`line()`].
    pub fn with(mut self, line: LineBuilder) -> Self {
        self.lines.push(line);
        self
    }

    /// Where it goes; there is a plausible address otherwise, unless everything is digital.
    pub fn address(mut self, address: Address) -> Self {
        self.address = Some(address);
        self
    }

    /// Courier and number, once shipped.
    pub fn parcel(mut self, courier: &str, tracking_number: &str) -> Self {
        self.parcel = Some(Parcel {
            courier: courier.to_owned(),
            tracking_number: tracking_number.to_owned(),
        });
        self
    }
}

/// Money, in fen. What would take more off than there is takes off what there is.
impl OrderBuilder {
    /// Taken off by the shop.
    pub fn discount(mut self, amount: i64) -> Self {
        self.discount = amount;
        self
    }

    /// Taken off by a coupon, valid to the end of `valid_until`.
    pub fn coupon(mut self, id: &str, title: LocalText, amount: i64, valid_until: Day) -> Self {
        self.coupon += amount;
        self.coupons.push(Coupon {
            id: id.to_owned(),
            title,
            valid_until,
        });
        self
    }

    /// Taken off by points: how many, and what they are worth.
    pub fn points(mut self, points: i64, value: i64) -> Self {
        self.points = (points, value);
        self
    }

    /// Carriage.
    pub fn freight(mut self, amount: i64) -> Self {
        self.freight = amount;
        self
    }

    /// One way of paying; more than one splits the total. The last one takes what the others leave,
    /// so that the payments are the total whatever was asked. Without any, WeChat Pay takes it all.
    pub fn paid_by(mut self, share: Share) -> Self {
        self.shares.push(share);
        self
    }
}

/// State and time.
impl OrderBuilder {
    /// Placed, unpaid.
    pub fn awaiting_payment(self) -> Self {
        self.in_state(OrderState::AwaitingPayment)
    }

    /// Paid, not accepted; without the time for that which a policy promises (`Order::fix_confirm_by`).
    pub fn pending(mut self, cause: PendingCause) -> Self {
        let missing = match cause {
            PendingCause::IncompleteInfo => vec![AddressField::Phone],
            PendingCause::NoCourier | PendingCause::SystemDelay => Vec::new(),
        };
        self.pending = Some(Pending::of(cause, missing));
        self.in_state(OrderState::PendingConfirmation)
    }

    /// Paid, not accepted because these fields of the address are missing or wrong.
    pub fn missing(mut self, fields: &[AddressField]) -> Self {
        self.pending = Some(Pending::of(PendingCause::IncompleteInfo, fields.to_vec()));
        self.in_state(OrderState::PendingConfirmation)
    }

    /// Paid and accepted.
    pub fn unpacked(self) -> Self {
        self.in_state(OrderState::Unpacked)
    }

    /// In the warehouse's hands.
    pub fn packing(self) -> Self {
        self.in_state(OrderState::Packing)
    }

    /// With the courier.
    pub fn shipped(self) -> Self {
        self.in_state(OrderState::Shipped)
    }

    /// Signed for, or issued.
    pub fn delivered(self) -> Self {
        self.in_state(OrderState::Delivered)
    }

    /// Past its after-sale window.
    pub fn completed(self) -> Self {
        self.in_state(OrderState::Completed)
    }

    /// Cancelled by the seller; see [`OrderBuilder::in_state`].
    pub fn cancelled(self) -> Self {
        self.in_state(OrderState::Cancelled)
    }

    /// In that state. `Cancelled` gives an order that was accepted and then cancelled by the seller, out of stock,
    /// with its refund made ready; for every other end see [`crate::Tale`].
    pub fn in_state(mut self, state: OrderState) -> Self {
        self.state = state;
        self
    }

    /// When it was placed; otherwise just long enough before [`OrderBuilder::as_of`] to have come to its state.
    pub fn placed_at(mut self, at: Instant) -> Self {
        self.placed_at = Some(at);
        self
    }

    /// The "now" that it is an order of; [`usual_now`] otherwise.
    pub fn as_of(mut self, now: Instant) -> Self {
        self.as_of = now;
        self
    }

    /// How long after placing it closes by itself; a day otherwise.
    pub fn pay_within(mut self, time: TimeDelta) -> Self {
        self.pay_within = time;
        self
    }

    /// How long its steps take.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }
}
