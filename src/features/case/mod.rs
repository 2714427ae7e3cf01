//! One after-sale case: whose turn it is and until when, what was said, what to do next.

mod page;

pub use page::CasePage;
