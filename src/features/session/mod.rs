//! Logging in, staying logged in, logging out.

mod data;
mod page;
mod prompt;
mod views;
pub mod words;

pub use data::SessionState;
pub use page::{LogInPages, contact_link, cover};
pub use prompt::LogInDialog;
