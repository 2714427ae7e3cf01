//! What the shop's events do to an order.
//!
//! Events may come late, twice or out of order. What has physically happened is believed even when the steps before it
//! were never told; what is already so changes nothing; and nothing leads back, except that an order may be held again
//! before the warehouse starts. Refused is only what must not happen: handing out goods of an order that is cancelled,
//! on hold, or lacks information, and cancelling what is on its way.

use crate::{
    Actor, AddressField, Applied, Calendar, DatedEvent, EventRefusal, Instant, LineId, LineKind,
    Order, OrderState, Parcel, Payment, Pending, PendingCause, Policy, RefundId, RefundState,
    ShopEvent, TimelineEvent, WayState, change::Draft, text::printable, to_millisecond,
};

impl Order {
    /// Applies an event from the shop's systems at `now`. The timeline shows it at the time it happened at the shop.
    ///
    /// # Errors
    /// What must not happen, or what does not fit the order; nothing changes then.
    pub fn apply(
        &self,
        event: &DatedEvent,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Applied, EventRefusal> {
        let at = to_millisecond(event.occurred_at.min(now));
        let change = match &event.event {
            ShopEvent::Paid { payments } => self.paid(payments, policy, calendar, at, now)?,
            ShopEvent::Held { cause, missing } => self.held(*cause, missing, policy, at),
            ShopEvent::Confirmed => self.confirmed(Actor::Seller, at)?,
            ShopEvent::PackingStarted => self.packing_started(at)?,
            ShopEvent::Shipped { parcel } => self.shipped(parcel, at)?,
            ShopEvent::Delivered => self.delivered(at)?,
            ShopEvent::Issued { lines } => self.issued(lines, at)?,
            ShopEvent::Completed => self.completed(at),
            ShopEvent::SellerCancelled { reason, note } => {
                self.seller_cancelled(reason, note.as_deref(), policy, calendar, at, now)?
            }
            ShopEvent::CancellationApproved => self.approved(policy, calendar, at, now)?,
            ShopEvent::CancellationDeclined { note } => self.declined(note, at)?,
            ShopEvent::RefundProgressed { refund, state } => {
                self.refund_progressed(refund, *state, at)?
            }
        };
        Ok(match change {
            Some(draft) => Applied::Changed(Box::new(draft.finish())),
            None => Applied::Unchanged,
        })
    }

    /// Paid in full. A paid order is accepted, unless the shop said that it waits. Payment of an order that was
    /// cancelled before is given back in full, by itself (PRODUCT §2).
    fn paid(
        &self,
        payments: &[Payment],
        policy: &Policy,
        calendar: &Calendar,
        at: Instant,
        now: Instant,
    ) -> Result<Option<Draft>, EventRefusal> {
        if self.paid_at.is_some() {
            return Ok(None);
        }
        let sum: i128 = payments.iter().map(|p| i128::from(p.amount)).sum();
        let negative = payments.iter().any(|payment| payment.amount < 0);
        if negative || sum != i128::from(self.body.amounts.total) {
            return Err(EventRefusal::Mismatch);
        }
        let mut draft = Draft::of(self);
        draft.order.paid_at = Some(at);
        draft.order.body.payments = payments.to_vec();
        for payment in &mut draft.order.body.payments {
            payment.paid_at = to_millisecond(payment.paid_at);
        }
        draft.note(at, TimelineEvent::Paid, Actor::Shopper, None);
        match self.state {
            OrderState::Cancelled => {
                draft.note(now, TimelineEvent::LatePaymentRefunded, Actor::System, None);
                let total = self.body.amounts.total;
                let refunds = draft.order.refunds_of(total, policy, calendar, now);
                draft.refund(refunds, now);
            }
            OrderState::AwaitingPayment if self.body.pending.is_some() => {
                draft.order.state = OrderState::PendingConfirmation;
            }
            OrderState::AwaitingPayment => draft.order.state = OrderState::Unpacked,
            OrderState::PendingConfirmation
            | OrderState::Unpacked
            | OrderState::Packing
            | OrderState::Shipped
            | OrderState::Delivered
            | OrderState::Completed => {}
        }
        draft.order.fix_confirm_by(Some(self), policy);
        Ok(Some(draft))
    }

    /// The shop does not accept it yet (S1). An unpaid order stays unpaid and keeps the cause until it is paid.
    /// Late when something newer has been said about it.
    fn held(
        &self,
        cause: PendingCause,
        missing: &[AddressField],
        policy: &Policy,
        at: Instant,
    ) -> Option<Draft> {
        let missing = match cause {
            PendingCause::IncompleteInfo => missing.to_vec(),
            PendingCause::NoCourier | PendingCause::SystemDelay => Vec::new(),
        };
        let known = self.body.pending.as_ref();
        let said = known.is_some_and(|one| one.cause == cause && one.missing == missing);
        let pending = Pending {
            until: known.and_then(|one| one.until),
            ..Pending::of(cause, missing)
        };
        let newer = self.timeline.iter().any(|entry| match entry.what {
            TimelineEvent::Held => entry.at > at,
            TimelineEvent::Confirmed | TimelineEvent::AddressCorrected => entry.at >= at,
            _ => false,
        });
        if newer || said {
            return None;
        }
        let state = match self.state {
            OrderState::AwaitingPayment => OrderState::AwaitingPayment,
            OrderState::PendingConfirmation | OrderState::Unpacked => {
                OrderState::PendingConfirmation
            }
            OrderState::Packing
            | OrderState::Shipped
            | OrderState::Delivered
            | OrderState::Completed
            | OrderState::Cancelled => return None,
        };
        let mut draft = Draft::of(self);
        draft.order.state = state;
        draft.order.body.pending = Some(pending);
        draft.note(
            at,
            TimelineEvent::Held,
            Actor::Seller,
            Some(cause.code().to_owned()),
        );
        draft.order.fix_confirm_by(Some(self), policy);
        Some(draft)
    }

    /// The shop accepts it. What only the shopper can tell must have been told.
    pub(crate) fn confirmed(&self, by: Actor, at: Instant) -> Result<Option<Draft>, EventRefusal> {
        let state = match self.state {
            OrderState::AwaitingPayment => OrderState::AwaitingPayment,
            OrderState::PendingConfirmation | OrderState::Unpacked => OrderState::Unpacked,
            OrderState::Packing
            | OrderState::Shipped
            | OrderState::Delivered
            | OrderState::Completed
            | OrderState::Cancelled => return Ok(None),
        };
        if self.lacks_information() {
            return Err(EventRefusal::IncompleteInfo);
        }
        let said = self
            .timeline
            .iter()
            .any(|entry| entry.what == TimelineEvent::Confirmed);
        if said && self.body.pending.is_none() {
            return Ok(None);
        }
        let mut draft = Draft::of(self);
        draft.order.state = state;
        draft.order.body.pending = None;
        draft.note(at, TimelineEvent::Confirmed, by, None);
        Ok(Some(draft))
    }

    /// The warehouse starts. An order that was not confirmed, or not paid as far as we know, is taken as accepted:
    /// what is being packed must not be cancelled, and the missing event is late.
    fn packing_started(&self, at: Instant) -> Result<Option<Draft>, EventRefusal> {
        let Some(mut draft) = self.hand_out(OrderState::Packing)? else {
            return Ok(None);
        };
        draft.note(at, TimelineEvent::PackingStarted, Actor::Warehouse, None);
        Ok(Some(draft))
    }

    /// The courier has it.
    fn shipped(&self, parcel: &Parcel, at: Instant) -> Result<Option<Draft>, EventRefusal> {
        let mut draft = match self.hand_out(OrderState::Shipped)? {
            Some(draft) => draft,
            // Told after the delivery: the state stays, but the number is worth having.
            None if self.body.parcel.is_none() => Draft::of(self),
            None => return Ok(None),
        };
        let parcel = Parcel {
            courier: printable(&parcel.courier).unwrap_or_default(),
            tracking_number: printable(&parcel.tracking_number).unwrap_or_default(),
        };
        let detail = format!("{} {}", parcel.courier, parcel.tracking_number);
        draft.order.body.parcel = Some(parcel);
        draft.note(at, TimelineEvent::Shipped, Actor::Warehouse, Some(detail));
        Ok(Some(draft))
    }

    /// Signed for.
    fn delivered(&self, at: Instant) -> Result<Option<Draft>, EventRefusal> {
        let Some(mut draft) = self.hand_out(OrderState::Delivered)? else {
            return Ok(None);
        };
        draft.order.delivered_at = Some(at);
        draft.note(at, TimelineEvent::Delivered, Actor::Warehouse, None);
        Ok(Some(draft))
    }

    /// Digital goods were given out. An order of which nothing else is left is delivered by that.
    fn issued(&self, lines: &[LineId], at: Instant) -> Result<Option<Draft>, EventRefusal> {
        for id in lines {
            let line = self.body.lines.iter().find(|line| line.id == *id);
            if line.is_none_or(|line| line.kind != LineKind::Digital) {
                return Err(EventRefusal::Mismatch);
            }
        }
        let mut draft = Draft::of(self);
        let mut news = false;
        for line in &mut draft.order.body.lines {
            let named = lines.is_empty() || lines.contains(&line.id);
            let due = line.kind == LineKind::Digital && line.remaining() > 0 && !line.issued;
            if named && due {
                line.issued = true;
                news = true;
            }
        }
        if !news && self.state != OrderState::Cancelled {
            return Ok(None);
        }
        self.may_hand_out()?;
        draft.note(at, TimelineEvent::Issued, Actor::Seller, None);
        draft.deliver_if_all_issued(at);
        Ok(Some(draft))
    }

    /// The after-sale window is over. Nothing is handed out by that, so that it is never refused.
    fn completed(&self, at: Instant) -> Option<Draft> {
        if !self.state.may_become(OrderState::Completed) || self.on_hold() {
            return None;
        }
        let mut draft = Draft::of(self);
        draft.order.state = OrderState::Completed;
        draft.order.body.pending = None;
        draft.order.delivered_at = self.delivered_at.or(Some(at));
        draft.note(at, TimelineEvent::Completed, Actor::System, None);
        Some(draft)
    }

    /// A refund moved. Only forward: the provider's messages may come in any order.
    fn refund_progressed(
        &self,
        id: &RefundId,
        state: RefundState,
        at: Instant,
    ) -> Result<Option<Draft>, EventRefusal> {
        let known = self.refunds.iter().position(|refund| refund.id == *id);
        let index = known.ok_or(EventRefusal::Mismatch)?;
        let refund = &self.refunds[index];
        // What Tepai makes, the provider tells; the sandbox has nobody else to tell anything.
        let by_provider = refund.course.provider.as_ref();
        if by_provider.is_some_and(|provider| !provider.is_sandbox()) {
            return Ok(None);
        }
        // What comes late may be about the way before this one.
        let change = refund.course.change.as_ref();
        let approved = change
            .and_then(|change| change.outcome.as_ref())
            .filter(|outcome| outcome.state == WayState::Approved);
        let late = approved.is_some_and(|outcome| at < outcome.at);
        if late || !refund.state.may_become(state) {
            return Ok(None);
        }
        let mut draft = Draft::of(self);
        draft.move_refund(index, state, at);
        Ok(Some(draft))
    }

    /// Moves on to a state in which goods are out of the shop's hands, or on their way out; `None` when the order is
    /// there or further already.
    fn hand_out(&self, next: OrderState) -> Result<Option<Draft>, EventRefusal> {
        if self.state != OrderState::Cancelled && !self.state.may_become(next) {
            return Ok(None);
        }
        self.may_hand_out()?;
        if self.lacks_information() {
            return Err(EventRefusal::IncompleteInfo);
        }
        let mut draft = Draft::of(self);
        draft.order.state = next;
        draft.order.body.pending = None;
        Ok(Some(draft))
    }

    fn may_hand_out(&self) -> Result<(), EventRefusal> {
        if self.state == OrderState::Cancelled {
            Err(EventRefusal::OrderCancelled)
        } else if self.on_hold() {
            Err(EventRefusal::OrderOnHold)
        } else {
            Ok(())
        }
    }
}
