//! What may be asked for of an order after receipt, and what it would come to.

pub mod options;
pub mod preview;
