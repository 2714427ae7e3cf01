//! The bell in the header: how many notifications were not read, and the way to them.

mod data;
mod looks;
mod view;

pub use data::Bell;
pub use looks::Looks;
pub use view::BellView;
