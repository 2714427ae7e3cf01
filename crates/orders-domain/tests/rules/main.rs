//! The rules, as tables and properties.

mod calendar;
mod cancelling;
mod checking;
mod codes;
mod decision;
mod events;
mod money;
mod other_ways;
mod policies;
mod sample;
mod splitting;
