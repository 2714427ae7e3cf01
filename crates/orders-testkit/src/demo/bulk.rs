//! Any number of ordinary orders, one at a time: spread over fourteen months, in states that fit their age.

use chrono::TimeDelta;
use orders_domain::{Instant, Order, OrderState, PendingCause, RefundState};

use super::{addresses, products};
use crate::{
    instant::minutes_ago,
    line::LineBuilder,
    order::{OrderBuilder, order},
    payment::{alipay, bank_card, wechat},
    route::Pace,
    rules::Rules,
    tale::tell,
};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// How far back the oldest order lies.
const SPAN: i64 = 425 * DAY;

/// What bulk orders are made with.
#[derive(Clone, Debug)]
pub(crate) struct Bulk {
    rules: Rules,
    now: Instant,
}

impl Bulk {
    /// As of `now`; `None` when the built-in policies cannot be read.
    pub(crate) fn new(now: Instant) -> Option<Self> {
        Some(Self {
            rules: Rules::built_in().ok()?,
            now,
        })
    }

    /// The order number `index` of the `count` that `shopper` has, newest first.
    pub(crate) fn order(&self, shopper: &str, index: usize, count: usize, counter: u64) -> Order {
        let mut chance = Chance(counter);
        let age = self.age(index, count, &mut chance);
        let placed = minutes_ago(self.now, age) - TimeDelta::seconds(chance.below(60));
        let digital = chance.below(10) < 3;
        let (state, cause) = state_at(age, digital, &mut chance);
        let cancelled = state == OrderState::Cancelled;
        let builder = order()
            .counted(counter)
            .shopper(shopper)
            .placed_at(placed)
            .pace(Pace::varied(counter));
        let builder = if digital {
            digital_goods(builder, cancelled, &mut chance)
        } else {
            parcel_goods(builder, &mut chance)
        };
        let builder = match chance.below(10) {
            0..=4 => builder.paid_by(wechat(0).rest()),
            5..=7 => builder.paid_by(alipay(0).rest()),
            8 => builder.paid_by(bank_card(0).rest()),
            _ => builder.paid_by(wechat(20_00)).paid_by(bank_card(0).rest()),
        };
        match (state, cause) {
            (OrderState::Cancelled, _) => self.cancelled(builder, placed, age, &mut chance),
            (_, Some(cause)) => builder.pending(cause).build(),
            (state, None) => builder.in_state(state).build(),
        }
    }

    /// Minutes since placing. Beyond a day, what falls into the night is moved to the day before.
    fn age(&self, index: usize, count: usize, chance: &mut Chance) -> i64 {
        let count = i64::try_from(count.max(1)).unwrap_or(1);
        let index = i64::try_from(index).unwrap_or(0);
        let step = (SPAN / count).max(1);
        let age = 15 + index * SPAN / count + chance.below(step);
        let placed = minutes_ago(self.now, age);
        let hour = placed.timestamp().div_euclid(3_600) + 8;
        if age > DAY && hour.rem_euclid(24) < 7 {
            age + 9 * HOUR
        } else {
            age
        }
    }

    /// By the shopper at once, by the seller, or by nobody paying; the refund as far as its age lets it be.
    fn cancelled(
        &self,
        builder: OrderBuilder,
        placed: Instant,
        age: i64,
        chance: &mut Chance,
    ) -> Order {
        let hours = TimeDelta::hours;
        let refund = match age / DAY {
            0..=2 => RefundState::Approved,
            3..=5 => RefundState::Sent,
            6..=11 => RefundState::InClearing,
            _ => RefundState::Arrived,
        };
        let apart = hours(48);
        match chance.below(4) {
            0 if age > 25 * HOUR => {
                let order = builder.awaiting_payment().build();
                tell(&self.rules, order).closed_unpaid(placed + hours(24))
            }
            1 => tell(&self.rules, builder.unpacked().build())
                .seller_cancelled(placed + hours(5), "out_of_stock", "仓库盘点后发现缺货")
                .refunds_come_to(refund, placed + hours(40), apart),
            _ => tell(&self.rules, builder.unpacked().build())
                .cancelled(placed + hours(3), "changed_mind")
                .refunds_come_to(refund, placed + hours(40), apart),
        }
        .end()
    }
}

/// A state that an order of that age, in minutes, is likely to be in.
fn state_at(age: i64, digital: bool, chance: &mut Chance) -> (OrderState, Option<PendingCause>) {
    use OrderState::{
        AwaitingPayment, Cancelled, Completed, Delivered, Packing, PendingConfirmation, Shipped,
        Unpacked,
    };
    let roll = chance.below(100);
    let cause = if roll % 2 == 0 {
        PendingCause::NoCourier
    } else {
        PendingCause::SystemDelay
    };
    let state = if age < 75 {
        // Too young to be accepted.
        if roll < 50 {
            AwaitingPayment
        } else {
            PendingConfirmation
        }
    } else if age < 30 * HOUR {
        match roll {
            // Unpaid ones close after a day.
            0..20 if age < 12 * HOUR => AwaitingPayment,
            0..35 => PendingConfirmation,
            _ => Unpacked,
        }
    } else if roll < 12 {
        Cancelled
    } else if digital {
        if age < 21 * DAY { Delivered } else { Completed }
    } else {
        match age / DAY {
            ..2 if roll < 50 => Packing,
            ..6 => Shipped,
            6..23 => Delivered,
            _ => Completed,
        }
    };
    (state, (state == PendingConfirmation).then_some(cause))
}

/// One to three products of `tepai`.
fn parcel_goods(builder: OrderBuilder, chance: &mut Chance) -> OrderBuilder {
    let mut builder = builder.shop("tepai").address(match chance.below(3) {
        0 => addresses::home(),
        1 => addresses::office(),
        _ => addresses::parents(),
    });
    let first = chance.below(12);
    for more in 0..=chance.below(3) {
        let product = products::TEPAI[usize::try_from((first + more * 5) % 12).unwrap_or(0)];
        builder = builder.with(product.times(chance.quantity()));
    }
    let builder = builder.freight(chance.below(3) * 6_00);
    match chance.below(5) {
        0 => builder.discount(chance.below(20_00)),
        1 => {
            let points = chance.below(900);
            builder.points(points, points)
        }
        _ => builder,
    }
}

/// One or two products of `wanfu`; those that the shopper will cancel are one-tap.
fn digital_goods(builder: OrderBuilder, one_tap: bool, chance: &mut Chance) -> OrderBuilder {
    let mut builder = builder.shop("wanfu");
    let first = chance.below(5);
    for more in 0..=chance.below(2) {
        let product = products::WANFU[usize::try_from((first + more * 2) % 5).unwrap_or(0)];
        let line = product.times(chance.quantity());
        builder = builder.with(if one_tap {
            LineBuilder::one_tap(line)
        } else {
            line
        });
    }
    builder
}

/// Numbers that look like chance and are not (SplitMix64).
struct Chance(u64);

impl Chance {
    /// From 0 to `limit` - 1.
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or_default() % limit.max(1)
    }

    /// Mostly one, up to four.
    fn quantity(&mut self) -> u32 {
        u32::try_from((self.below(16) - 11).max(1)).unwrap_or(1)
    }
}
