//! Orders to test, show and measure with: builders, a clock that stands still, demo data and bulk data.
//!
//! Nothing here reads a clock or a source of chance: the same "now" gives the same orders, byte for byte.
//! What is not a plain step of an order (cancelling, refunds, requests) is done by the domain's own functions,
//! so that no order made here contradicts the rules.

#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "39_00 is 39 yuan and no fen"
)]

mod bench;
mod clock;
pub mod demo;
mod ids;
mod instant;
mod line;
mod order;
mod payment;
#[cfg(feature = "providers")]
pub mod providers;
mod route;
mod rules;
mod tale;

pub use bench::{bench_shopper, many_orders};
pub use clock::*;
pub use instant::*;
pub use line::*;
pub use order::*;
pub use payment::*;
pub use route::Pace;
pub use rules::*;
pub use tale::*;
