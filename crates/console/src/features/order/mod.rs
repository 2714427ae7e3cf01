//! An order on one screen: what it is, who its shopper is, what was done with it, and what can be done now.

mod acts;
mod beside;
mod complaint_acts;
mod data;
mod page;
mod unanswered;
mod view_acts;
mod view_address;
mod view_before;
mod view_cases;
mod view_complaints;
mod view_drafts;
mod view_fields;
mod view_lines;
mod view_money;
mod view_policy;
mod view_standing;
mod view_trail;
mod views;
mod words;

pub use acts::Offer;
pub use beside::OrderBeside;
pub use data::OrderData;
pub use page::*;
pub use view_address::field_name;
pub use view_fields::area;

#[cfg(test)]
mod complaint_tests;
#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
