//! What happened to an order, in the order in which it happened.

use serde::{Deserialize, Serialize};

use crate::Instant;
use crate::codes::codes;

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub at: Instant,
    /// What.
    pub what: TimelineEvent,
    /// Who did it.
    pub by: Actor,
    /// Words with it: a reason's code, a courier and number, staff's words.
    pub detail: Option<String>,
}

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TimelineEvent {
    /// The order was placed.
    Placed,
    /// It was paid.
    Paid,
    /// The shop waits before accepting it; the detail is the cause.
    Held,
    /// The shopper corrected address or telephone.
    AddressCorrected,
    /// The shop accepted it.
    Confirmed,
    /// The warehouse started.
    PackingStarted,
    /// The courier has it.
    Shipped,
    /// It was signed for.
    Delivered,
    /// Digital goods were given out.
    Issued,
    /// The after-sale window closed.
    Completed,
    /// The shopper asked staff to cancel; the detail is the reason's code.
    CancellationRequested,
    /// The shopper withdrew the request.
    CancellationWithdrawn,
    /// Staff said no; the detail is why.
    CancellationDeclined,
    /// Some lines were cancelled; the detail is the reason's code.
    PartlyCancelled,
    /// The order was cancelled; the detail is the reason's code.
    Cancelled,
    /// The shopper has cancelled too often, and is told what comes next (S3); the detail is how many late cancels of theirs
    /// are on record.
    CancelWarned,
    /// They did so again: for a while staff decide; the detail is the day until when.
    CancelLimited,
    /// Staff lifted that limit; the detail is why.
    LimitLifted,
    /// Payment came after the order was cancelled and is given back.
    LatePaymentRefunded,
    /// A refund was made ready.
    RefundApproved,
    /// A refund went to the provider.
    RefundSent,
    /// A refund is in the bank's clearing.
    RefundInClearing,
    /// A refund arrived.
    RefundArrived,
    /// A refund could not be made.
    RefundFailed,
    /// A refund is later than was promised.
    RefundLate,
    /// The shopper asked for another way.
    RefundWayAsked,
    /// The shopper wants the first way after all.
    RefundWayWithdrawn,
    /// Staff approved the other way; above an amount, two of them.
    RefundWayApproved,
    /// Staff declined it; as in all of these, the detail is the refund's id.
    RefundWayDeclined,
    /// An after-sale case was opened.
    CaseOpened,
    /// A case was granted.
    CaseApproved,
    /// The goods of a case are back, or count as back, and its refund is on its way.
    CaseReceived,
    /// The merchant said no to a case.
    CaseRejected,
    /// The shopper appealed, or the merchant was silent: staff look at the case.
    CaseAppealed,
    /// The merchant or staff said something in a case.
    CaseAnswered,
    /// The shopper withdrew a case.
    CaseWithdrawn,
    /// A case is over without a refund; as in all of these, the detail is its id.
    CaseClosed,
    /// The shopper complained, or a rule did so for them.
    ComplaintOpened,
    /// Somebody of the shop looks into a complaint.
    ComplaintTaken,
    /// The shop said something in a complaint.
    ComplaintAnswered,
    /// The shop proposed something; the shopper has to answer.
    ComplaintProposed,
    /// A date was missed, and a supervisor takes the complaint over.
    ComplaintEscalated,
    /// The shop was silent twice: the outside route is open.
    ComplaintOutside,
    /// The shopper accepted what was proposed.
    ComplaintAccepted,
    /// The shopper disputed it, or declined the last proposal.
    ComplaintDisputed,
    /// The wish was granted because of silence, or a supervisor had the last word.
    ComplaintResolved,
    /// The shopper withdrew a complaint.
    ComplaintWithdrawn,
    /// A proposal was not answered in time; as in all of these, the detail is the complaint's id.
    ComplaintClosed,
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Actor {
    /// The shopper.
    Shopper,
    /// The seller.
    Seller,
    /// Support staff.
    Staff,
    /// The warehouse.
    Warehouse,
    /// The program itself, by a rule.
    System,
    /// The payment provider or bank.
    Provider,
}

impl TimelineEvent {
    /// Whether it is about one after-sale case, whose id is the detail.
    pub const fn is_of_case(self) -> bool {
        matches!(
            self,
            Self::CaseOpened
                | Self::CaseApproved
                | Self::CaseReceived
                | Self::CaseRejected
                | Self::CaseAppealed
                | Self::CaseAnswered
                | Self::CaseWithdrawn
                | Self::CaseClosed
        )
    }

    /// Whether it is about one complaint, whose id is the detail.
    pub const fn is_of_complaint(self) -> bool {
        matches!(
            self,
            Self::ComplaintOpened
                | Self::ComplaintTaken
                | Self::ComplaintAnswered
                | Self::ComplaintProposed
                | Self::ComplaintEscalated
                | Self::ComplaintOutside
                | Self::ComplaintAccepted
                | Self::ComplaintDisputed
                | Self::ComplaintResolved
                | Self::ComplaintWithdrawn
                | Self::ComplaintClosed
        )
    }

    /// Whether it is about where the shopper stands at the shop, which follows from their other orders.
    pub const fn is_of_standing(self) -> bool {
        matches!(
            self,
            Self::CancelWarned | Self::CancelLimited | Self::LimitLifted
        )
    }

    /// Whether it is about one refund, whose id is the detail.
    pub const fn is_of_refund(self) -> bool {
        matches!(
            self,
            Self::RefundApproved
                | Self::RefundSent
                | Self::RefundInClearing
                | Self::RefundArrived
                | Self::RefundFailed
                | Self::RefundLate
                | Self::RefundWayAsked
                | Self::RefundWayWithdrawn
                | Self::RefundWayApproved
                | Self::RefundWayDeclined
        )
    }
}

codes!(TimelineEvent {
    Placed => "placed",
    Paid => "paid",
    Held => "held",
    AddressCorrected => "address_corrected",
    Confirmed => "confirmed",
    PackingStarted => "packing_started",
    Shipped => "shipped",
    Delivered => "delivered",
    Issued => "issued",
    Completed => "completed",
    CancellationRequested => "cancellation_requested",
    CancellationWithdrawn => "cancellation_withdrawn",
    CancellationDeclined => "cancellation_declined",
    PartlyCancelled => "partly_cancelled",
    Cancelled => "cancelled",
    CancelWarned => "cancel_warned",
    CancelLimited => "cancel_limited",
    LimitLifted => "limit_lifted",
    LatePaymentRefunded => "late_payment_refunded",
    RefundApproved => "refund_approved",
    RefundSent => "refund_sent",
    RefundInClearing => "refund_in_clearing",
    RefundArrived => "refund_arrived",
    RefundFailed => "refund_failed",
    RefundLate => "refund_late",
    RefundWayAsked => "refund_way_asked",
    RefundWayWithdrawn => "refund_way_withdrawn",
    RefundWayApproved => "refund_way_approved",
    RefundWayDeclined => "refund_way_declined",
    CaseOpened => "case_opened",
    CaseApproved => "case_approved",
    CaseReceived => "case_received",
    CaseRejected => "case_rejected",
    CaseAppealed => "case_appealed",
    CaseAnswered => "case_answered",
    CaseWithdrawn => "case_withdrawn",
    CaseClosed => "case_closed",
    ComplaintOpened => "complaint_opened",
    ComplaintTaken => "complaint_taken",
    ComplaintAnswered => "complaint_answered",
    ComplaintProposed => "complaint_proposed",
    ComplaintEscalated => "complaint_escalated",
    ComplaintOutside => "complaint_outside",
    ComplaintAccepted => "complaint_accepted",
    ComplaintDisputed => "complaint_disputed",
    ComplaintResolved => "complaint_resolved",
    ComplaintWithdrawn => "complaint_withdrawn",
    ComplaintClosed => "complaint_closed",
});

codes!(Actor {
    Shopper => "shopper",
    Seller => "seller",
    Staff => "staff",
    Warehouse => "warehouse",
    System => "system",
    Provider => "provider",
});
