//! The language that the storefront and the server share: wire structs, error codes, paths. No logic.

mod cancellation;
mod money;
mod order;
mod paths;
mod problem;
mod refund;
mod session;
mod time;

pub use cancellation::*;
pub use money::*;
pub use order::*;
pub use paths::*;
pub use problem::*;
pub use refund::*;
pub use session::*;
pub use time::*;

pub use orders_domain::{
    Actor, AddressField, CancelledBy, Channel, Language, Lateness, LineKind, NextStep,
    NotPossibleReason, NotRestoredReason, OrderState, PendingCause, RefundFailure, RefundState,
    TimelineEvent, WayState,
};
