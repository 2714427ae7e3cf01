//! Tepai's server: the HTTP API, the storefront's files, and what runs by itself.
//!
//! The server holds no rule and no SQL: it reads requests, asks the domain inside the store's transactions,
//! and chooses statuses in one place, `http/error.rs`.

mod audit;
mod chat;
mod chat_sweeper;
mod clock;
mod config;
mod demo;
mod events;
mod evidence;
mod guest;
mod http;
mod mail;
mod metrics;
mod password;
mod random;
mod refunds;
mod server;
mod shops;
mod staff;
mod state;
mod sweeper;
mod totp;

pub use audit::{NotVerified, Verified, verify as verify_audit};
pub use clock::SystemClock;
pub use config::{
    AuditArgs, AuditCommand, Cli, Command, Config, Database, StaffArgs, StaffCommand,
};
pub use http::openapi;
pub use server::{Server, StartError};
pub use staff::run as run_staff;
