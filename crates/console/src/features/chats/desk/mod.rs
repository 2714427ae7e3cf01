//! One's own conversations and how many wait, whatever page is shown.

pub mod data;
