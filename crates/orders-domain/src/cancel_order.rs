//! Cancelling: what it would do, doing it, and the shopper's other ways to change an order.

use crate::{
    Actor, Address, AddressNotEditable, Calendar, CancelError, CancelIntent, CancelSuccess,
    Cancellation, CancellationRequest, Cancelled, CancelledBy, Change, GiveBackItem, Instant, Line,
    LineQuantity, NextStep, NoOpenRequest, NotPossibleReason, NotRestored, NotRestoredReason,
    Order, OrderState, OutboxMessage, Pending, PendingCause, Policy, Quote, QuotedRefund, Reason,
    TimelineEvent, change::Draft, due::due_after, to_millisecond,
};

/// The reason's code of an order that closed because nobody paid.
pub const NOT_PAID_IN_TIME: &str = "not_paid_in_time";

impl Order {
    /// What cancelling would do at `now`; `lines` is `None` for all that can be cancelled.
    ///
    /// # Errors
    /// As [`Order::cancel`] does, but for the reason, which is not chosen yet.
    pub fn quote(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        lines: Option<&[LineQuantity]>,
        now: Instant,
    ) -> Result<Quote, CancelError> {
        let (lines, by_request) = self.cancellable(policy, lines, now)?;
        let mut quote = self.settle(policy, calendar, &lines, now);
        quote.by_request = by_request;
        Ok(quote)
    }

    /// Cancels, or asks staff to, at `now`.
    ///
    /// # Errors
    /// When the decision is no, when lines or quantities are not the order's, and when the reason is not the policy's.
    pub fn cancel(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        intent: &CancelIntent,
        now: Instant,
    ) -> Result<CancelSuccess, CancelError> {
        let (lines, by_request) = self.cancellable(policy, intent.lines.as_deref(), now)?;
        let note = intent.note.as_deref().and_then(crate::text::printable);
        match policy.reason(&intent.reason) {
            None => return Err(CancelError::UnknownReason),
            Some(Reason {
                note_required: true,
                ..
            }) if note.is_none() => return Err(CancelError::NoteRequired),
            Some(_) => {}
        }
        let reason = intent.reason.clone();
        if by_request {
            return Ok(CancelSuccess::Requested(
                self.request(policy, lines, reason, note, now),
            ));
        }
        let cancelled = Cancelled {
            by: CancelledBy::Shopper,
            reason,
            note,
            at: to_millisecond(now),
        };
        let late = self.is_late_cancel(policy, &cancelled.reason, now);
        let quote = self.settle(policy, calendar, &lines, now);
        let counts = quote.whole && late;
        let mut draft = self.take_out(&lines, cancelled, quote, now);
        if counts {
            draft.count(self, policy, now);
        }
        Ok(CancelSuccess::Cancelled(draft.finish()))
    }

    /// Withdraws the shopper's open request.
    ///
    /// # Errors
    /// There is none, or staff have decided it.
    pub fn withdraw_request(&self, now: Instant) -> Result<Change, NoOpenRequest> {
        if !self.on_hold() {
            return Err(NoOpenRequest);
        }
        let mut draft = Draft::of(self);
        draft.order.body.request = None;
        draft.note(
            now,
            TimelineEvent::CancellationWithdrawn,
            Actor::Shopper,
            None,
        );
        draft.send(OutboxMessage::ResumePacking);
        Ok(draft.finish())
    }

    /// Corrects where the order goes, when that is what it waits for (S1). Then it waits for the shop again.
    ///
    /// # Errors
    /// It does not wait for that.
    pub fn correct_address(
        &self,
        address: Address,
        policy: &Policy,
        now: Instant,
    ) -> Result<Change, AddressNotEditable> {
        self.correct_address_by(Actor::Shopper, address, policy, now)
    }

    /// The same, by whom it is on record: the shopper, or staff who asked them. Staff may do so as often as it takes while
    /// the order waits, whatever it waits for: what was corrected may be wrong, too.
    pub(crate) fn correct_address_by(
        &self,
        by: Actor,
        address: Address,
        policy: &Policy,
        now: Instant,
    ) -> Result<Change, AddressNotEditable> {
        let open = match by {
            Actor::Staff => self.waits_with_address(),
            _ => self.state == OrderState::PendingConfirmation && self.lacks_information(),
        };
        if !open {
            return Err(AddressNotEditable);
        }
        let mut draft = Draft::of(self);
        draft.order.body.address = Some(address.clone());
        if self.lacks_information() {
            let waits = Pending::of(PendingCause::SystemDelay, Vec::new());
            draft.order.body.pending = Some(waits);
        }
        draft.note(now, TimelineEvent::AddressCorrected, by, None);
        draft.order.fix_confirm_by(Some(self), policy);
        draft.send(OutboxMessage::AddressCorrected { address });
        Ok(draft.finish())
    }

    /// Closes the order when it is unpaid and its time is over (S4); `None` when that is not so.
    pub fn close_unpaid(&self, policy: &Policy, now: Instant) -> Option<Change> {
        let due = self.pay_by.is_some_and(|pay_by| pay_by <= now);
        if self.state != OrderState::AwaitingPayment || !due {
            return None;
        }
        let lines = self.remaining();
        let cancelled = Cancelled {
            by: CancelledBy::Timeout,
            reason: NOT_PAID_IN_TIME.to_owned(),
            note: None,
            at: to_millisecond(now),
        };
        let quote = self.settle_goods(&lines, policy.day_of(now));
        Some(self.take_out(&lines, cancelled, quote, now).finish())
    }

    /// Whether the order waits, and goes somewhere: digital goods have no address unless the shop asks for one.
    pub(crate) fn waits_with_address(&self) -> bool {
        let goes_somewhere = self.body.address.is_some() || self.lacks_information();
        self.state == OrderState::PendingConfirmation && goes_somewhere
    }

    /// Whether the order waits for something that only the shopper can tell.
    pub(crate) fn lacks_information(&self) -> bool {
        self.body
            .pending
            .as_ref()
            .is_some_and(|pending| pending.cause == PendingCause::IncompleteInfo)
    }

    /// The lines that a cancel concerns, and whether staff decide it.
    fn cancellable(
        &self,
        policy: &Policy,
        lines: Option<&[LineQuantity]>,
        now: Instant,
    ) -> Result<(Vec<LineQuantity>, bool), CancelError> {
        // Of an order that is cancelled, or about to be, no line needs to be looked at.
        if let Cancellation::Cancelled | Cancellation::Requested { .. } =
            self.cancellation(policy, now)
        {
            return Err(self.refusal(policy));
        }
        let (chosen, concerned) = match lines {
            None => {
                let concerned = self.to_cancel(policy, now);
                let whole = |line: &&Line| LineQuantity {
                    line: line.id.clone(),
                    quantity: line.remaining(),
                };
                (concerned.iter().map(whole).collect(), concerned)
            }
            Some(lines) => {
                let chosen = self.choose(lines)?;
                let is_chosen = |line: &&Line| {
                    chosen
                        .iter()
                        .any(|some: &LineQuantity| some.line == line.id)
                };
                let concerned = self.body.lines.iter().filter(is_chosen).collect();
                (chosen, concerned)
            }
        };
        let by_request = match self.decide(policy, &concerned, now) {
            Cancellation::SelfService { .. } => false,
            Cancellation::ByRequest => true,
            Cancellation::NotPossible { reason, next_steps } => {
                return Err(CancelError::NotPossible { reason, next_steps });
            }
            Cancellation::Cancelled | Cancellation::Requested { .. } => {
                return Err(self.refusal(policy));
            }
        };
        if !self.takes_parts(policy) && chosen != self.remaining() {
            return Err(CancelError::PartialNotAllowed);
        }
        Ok((chosen, by_request))
    }

    /// Why an order that is cancelled, or has an open request, cannot be cancelled again.
    fn refusal(&self, policy: &Policy) -> CancelError {
        if self.on_hold() && self.state != OrderState::Cancelled {
            CancelError::NotPossible {
                reason: NotPossibleReason::AlreadyRequested,
                next_steps: vec![NextStep::AwaitDecision, NextStep::ContactSupport],
            }
        } else {
            let mut next_steps = policy.rule(OrderState::Cancelled).next_steps.clone();
            next_steps.retain(|step| *step != NextStep::FollowRefund || !self.refunds.is_empty());
            CancelError::NotPossible {
                reason: NotPossibleReason::AlreadyCancelled,
                next_steps,
            }
        }
    }

    /// `lines` checked against what is left, in the order's order, each line at most once.
    fn choose(&self, lines: &[LineQuantity]) -> Result<Vec<LineQuantity>, CancelError> {
        if lines.is_empty() {
            return Err(CancelError::NoLines);
        }
        for some in lines {
            if self.body.lines.iter().all(|line| line.id != some.line) {
                return Err(CancelError::UnknownLine(some.line.clone()));
            }
            if some.quantity == 0 {
                return Err(CancelError::QuantityOutOfRange(some.line.clone()));
            }
        }
        let mut chosen = Vec::new();
        for line in &self.body.lines {
            let wanted = lines.iter().filter(|some| some.line == line.id);
            let wanted: u64 = wanted.map(|some| u64::from(some.quantity)).sum();
            if wanted == 0 {
                continue;
            }
            match u32::try_from(wanted) {
                Ok(quantity) if quantity <= line.remaining() => chosen.push(LineQuantity {
                    line: line.id.clone(),
                    quantity,
                }),
                _ => return Err(CancelError::QuantityOutOfRange(line.id.clone())),
            }
        }
        Ok(chosen)
    }

    /// Puts the request to staff, and holds the warehouse until they decide (S4).
    fn request(
        &self,
        policy: &Policy,
        lines: Vec<LineQuantity>,
        reason: String,
        note: Option<String>,
        now: Instant,
    ) -> Change {
        let whole = lines == self.remaining();
        let mut draft = Draft::of(self);
        draft.order.body.request = Some(CancellationRequest {
            at: to_millisecond(now),
            reason: reason.clone(),
            note,
            lines: if whole { Vec::new() } else { lines },
            declined: None,
            until: due_after(policy.staff_hours.request, to_millisecond(now)),
        });
        draft.note(
            now,
            TimelineEvent::CancellationRequested,
            Actor::Shopper,
            Some(reason),
        );
        draft.send(OutboxMessage::HoldPacking);
        draft.send(OutboxMessage::CancellationRequested);
        draft.finish()
    }

    /// What taking out `lines` gives back.
    pub(crate) fn settle(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        lines: &[LineQuantity],
        now: Instant,
    ) -> Quote {
        let day = policy.day_of(now);
        let mut quote = self.settle_goods(lines, day);
        quote.refunds = self.refunds_of(self.worth(lines).money, policy, calendar, now);
        quote
    }

    /// `amount` as refunds, by the ways it was paid.
    pub fn refunds_of(
        &self,
        amount: i64,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Vec<QuotedRefund> {
        let day = policy.day_of(now);
        let shares = self.over_payments(amount);
        let payments = self.body.payments.iter().enumerate().zip(shares);
        payments
            .filter(|(_, share)| *share > 0)
            .map(|((index, payment), share)| QuotedRefund {
                payment: index,
                amount: self.money(share),
                channel: payment.channel,
                account: payment.account.clone(),
                promise: policy.clock(payment.channel).promise(calendar, day),
                provider: policy.provider(payment.channel).cloned(),
            })
            .collect()
    }

    /// The coupons and points that taking out `lines` gives back on `day`; no money.
    fn settle_goods(&self, lines: &[LineQuantity], day: crate::Day) -> Quote {
        let whole = lines == self.remaining();
        let (restored, not_restored) = self.give_back(whole, self.worth(lines).points, day);
        Quote {
            refunds: Vec::new(),
            restored,
            not_restored,
            whole,
            by_request: false,
        }
    }

    /// The coupons and points that come back on `day`, and the coupons that do not: those come back when nothing of the
    /// order is left (`whole`) and they can still be used.
    pub(crate) fn give_back(
        &self,
        whole: bool,
        points: i64,
        day: crate::Day,
    ) -> (Vec<GiveBackItem>, Vec<NotRestored>) {
        let (mut restored, mut not_restored) = (Vec::new(), Vec::new());
        for coupon in &self.body.coupons {
            let lost = |reason| NotRestored {
                title: coupon.title.clone(),
                reason,
            };
            if !whole {
                not_restored.push(lost(NotRestoredReason::StillUsed));
            } else if coupon.valid_until < day {
                not_restored.push(lost(NotRestoredReason::Expired));
            } else {
                restored.push(GiveBackItem::Coupon {
                    id: coupon.id.clone(),
                    title: coupon.title.clone(),
                });
            }
        }
        if points > 0 {
            restored.push(GiveBackItem::Points { points });
        }
        (restored, not_restored)
    }

    /// Takes `lines` out of the order and gives back what `quote` says. Ends a request, if there is one.
    pub(crate) fn take_out(
        &self,
        lines: &[LineQuantity],
        cancelled: Cancelled,
        quote: Quote,
        now: Instant,
    ) -> Draft {
        let mut draft = Draft::of(self);
        for line in &mut draft.order.body.lines {
            for some in lines.iter().filter(|some| some.line == line.id) {
                line.cancelled_quantity += some.quantity.min(line.remaining());
            }
        }
        let (at, by, detail) = (cancelled.at, cancelled.by, cancelled.reason.clone());
        let actor = match by {
            CancelledBy::Shopper => Actor::Shopper,
            CancelledBy::Seller => Actor::Seller,
            CancelledBy::Staff => Actor::Staff,
            CancelledBy::Timeout => Actor::System,
        };
        draft.order.body.request = None;
        if quote.whole {
            draft.order.state = OrderState::Cancelled;
            draft.order.body.pending = None;
            draft.order.body.cancelled = Some(cancelled);
            draft.note(at, TimelineEvent::Cancelled, actor, Some(detail));
            draft.send(OutboxMessage::OrderCancelled);
        } else {
            draft.note(at, TimelineEvent::PartlyCancelled, actor, Some(detail));
        }
        draft.send(OutboxMessage::ReleaseStock {
            lines: lines.to_vec(),
        });
        draft.give_back(quote.restored);
        draft.refund(quote.refunds, now);
        draft.deliver_if_all_issued(at);
        draft
    }
}

impl Draft {
    /// Tells the shop which coupons and points come back.
    pub(crate) fn give_back(&mut self, restored: Vec<GiveBackItem>) {
        for item in restored {
            self.send(match item {
                GiveBackItem::Coupon { id, .. } => OutboxMessage::RestoreCoupon { coupon: id },
                GiveBackItem::Points { points } => OutboxMessage::RestorePoints { points },
            });
        }
    }

    /// An order of which nothing is left but digital goods that were given out is delivered (S4).
    pub(crate) fn deliver_if_all_issued(&mut self, at: Instant) {
        let order = &mut self.order;
        if order.state.may_become(OrderState::Delivered) && order.all_issued() {
            order.state = OrderState::Delivered;
            order.delivered_at = Some(to_millisecond(at));
            order.body.pending = None;
        }
    }
}
