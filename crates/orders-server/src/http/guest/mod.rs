//! Guests: whoever knows an order's number and gets what is sent to its shopper sees that one order.

pub mod ask_code;
pub mod open_session;
pub mod ways;
