//! My Orders: find an order, see at a glance what it is, where it stands and what to do next.

mod batch;
mod cards;
mod data;
mod empties;
mod list;
mod memory;
mod outlook;
mod page;
mod place;
mod tools;
mod views;
mod window;
pub mod words;

#[cfg(all(test, feature = "ssr"))]
mod list_tests;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use data::FIRST;
pub use memory::OrdersMemory;
pub use page::OrdersPage;
