//! The help centre: its articles, found by asking, and the policies in force.

mod data;
mod page;
#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;
mod view_article;
mod view_list;
mod view_policy;
mod words;

pub use page::HelpPages;
pub use view_policy::rules_view;
