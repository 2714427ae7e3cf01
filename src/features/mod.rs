//! What shoppers do: log in, find an order, look at it, cancel it.

pub mod cancel;
pub mod order;
pub mod orders;
pub mod session;
