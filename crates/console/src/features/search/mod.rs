//! Orders by what somebody tells of them.

mod data;
mod page;
mod views;
mod words;

pub use page::*;

#[cfg(test)]
mod tests;
