//! The shopper's refunds.

pub mod show;
