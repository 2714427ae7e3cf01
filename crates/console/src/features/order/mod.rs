//! An order on one screen: what it is, who its shopper is, what was done with it, and what can be done now.

mod acts;
mod data;
mod page;
mod unanswered;
mod view_acts;
mod view_address;
mod view_before;
mod view_cases;
mod view_fields;
mod view_lines;
mod view_money;
mod view_policy;
mod view_trail;
mod views;
mod words;

pub use page::*;
pub use view_address::field_name;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
