//! Closes unpaid orders at their time, also those whose time came while the server was down (S4).

use chrono::TimeDelta;
use orders_domain::OrderId;
use orders_store::{Answer, Selector, StoreError, Verdict};
use tokio::sync::watch;

use crate::config::limits::{ANSWER_SECONDS, ATTEMPT_WINDOW_SECONDS, SWEEP, TIDY};
use crate::evidence;
use crate::state::App;

/// The most orders closed before the clock is asked again.
const BATCH: u32 = 200;

/// Sweeps at once, and then every second until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        match sweep(&app).await {
            Ok(0) => failing = false,
            Ok(closed) => {
                failing = false;
                tracing::info!(closed, "closed unpaid orders");
            }
            // Once, and not every second while the database is away.
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "cannot close unpaid orders");
            }
            Err(_) => {}
        }
    }
}

/// Closes what is due, and says how many that were.
///
/// # Errors
/// When the store fails; what was closed before that stays closed.
pub async fn sweep(app: &App) -> Result<usize, StoreError> {
    let mut closed = 0;
    loop {
        let now = app.clock.now();
        let due = app.store.unpaid_due(now, BATCH).await?;
        let before = closed;
        for order in &due {
            closed += usize::from(close(app, order).await?);
        }
        // A batch in which nothing could be closed would come again for ever.
        if closed == before {
            return Ok(closed);
        }
    }
}

async fn close(app: &App, order: &OrderId) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let mut closed = false;
    app.store
        .change(&Selector::ById(order.clone()), None, |order| {
            // Without its shop's policy the server does not start, but another at the same database may have put it.
            let change = order.and_then(|order| {
                let policy = app.shops.policy(&order.shop)?;
                order.close_unpaid(policy, now)
            });
            closed = change.is_some();
            Verdict {
                change,
                answer: Answer {
                    status: 200,
                    body: String::new(),
                },
                remember: false,
            }
        })
        .await?;
    Ok(closed)
}

/// Forgets, now and every hour, sessions and one-time codes that are over, failed log-ins that no longer count, answers kept
/// for idempotency keys that nobody will send again, and uploads that no case has taken.
pub async fn tidy(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(TIDY);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        let now = app.clock.now();
        let attempts = now - TimeDelta::seconds(ATTEMPT_WINDOW_SECONDS);
        let answers = now - TimeDelta::seconds(ANSWER_SECONDS);
        let store = &app.store;
        let outcome = async {
            store.prune_sessions(now).await?;
            store.prune_hand_offs(now).await?;
            store.prune_login_failures(attempts).await?;
            store.prune_idempotency(answers).await
        };
        if let Err(error) = outcome.await {
            tracing::warn!(%error, "cannot tidy up; the next hour will try again");
        }
        if let Err(error) = evidence::tidy(&app).await {
            tracing::warn!(%error, "cannot tidy up uploads; the next hour will try again");
        }
    }
}
