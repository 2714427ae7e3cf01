//! Notices refunds that are later than was promised, before their shopper does (PRODUCT §3), and complains for the shopper
//! when they stay away.

use orders_domain::{Change, Instant, Order, OrderId, Policy};
use orders_store::{Selector, StoreError, Verdict};
use tokio::sync::watch;

use crate::config::limits::LATE_TICK;
use crate::state::App;
use crate::sweeper::Behind;

/// The most orders that are looked at before the clock is asked again.
const BATCH: u32 = 200;

/// Looks at once, and then every few minutes until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(LATE_TICK);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        match notice(&app).await {
            Ok(Late {
                told: 0,
                complained: 0,
            }) => {}
            Ok(Late { told, complained }) => {
                tracing::warn!(told, complained, "refunds are later than was promised");
            }
            Err(error) => tracing::error!(%error, "cannot look for late refunds"),
        }
    }
}

/// In how many orders something was new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// Orders in which it was noted that a refund is late.
    pub told: usize,
    /// Orders in which that has led to a complaint by itself.
    pub complained: usize,
}

/// Notes in each order that has one that a refund of it is late, and opens the complaints that follow from a long delay.
///
/// # Errors
/// When the store fails; what was noted before that stays noted.
pub async fn notice(app: &App) -> Result<Late, StoreError> {
    Ok(Late {
        told: notice_each(app, Step::Tell).await?,
        complained: notice_each(app, Step::Complain).await?,
    })
}

/// What is done about a late refund.
#[derive(Clone, Copy)]
enum Step {
    Tell,
    Complain,
}

impl Step {
    async fn rows(self, app: &App, now: Instant, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        match self {
            Self::Tell => {
                let today = app.shops.any().map(|policy| policy.day_of(now));
                let Some(today) = today else {
                    return Ok(Vec::new());
                };
                app.store.late_refunds(today, limit).await
            }
            Self::Complain => {
                // Only what is long enough ago, and only where that leads to something: the rest would be looked at in vain
                // again and again.
                let before = |policy: &Policy| {
                    let rules = policy.complaints.as_ref()?;
                    let day = rules.long_late_before(policy.day_of(now))?;
                    Some((policy.shop.clone(), day))
                };
                let before: Vec<_> = app.shops.policies().filter_map(before).collect();
                app.store.long_late_refunds(&before, limit).await
            }
        }
    }

    fn decide(self, app: &App, order: &Order, now: Instant) -> Option<Change> {
        let policy = app.shops.policy_of(order)?;
        match self {
            Self::Tell => order.notice_late_refunds(policy, now),
            Self::Complain => {
                // Complaints go by the policy in force, whoever begins them.
                let rules = app.shops.policy(&order.shop)?.complaints.as_ref();
                order.complain_of_late_refunds(rules, policy, now)
            }
        }
    }
}

/// Does `step` in every order in which it is due, and says in how many that was.
async fn notice_each(app: &App, step: Step) -> Result<usize, StoreError> {
    let (mut noticed, mut behind) = (0, Behind::default());
    loop {
        let now = app.clock.now();
        let rows = step.rows(app, now, behind.limit(BATCH)).await?;
        let Some(orders) = behind.fresh(rows, BATCH) else {
            return Ok(noticed);
        };
        for order in orders {
            let mut news = false;
            let changed = app
                .store
                .change(&Selector::ById(order.clone()), None, now, |order| {
                    let change = order.and_then(|order| step.decide(app, &order, now));
                    news = change.is_some();
                    Verdict::quiet(change)
                })
                .await;
            match changed {
                Ok(_) if news => noticed += 1,
                Ok(_) => behind.leave(order),
                // One order must not keep the others from being noticed.
                Err(error) => {
                    tracing::error!(%order, %error, "cannot note that a refund is late");
                    behind.leave(order);
                }
            }
        }
    }
}
