//! The shops' policies, for shoppers.

pub mod show;
