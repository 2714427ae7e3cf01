//! What comparing our refunds with a provider's ledger showed, day by day.

use orders_domain::{Currency, Day, Instant, Money, ProviderId, RefundId, RefundState};
use serde::{Deserialize, Serialize};

use crate::rows::{get, instant, to_json};
use crate::{Store, StoreError};

/// A refund that the provider accepted, as our books have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentRefund {
    /// Its number.
    pub refund: RefundId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
    /// Who makes it; `None` when the shop does.
    pub provider: Option<ProviderId>,
}

/// How our books and the provider's differ on one refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its number.
    pub refund: RefundId,
    /// In which way.
    pub kind: DifferenceKind,
    /// What our books say, minor units; `None` when they do not have it.
    pub ours: Option<i64>,
    /// What the provider's say.
    pub theirs: Option<i64>,
}

/// In which way books differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The provider gave money back of which our books know nothing.
    MissingHere,
    /// Our books say that it was sent, and the provider does not have it.
    MissingThere,
    /// Both have it, with other amounts.
    Amount,
    /// Both have it: one says that the money moved, the other that it failed.
    Outcome,
}

/// A day's comparison with one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// With whom.
    pub provider: ProviderId,
    /// Of which day, in Beijing.
    pub day: Day,
    /// When it was made.
    pub at: Instant,
    /// How many refunds our books have, and how much they are together, minor units.
    pub ours: (i64, i64),
    /// The same of the provider's.
    pub theirs: (i64, i64),
    /// Where they differ.
    pub differences: Vec<Difference>,
}

impl Store {
    /// The refunds that `provider` accepted from `from` until before `to`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn refunds_sent(
        &self,
        provider: &ProviderId,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<SentRefund>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, amount, currency, state, provider FROM refunds \
             WHERE provider = $1 AND provider <> '' AND sent_at >= $2 AND sent_at < $3",
        )
        .bind(provider.as_str())
        .bind(from.timestamp_millis())
        .bind(to.timestamp_millis())
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter().map(sent).collect()
    }

    /// One refund, as our books have it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn refund_in_books(
        &self,
        refund: &RefundId,
    ) -> Result<Option<SentRefund>, StoreError> {
        let row =
            sqlx::query("SELECT id, amount, currency, state, provider FROM refunds WHERE id = $1")
                .bind(refund.as_str())
                .fetch_optional(&self.inner.reads)
                .await?;
        row.as_ref().map(sent).transpose()
    }

    /// Keeps a comparison, in place of an earlier one of the same day.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_reconciliation(&self, done: &Reconciliation) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO reconciliations \
             (provider, day, at, ours_count, ours_amount, theirs_count, theirs_amount, differences) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider, day) DO UPDATE SET \
             at = excluded.at, ours_count = excluded.ours_count, ours_amount = excluded.ours_amount, \
             theirs_count = excluded.theirs_count, theirs_amount = excluded.theirs_amount, \
             differences = excluded.differences",
        )
        .bind(done.provider.as_str())
        .bind(done.day.to_string())
        .bind(done.at.timestamp_millis())
        .bind(done.ours.0)
        .bind(done.ours.1)
        .bind(done.theirs.0)
        .bind(done.theirs.1)
        .bind(to_json(&done.differences)?)
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// The latest comparisons, of all providers, newest day first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn reconciliations(&self, limit: u32) -> Result<Vec<Reconciliation>, StoreError> {
        let rows = sqlx::query(
            "SELECT provider, day, at, ours_count, ours_amount, theirs_count, theirs_amount, differences \
             FROM reconciliations ORDER BY day DESC, provider LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| {
                let broken = |what: &str| StoreError::Corrupt(format!("reconciliation: {what}"));
                let (day, differences): (String, String) =
                    (get(row, "day")?, get(row, "differences")?);
                Ok(Reconciliation {
                    provider: ProviderId(get(row, "provider")?),
                    day: day.parse().map_err(|_| broken("day"))?,
                    at: instant(get(row, "at")?).ok_or_else(|| broken("at"))?,
                    ours: (get(row, "ours_count")?, get(row, "ours_amount")?),
                    theirs: (get(row, "theirs_count")?, get(row, "theirs_amount")?),
                    differences: serde_json::from_str(&differences)
                        .map_err(|_| broken("differences"))?,
                })
            })
            .collect()
    }

    /// The days that were compared with `provider`, at most the latest hundred.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn reconciled_days(&self, provider: &ProviderId) -> Result<Vec<Day>, StoreError> {
        let rows = sqlx::query(
            "SELECT day FROM reconciliations WHERE provider = $1 ORDER BY day DESC LIMIT 100",
        )
        .bind(provider.as_str())
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| {
                let day: String = get(row, "day")?;
                day.parse()
                    .map_err(|_| StoreError::Corrupt(format!("reconciliation of {day:?}")))
            })
            .collect()
    }
}

fn sent(row: &sqlx::any::AnyRow) -> Result<SentRefund, StoreError> {
    let id: String = get(row, "id")?;
    let broken = |what: &str| StoreError::Corrupt(format!("refund {id}: {what}"));
    let (currency, state): (String, String) = (get(row, "currency")?, get(row, "state")?);
    let provider: String = get(row, "provider")?;
    Ok(SentRefund {
        provider: Some(ProviderId(provider)).filter(|provider| !provider.0.is_empty()),
        amount: Money {
            amount: get(row, "amount")?,
            currency: Currency::parse(&currency).ok_or_else(|| broken("currency"))?,
        },
        state: RefundState::from_code(&state).ok_or_else(|| broken("state"))?,
        refund: RefundId(id),
    })
}
