//! E-mail: what shoppers are told, as letters, through the shop's own mail server (docs/MAIL.md).

mod code;
mod letter;
mod mailer;
pub mod run;
mod template;
mod words;

pub use code::CodeLetter;
pub use mailer::{Mailer, NotSent};
