//! What happened to the shopper's orders, newest first.

mod page;

pub use page::NotificationsPage;
