//! Ending a conversation, and saying how it was.

mod data;

pub use data::*;
