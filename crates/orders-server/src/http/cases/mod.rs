//! A shopper's after-sale cases: opened, read, talked about, appealed, sent back, withdrawn.

pub mod appeal;
pub mod evidence;
pub mod open;
pub mod own;
pub mod refused;
pub mod say;
pub mod send_parcel;
pub mod show;
pub mod withdraw;
