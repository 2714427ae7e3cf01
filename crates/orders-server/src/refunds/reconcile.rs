//! Compares our refunds of each day with the payment provider's own ledger, and keeps where they differ.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Days, FixedOffset, NaiveTime, TimeZone, Timelike};
use orders_domain::{Day, Instant, ProviderId, RefundId, RefundState};
use orders_payments::{LedgerEntry, Provider, ProviderError};
use orders_store::{Difference, DifferenceKind, Reconciliation, SentRefund, StoreError};
use tokio::sync::watch;

use crate::config::limits::{RECONCILE_FROM_HOUR, RECONCILE_TICK};
use crate::state::App;

/// How many days back are made up for when the server was down, or the provider's ledger was not there.
const DAYS_BACK: u64 = 7;

/// Why a day could not be compared.
#[derive(Debug)]
pub enum Failed {
    /// There is no such provider, or it keeps no ledger.
    NoLedger,
    /// The ledger could not be had.
    Provider(ProviderError),
    /// Our own books could not be read.
    Store(StoreError),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLedger => f.write_str("there is no ledger"),
            Self::Provider(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Compares every day that is over, from the hour at which providers have their ledgers, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(RECONCILE_TICK);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        for provider in app.payments.providers.keys() {
            let Ok(days) = days_due(&app, provider).await else {
                tracing::error!(%provider, "cannot tell which days are to be reconciled");
                continue;
            };
            for day in days {
                match reconcile(&app, provider, day).await {
                    Ok(_) | Err(Failed::NoLedger) => {}
                    Err(error) => {
                        tracing::warn!(%provider, %day, %error, "cannot reconcile; the next hour will try again");
                    }
                }
            }
        }
    }
}

/// The days that are over and were not compared yet.
async fn days_due(app: &App, provider: &ProviderId) -> Result<Vec<Day>, StoreError> {
    let now = beijing(app.clock.now());
    let last = now
        .date_naive()
        .checked_sub_days(Days::new(if now.hour() < RECONCILE_FROM_HOUR {
            2
        } else {
            1
        }));
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let first = last
        .checked_sub_days(Days::new(DAYS_BACK - 1))
        .unwrap_or(last);
    let done = app.store.reconciled_days(provider).await?;
    // The first time, one day says enough.
    let first = match done.iter().min() {
        Some(earliest) => first.max(*earliest),
        None => last,
    };
    Ok(first
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| !done.contains(day))
        .collect())
}

/// Compares one day with one provider and keeps what it shows.
///
/// # Errors
/// [`Failed`]; nothing is kept then.
pub async fn reconcile(
    app: &App,
    provider: &ProviderId,
    day: Day,
) -> Result<Reconciliation, Failed> {
    let account = app
        .payments
        .providers
        .get(provider)
        .ok_or(Failed::NoLedger)?;
    let now = app.clock.now();
    let theirs = ledger(account, day, now).await?;
    let (from, to) = bounds(day);
    let mut ours = app.store.refunds_sent(provider, from, to).await?;
    // What was accepted around midnight may be under the neighbouring day in the other books.
    let known: Vec<&RefundId> = ours.iter().map(|refund| &refund.refund).collect();
    let mut elsewhere = Vec::new();
    for entry in theirs
        .iter()
        .filter(|entry| !known.contains(&&entry.refund))
    {
        elsewhere.extend(app.store.refund_in_books(&entry.refund).await?);
    }
    ours.extend(elsewhere);
    let mut theirs = theirs;
    let missing = ours
        .iter()
        .any(|refund| theirs.iter().all(|entry| entry.refund != refund.refund));
    if missing && let Some(before) = day.pred_opt() {
        let is_ours = |entry: &LedgerEntry| ours.iter().any(|refund| refund.refund == entry.refund);
        let earlier = ledger(account, before, now).await?;
        theirs.extend(earlier.into_iter().filter(is_ours));
    }
    let done = Reconciliation {
        provider: provider.clone(),
        day,
        at: now,
        ours: totals(ours.iter().map(|refund| refund.amount.amount)),
        theirs: totals(theirs.iter().map(|entry| entry.amount.amount)),
        differences: differences(provider, &ours, &theirs),
    };
    app.store.put_reconciliation(&done).await?;
    app.metrics.reconciled(done.differences.len());
    if done.differences.is_empty() {
        tracing::info!(%provider, %day, refunds = done.ours.0, "books agree");
    } else {
        let count = done.differences.len();
        tracing::error!(%provider, %day, differences = count, "books differ");
    }
    Ok(done)
}

async fn ledger(provider: &Provider, day: Day, now: Instant) -> Result<Vec<LedgerEntry>, Failed> {
    match provider.ledger(day, now).await {
        Ok(Some(entries)) => Ok(entries),
        Ok(None) => Err(Failed::NoLedger),
        Err(error) => Err(Failed::Provider(error)),
    }
}

fn totals(amounts: impl Iterator<Item = i64>) -> (i64, i64) {
    amounts.fold((0, 0), |(count, sum), amount| (count + 1, sum + amount))
}

/// Where the books differ, by number. A refund that this provider does not make (any more) must not have moved there.
fn differences(
    provider: &ProviderId,
    ours: &[SentRefund],
    theirs: &[LedgerEntry],
) -> Vec<Difference> {
    let mut pairs: BTreeMap<&RefundId, (Option<&SentRefund>, Option<&LedgerEntry>)> =
        BTreeMap::new();
    for refund in ours {
        pairs.entry(&refund.refund).or_default().0 = Some(refund);
    }
    for entry in theirs {
        pairs.entry(&entry.refund).or_default().1 = Some(entry);
    }
    let difference = |(number, pair): (&RefundId, (Option<&SentRefund>, Option<&LedgerEntry>))| {
        let kind = match pair {
            (None, None) => None,
            // What failed on both sides is no money.
            (None, Some(entry)) => entry.moved.then_some(DifferenceKind::MissingHere),
            (Some(refund), None) => {
                (refund.state != RefundState::Failed).then_some(DifferenceKind::MissingThere)
            }
            (Some(refund), Some(entry)) if refund.amount != entry.amount => {
                Some(DifferenceKind::Amount)
            }
            (Some(refund), Some(entry)) if refund.provider.as_ref() != Some(provider) => {
                entry.moved.then_some(DifferenceKind::Outcome)
            }
            // One that is under way here and failed there is learned by asking.
            (Some(refund), Some(entry)) => match refund.state {
                RefundState::Failed => entry.moved.then_some(DifferenceKind::Outcome),
                RefundState::Arrived => (!entry.moved).then_some(DifferenceKind::Outcome),
                RefundState::Requested
                | RefundState::Approved
                | RefundState::Sent
                | RefundState::InClearing => None,
            },
        };
        kind.map(|kind| Difference {
            refund: number.clone(),
            kind,
            ours: pair.0.map(|refund| refund.amount.amount),
            theirs: pair.1.map(|entry| entry.amount.amount),
        })
    };
    pairs.into_iter().filter_map(difference).collect()
}

/// The day that it is for the providers.
pub fn today(now: Instant) -> Day {
    beijing(now).date_naive()
}

/// Where providers' days begin.
fn beijing(at: Instant) -> chrono::DateTime<FixedOffset> {
    match FixedOffset::east_opt(8 * 3600) {
        Some(offset) => at.with_timezone(&offset),
        None => at.fixed_offset(),
    }
}

/// The first moment of a day in Beijing and that of the next.
fn bounds(day: Day) -> (Instant, Instant) {
    let start = |day: Day| {
        let noon_less = day.and_time(NaiveTime::MIN) - chrono::TimeDelta::hours(8);
        chrono::Utc.from_utc_datetime(&noon_less)
    };
    (start(day), start(day.succ_opt().unwrap_or(day)))
}

#[cfg(test)]
mod tests {
    use orders_domain::{Currency, Money};

    use super::*;

    fn cny(amount: i64) -> Money {
        Money {
            amount,
            currency: Currency::CNY,
        }
    }

    fn ours(number: &str, amount: i64, state: RefundState) -> SentRefund {
        SentRefund {
            provider: Some("wx".into()),
            refund: number.into(),
            amount: cny(amount),
            state,
        }
    }

    fn theirs(number: &str, amount: i64, moved: bool) -> LedgerEntry {
        LedgerEntry {
            refund: number.into(),
            amount: cny(amount),
            moved,
        }
    }

    #[test]
    fn books_are_compared_refund_by_refund() {
        use DifferenceKind::{Amount, MissingHere, MissingThere, Outcome};
        use RefundState::{Arrived, Failed, InClearing, Sent};
        let mine = |state| Some(ours("r", 100, state));
        for (ours, theirs, expected) in [
            (mine(Arrived), Some(theirs("r", 100, true)), None),
            (mine(Sent), Some(theirs("r", 100, true)), None),
            (mine(InClearing), Some(theirs("r", 100, false)), None),
            (mine(Failed), Some(theirs("r", 100, false)), None),
            (mine(Failed), None, None),
            (None, Some(theirs("r", 100, false)), None),
            (None, Some(theirs("r", 100, true)), Some(MissingHere)),
            (mine(Sent), None, Some(MissingThere)),
            (mine(Arrived), Some(theirs("r", 99, true)), Some(Amount)),
            (mine(Arrived), Some(theirs("r", 100, false)), Some(Outcome)),
            (mine(Failed), Some(theirs("r", 100, true)), Some(Outcome)),
        ] {
            let found = differences(
                &"wx".into(),
                &ours.clone().into_iter().collect::<Vec<_>>(),
                &theirs.clone().into_iter().collect::<Vec<_>>(),
            );
            let kinds: Vec<_> = found.iter().map(|difference| difference.kind).collect();
            let expected: Vec<_> = expected.into_iter().collect();
            assert_eq!(kinds, expected, "{ours:?} and {theirs:?}");
        }
    }

    #[test]
    fn what_goes_another_way_must_not_move_at_the_provider() {
        let paid_out = SentRefund {
            provider: None,
            ..ours("r", 100, RefundState::Arrived)
        };
        for (moved, differ) in [(true, 1), (false, 0)] {
            let found = differences(
                &"wx".into(),
                std::slice::from_ref(&paid_out),
                &[theirs("r", 100, moved)],
            );
            assert_eq!(found.len(), differ);
        }
    }

    #[test]
    fn a_day_is_one_in_beijing() {
        let (from, to) = bounds("2026-02-02".parse().expect("a day"));
        assert_eq!(from.to_rfc3339(), "2026-02-01T16:00:00+00:00");
        assert_eq!(to.to_rfc3339(), "2026-02-02T16:00:00+00:00");
    }
}
