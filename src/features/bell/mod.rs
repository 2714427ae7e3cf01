//! The bell in the header: how many notifications were not read, and the way to them.

mod data;
mod view;

pub use data::Bell;
pub use view::BellView;
