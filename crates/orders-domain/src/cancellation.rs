//! May this order be cancelled, by whom, how, and what follows from it.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

use crate::{
    Channel, Instant, LineId, LineQuantity, LocalText, Money, Order, Promise, ProviderId, Refund,
    TimelineEntry,
};

/// Who cancelled an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CancelledBy {
    /// The shopper.
    Shopper,
    /// The seller (S3).
    Seller,
    /// Support staff, by deciding a request.
    Staff,
    /// Nobody paid in time (S4).
    Timeout,
}

/// The decision: may the shopper cancel this order now?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cancellation {
    /// At once, without staff.
    SelfService {
        /// Until when the policy's window allows it; `None` without a window.
        until: Option<Instant>,
    },
    /// On request: staff decide.
    ByRequest,
    /// A request is open.
    Requested {
        /// When it was made.
        at: Instant,
    },
    /// Not possible, why, and what to do instead, best first.
    NotPossible {
        /// Why.
        reason: NotPossibleReason,
        /// What to do instead.
        next_steps: Vec<NextStep>,
    },
    /// It is cancelled already; see the order's record.
    Cancelled,
}

/// Why an order cannot be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NotPossibleReason {
    /// Not paid yet, and this shop closes unpaid orders by itself.
    NotPaid,
    /// The warehouse has begun (S0).
    Packing,
    /// The courier has it (S0, S4).
    Shipped,
    /// It was signed for (S2, S4).
    Delivered,
    /// The after-sale window is over.
    Completed,
    /// Cancelled already.
    AlreadyCancelled,
    /// A request is open already.
    AlreadyRequested,
    /// The policy's time window is over (S0).
    WindowClosed,
    /// A custom or presale product: its stock is locked (S4).
    StockLocked,
    /// A digital product that has been given out (S4).
    Issued,
    /// Staff declined the request.
    RequestDeclined,
}

/// What a shopper can do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NextStep {
    /// Reach a person.
    ContactSupport,
    /// Do nothing: it closes by itself at `pay_by`.
    LetItClose,
    /// Refuse the parcel at the door.
    RefuseParcel,
    /// Ask for return and refund.
    RequestReturn,
    /// Claim a defect or mismatch, with evidence.
    ReportDefect,
    /// Wait for staff's decision, or withdraw the request.
    AwaitDecision,
    /// Follow the refund.
    FollowRefund,
}

/// What a cancel would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What goes back, one for each payment it goes back to. Empty when nothing was paid.
    pub refunds: Vec<QuotedRefund>,
    /// The coupons and points that come back.
    pub restored: Vec<GiveBackItem>,
    /// Those that do not, and why.
    pub not_restored: Vec<NotRestored>,
    /// Whether nothing of the order would remain.
    pub whole: bool,
    /// Whether staff decide: then all this happens only if they agree.
    pub by_request: bool,
}

/// A refund that a cancel would make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedRefund {
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// To which account.
    pub account: LocalText,
    /// When.
    pub promise: Promise,
    /// Which of the order's payments it gives back, from 0.
    pub payment: usize,
    /// By which provider Tepai makes it; `None` when the shop makes it.
    pub provider: Option<ProviderId>,
}

/// A coupon or points that a cancel gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GiveBackItem {
    /// A coupon, whole.
    Coupon {
        /// The shop's id.
        id: String,
        /// Its name.
        title: LocalText,
    },
    /// Points.
    Points {
        /// How many.
        points: i64,
    },
}

/// A coupon that does not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRestored {
    /// Its name.
    pub title: LocalText,
    /// Why not.
    pub reason: NotRestoredReason,
}

/// Why a coupon does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NotRestoredReason {
    /// Its validity is over.
    Expired,
    /// Part of the order stays, and the coupon with it.
    StillUsed,
}

/// What a change to an order makes others do. Persisted with the order, in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// To append to the timeline.
    pub timeline: Vec<TimelineEntry>,
    /// To insert.
    pub refunds: Vec<Refund>,
    /// For the shop to carry out.
    pub outbox: Vec<OutboxMessage>,
}

/// Something the shop's systems must do or know. Delivered in order, at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OutboxMessage {
    /// Put stock back on the shelf.
    ReleaseStock {
        /// Which and how many.
        lines: Vec<LineQuantity>,
    },
    /// Give a coupon back.
    RestoreCoupon {
        /// The shop's id of it.
        coupon: String,
    },
    /// Give points back.
    RestorePoints {
        /// How many.
        points: i64,
    },
    /// Make a refund, where the shop makes them.
    MakeRefund {
        /// Its id and provider's number.
        refund: crate::RefundId,
    },
    /// Do not pack: a request to cancel is open.
    HoldPacking,
    /// Pack again: the request is withdrawn or declined.
    ResumePacking,
    /// The order is cancelled.
    OrderCancelled,
    /// The shopper, or staff who asked them, corrected the address; the order can be confirmed.
    AddressCorrected {
        /// The corrected address.
        address: crate::Address,
    },
    /// Staff accepted the order in the console: the warehouse may start.
    OrderConfirmed,
    /// The shopper asked staff to cancel.
    CancellationRequested,
    /// A refund is later than was promised: somebody should look.
    RefundLate {
        /// Which.
        refund: crate::RefundId,
    },
    /// A refund could not be made: the money is owed another way.
    RefundFailed {
        /// Which.
        refund: crate::RefundId,
    },
    /// The shopper asks for another way; staff decide.
    RefundWayAsked {
        /// Which.
        refund: crate::RefundId,
    },
    /// An after-sale case was opened: the merchant decides.
    CaseOpened {
        /// Which.
        case: String,
    },
    /// A case goes to staff.
    CaseAppealed {
        /// Which.
        case: String,
    },
    /// The goods of a case are on their way back.
    CaseSent {
        /// Which.
        case: String,
    },
    /// The shopper said something in a case, or added evidence.
    CaseSaid {
        /// Which.
        case: String,
    },
    /// The shopper withdrew a case.
    CaseWithdrawn {
        /// Which.
        case: String,
    },
    /// The shopper complained, or a rule did so for them.
    ComplaintOpened {
        /// Which.
        complaint: String,
    },
    /// The shopper said something in a complaint, or added evidence.
    ComplaintSaid {
        /// Which.
        complaint: String,
    },
    /// The shopper accepted what was proposed; a refund is made as any other.
    ComplaintAccepted {
        /// Which.
        complaint: String,
    },
    /// The shopper disputed what was proposed, or declined the last word.
    ComplaintDisputed {
        /// Which.
        complaint: String,
    },
    /// A date was missed: a supervisor decides.
    ComplaintEscalated {
        /// Which.
        complaint: String,
    },
    /// The shopper withdrew a complaint.
    ComplaintWithdrawn {
        /// Which.
        complaint: String,
    },
    /// Pay a compensation that was accepted: the shop's own money, or points.
    ComplaintCompensated {
        /// Which.
        complaint: String,
        /// How much money.
        amount: Option<crate::Money>,
        /// How many points.
        points: Option<i64>,
    },
    /// Give what was accepted.
    ComplaintGoodwill {
        /// Which.
        complaint: String,
        /// What, in words.
        gift: String,
    },
    /// A conversation began, goes on after it was over, or has nobody any more: somebody has to answer.
    ConversationOpened {
        /// Which.
        conversation: crate::ConversationId,
    },
    /// Pay a refund to the account that the shopper named and staff approved.
    PayOut {
        /// Which.
        refund: crate::RefundId,
        /// Where to.
        way: crate::Way,
    },
}

/// What a shopper wants cancelled, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelIntent {
    /// The code of one of the policy's reasons.
    pub reason: String,
    /// The shopper's own words; required by some reasons.
    pub note: Option<String>,
    /// Lines and quantities; `None` for all of the order that can be cancelled.
    pub lines: Option<Vec<LineQuantity>>,
}

/// What became of a cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelSuccess {
    /// Cancelled at once, wholly or in part.
    Cancelled(Change),
    /// Handed to staff.
    Requested(Change),
}

/// Why a cancel was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelError {
    /// The order, or these lines of it, cannot be cancelled (any more).
    NotPossible {
        /// Why.
        reason: NotPossibleReason,
        /// What to do instead, best first.
        next_steps: Vec<NextStep>,
    },
    /// The policy has no reason of that code.
    UnknownReason,
    /// The reason needs words with it.
    NoteRequired,
    /// The order has no such line.
    UnknownLine(LineId),
    /// Less than one, or more than is left of the line.
    QuantityOutOfRange(LineId),
    /// The policy cancels whole orders only, or the order is not paid, so that there is nothing to split.
    PartialNotAllowed,
    /// An empty list of lines.
    NoLines,
}

/// There is no open request to withdraw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoOpenRequest;

/// The address is not what the order waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressNotEditable;

/// An order after a change, and what follows from the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The order as it is now; its version is one more than before, its timeline and refunds include the new ones.
    pub order: Order,
    /// What is new.
    pub effects: Effects,
}

codes!(CancelledBy {
    Shopper => "shopper",
    Seller => "seller",
    Staff => "staff",
    Timeout => "timeout",
});

codes!(NotPossibleReason {
    NotPaid => "not_paid",
    Packing => "packing",
    Shipped => "shipped",
    Delivered => "delivered",
    Completed => "completed",
    AlreadyCancelled => "already_cancelled",
    AlreadyRequested => "already_requested",
    WindowClosed => "window_closed",
    StockLocked => "stock_locked",
    Issued => "issued",
    RequestDeclined => "request_declined",
});

codes!(NextStep {
    ContactSupport => "contact_support",
    LetItClose => "let_it_close",
    RefuseParcel => "refuse_parcel",
    RequestReturn => "request_return",
    ReportDefect => "report_defect",
    AwaitDecision => "await_decision",
    FollowRefund => "follow_refund",
});

codes!(NotRestoredReason {
    Expired => "expired",
    StillUsed => "still_used",
});
