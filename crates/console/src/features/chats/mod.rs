//! Conversations: those that wait, one's own in a strip on every page, and how to get from one to the next.

mod data;
mod desk;
mod list;
mod page;
mod strip;
mod views;
mod words;

pub use desk::data::{Desk, use_desk};
pub use page::ChatsPage;
pub use strip::{StripView, desk_keys};
pub use words::note;

#[cfg(test)]
mod tests;
