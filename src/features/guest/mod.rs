//! Looking up one order without logging in: by its number and a one-time code.

mod data;
mod page;
pub mod words;

pub use page::GuestPage;
