//! One refund: where the money is now, what happens next, and what to do when it is late or fails.

mod contact;
mod data;
mod page;
mod route;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod view_facts;
mod view_history;
mod view_parts;
mod view_status;
mod views;
pub mod words;

pub use page::RefundPage;
