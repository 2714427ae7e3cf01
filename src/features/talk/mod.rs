//! Talking to a person: the ways there are, the question that a conversation begins with, and the conversation.
//!
//! What is the same for both sides (the course of a conversation, its rows, what is kept of it) the console uses, too.

mod asking;
pub mod course;
#[cfg(test)]
mod course_tests;
mod data;
mod draft;
mod ending;
mod page;
#[cfg(test)]
mod posted_tests;
mod question;
#[cfg(test)]
mod question_tests;
#[cfg(test)]
pub(crate) mod sample;
pub mod steps;
pub mod talking;
#[cfg(test)]
mod tests;
pub mod unsent;
mod view_after;
mod view_composer;
mod view_messages;
mod view_question;
mod view_standing;
mod view_talk;
mod view_ways;
pub mod words;

pub use page::TalkPages;
pub use question::question_of_form;
