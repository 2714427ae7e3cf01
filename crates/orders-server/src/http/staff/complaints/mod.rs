//! Complaints in the console: listed, read, taken up, answered, and what is proposed in them.

pub mod approve;
pub mod list;
pub mod propose;
pub mod say;
pub mod show;
pub mod take_up;
