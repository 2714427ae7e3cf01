//! Counts what began, shop by shop.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use orders_domain::{
    CancellationTally, CancelledBy, CaseTally, Channel, ChatRules, ComplaintTally, Course,
    DecisionKind, DecisionTally, Instant, Policy, RefundTally, SupportTally,
};
use orders_store::Within;

use super::Asked;
use crate::http::error::Failure;
use crate::state::App;

/// Why orders were cancelled and by whom, with how many in the period and in the one before.
pub type Reasons = BTreeMap<(String, CancelledBy), (u64, u64)>;

/// All that was counted.
pub struct Counted {
    /// Orders.
    pub cancellations: Course<CancellationTally>,
    /// Why.
    pub reasons: Reasons,
    /// Refunds.
    pub refunds: Course<RefundTally>,
    /// Those of the period, by their way.
    pub by_channel: BTreeMap<Channel, RefundTally>,
    /// Conversations.
    pub support: Course<SupportTally>,
    /// After-sale cases.
    pub cases: Course<CaseTally>,
    /// Complaints.
    pub complaints: Course<ComplaintTally>,
    /// How long decisions took, in the period and in the one before.
    pub decisions: BTreeMap<DecisionKind, (DecisionTally, DecisionTally)>,
}

/// Counts what was asked for.
///
/// # Errors
/// When the store fails.
pub async fn count(app: &App, asked: &Asked) -> Result<Counted, Failure> {
    let now = app.clock.now();
    let mut counted = Counted {
        cancellations: Course::of(asked.period),
        reasons: BTreeMap::new(),
        refunds: Course::of(asked.period),
        by_channel: BTreeMap::new(),
        support: Course::of(asked.period),
        cases: Course::of(asked.period),
        complaints: Course::of(asked.period),
        decisions: DecisionKind::ALL
            .map(|kind| (kind, Default::default()))
            .into(),
    };
    for shop in &asked.shops {
        if let Some(policy) = app.shops.policy(shop) {
            counted.add(app, asked, policy, now).await?;
        }
    }
    Ok(counted)
}

impl Counted {
    async fn add(
        &mut self,
        app: &App,
        asked: &Asked,
        policy: &Policy,
        now: Instant,
    ) -> Result<(), Failure> {
        let after = asked.period.to.succ_opt().unwrap_or(asked.period.to);
        let within = Within {
            shop: policy.shop.clone(),
            from: policy.start_of(asked.before.from),
            until: policy.start_of(after),
            offset: TimeDelta::minutes(i64::from(policy.utc_offset_minutes)),
        };
        let calendar = &app.shops.calendar;
        for (day, count) in app.store.placed_by_day(&within).await? {
            self.cancellations.add(day, |tally| tally.placed += count);
        }
        for some in app.store.cancelled_by_day(&within).await? {
            let cancel = |tally: &mut CancellationTally| tally.cancel(some.by, some.count);
            self.cancellations.add(some.day, cancel);
            let reason = self.reasons.entry((some.reason, some.by)).or_default();
            if asked.period.has(some.day) {
                reason.0 += some.count;
            } else {
                reason.1 += some.count;
            }
        }
        let refunds = app.store.each_refund(&within, |fact| {
            let day = policy.day_of(fact.made_at);
            let add = |tally: &mut RefundTally| tally.add(fact, policy, calendar, now);
            self.refunds.add(day, add);
            if asked.period.has(day) {
                add(self.by_channel.entry(fact.channel).or_default());
            }
        });
        refunds.await?;
        let rules = ChatRules {
            policy,
            calendar,
            now,
        };
        let talks = app.store.each_talk(&within, |fact| {
            let day = policy.day_of(fact.opened_at);
            self.support.add(day, |tally| tally.add(fact, rules));
        });
        talks.await?;
        let cases = app.store.each_case(&within, |fact| {
            let day = policy.day_of(fact.opened_at);
            self.cases.add(day, |tally| tally.add(fact));
        });
        cases.await?;
        let complaints = app.store.each_complaint(&within, |fact| {
            let day = policy.day_of(fact.opened_at);
            self.complaints.add(day, |tally| tally.add(fact));
        });
        complaints.await?;
        for (kind, (now, before)) in &mut self.decisions {
            let decisions = app.store.each_decision(*kind, &within, |fact| {
                if asked.period.has(policy.day_of(fact.opened_at)) {
                    now.add(fact);
                } else {
                    before.add(fact);
                }
            });
            decisions.await?;
        }
        Ok(())
    }
}
