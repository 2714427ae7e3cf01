//! My Orders: find an order, see at a glance what it is, where it stands and what to do next.

mod cards;
mod data;
mod empties;
mod list;
mod memory;
mod outlook;
mod page;
mod tools;
mod views;
pub mod words;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use memory::OrdersMemory;
pub use page::OrdersPage;
