//! The console's texts, in catalogues like the storefront's; what shoppers see, too, is called what it is called there.

pub mod codes;
pub mod complaints;
pub mod failures;
pub mod frame;
pub mod keys;

pub use crate::features::order::field_name;
pub use codes::*;
pub use complaints::*;
pub use storefront::catalogue;
