//! The language that the storefront and the server share: wire structs, error codes, paths. No logic.

mod after_sale;
mod cancellation;
mod conversation;
mod desk;
mod help;
mod money;
mod notification;
mod order;
mod paths;
mod problem;
mod refund;
mod session;
mod staff;
mod staff_case;
mod staff_policy;
mod time;

pub use after_sale::*;
pub use cancellation::*;
pub use conversation::*;
pub use desk::*;
pub use help::*;
pub use money::*;
pub use notification::*;
pub use order::*;
pub use paths::*;
pub use problem::*;
pub use refund::*;
pub use session::*;
pub use staff::*;
pub use staff_case::*;
pub use staff_policy::*;
pub use time::*;

pub use orders_domain::{
    Actor, AddressField, CancelledBy, CaseAct, CaseAction, CaseKind, CaseState, Channel, ChatNote,
    Condition, Consequence, ConversationState, EvidenceKind, HelpPage, HelpTopic, Language,
    Lateness, LineKind, LinkedArticle, NextStep, NotPossibleReason, NotRestoredReason,
    NotReturnable, OrderState, Outcome as PolicyOutcome, PendingCause, Permission, PolicyEffect,
    RefundFailure, RefundState, Role, Side, TimelineEvent, Topic, Turn, WayState, WorkKind,
};
