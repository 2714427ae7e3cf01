//! Choosing a canned reply while one answers: by its code after a slash, or from the list.

mod choice;
mod data;
mod view;

pub use choice::spoken;
pub use data::PickerData;
pub use view::{PickerButton, PickerView};

#[cfg(test)]
pub use choice::{Choice, asked, choices, with_reply};
#[cfg(test)]
pub use view::choice_view;
