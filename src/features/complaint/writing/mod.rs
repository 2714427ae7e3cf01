//! Writing a complaint: what may be complained about, what is filled in, and sending it.

mod data;

pub use data::WriteData;
pub(in crate::features::complaint) use data::{BUSY, UNFINISHED};
