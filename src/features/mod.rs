//! What shoppers do: log in, find an order, look at it, cancel it, see where the money is, reach a person.

pub mod cancel;
pub mod order;
pub mod orders;
pub mod refund;
pub mod session;
pub mod support;
