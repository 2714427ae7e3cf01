//! From the domain to the wire: what comes of cancelling too often.

use orders_api as api;
use orders_domain::{Abuse, LadderStep, Order, Quote};
use storefront::format::full_day;
use storefront::words::Lang;

use super::wire::{View, instant};

impl View<'_> {
    /// Why staff decide although the policy lets the shopper cancel at once; `None` when that is not so, and for a guest, who
    /// is told that they decide: why is of the shopper's other orders.
    pub fn limit(&self, order: &Order) -> Option<api::CancelLimit> {
        if self.guest {
            return None;
        }
        let abuse = self.policy.abuse.as_ref()?;
        let until = order.limit(self.policy, self.now)?;
        Some(api::CancelLimit {
            until: instant(until),
            free: abuse.free,
            forget_days: abuse.forget_days,
        })
    }

    /// What a cancel that does what `quote` says would do to the shopper's standing, which is nothing to tell a guest of.
    pub fn counting(&self, order: &Order, quote: &Quote) -> Option<api::CancelCounting> {
        if self.guest {
            return None;
        }
        let abuse: &Abuse = self.policy.abuse.as_ref()?;
        if quote.by_request || !quote.whole {
            return None;
        }
        let counting = order.counting(self.policy, self.now)?;
        // Nobody is limited who was not warned: where so many count already, the next one is the last.
        let limit_at = match counting.leads_to {
            Some(LadderStep::Warning) => abuse.limit_at.max(counting.counted.saturating_add(1)),
            Some(LadderStep::Limit) | None => abuse.limit_at,
        };
        Some(api::CancelCounting {
            counted: counting.counted,
            leads_to: counting.leads_to,
            limit_at,
            limit_days: abuse.limit_days,
            free: abuse.free,
            forget_days: abuse.forget_days,
            never_for: abuse.never_counts.clone(),
        })
    }

    /// Where the order's shopper stands at its shop, to the staff.
    pub fn standing(&self, order: &Order) -> Option<api::ShopperStanding> {
        let abuse = self.policy.abuse.as_ref()?;
        let standing = order.standing(self.policy, self.now)?;
        Some(api::ShopperStanding {
            late: standing.late,
            counted: standing.counted,
            warned: standing.warned,
            limited_until: standing.limited_until.map(instant),
            free: abuse.free,
            forget_days: abuse.forget_days,
            limit_at: abuse.limit_at,
        })
    }

    /// What a warning says: how many late cancels are on record, how many of them are ordinary, and with which number what
    /// follows. `late` is the detail of [`orders_domain::TimelineEvent::CancelWarned`]; `None` when it is no number, where the
    /// policy has no ladder, and to a guest, as it is of the shopper's other orders.
    pub fn warning(&self, late: &str) -> Option<String> {
        let abuse = self.policy.abuse.as_ref().filter(|_| !self.guest)?;
        let late: u32 = late.parse().ok()?;
        // Where a stricter version warns of what was ordinary before, the next one is the last.
        let limited_at = abuse
            .free
            .saturating_add(abuse.limit_at)
            .max(late.saturating_add(1));
        let Abuse {
            free,
            forget_days,
            limit_days,
            ..
        } = abuse;
        Some(match self.language {
            Lang::ZhCn => format!(
                "{forget_days} 天内较晚的取消已有 {late} 次（{free} 次以内不计）。到第 {limited_at} 次，之后 {limit_days} 天里您在这家店的取消由客服决定。"
            ),
            Lang::En => format!(
                "{late} late cancellations within {forget_days} days ({free} are ordinary). With number {limited_at}, staff decide yours here for {limit_days} days."
            ),
        })
    }

    /// The day until when somebody is limited, in words.
    pub fn until_day(&self, day: &str) -> String {
        let day = full_day(self.language, &api::Day(day.to_owned()));
        match self.language {
            Lang::ZhCn => format!("到{day}为止"),
            Lang::En => format!("Until {day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use orders_domain::{Calendar, Language, Mark, MarkKind, Policy};
    use orders_testkit::{order, usual_now};

    use super::*;

    /// What the dialog says before one more late cancel, of somebody with so many on record whom nobody has warned.
    fn counting(late: i64) -> api::CancelCounting {
        let [(file, text), _] = Policy::built_in();
        let policy = Policy::parse(file, text).expect("a policy");
        let now = usual_now();
        let mut order = order().line("杯子", 1, 1000).build();
        order.marks = (1..=late)
            .map(|number| Mark {
                number,
                at: now - TimeDelta::hours(1),
                what: MarkKind::LateCancel,
                order: order.id.clone(),
            })
            .collect();
        let calendar = Calendar::default();
        let quote = order.quote(&policy, &calendar, None, now);
        let view = View {
            policy: &policy,
            shop_now: &policy,
            calendar: &calendar,
            language: Language::En,
            now,
            guest: false,
        };
        let quote = quote.expect("it is cancelled at once");
        view.counting(&order, &quote).expect("it counts")
    }

    #[test]
    fn before_a_warning_the_limit_is_said_to_come_with_the_next_one_at_the_earliest() {
        // So it is where a stricter version of the policy warns of what was ordinary before. Here 20 are, and the limit
        // comes with three more.
        for (late, counted, limit_at) in [(20, 1, 3), (21, 2, 3), (22, 3, 4), (26, 7, 8)] {
            let said = counting(late);
            assert_eq!(said.leads_to, Some(LadderStep::Warning), "{late}");
            assert_eq!((said.counted, said.limit_at), (counted, limit_at));
        }
    }
}
