//! Failed log-ins, by account and by address, so that guessing can be slowed down.

use orders_domain::Instant;

use crate::rows::{clean, get, instant};
use crate::{Store, StoreError};

/// The failures under one key within a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: i64,
    /// The first of them: the window lets go of it first.
    pub oldest: Option<Instant>,
    /// The last of them.
    pub newest: Option<Instant>,
}

impl Store {
    /// The failures under `key` (`account:…`, `address:…`) at `since` or later.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn login_failures(&self, key: &str, since: Instant) -> Result<Failures, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS failures, MIN(at) AS oldest, MAX(at) AS newest \
             FROM login_failures WHERE key = $1 AND at >= $2",
        )
        .bind(clean(key))
        .bind(since.timestamp_millis())
        .fetch_one(&self.inner.reads)
        .await?;
        Ok(Failures {
            count: get(&row, "failures")?,
            oldest: get::<Option<i64>>(&row, "oldest")?.and_then(instant),
            newest: get::<Option<i64>>(&row, "newest")?.and_then(instant),
        })
    }

    /// Notes a failure under `key`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn record_login_failure(&self, key: &str, at: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO login_failures (key, at) VALUES ($1, $2)")
            .bind(clean(key))
            .bind(at.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }

    /// Forgets the failures under `key`, after a success.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn clear_login_failures(&self, key: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM login_failures WHERE key = $1")
            .bind(clean(key))
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }

    /// Forgets failures before `before`; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_login_failures(&self, before: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM login_failures WHERE at < $1")
            .bind(before.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }
}
