//! One order: how it stands, what may be done, what it consists of, where the money is.

mod address;
#[cfg(test)]
mod case_tests;
mod contact;
mod data;
mod news;
mod next_steps;
mod page;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod view_actions;
mod view_cases;
mod view_complaints;
mod view_facts;
mod view_lines;
mod view_refunds;
mod view_status;
mod views;
pub mod words;

pub use contact::{mail, mail_about};
pub use data::{ADDRESS, DONE, WITHDRAWN};
pub use next_steps::next_steps;
pub use page::OrderPage;
pub use view_refunds::channel_icon;
