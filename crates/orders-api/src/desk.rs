//! The staff's desk: what waits, what the policy says about it, who has it in hand, and conversations as staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    AddressField, ChatMessage, ComplaintConsequence, ComplaintState, ComplaintTopic, ComplaintWish,
    Consequence, Conversation, ConversationStanding, ConversationState, Instant, Money,
    NotPossibleReason, PendingCause, Person, PolicyOutcome, Problem, Topic, Turn, WorkKind,
};

/// `GET /staff/work`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkList {
    /// In the order that was asked for.
    pub items: Vec<WorkItem>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
    /// How many there are of each kind, whoever has them in hand; of the shop that was asked for.
    pub counts: Vec<WorkCount>,
}

/// How many entries there are of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkCount {
    /// Of which kind.
    pub kind: WorkKind,
    /// How many; counted up to 1000.
    pub count: u32,
    /// Whether there are more than that.
    pub more: bool,
}

/// An entry of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkItem {
    /// Opaque; the same as long as it is about the same thing.
    pub id: String,
    /// What kind of thing.
    pub kind: WorkKind,
    /// The shop's id.
    pub shop: String,
    /// The order; `null` where it is about none.
    pub order: Option<WorkOrder>,
    /// The id of the case, refund, complaint or conversation; `null` where it is about the order itself.
    pub subject: Option<String>,
    /// Since when it waits.
    pub since: Instant,
    /// Until when it has to be done; `null` without such a time.
    pub due_at: Option<Instant>,
    /// What the policy says about it; `null` where it says nothing.
    pub advice: Option<WorkAdvice>,
    /// Who has it in hand.
    pub claim: Option<Claim>,
    /// Whose it is, by name; empty for one who never logged in.
    pub shopper_name: String,
}

/// The order of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkOrder {
    /// Opaque.
    pub id: String,
    /// The number that shopper and support use.
    pub number: String,
}

/// Who of the staff has an entry in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Who.
    pub by: Person,
    /// Until when, unless they renew it.
    pub until: Instant,
}

/// `PUT /staff/work/{id}/claim`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimWork {
    /// Whether to take it from whoever has it.
    pub take_over: bool,
}

/// 409 `claimed_by_another`: the problem, and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimedProblem {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// Who has it in hand, and until when.
    pub claim: Claim,
}

/// What the policy says about an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkAdvice {
    /// A request to cancel.
    CancellationRequest {
        /// What the policy allows the shopper for the lines that are meant.
        outcome: PolicyOutcome,
        /// Why not, where it allows nothing.
        reason: Option<NotPossibleReason>,
        /// Who has granted it, where a second person has to agree.
        drafted_by: Option<String>,
    },
    /// What a colleague cancels for the seller, also an entry of the kind `cancellation_request`: a second person has to agree,
    /// whatever the shopper asks for.
    SellerCancel {
        /// What goes back as it is now: part of it may have been cancelled since it was drafted.
        amount: Money,
        /// Who cancels it.
        drafted_by: String,
    },
    /// An after-sale case.
    AfterSaleCase {
        /// Whose turn it is: the merchant's, or that of staff who did not decide it.
        turn: Turn,
        /// Whether it was opened within the time that there is for its reason.
        in_time: bool,
        /// What is taken off for the condition of the goods.
        deduction: Money,
        /// What goes back when it is granted.
        amount: Money,
        /// What follows when the time passes.
        then: Option<Consequence>,
        /// Who has granted it, where a second person has to agree.
        drafted_by: Option<String>,
    },
    /// Another way for a refund.
    RefundWay {
        /// How much.
        amount: Money,
        /// How many have approved it.
        approvals: usize,
        /// How many have to.
        approvals_needed: usize,
        /// Whether it can be decided: the provider is known not to have the refund.
        held: bool,
    },
    /// An order that was not accepted yet.
    PendingConfirmation {
        /// Why it waits.
        cause: Option<PendingCause>,
        /// What only the shopper can tell.
        missing: Vec<AddressField>,
    },
    /// A complaint.
    Complaint {
        /// Whose turn it is: the shop's, or a supervisor's.
        turn: Turn,
        /// Where it stands.
        state: ComplaintState,
        /// Its topic.
        topic: ComplaintTopic,
        /// What the shopper wants to come of it.
        wish: ComplaintWish,
        /// How much, of a wish for a refund.
        wished: Option<Money>,
        /// How much could be refunded.
        left: Money,
        /// Whether a proposal waits for a second person.
        second: bool,
        /// What follows when the time passes.
        then: Option<ComplaintConsequence>,
    },
    /// A conversation.
    Conversation {
        /// What it is about.
        topic: Topic,
        /// Whether it is in the queue or was left.
        state: ConversationState,
    },
}

/// Conversations as staff see them, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffConversationList {
    /// Oldest first; of those that are over, newest first.
    pub items: Vec<StaffConversation>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A conversation as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffConversation {
    /// As its shopper sees it.
    pub conversation: Conversation,
    /// Whose it is; the name is empty for one who never logged in.
    pub shopper: Person,
    /// Whether a guest has written in it, who sees this one order and is told of nothing else of the shopper's.
    pub guest: bool,
    /// Who of the staff has it, or had it at the end.
    pub staff: Option<Person>,
    /// Since when the shopper waits for somebody, or for an answer of whoever has it; `null` when nothing is to be answered.
    pub since: Option<Instant>,
    /// How many other conversations the shopper has had with the same shop; counted up to 1000.
    pub others: i64,
    /// What was said or happened last.
    pub last: Option<ChatMessage>,
}

/// `GET /staff/conversations/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMessages {
    /// In order, from `after` + 1 on; with who of the staff it was.
    pub items: Vec<ChatMessage>,
    /// Whether there are more already.
    pub more: bool,
    /// Where the conversation stands.
    pub standing: ConversationStanding,
}

/// `POST /staff/conversations/{id}/transfer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferConversation {
    /// To whom: their id.
    pub to: String,
    /// Whoever gives away, or takes over, what a colleague has, names that colleague: should somebody else have it by then,
    /// nothing is done. Without, it must be one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// 409 `served_by_another`: the problem, and who has the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServedProblem {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// Who has it.
    pub served_by: Person,
}

/// The event `work_changed`: an entry came or went, or somebody took it in hand or let go of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkChanged {
    /// Which.
    pub id: String,
    /// What kind of thing.
    pub kind: WorkKind,
}

/// The event `conversation_changed`: something was said or done in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationChanged {
    /// Which.
    pub id: String,
}

/// The event `note_added`: of both, one is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteAdded {
    /// The order that it is about.
    pub order: Option<String>,
    /// The conversation that it is about.
    pub conversation: Option<String>,
}

/// Notes of the staff, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffNotes {
    /// Oldest first, from `after` + 1 on.
    pub items: Vec<StaffNote>,
    /// Whether there are more already.
    pub more: bool,
}

/// What one of the staff wrote for the others. No shopper ever sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffNote {
    /// Counts from 1 within what it is about.
    pub seq: i64,
    /// Who wrote it.
    pub by: Person,
    /// When.
    pub at: Instant,
    /// What.
    pub text: String,
}

/// `POST` of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddNote {
    /// What; 1 to 2000 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2000))]
    pub text: String,
}

/// `GET /staff/colleagues`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleagues {
    /// Those who may chat for the shop that was asked for, by id; without who asks.
    pub items: Vec<Person>,
}
