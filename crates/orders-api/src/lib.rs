//! The language that the storefront and the server share: wire structs, error codes, paths. No logic.

mod after_sale;
mod cancellation;
mod complaint;
mod conversation;
mod desk;
mod enquiry;
mod guest;
mod help;
mod insight;
mod money;
mod notification;
mod order;
mod paths;
mod problem;
mod refund;
mod reply;
mod session;
mod staff;
mod staff_case;
mod staff_complaint;
mod staff_policy;
mod standing;
mod time;

pub use after_sale::*;
pub use cancellation::*;
pub use complaint::*;
pub use conversation::*;
pub use desk::*;
pub use enquiry::*;
pub use guest::*;
pub use help::*;
pub use insight::*;
pub use money::*;
pub use notification::*;
pub use order::*;
pub use paths::*;
pub use problem::*;
pub use refund::*;
pub use reply::*;
pub use session::*;
pub use staff::*;
pub use staff_case::*;
pub use staff_complaint::*;
pub use staff_policy::*;
pub use standing::*;
pub use time::*;

pub use orders_domain::{
    Actor, AddressField, CancelledBy, CaseAct, CaseAction, CaseKind, CaseState, Channel, ChatNote,
    ComplaintAct, ComplaintAction, ComplaintConsequence, ComplaintState, ComplaintTopic,
    ComplaintWish, Condition, Consequence, ConversationState, DecisionKind, DraftState,
    EnquiryAnswer, EvidenceKind, HelpPage, HelpTopic, Identification, InsightStep, LadderStep,
    Language, Lateness, LineKind, LinkedArticle, NextStep, NotPossibleReason, NotRestoredReason,
    NotReturnable, OrderState, Outcome as PolicyOutcome, PendingCause, Permission, PolicyEffect,
    ProposalKind, RefundFailure, RefundState, ReplyFact, ReplyMistake, Role, Side, TimelineEvent,
    Topic, Turn, WayState, WorkKind, facts_named, is_reply_code,
};
