//! Payment providers that are simulated: real HTTP servers with a ledger, which check every signature, keep the rules
//! that the real ones state, and misbehave on command.
//!
//! What happens to a refund is drawn from its number and a seed, so that a run can be repeated.

mod alipay;
mod book;
mod faults;
mod ledgers;
mod wechat_pay;

pub use alipay::AlipaySimulator;
pub use book::{Book, Entry, Fate};
pub use faults::Faults;
pub use ledgers::{Outcome, compare, refundable_orders, register_payments};
pub use wechat_pay::WechatPaySimulator;
