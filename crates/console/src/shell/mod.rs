//! What every page shares: the frame, who is logged in, keys, failures in words.

mod failure;
mod frame;
mod keys;
mod looks;
mod session;

pub use failure::*;
pub use frame::*;
pub use keys::*;
pub use looks::*;
pub use session::*;
