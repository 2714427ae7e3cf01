//! What happens when time is over, also when that was while the server was down: unpaid orders close (S4), and in
//! after-sale cases, complaints and conversations what the policy says follows from silence.

use chrono::TimeDelta;
use orders_domain::{Change, Order, OrderId};
use orders_store::{Selector, StoreError, Verdict};
use tokio::sync::watch;

use crate::config::limits::{
    ANSWER_SECONDS, ATTEMPT_WINDOW_SECONDS, MAIL_DAYS, NOTIFICATION_DAYS, SWEEP, TIDY,
};
use crate::state::App;
use crate::{chat_sweeper, evidence};

/// The most orders looked at before the clock is asked again.
const BATCH: u32 = 200;

/// How much a sweep changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Unpaid orders that were closed.
    pub closed: usize,
    /// Cases that moved on because somebody was silent.
    pub cases: usize,
    /// Complaints that moved on because somebody was silent.
    pub complaints: usize,
    /// Conversations that moved because nobody answered, or could.
    pub conversations: usize,
}

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
            Ok(Swept {
                closed,
                cases,
                complaints,
                conversations,
            }) => {
                if conversations > 0 {
                    tracing::info!(conversations, "moved conversations that nobody answered");
                }
                if complaints > 0 {
                    tracing::info!(complaints, "moved complaints on whose time was over");
                }
                failing = false;
                if closed > 0 {
                    tracing::info!(closed, "closed unpaid orders");
                }
                if cases > 0 {
                    tracing::info!(cases, "moved cases on whose time was over");
                }
            }
            // Once, and not every second while the database is away.
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "cannot do what is due");
            }
            Err(_) => {}
        }
    }
}

/// Closes unpaid orders and moves cases on that are due, and says how many that were.
///
/// # Errors
/// When the store fails; what was done before that stays done.
pub async fn sweep(app: &App) -> Result<Swept, StoreError> {
    let mut swept = Swept::default();
    loop {
        let due = app.store.unpaid_due(app.clock.now(), BATCH).await?;
        let closed = change_each(app, &due, close).await;
        swept.closed += closed;
        // A batch in which nothing could be closed would come again for ever.
        if closed == 0 {
            break;
        }
    }
    loop {
        let due = app.store.cases_due(app.clock.now(), BATCH).await?;
        let moved = change_each(app, &due, move_on).await;
        swept.cases += moved;
        if moved == 0 {
            break;
        }
    }
    loop {
        let due = app.store.complaints_due(app.clock.now(), BATCH).await?;
        let moved = change_each(app, &due, complaint_on).await;
        swept.complaints += moved;
        if moved == 0 {
            break;
        }
    }
    swept.conversations = chat_sweeper::sweep(app, BATCH).await?;
    Ok(swept)
}

/// Changes each of the orders as `decide` says, and says how many it changed.
async fn change_each(
    app: &App,
    orders: &[OrderId],
    decide: fn(&App, &Order) -> Option<Change>,
) -> usize {
    let mut changed = 0;
    for order in orders {
        let mut done = false;
        let selector = Selector::ById(order.clone());
        let outcome = app.store.change(&selector, None, app.clock.now(), |order| {
            let change = order.and_then(|order| decide(app, &order));
            done = change.is_some();
            Verdict::quiet(change)
        });
        match outcome.await {
            Ok(_) => changed += usize::from(done),
            // One order must not keep the others from their time.
            Err(error) => {
                tracing::error!(%order, %error, "cannot change an order whose time has come")
            }
        }
    }
    changed
}

fn close(app: &App, order: &Order) -> Option<Change> {
    // Without its shop's policy the server does not start, but another at the same database may have put it.
    let policy = app.shops.policy_of(order)?;
    order.close_unpaid(policy, app.clock.now())
}

/// One case at a time: an order of which another is due comes again.
fn move_on(app: &App, order: &Order) -> Option<Change> {
    let policy = app.shops.policy_of(order)?;
    order.case_time_over(policy, &app.shops.calendar, app.clock.now())
}

/// One complaint at a time, likewise.
fn complaint_on(app: &App, order: &Order) -> Option<Change> {
    let policy = app.shops.policy_of(order)?;
    order.complaint_time_over(policy, &app.shops.calendar, app.clock.now())
}

/// Forgets, now and every hour, sessions (the staff's too) and one-time codes that are over, failed log-ins that no longer count, answers
/// kept for idempotency keys that nobody will send again, uploads that no case has taken, and notifications of last
/// season; gives up mails that could not be sent.
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
        let notifications = now - TimeDelta::days(NOTIFICATION_DAYS);
        let mails = now - TimeDelta::days(MAIL_DAYS);
        let store = &app.store;
        let outcome = async {
            store.prune_sessions(now).await?;
            store.prune_staff_sessions(now).await?;
            store.prune_hand_offs(now).await?;
            store.prune_guest_codes(now).await?;
            store.prune_login_failures(attempts).await?;
            store.prune_idempotency(answers).await?;
            store.prune_notifications(notifications).await?;
            store.give_up_mails(mails).await
        };
        if let Err(error) = outcome.await {
            tracing::warn!(%error, "cannot tidy up; the next hour will try again");
        }
        if let Err(error) = evidence::tidy(&app).await {
            tracing::warn!(%error, "cannot tidy up uploads; the next hour will try again");
        }
    }
}
