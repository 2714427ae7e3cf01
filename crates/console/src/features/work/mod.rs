//! The queue, with which the day begins: what waits, how long still, what the policy says, and who has it in hand.

mod data;
mod merge;
mod page;
mod views;
mod words;

pub use page::*;
pub use views::due;

#[cfg(test)]
mod tests;
