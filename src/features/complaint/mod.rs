//! Complaining: the form, and one complaint with its stages, its proposal and what was said.

mod contact;
mod course;
mod data;
mod draft;
mod filled;
mod moves;
pub mod names;
mod news;
mod page;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod view_facts;
mod view_follows;
mod view_form;
mod view_offer;
mod view_outside;
mod view_say;
mod view_status;
mod view_thread;
mod views;
pub mod words;
mod writing;

pub use filled::complaint_of_form;
pub use page::CasePages;
pub use view_offer::LAST;
