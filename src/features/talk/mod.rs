//! Talking to a person: the ways there are, the question that a conversation begins with, and the conversation.

mod asking;
mod course;
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
pub(crate) mod sample;
mod steps;
mod talking;
#[cfg(test)]
mod tests;
mod unsent;
mod view_after;
mod view_composer;
mod view_messages;
mod view_question;
mod view_standing;
mod view_talk;
mod view_ways;
mod words;

pub use page::TalkPages;
pub use question::question_of_form;
