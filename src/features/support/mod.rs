//! How to reach a person: chat, telephone and e-mail, prefilled with the case, so that nobody has to ask for it.

mod kept;
mod views;
pub mod words;

pub use kept::{KeptSupport, kept_view};
pub use views::{
    Mail, contacts, decided_by, help_link, links, mailto, person_below, social, support_panel,
    tel_and_mail, ways,
};
