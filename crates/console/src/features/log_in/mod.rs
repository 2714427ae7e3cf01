//! Logging in with id, password and the six digits of an authenticator app: as a page, or above one whose session is over.

mod data;
mod view;
mod words;

pub use view::*;
