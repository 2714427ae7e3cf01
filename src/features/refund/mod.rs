//! One refund: where the money is now, what happens next, what to do when it is late or fails, and another way for it.

mod contact;
mod data;
mod news;
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
mod view_way;
mod views;
mod way;
pub mod words;

pub use page::RefundPage;
