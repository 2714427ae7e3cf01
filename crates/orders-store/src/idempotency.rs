//! Remembers the answers that were given under idempotency keys.

use orders_domain::Instant;
use sqlx::{Any, Transaction};

use crate::change::{Answer, Once};
use crate::rows::get;
use crate::{Store, StoreError};

/// What is known of a key.
pub(crate) enum Known {
    /// Nothing.
    New,
    /// The same request was answered so.
    Answered(Answer),
    /// Another request used it.
    Reused,
}

pub(crate) async fn look_up(
    tx: &mut Transaction<'static, Any>,
    once: &Once,
) -> Result<Known, StoreError> {
    let row = sqlx::query(
        "SELECT fingerprint, status, body FROM idempotency WHERE scope = $1 AND key = $2",
    )
    .bind(once.scope.as_str())
    .bind(once.key.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else {
        return Ok(Known::New);
    };
    if get::<String>(&row, "fingerprint")? != once.fingerprint {
        return Ok(Known::Reused);
    }
    let status: i64 = get(&row, "status")?;
    Ok(Known::Answered(Answer {
        status: u16::try_from(status).map_err(|_| {
            StoreError::Corrupt(format!("idempotency key {}: status {status}", once.key))
        })?,
        body: get(&row, "body")?,
    }))
}

pub(crate) async fn remember(
    tx: &mut Transaction<'static, Any>,
    once: &Once,
    answer: &Answer,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency (scope, key, fingerprint, status, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(once.scope.as_str())
    .bind(once.key.as_str())
    .bind(once.fingerprint.as_str())
    .bind(i64::from(answer.status))
    .bind(answer.body.as_str())
    .bind(once.at.timestamp_millis())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// Takes a key for a request whose answer must not be kept, because there is a secret in it: `false` when another
    /// request has taken it. Of the answer nothing is stored.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_key(&self, once: &Once) -> Result<bool, StoreError> {
        sqlx::query(
            "INSERT INTO idempotency (scope, key, fingerprint, status, body, created_at) \
             VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (scope, key) DO NOTHING",
        )
        .bind(once.scope.as_str())
        .bind(once.key.as_str())
        .bind(once.fingerprint.as_str())
        .bind(once.at.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(self.key_taken(once).await? == Some(true))
    }

    /// Whether the key is taken, and then, whether by the same request.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn key_taken(&self, once: &Once) -> Result<Option<bool>, StoreError> {
        let row = sqlx::query("SELECT fingerprint FROM idempotency WHERE scope = $1 AND key = $2")
            .bind(once.scope.as_str())
            .bind(once.key.as_str())
            .fetch_optional(&self.inner.writes)
            .await?;
        row.map(|row| Ok(get::<String>(&row, "fingerprint")? == once.fingerprint))
            .transpose()
    }

    /// Forgets answers that were given before `before`; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_idempotency(&self, before: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
            .bind(before.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }
}
