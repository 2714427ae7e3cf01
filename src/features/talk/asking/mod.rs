//! The question that a conversation begins with, on its way to the server.

mod data;

pub use data::*;
