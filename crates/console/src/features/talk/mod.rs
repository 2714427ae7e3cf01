//! One conversation as the staff lead it: what is said, what it is about, who has it, and the order beside it.
//!
//! What is the same for both sides (the course of a conversation, its rows, what is kept of it) is the storefront's.

mod data;
mod moves;
mod page;
#[cfg(test)]
pub(crate) mod sample;
mod talks;
#[cfg(test)]
mod tests;
mod view_composer;
mod view_facts;
mod view_head;
mod view_thread;
mod words;

pub use data::TalkData;
pub use page::TalkPage;
pub use talks::{Talks, use_talks};
