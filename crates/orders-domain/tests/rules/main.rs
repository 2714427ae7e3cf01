//! The rules, as tables and properties.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod after_sale;
mod calendar;
mod cancelling;
mod checking;
mod codes;
mod decision;
mod events;
mod money;
mod other_ways;
mod policies;
mod refund_way;
mod refunding;
mod sample;
mod splitting;
