//! Refunds in the console for which shoppers ask for another way: listed, read, decided.

pub mod decide;
pub mod list;
pub mod show;
