//! Until when the shop decides what waits for it: fixed when it begins to wait, and kept with it, whatever the shop
//! changes later. What began before there was such a time keeps none.

use chrono::TimeDelta;

use crate::{Instant, Order, OrderState, Policy, TimelineEntry, TimelineEvent};

/// So many hours after `from`; `None` where the policy promises no time.
pub(crate) fn due_after(hours: Option<u32>, from: Instant) -> Option<Instant> {
    from.checked_add_signed(TimeDelta::hours(i64::from(hours?)))
}

impl Order {
    /// Until when the shop says whether it accepts the order; `None` while it does not wait for that, or waits for something
    /// that only the shopper can tell, and without such a time.
    pub fn confirm_by(&self) -> Option<Instant> {
        let pending = self.body.pending.as_ref();
        pending.filter(|_| self.waits_for_shop())?.until
    }

    /// Fixes that time when the order has come to wait for nothing but the shop, which it did not `before` (`None` for one that
    /// is new), and forgets it when it does not any more. Held again for another cause, it has waited since it was held first.
    pub fn fix_confirm_by(&mut self, before: Option<&Self>, policy: &Policy) {
        let begun = self.waits_for_shop().then(|| self.handed_to_shop());
        let waited = before.is_some_and(Self::waits_for_shop);
        let Some(pending) = &mut self.body.pending else {
            return;
        };
        pending.until = begun.and_then(|begun| {
            let anew = || due_after(policy.staff_hours.confirm, begun);
            pending.until.or_else(|| anew().filter(|_| !waited))
        });
    }

    /// Since when the order is held as it is held now: the first time after it was accepted the last time.
    pub(crate) fn held_since(&self) -> Instant {
        let accepted = |entry: &TimelineEntry| entry.what == TimelineEvent::Confirmed;
        let last = self.timeline.iter().rposition(accepted);
        let mut since = self.timeline.iter().skip(last.map_or(0, |at| at + 1));
        let held = since.find(|entry| entry.what == TimelineEvent::Held);
        held.map_or(self.placed_at, |entry| entry.at)
    }

    /// Whether nothing but the shop's word is missing: nobody waits for that before they have paid, nor while they have to
    /// tell something.
    fn waits_for_shop(&self) -> bool {
        let waits = self.state == OrderState::PendingConfirmation;
        waits && self.paid_at.is_some() && !self.lacks_information()
    }

    /// When the last of what had to come before the shop's word came: the payment, the shop's word that it waits, the
    /// shopper's that the address is right.
    fn handed_to_shop(&self) -> Instant {
        let hands = |what: TimelineEvent| {
            matches!(what, TimelineEvent::Held | TimelineEvent::AddressCorrected)
        };
        let last = self.timeline.iter().rfind(|entry| hands(entry.what));
        let steps = [self.paid_at, last.map(|entry| entry.at)];
        steps
            .into_iter()
            .flatten()
            .fold(self.placed_at, Instant::max)
    }
}
