//! Notes of the staff for one another, about an order or a conversation. No shopper sees any.

mod data;
mod view;
mod words;

pub use data::{About, NotesData};
pub use view::notes_view;

#[cfg(test)]
mod tests;
