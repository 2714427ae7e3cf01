//! Orders by the thousand and the million, to fill a database and measure it.

use orders_domain::{Instant, Order, ShopperId};

use crate::demo::Bulk;

/// The first counter of bulk orders, beyond every demo order's.
const FIRST: u64 = 100_000;

/// The shopper number `index` of [`many_orders`].
pub fn bench_shopper(index: usize) -> ShopperId {
    ShopperId(format!("shopper_bench_{index:05}"))
}

/// `per_shopper` orders for each of so many shoppers, shopper by shopper, newest first: the same kind of orders as the
/// demo's ten thousand. They are made while they are asked for, so that a million need no memory.
pub fn many_orders(
    shoppers: usize,
    per_shopper: usize,
    now: Instant,
) -> impl Iterator<Item = Order> {
    Bulk::new(now).into_iter().flat_map(move |bulk| {
        (0..shoppers * per_shopper).map(move |index| {
            let shopper = bench_shopper(index / per_shopper.max(1));
            let counter = FIRST + index as u64;
            bulk.order(
                shopper.as_str(),
                index % per_shopper.max(1),
                per_shopper,
                counter,
            )
        })
    })
}
