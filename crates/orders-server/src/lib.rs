//! Tepai's server: the HTTP API, the storefront's files, and what runs by itself.
//!
//! The server holds no rule and no SQL: it reads requests, asks the domain inside the store's transactions,
//! and chooses statuses in one place, `http/error.rs`.

mod clock;
mod config;
mod demo;
mod events;
mod evidence;
mod http;
mod mail;
mod metrics;
mod password;
mod random;
mod refunds;
mod server;
mod shops;
mod state;
mod sweeper;

pub use clock::SystemClock;
pub use config::{Cli, Command, Config};
pub use http::openapi;
pub use server::{Server, StartError};
