//! Notifications: what of an order's timeline its shopper is told, and what of that asks something of them (PRODUCT §5).
//!
//! One thing that happened is told once. What shoppers did themselves they know, but for a cancel, which is told as a
//! receipt; where the parcel is, is the shop's to tell.

use std::ops::Range;

use crate::{
    Actor, CaseState, Channel, ComplaintState, Order, PendingCause, Refund, RefundState,
    TimelineEntry, TimelineEvent,
};

/// Whether shoppers are told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Never.
    Never,
    /// Always.
    Always,
    /// When the shop waits for something that only the shopper can tell.
    WhenInformationIsMissing,
    /// Unless the refund or the complaint has gone further in the same change, or the refund is of points or coupons, which
    /// are back at once.
    UnlessOvertaken,
    /// Once it holds: of two people who have to agree, the first alone does not settle it.
    OnceSettled,
}

/// Whether shoppers are told of such an event by such an actor. Who it was and why is in the words.
pub const fn telling(what: TimelineEvent, by: Actor) -> Telling {
    match what {
        TimelineEvent::Cancelled
        | TimelineEvent::PartlyCancelled
        | TimelineEvent::CancellationDeclined
        | TimelineEvent::CancelWarned
        | TimelineEvent::CancelLimited
        | TimelineEvent::LimitLifted
        | TimelineEvent::LatePaymentRefunded
        | TimelineEvent::RefundArrived
        | TimelineEvent::RefundFailed
        | TimelineEvent::RefundLate
        | TimelineEvent::RefundWayDeclined => Telling::Always,
        TimelineEvent::RefundSent | TimelineEvent::RefundInClearing => Telling::UnlessOvertaken,
        // Whoever proposes something at once takes the complaint up with it.
        TimelineEvent::ComplaintTaken => match by {
            Actor::Shopper => Telling::Never,
            Actor::Seller | Actor::Staff | Actor::Warehouse | Actor::System | Actor::Provider => {
                Telling::UnlessOvertaken
            }
        },
        TimelineEvent::RefundWayApproved => Telling::OnceSettled,
        // The other causes are the shop's to deal with; the order's page shows them.
        TimelineEvent::Held => Telling::WhenInformationIsMissing,
        TimelineEvent::CaseApproved
        | TimelineEvent::CaseReceived
        | TimelineEvent::CaseRejected
        | TimelineEvent::CaseAppealed
        | TimelineEvent::CaseAnswered
        | TimelineEvent::CaseClosed
        // Staff correct it, too, as the shopper said or as they understood it.
        | TimelineEvent::AddressCorrected
        // A rule may complain for the shopper.
        | TimelineEvent::ComplaintOpened
        | TimelineEvent::ComplaintAnswered
        | TimelineEvent::ComplaintProposed
        | TimelineEvent::ComplaintEscalated
        | TimelineEvent::ComplaintOutside
        | TimelineEvent::ComplaintResolved
        | TimelineEvent::ComplaintClosed => match by {
            Actor::Shopper => Telling::Never,
            Actor::Seller | Actor::Staff | Actor::Warehouse | Actor::System | Actor::Provider => {
                Telling::Always
            }
        },
        // What makes refunds ready tells of them, too.
        TimelineEvent::RefundApproved
        // The shopper's own doing.
        | TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::CaseOpened
        | TimelineEvent::CaseWithdrawn
        | TimelineEvent::ComplaintAccepted
        | TimelineEvent::ComplaintDisputed
        | TimelineEvent::ComplaintWithdrawn
        // The shop's to tell.
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed => Telling::Never,
    }
}

impl Order {
    /// Which entries of the timeline the shopper is told, of those that one change has added: their places, in order.
    pub fn told(&self, added: Range<usize>) -> Vec<usize> {
        let end = added.end.min(self.timeline.len());
        (added.start..end)
            .filter(|place| self.is_told_at(*place, end))
            .collect()
    }

    fn is_told_at(&self, place: usize, end: usize) -> bool {
        let entry = &self.timeline[place];
        match telling(entry.what, entry.by) {
            Telling::Never => false,
            Telling::Always => true,
            Telling::WhenInformationIsMissing => is_for_information(entry),
            Telling::UnlessOvertaken => {
                let step = match entry.what {
                    TimelineEvent::ComplaintTaken => TimelineEvent::is_of_complaint,
                    _ => TimelineEvent::is_step_of_refund,
                };
                let goes_on = self.timeline[place + 1..end]
                    .iter()
                    .any(|later| step(later.what) && later.detail == entry.detail);
                let at_once = self.refund_of(entry).is_some_and(|refund| {
                    matches!(refund.channel, Channel::Points | Channel::Coupon)
                });
                !goes_on && !at_once
            }
            Telling::OnceSettled => self
                .refund_of(entry)
                .is_none_or(|refund| refund.open_way().is_none()),
        }
    }

    /// The refunds that the entry at `place` has made ready.
    pub fn refunds_made_at(&self, place: usize) -> Vec<&Refund> {
        let made = self.timeline.get(place).map(|entry| entry.what);
        if !made.is_some_and(TimelineEvent::makes_refunds) {
            return Vec::new();
        }
        self.timeline[place + 1..]
            .iter()
            .take_while(|entry| entry.what == TimelineEvent::RefundApproved)
            .filter_map(|entry| self.refund_of(entry))
            .collect()
    }

    /// The refund that an entry is about.
    pub fn refund_of(&self, entry: &TimelineEntry) -> Option<&Refund> {
        let id = entry.detail.as_deref()?;
        let about = self.refunds.iter().find(|refund| refund.id.as_str() == id);
        about.filter(|_| entry.what.is_of_refund())
    }

    /// Whether the shopper has to do something because of an entry, as the order is now.
    pub fn asks_shopper(&self, entry: &TimelineEntry) -> bool {
        let case = entry.detail.as_deref().and_then(|id| self.case(id));
        let in_state = |state| case.is_some_and(|case| case.state == state);
        match entry.what {
            TimelineEvent::Held => {
                is_for_information(entry) && self.lacks_information() && !self.state.is_final()
            }
            TimelineEvent::RefundFailed | TimelineEvent::RefundWayDeclined => {
                self.refund_of(entry).is_some_and(|refund| {
                    refund.state == RefundState::Failed && refund.takes_another_way()
                })
            }
            TimelineEvent::CaseApproved => in_state(CaseState::AwaitingReturn),
            TimelineEvent::CaseRejected => in_state(CaseState::Rejected),
            TimelineEvent::ComplaintProposed => {
                let complaint = entry.detail.as_deref().and_then(|id| self.complaint(id));
                complaint.is_some_and(|one| {
                    one.state == ComplaintState::Proposed && one.proposed_at() == Some(entry.at)
                })
            }
            TimelineEvent::Placed
            | TimelineEvent::Paid
            | TimelineEvent::AddressCorrected
            | TimelineEvent::Confirmed
            | TimelineEvent::PackingStarted
            | TimelineEvent::Shipped
            | TimelineEvent::Delivered
            | TimelineEvent::Issued
            | TimelineEvent::Completed
            | TimelineEvent::CancellationRequested
            | TimelineEvent::CancellationWithdrawn
            | TimelineEvent::CancellationDeclined
            | TimelineEvent::PartlyCancelled
            | TimelineEvent::Cancelled
            | TimelineEvent::CancelWarned
            | TimelineEvent::CancelLimited
            | TimelineEvent::LimitLifted
            | TimelineEvent::LatePaymentRefunded
            | TimelineEvent::RefundApproved
            | TimelineEvent::RefundSent
            | TimelineEvent::RefundInClearing
            | TimelineEvent::RefundArrived
            | TimelineEvent::RefundLate
            | TimelineEvent::RefundWayAsked
            | TimelineEvent::RefundWayWithdrawn
            | TimelineEvent::RefundWayApproved
            | TimelineEvent::CaseOpened
            | TimelineEvent::CaseReceived
            | TimelineEvent::CaseAppealed
            | TimelineEvent::CaseAnswered
            | TimelineEvent::CaseWithdrawn
            | TimelineEvent::CaseClosed
            | TimelineEvent::ComplaintOpened
            | TimelineEvent::ComplaintTaken
            | TimelineEvent::ComplaintAnswered
            | TimelineEvent::ComplaintEscalated
            | TimelineEvent::ComplaintOutside
            | TimelineEvent::ComplaintAccepted
            | TimelineEvent::ComplaintDisputed
            | TimelineEvent::ComplaintResolved
            | TimelineEvent::ComplaintWithdrawn
            | TimelineEvent::ComplaintClosed => false,
        }
    }

    /// Whether what an entry tells has been overtaken by a later step of the same refund.
    pub fn is_overtaken(&self, entry: &TimelineEntry) -> bool {
        let at = |state: RefundState| {
            self.refund_of(entry)
                .is_some_and(|refund| state.may_become(refund.state))
        };
        (entry.what == TimelineEvent::RefundSent && at(RefundState::Sent))
            || (entry.what == TimelineEvent::RefundInClearing && at(RefundState::InClearing))
    }
}

fn is_for_information(entry: &TimelineEntry) -> bool {
    entry.detail.as_deref() == Some(PendingCause::IncompleteInfo.code())
}

impl TimelineEvent {
    /// Whether refunds may be made ready by it, in the same change.
    const fn makes_refunds(self) -> bool {
        matches!(
            self,
            Self::Cancelled
                | Self::PartlyCancelled
                | Self::LatePaymentRefunded
                | Self::CaseApproved
                | Self::CaseReceived
                | Self::ComplaintAccepted
                | Self::ComplaintResolved
        )
    }

    /// Whether it says how far a refund is.
    const fn is_step_of_refund(self) -> bool {
        matches!(
            self,
            Self::RefundSent | Self::RefundInClearing | Self::RefundArrived | Self::RefundFailed
        )
    }
}
