//! What shoppers do: log in, find an order, look at it, cancel it, see where the money is, ask for it back after receipt, reach a person.

pub mod after_sale;
pub mod bell;
pub mod cancel;
pub mod case;
pub mod complaint;
pub mod drafts;
pub mod evidence;
pub mod guest;
pub mod help;
pub mod notifications;
pub mod order;
pub mod orders;
pub mod refund;
pub mod session;
pub mod support;
pub mod talk;
