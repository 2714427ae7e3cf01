//! What the shopper is told of: listed, counted, read.

pub mod list;
pub mod read;
pub mod unread;
