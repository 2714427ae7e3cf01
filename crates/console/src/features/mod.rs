//! The pages: `page.rs` reads the URL and wires, `data.rs` loads and sends, views turn data into markup, `words.rs` has the
//! texts.

pub mod chats;
pub mod enquiry;
pub mod insight;
pub mod log_in;
pub mod notes;
pub mod order;
pub mod policies;
pub mod replies;
pub mod search;
pub mod talk;
pub mod work;
