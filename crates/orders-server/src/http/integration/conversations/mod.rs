//! Conversations for a shop without the console: listed, read, answered, ended.

pub mod end;
pub mod list;
pub mod messages;
pub mod say;
