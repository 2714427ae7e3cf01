//! The staff console: where the shop's people find orders and decide, as a single-page app of its own below `/staff`.
//!
//! The rooms are the storefront's: pages read the URL and wire, `data.rs` loads and sends, views turn plain data into
//! markup. Parts, formats and the texts of what shoppers see, too, come from there; nothing of this is in the shopper's
//! download.

// A view's type nests as deeply as its markup; rendering on the host asks for its layout.
#![recursion_limit = "512"]

pub mod app;
pub mod browser;
pub mod client;
pub mod features;
pub mod paths;
pub mod router;
pub mod shell;
pub mod words;
