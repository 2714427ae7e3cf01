//! What happened to the shopper's orders, and where they were answered, newest first.

mod data;
mod list;
mod page;
#[cfg(test)]
mod sample;
mod sentences;
#[cfg(test)]
mod tests;
mod views;
pub mod words;

pub use page::NotificationsPage;
pub use sentences::{heading, href};
