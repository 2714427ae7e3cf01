//! The Alipay adapter against a simulated gateway, over HTTP.

// Everything in this crate is a test.
#![allow(clippy::unwrap_used)]

mod bill;
mod course;
mod messages;
mod stage;
