//! Events that cancel an order or decide a request to: what sellers and staff say.

use crate::{
    Actor, Calendar, Cancelled, CancelledBy, Declined, EventRefusal, Instant, LineQuantity, Order,
    OrderState, OutboxMessage, Policy, RequestState, TimelineEvent, change::Draft, text::printable,
};

/// The reasons for which a seller cancels (S3).
pub const SELLER_REASONS: [&str; 3] = ["out_of_stock", "price_change", "cannot_fulfil"];

impl Order {
    /// The seller cancels all that is left, as long as nothing is on its way (S3).
    pub(crate) fn seller_cancelled(
        &self,
        reason: &str,
        note: Option<&str>,
        policy: &Policy,
        calendar: &Calendar,
        at: Instant,
        now: Instant,
    ) -> Result<Option<Draft>, EventRefusal> {
        if !SELLER_REASONS.contains(&reason) {
            return Err(EventRefusal::Mismatch);
        }
        if self.state == OrderState::Cancelled {
            return Ok(None);
        }
        if !self.state.may_become(OrderState::Cancelled) {
            return Err(EventRefusal::NotCancellable);
        }
        let cancelled = Cancelled {
            by: CancelledBy::Seller,
            reason: reason.to_owned(),
            note: note.and_then(printable),
            at,
        };
        let lines = self.remaining();
        let quote = self.settle(policy, calendar, &lines, now);
        Ok(Some(self.take_out(&lines, cancelled, quote, now)))
    }

    /// Staff grant the request: what it asked for is cancelled, as far as it is still there.
    pub(crate) fn approved(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        at: Instant,
        now: Instant,
    ) -> Result<Option<Draft>, EventRefusal> {
        let request = match &self.body.request {
            Some(request) if request.state() == RequestState::Open => request,
            _ if self.state == OrderState::Cancelled => return Ok(None),
            _ if self.granted_at(at) => return Ok(None),
            _ => return Err(EventRefusal::Mismatch),
        };
        if !self.state.may_become(OrderState::Cancelled) {
            return Err(EventRefusal::NotCancellable);
        }
        let mut lines = self.remaining();
        if !request.lines.is_empty() {
            lines = asked_for(&request.lines, lines);
        }
        let cancelled = Cancelled {
            by: CancelledBy::Staff,
            reason: request.reason.clone(),
            note: request.note.clone(),
            at,
        };
        let quote = self.settle(policy, calendar, &lines, now);
        let whole = quote.whole;
        let mut draft = self.take_out(&lines, cancelled, quote, now);
        if !whole {
            draft.send(OutboxMessage::ResumePacking);
        }
        Ok(Some(draft))
    }

    /// Whether staff granted a request for parts at that moment or later: then this is a repetition.
    fn granted_at(&self, at: Instant) -> bool {
        self.timeline.iter().any(|entry| {
            entry.what == TimelineEvent::PartlyCancelled
                && entry.by == Actor::Staff
                && entry.at >= at
        })
    }

    /// Staff decline the request; the warehouse goes on.
    pub(crate) fn declined(&self, note: &str, at: Instant) -> Result<Option<Draft>, EventRefusal> {
        match &self.body.request {
            Some(request) if request.state() == RequestState::Open => {}
            Some(_) => return Ok(None),
            None if self.state == OrderState::Cancelled => return Ok(None),
            None => return Err(EventRefusal::Mismatch),
        }
        let note = printable(note).unwrap_or_default();
        let mut draft = Draft::of(self);
        if let Some(request) = &mut draft.order.body.request {
            request.declined = Some(Declined {
                at,
                note: note.clone(),
            });
        }
        draft.note(
            at,
            TimelineEvent::CancellationDeclined,
            Actor::Staff,
            Some(note),
        );
        draft.send(OutboxMessage::ResumePacking);
        Ok(Some(draft))
    }
}

/// Of `wanted`, what is `left`.
fn asked_for(wanted: &[LineQuantity], left: Vec<LineQuantity>) -> Vec<LineQuantity> {
    let still_there = |some: LineQuantity| {
        let asked = wanted.iter().find(|asked| asked.line == some.line)?;
        Some(LineQuantity {
            quantity: asked.quantity.min(some.quantity),
            line: some.line,
        })
    };
    left.into_iter().filter_map(still_there).collect()
}
