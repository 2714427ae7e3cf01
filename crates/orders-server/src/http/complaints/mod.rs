//! A shopper's complaints: what may be complained about, complaining, read, talked about, accepted, disputed, withdrawn.

pub mod accept;
pub mod dispute;
pub mod open;
pub mod options;
pub mod own;
pub mod refused;
pub mod say;
pub mod show;
pub mod withdraw;
