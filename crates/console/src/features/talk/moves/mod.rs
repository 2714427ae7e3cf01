//! Taking a conversation, passing it on, handing it back, ending it.

pub mod data;
