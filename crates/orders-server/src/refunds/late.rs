//! Notices refunds that are later than was promised, before their shopper does (PRODUCT §3).

use orders_store::{Selector, StoreError, Verdict};
use tokio::sync::watch;

use crate::config::limits::LATE_TICK;
use crate::state::App;

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
    let mut noticed = 0;
    loop {
        let now = app.clock.now();
        let Some(today) = app.shops.any().map(|policy| policy.day_of(now)) else {
            return Ok(noticed);
        };
        let before = noticed;
        for order in app.store.late_refunds(today, BATCH).await? {
            let changed = app
                .store
                .change(&Selector::ById(order.clone()), None, now, |order| {
                    let change = order.and_then(|order| {
                        let policy = app.shops.policy_of(&order)?;
                        order.notice_late_refunds(policy, now)
                    });
                    noticed += usize::from(change.is_some());
                    Verdict::quiet(change)
                })
                .await;
            // One order must not keep the others from being noticed.
            if let Err(error) = changed {
                tracing::error!(%order, %error, "cannot note that a refund is late");
            }
        }
        // A batch in which nothing was new would come again for ever.
        if noticed == before {
            return Ok(noticed);
        }
    }
}
