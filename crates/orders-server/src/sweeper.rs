//! What happens when time is over, also when that was while the server was down: unpaid orders close (S4), and in
//! after-sale cases, complaints and conversations what the policy says follows from silence; so it does where a request or an
//! order to be accepted was not decided in its time.

use std::collections::HashSet;
use std::hash::Hash;

use chrono::TimeDelta;
use orders_domain::{Change, Order, OrderId, Policy};
use orders_store::{Selector, StoreError, Verdict};
use tokio::sync::watch;

use crate::chat_sweeper::{self, Stuck};
use crate::config::limits::{
    ANSWER_SECONDS, ATTEMPT_WINDOW_SECONDS, MAIL_DAYS, NOTIFICATION_DAYS, SWEEP, TIDY,
};
use crate::evidence;
use crate::state::App;

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
    /// Complaints that opened by themselves because the shop did not decide in time.
    pub broken: usize,
    /// Conversations that moved because nobody answered, or could.
    pub conversations: usize,
    /// Shoppers who were told that they were answered.
    pub answers: usize,
}

/// Sweeps at once, and then every second until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut stuck, mut failing) = (Stuck::default(), false);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        match sweep(&app, &mut stuck).await {
            Ok(Swept {
                closed,
                cases,
                complaints,
                broken,
                conversations,
                answers,
            }) => {
                if answers > 0 {
                    tracing::info!(
                        answers,
                        "told shoppers who were away that they were answered"
                    );
                }
                if broken > 0 {
                    tracing::warn!(
                        broken,
                        "opened complaints about what was not decided in time"
                    );
                }
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

/// Closes unpaid orders, moves cases, complaints and conversations on that are due, tells of answers, and says how many that
/// were. `stuck` is what the sweeps before this one could not move.
///
/// # Errors
/// When the store fails; what was done before that stays done.
pub async fn sweep(app: &App, stuck: &mut Stuck) -> Result<Swept, StoreError> {
    Ok(Swept {
        closed: sweep_all(app, Due::Unpaid).await?,
        cases: sweep_all(app, Due::Cases).await?,
        complaints: sweep_all(app, Due::Complaints).await?,
        broken: sweep_all(app, Due::Broken).await?,
        conversations: chat_sweeper::sweep(app, stuck, BATCH).await?,
        answers: chat_sweeper::tell(app, stuck, BATCH).await?,
    })
}

/// What can be due.
#[derive(Clone, Copy)]
enum Due {
    Unpaid,
    Cases,
    Complaints,
    Broken,
}

impl Due {
    /// The orders of what is due, the longest overdue first, at most `limit`.
    async fn rows(self, app: &App, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        let now = app.clock.now();
        match self {
            Self::Unpaid => app.store.unpaid_due(now, limit).await,
            Self::Cases => app.store.cases_due(now, limit).await,
            Self::Complaints => app.store.complaints_due(now, limit).await,
            Self::Broken => {
                // Only where that leads to something: the rest would be looked at in vain again and again.
                let after = |policy: &Policy| {
                    let after = policy.complaints.as_ref()?.broken_after(now)?;
                    Some((policy.shop.clone(), after))
                };
                let after: Vec<_> = app.shops.policies().filter_map(after).collect();
                app.store.broken_dates(&after, now, limit).await
            }
        }
    }

    /// What follows for an order.
    fn decide(self, app: &App, order: &Order) -> Option<Change> {
        match self {
            Self::Unpaid => close(app, order),
            Self::Cases => move_on(app, order),
            Self::Complaints => complaint_on(app, order),
            Self::Broken => broken(app, order),
        }
    }
}

/// Changes every order of which something is due, and says how often it changed one.
async fn sweep_all(app: &App, due: Due) -> Result<usize, StoreError> {
    let (mut changed, mut behind) = (0, Behind::default());
    loop {
        let rows = due.rows(app, behind.limit(BATCH)).await?;
        let Some(orders) = behind.fresh(rows, BATCH) else {
            return Ok(changed);
        };
        for order in orders {
            if change(app, &order, due).await {
                changed += 1;
            } else {
                behind.leave(order);
            }
        }
    }
}

/// Changes an order as `due` says; `false` when that cannot be, or nothing follows.
async fn change(app: &App, order: &OrderId, due: Due) -> bool {
    let mut done = false;
    let selector = Selector::ById(order.clone());
    let outcome = app.store.change(&selector, None, app.clock.now(), |order| {
        let change = order.and_then(|order| due.decide(app, &order));
        done = change.is_some();
        Verdict::quiet(change)
    });
    match outcome.await {
        Ok(_) => done,
        Err(error) => {
            tracing::error!(%order, %error, "cannot change an order whose time has come");
            false
        }
    }
}

/// What a sweep has left as it was, each by its `T`: it stays in front, because it is the longest overdue, and must not hold
/// up what is behind it.
#[derive(Debug)]
pub(crate) struct Behind<T> {
    left: HashSet<T>,
    /// How many rows of it stood in the way the last time.
    rows: usize,
}

impl<T> Default for Behind<T> {
    fn default() -> Self {
        Self {
            left: HashSet::new(),
            rows: 0,
        }
    }
}

impl<T: Eq + Hash> Behind<T> {
    /// How many rows to ask for, so that there may be `batch` new ones behind those in the way.
    pub(crate) fn limit(&self, batch: u32) -> u32 {
        let rows = u32::try_from(self.rows).unwrap_or(u32::MAX);
        rows.saturating_add(batch)
    }

    /// What the sweep has not left of `rows`, which [`Behind::limit`] was asked of, each once. Nothing when there may be
    /// something further behind; `None` when there is not.
    pub(crate) fn fresh(&mut self, rows: Vec<T>, batch: u32) -> Option<Vec<T>> {
        let asked = self.limit(batch) as usize;
        let all = rows.len();
        let mut fresh: Vec<T> = Vec::new();
        self.rows = 0;
        for row in rows {
            if self.left.contains(&row) {
                self.rows += 1;
            } else if !fresh.contains(&row) {
                fresh.push(row);
            }
        }
        (!fresh.is_empty() || all >= asked).then_some(fresh)
    }

    /// Leaves it for the rest of this sweep.
    pub(crate) fn leave(&mut self, row: T) {
        self.left.insert(row);
    }

    /// Looks at it again after all.
    pub(crate) fn take_back(&mut self, row: &T) {
        self.left.remove(row);
    }
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

/// What the shop has not decided in its time. Complaints go by the policy in force, whoever begins them.
fn broken(app: &App, order: &Order) -> Option<Change> {
    let rules = app.shops.policy(&order.shop)?.complaints.as_ref();
    order.complain_of_broken_date(rules, app.clock.now())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Sweeps `rows` in batches of `batch`; each of an order's rows goes with a change, but for those that cannot be
    /// changed. Says which rows are left.
    fn left(mut rows: Vec<&'static str>, batch: u32, cannot: &[&str]) -> Vec<&'static str> {
        let mut behind = Behind::default();
        loop {
            let limit = behind.limit(batch) as usize;
            let found: Vec<OrderId> = rows.iter().take(limit).map(|id| (*id).into()).collect();
            let Some(orders) = behind.fresh(found, batch) else {
                return rows;
            };
            for order in orders {
                if cannot.contains(&order.as_str()) {
                    behind.leave(order);
                } else {
                    let place = rows.iter().position(|id| *id == order.as_str());
                    rows.remove(place.expect("a row"));
                }
            }
        }
    }

    #[test]
    fn orders_that_cannot_be_changed_do_not_hold_up_those_behind_them() {
        type Row = (
            Vec<&'static str>,
            &'static [&'static str],
            Vec<&'static str>,
        );
        for batch in 1..8 {
            let table: [Row; 6] = [
                (vec![], &[], vec![]),
                (vec!["a", "b", "a", "c"], &[], vec![]),
                (vec!["a", "b", "c", "d"], &["a", "b"], vec!["a", "b"]),
                (
                    vec!["a", "a", "a", "b", "a", "c", "b"],
                    &["a"],
                    vec!["a"; 4],
                ),
                (vec!["a", "b", "c"], &["a", "b", "c"], vec!["a", "b", "c"]),
                (
                    vec!["a", "b", "c", "d", "b", "e"],
                    &["b", "d"],
                    vec!["b", "d", "b"],
                ),
            ];
            for (rows, cannot, expected) in table {
                assert_eq!(left(rows, batch, cannot), expected, "in batches of {batch}");
            }
        }
    }
}
