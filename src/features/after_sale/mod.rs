//! Asking for money back after receipt: what, why, with which evidence, and what it comes to.

mod contact;
mod data;
mod draft;
mod keeping;
mod page;
#[cfg(test)]
mod sample;
mod sending;
mod steps;
#[cfg(test)]
mod steps_tests;
#[cfg(test)]
mod tests;
mod view_check;
mod view_closed;
mod view_deadline;
mod view_next;
mod view_what;
mod view_why;
mod views;
mod wish;
#[cfg(test)]
mod wish_tests;
pub mod words;

pub use page::AfterSalePage;
