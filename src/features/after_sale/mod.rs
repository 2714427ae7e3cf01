//! Asking for money back after receipt: what, why, with which evidence, and what it comes to.

mod page;

pub use page::AfterSalePage;
