//! The shopper's refunds: seen, and led another way.

pub mod ask_way;
pub mod own;
pub mod show;
pub mod withdraw_way;
