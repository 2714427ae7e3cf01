//! The pages: `page.rs` reads the URL and wires, `data.rs` loads and sends, views turn data into markup, `words.rs` has the
//! texts.

pub mod log_in;
pub mod order;
pub mod search;
pub mod work;
