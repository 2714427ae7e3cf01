//! From the domain to the wire: what a cancel would do.

use orders_api as api;
use orders_api::Channel;
use orders_domain::{
    CancelError, GiveBackItem, Line, LineId, LineQuantity, NotRestored, Order, QuotedRefund,
};

use super::wire::{View, days, money, wire_money};

impl View<'_> {
    /// What a cancel of `lines` (without, of all that can be cancelled) would do now.
    ///
    /// # Errors
    /// As the domain's quote, with the order in a refusal.
    pub fn preview(
        &self,
        order: &Order,
        lines: Option<&[LineQuantity]>,
    ) -> Result<api::CancellationPreview, CancelError> {
        let quote = order.quote(self.policy, self.calendar, lines, self.now)?;
        let outcome = if quote.by_request {
            api::Outcome::Requested
        } else {
            api::Outcome::Cancelled
        };
        let limit = self.limit(order).filter(|_| quote.by_request);
        let counting = self.counting(order, &quote);
        let refunds: Vec<_> = quote
            .refunds
            .iter()
            .map(|refund| self.preview_refund(refund))
            .collect();
        let (restored, not_restored) = self.given_back(&quote.restored, &quote.not_restored);
        Ok(api::CancellationPreview {
            outcome,
            refund_total: money(
                order,
                refunds.iter().map(|refund| refund.amount.amount).sum(),
            ),
            refunds,
            restored,
            not_restored,
            reasons: self
                .policy
                .reasons
                .iter()
                .map(|reason| api::Reason {
                    code: reason.code.clone(),
                    label: self.text(&reason.label),
                    note_required: reason.note_required,
                })
                .collect(),
            whole: quote.whole,
            partial_allowed: self.partial_allowed(order),
            counting,
            limit,
        })
    }

    /// A refund that would be made.
    pub fn preview_refund(&self, refund: &QuotedRefund) -> api::PreviewRefund {
        let clock = self.policy.clock(refund.channel);
        let (starts_by, arrives_from, arrives_by) = days(&refund.promise);
        api::PreviewRefund {
            amount: wire_money(refund.amount),
            channel: refund.channel,
            account: self.text(&refund.account),
            starts_by,
            arrives_from,
            arrives_by,
            working_days: api::WorkingDays {
                starts_within: clock.starts_within,
                arrives_from: clock.arrives_from,
                arrives_within: clock.arrives_within,
            },
            estimated: refund.promise.estimated,
        }
    }

    /// The coupons and points that come back, and the coupons that do not.
    pub fn given_back(
        &self,
        restored: &[GiveBackItem],
        not_restored: &[NotRestored],
    ) -> (Vec<api::Restored>, Vec<api::NotRestored>) {
        let restored = restored.iter().map(|item| self.restored(item));
        let not_restored = not_restored.iter().map(|coupon| api::NotRestored {
            title: self.text(&coupon.title),
            reason: coupon.reason,
        });
        (restored.collect(), not_restored.collect())
    }

    /// Whether the shopper has anything to choose: parts may be cancelled, and more than one piece can be.
    fn partial_allowed(&self, order: &Order) -> bool {
        let staying = order.staying(self.policy, self.now);
        let goes = order.body.lines.iter().filter(|line| {
            let stays = |(id, _): &(&LineId, _)| **id == line.id;
            !staying.iter().any(stays)
        });
        let pieces = goes.map(Line::remaining).fold(0, u32::saturating_add);
        order.takes_parts(self.policy) && pieces > 1
    }

    fn restored(&self, item: &orders_domain::GiveBackItem) -> api::Restored {
        match item {
            orders_domain::GiveBackItem::Coupon { title, .. } => api::Restored {
                kind: Channel::Coupon,
                title: Some(self.text(title)),
                points: None,
            },
            orders_domain::GiveBackItem::Points { points } => api::Restored {
                kind: Channel::Points,
                title: None,
                points: Some(*points),
            },
        }
    }
}
