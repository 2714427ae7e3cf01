//! Notices refunds that are later than was promised, before their shopper does (PRODUCT §3).

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
            Ok(0) => {}
            Ok(late) => tracing::warn!(late, "refunds are later than was promised"),
            Err(error) => tracing::error!(%error, "cannot look for late refunds"),
        }
    }
}

/// Notes in each order that has one that a refund of it is late; says in how many.
///
/// # Errors
/// When the store fails; what was noted before that stays noted.
pub async fn notice(app: &App) -> Result<usize, StoreError> {
    let (mut noticed, mut behind) = (0, Behind::default());
    loop {
        let now = app.clock.now();
        let Some(today) = app.shops.any().map(|policy| policy.day_of(now)) else {
            return Ok(noticed);
        };
        let rows = app.store.late_refunds(today, behind.limit(BATCH)).await?;
        let Some(orders) = behind.fresh(rows, BATCH) else {
            return Ok(noticed);
        };
        for order in orders {
            let mut news = false;
            let changed = app
                .store
                .change(&Selector::ById(order.clone()), None, now, |order| {
                    let change = order.and_then(|order| {
                        let policy = app.shops.policy_of(&order)?;
                        order.notice_late_refunds(policy, now)
                    });
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
