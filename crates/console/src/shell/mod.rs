//! What every page shares: the frame, who is logged in, keys, failures in words.

mod data;
mod failure;
mod frame;
mod keys;
mod list;
mod live;
mod looks;
mod rows;
mod title;

pub use data::*;
pub use failure::*;
pub use frame::*;
pub use keys::*;
pub use list::*;
pub use live::*;
pub use looks::*;
pub use rows::*;
pub use title::*;
