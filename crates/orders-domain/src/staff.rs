//! The people of the shop who log in to the console: their roles, and what each role may do.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{DraftOn, Instant, Order, OrderState, Policy, ShopId, StaffId};

/// The longest id of somebody of the staff, in characters.
const ID_CHARS: usize = 64;

impl StaffId {
    /// An id as it may be given out: lower-case letters, digits, `.`, `_` and `-`. Two people whose ids differ in
    /// nothing but case would be told apart by nobody, and yet count as two where two have to agree.
    pub fn parse(text: &str) -> Option<Self> {
        let of_form = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-')
        };
        let possible = (1..=ID_CHARS).contains(&text.len()) && text.bytes().all(of_form);
        possible.then(|| Self(text.to_owned()))
    }

    /// Whether two ids are of one person: the shop's systems may write in capitals what was given out in small letters.
    pub(crate) fn same(one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }
}

/// What somebody of the staff is there for. Each may do all that the one before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Answers shoppers and decides what comes in.
    Agent,
    /// Has the last word where somebody objects, and answers for the numbers.
    Supervisor,
    /// Says who the staff are and which policies are in force.
    Admin,
}

codes!(Role {
    Agent => "agent",
    Supervisor => "supervisor",
    Admin => "admin",
});

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Permission {
    /// See orders, cases and queues.
    SeeWork,
    /// Talk with shoppers.
    Chat,
    /// Decide a request to cancel.
    DecideRequest,
    /// Decide an after-sale case, and answer in it.
    DecideCase,
    /// Decide a case after an appeal.
    DecideAppeal,
    /// Decide on another way for a refund.
    DecideRefundWay,
    /// Confirm an order that waits.
    ConfirmOrder,
    /// Correct where an order goes.
    CorrectAddress,
    /// Cancel an order for its seller.
    CancelForSeller,
    /// Answer a complaint.
    AnswerComplaint,
    /// Decide a complaint whose answer was disputed.
    DecideDispute,
    /// Leave a note for the others.
    Note,
    /// See who did what with an order.
    SeeAudit,
    /// Lift a limit on a shopper's cancelling.
    LiftLimit,
    /// See reasons, rates and times as charts.
    SeeInsight,
    /// Take data out.
    Export,
    /// Write what the others answer with: the canned replies.
    EditReplies,
    /// Prepare a policy.
    DraftPolicy,
    /// Put a policy into force.
    PublishPolicy,
    /// Say who the staff are.
    ManageStaff,
}

codes!(Permission {
    SeeWork => "see_work",
    Chat => "chat",
    DecideRequest => "decide_request",
    DecideCase => "decide_case",
    DecideAppeal => "decide_appeal",
    DecideRefundWay => "decide_refund_way",
    ConfirmOrder => "confirm_order",
    CorrectAddress => "correct_address",
    CancelForSeller => "cancel_for_seller",
    AnswerComplaint => "answer_complaint",
    DecideDispute => "decide_dispute",
    Note => "note",
    SeeAudit => "see_audit",
    LiftLimit => "lift_limit",
    SeeInsight => "see_insight",
    Export => "export",
    EditReplies => "edit_replies",
    DraftPolicy => "draft_policy",
    PublishPolicy => "publish_policy",
    ManageStaff => "manage_staff",
});

impl Permission {
    /// The lowest role that has it.
    const fn from(self) -> Role {
        match self {
            Self::SeeWork
            | Self::Chat
            | Self::DecideRequest
            | Self::DecideCase
            | Self::DecideRefundWay
            | Self::ConfirmOrder
            | Self::CorrectAddress
            | Self::AnswerComplaint
            | Self::Note
            | Self::SeeAudit => Role::Agent,
            Self::DecideAppeal
            | Self::CancelForSeller
            | Self::DecideDispute
            | Self::LiftLimit
            | Self::SeeInsight
            | Self::Export
            | Self::EditReplies
            | Self::DraftPolicy => Role::Supervisor,
            Self::PublishPolicy | Self::ManageStaff => Role::Admin,
        }
    }
}

impl Role {
    /// Whether this role may do that.
    pub fn may(self, what: Permission) -> bool {
        self >= what.from()
    }

    /// Everything that this role may do, in the order of the declaration.
    pub fn permissions(self) -> Vec<Permission> {
        let mut all = Permission::ALL.to_vec();
        all.retain(|what| self.may(*what));
        all
    }
}

/// Somebody of the shop's staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// The id that is on record with what they do, and their log-in.
    pub id: StaffId,
    /// What to call them.
    pub name: String,
    /// What they are there for.
    pub role: Role,
    /// The shops whose orders they see; all when empty.
    pub shops: Vec<ShopId>,
}

impl StaffMember {
    /// Whether they see orders of that shop.
    pub fn sees(&self, shop: &ShopId) -> bool {
        self.shops.is_empty() || self.shops.contains(shop)
    }
}

impl Order {
    /// What staff can do with the order as it is, whoever of them may: in the order in which it is offered.
    pub fn open_to_staff(&self, policy: &Policy, now: Instant) -> Vec<Permission> {
        let mut open = Vec::new();
        // What waits for a second person is agreed with, or not, before anything else about its cancelling.
        let waits = self.waiting_draft(None).map(|draft| &draft.on);
        if self.on_hold() && !matches!(waits, Some(DraftOn::SellerCancel { .. })) {
            open.push(Permission::DecideRequest);
        }
        if self.state == OrderState::PendingConfirmation {
            // What only the shopper can tell comes first.
            if !self.lacks_information() {
                open.push(Permission::ConfirmOrder);
            }
            if self.waits_with_address() {
                open.push(Permission::CorrectAddress);
            }
        }
        let granted = matches!(waits, Some(DraftOn::Request));
        if self.state.may_become(OrderState::Cancelled) && !granted {
            open.push(Permission::CancelForSeller);
        }
        let standing = self.standing(policy, now);
        if standing.is_some_and(|standing| standing.limited_until.is_some()) {
            open.push(Permission::LiftLimit);
        }
        open
    }
}
