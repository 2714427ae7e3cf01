//! Makes refunds: takes up what is due, asks the payment provider, keeps what it says, and tries again until it is done.
//!
//! What is to be done follows from the order (`Order::refund_step`), so that a crash at any point loses nothing and
//! doubles nothing: the next one to take the job up does the same step with the same number.

pub mod late;
pub mod reconcile;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use orders_domain::{
    Instant, Order, OrderId, ProviderId, ProviderReport, ProviderStage, RefundId, RefundRequest,
    RefundStep, wait_to_ask, wait_to_retry,
};
use orders_payments::{Provider, ProviderError};
use orders_store::{Notice, RefundJob, Selector, StoreError, Verdict};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::config::limits::{
    REFUND_CLAIM_SECONDS, REFUND_TICK, REFUNDS_AT_A_TIME, REFUNDS_AT_ONCE,
};
use crate::state::App;

/// Takes up refunds until the server stops: at once when an order changed, and every second.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(REFUND_TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut changes = app.store.notices();
    let mut running: JoinSet<()> = JoinSet::new();
    let places = Places::default();
    let mut failing = false;
    let mut more = true;
    loop {
        let free = REFUNDS_AT_ONCE.saturating_sub(running.len());
        if more && free > 0 {
            let limit = free.min(REFUNDS_AT_A_TIME);
            let busy = places.full(&app);
            let now = app.clock.now();
            let until = now + hasty(&app, TimeDelta::seconds(REFUND_CLAIM_SECONDS));
            let claim = u32::try_from(limit).unwrap_or(u32::MAX);
            match app.store.claim_refunds(now, until, claim, &busy).await {
                Ok(jobs) => {
                    failing = false;
                    more = jobs.len() == limit;
                    for job in jobs {
                        let app = app.clone();
                        let place = places.take(&job.provider);
                        running.spawn(async move {
                            one(&app, &job).await;
                            drop(place);
                        });
                    }
                    if more {
                        continue;
                    }
                }
                Err(error) => {
                    more = false;
                    // Once, and not every second while the database is away.
                    if !failing {
                        tracing::error!(%error, "cannot take up refunds");
                    }
                    failing = true;
                }
            }
        }
        tokio::select! {
            _ = stop.changed() => break,
            _ = running.join_next(), if !running.is_empty() => more = true,
            _ = tick.tick() => more = true,
            // Whatever changed may be a new refund. Losing a notice costs a second.
            notice = changes.recv() => more |= !matches!(notice, Ok(Notice::Missed)),
        }
    }
    // What is being asked is asked to its end, or not: the same step is safe to take again.
    running.abort_all();
}

/// How many refunds of each provider are worked on: one that does not answer must not take up all places.
#[derive(Clone, Debug, Default)]
struct Places(Arc<Mutex<BTreeMap<ProviderId, usize>>>);

/// A place among those, given back when it is dropped, whatever became of the refund.
struct Place {
    places: Places,
    provider: ProviderId,
}

impl Places {
    /// The providers that have half of all places, when there are others.
    fn full(&self, app: &App) -> Vec<ProviderId> {
        if app.payments.providers.len() < 2 {
            return Vec::new();
        }
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = taken
            .iter()
            .filter(|(_, count)| **count >= REFUNDS_AT_ONCE / 2);
        full.map(|(provider, _)| provider.clone()).collect()
    }

    fn take(&self, provider: &ProviderId) -> Place {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *taken.entry(provider.clone()).or_default() += 1;
        Place {
            places: self.clone(),
            provider: provider.clone(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = self.places.0.lock();
        let mut taken = taken.unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.provider) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Does what is due for one refund, and puts it off.
async fn one(app: &App, job: &RefundJob) {
    if let Err(error) = step(app, job).await {
        // It comes back by itself when the claim is over.
        tracing::error!(refund = %job.refund, %error, "cannot keep what became of a refund");
    }
}

async fn step(app: &App, job: &RefundJob) -> Result<(), StoreError> {
    let Some(order) = app.store.order_by_id(&job.order).await? else {
        return Err(StoreError::Corrupt(format!(
            "the refund {} has no order",
            job.refund
        )));
    };
    let Some(provider) = app.payments.providers.get(&job.provider) else {
        let trouble = format!("the payments file has no provider \"{}\"", job.provider);
        return try_again(app, job, &trouble).await;
    };
    let mut limits = provider.limits();
    limits.seconds_apart /= app.refund_haste;
    limits.seconds_before /= app.refund_haste;
    let now = app.clock.now();
    match order.refund_step(&job.refund, limits, now) {
        RefundStep::Send(request) => {
            let outcome = provider.refund(&request, now).await;
            settle(app, job, outcome).await
        }
        RefundStep::Ask(request) => {
            let outcome = ask(provider, &request, now).await;
            settle(app, job, outcome).await
        }
        RefundStep::Verify(request, asked_at) => match provider.ask(&request, now).await {
            // What it does not have is held until staff have decided.
            Err(ProviderError::NoSuchRefund) => hold(app, job, asked_at).await,
            outcome => settle(app, job, outcome).await,
        },
        RefundStep::Wait(until) => app.store.put_off_refund(job, until, job.tries, None).await,
        // An earlier try may have got through, although nobody heard of it.
        RefundStep::GiveUp(failure, request) => match provider.ask(&request, now).await {
            Err(ProviderError::NoSuchRefund) => {
                let words = "past what the provider takes".to_owned();
                settle(app, job, Err(ProviderError::Refused(failure, words))).await
            }
            outcome => settle(app, job, outcome).await,
        },
        // It is held, or ended a moment ago. Whoever decides about it makes it due again.
        RefundStep::Nothing => {
            let later = now + TimeDelta::hours(1);
            app.store.put_off_refund(job, later, 0, None).await
        }
    }
}

/// Asks how far it is. A provider that does not know what it accepted is asked for it again: the number is the same.
async fn ask(
    provider: &Provider,
    request: &RefundRequest,
    now: Instant,
) -> Result<ProviderReport, ProviderError> {
    match provider.ask(request, now).await {
        Err(ProviderError::NoSuchRefund) => provider.refund(request, now).await,
        answer => answer,
    }
}

async fn settle(
    app: &App,
    job: &RefundJob,
    outcome: Result<ProviderReport, ProviderError>,
) -> Result<(), StoreError> {
    let report = match outcome {
        Ok(report) => report,
        Err(ProviderError::Refused(failure, words)) => {
            tracing::warn!(refund = %job.refund, provider = %job.provider, words, "a refund was refused");
            ProviderReport::of(ProviderStage::Failed(failure))
        }
        Err(error @ (ProviderError::Unclear(_) | ProviderError::Later(_))) => {
            app.metrics.refund("in_vain");
            return try_again(app, job, &error.to_string()).await;
        }
        Err(error @ ProviderError::NoSuchRefund) => {
            return try_again(app, job, &error.to_string()).await;
        }
    };
    let Some(order) = report_on(app, &job.order, &job.refund, &job.provider, &report).await? else {
        return Ok(());
    };
    let refund = order.refunds.iter().find(|refund| refund.id == job.refund);
    let Some(refund) = refund.filter(|refund| refund.is_under_way()) else {
        return Ok(());
    };
    let now = app.clock.now();
    let since = now - refund.course.sent_at.unwrap_or(now);
    let due = now + hasty(app, wait_to_ask(since));
    app.store.put_off_refund(job, due, 0, None).await
}

/// Keeps that the provider does not have it, so that staff can decide on another way.
async fn hold(app: &App, job: &RefundJob, asked_at: Instant) -> Result<(), StoreError> {
    app.store
        .change(
            &Selector::ById(job.order.clone()),
            None,
            app.clock.now(),
            |order| {
                Verdict::quiet(order.and_then(|order| order.hold_refund(&job.refund, asked_at)))
            },
        )
        .await?;
    let later = app.clock.now() + TimeDelta::hours(1);
    app.store.put_off_refund(job, later, 0, None).await
}

async fn try_again(app: &App, job: &RefundJob, trouble: &str) -> Result<(), StoreError> {
    let tries = job.tries.saturating_add(1);
    let due = app.clock.now() + hasty(app, wait_to_retry(tries));
    app.store
        .put_off_refund(job, due, tries, Some(trouble))
        .await
}

/// A wait, shortened for tests (`--refund-haste`).
fn hasty(app: &App, wait: TimeDelta) -> TimeDelta {
    wait / i32::try_from(app.refund_haste).unwrap_or(1)
}

/// Keeps what a provider said of a refund. Gives back the order as it is now; `None` when there is none of that id.
///
/// # Errors
/// When the store fails: nothing is kept then.
pub async fn report_on(
    app: &App,
    order: &OrderId,
    refund: &RefundId,
    from: &ProviderId,
    report: &ProviderReport,
) -> Result<Option<Order>, StoreError> {
    let now = app.clock.now();
    let selector = Selector::ById(order.clone());
    let mut after = None;
    let mut news = false;
    app.store
        .change(&selector, None, now, |order| {
            // Without its shop's policy the server does not start, but another at the same database may have put it.
            let change = order.as_ref().and_then(|order| {
                let policy = app.shops.policy_of(order)?;
                order.refund_reported(refund, from, report, policy, &app.shops.calendar, now)
            });
            news = change.is_some();
            after = change.as_ref().map(|change| change.order.clone()).or(order);
            Verdict::quiet(change)
        })
        .await?;
    if news {
        app.metrics.refund(match report.stage {
            ProviderStage::Accepted => "accepted",
            ProviderStage::InClearing => "in_clearing",
            ProviderStage::Arrived => "arrived",
            ProviderStage::Failed(_) => "failed",
        });
    }
    Ok(after)
}
