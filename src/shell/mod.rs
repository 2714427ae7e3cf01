//! What surrounds every page: frame, toasts, the live connection, failures in words, not-found.

mod failure;
mod frame;
mod live;
mod not_found;
mod page;
mod toasts;
mod update;

pub use failure::*;
pub use frame::*;
pub use live::*;
pub use not_found::*;
pub use page::*;
pub use toasts::*;
pub use update::*;
