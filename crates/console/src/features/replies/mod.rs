//! Canned replies: chosen while one answers, and written on a page of their own.

mod data;
mod edit;
mod page;
mod picker;
#[cfg(test)]
mod tests;
mod view_form;
mod views;
mod words;

pub use page::RepliesPage;
pub use picker::{PickerButton, PickerData, PickerView, spoken};
