//! After-sale cases in the console: listed, read, decided, answered.

pub mod approve;
pub mod decide;
pub mod list;
pub mod say;
pub mod show;
