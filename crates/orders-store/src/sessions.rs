//! Who is logged in: only hashes of tokens are stored, so that the database opens no door.

use std::time::Duration;

use orders_domain::{Instant, OrderId, ShopperId};

use crate::rows::{get, storable};
use crate::{Owner, Shopper, Store, StoreError};

/// A use is written down at most this often.
const RENEWED_EVERY_MS: i64 = 60_000;
/// A request does not wait longer than this for the writing down of its session's use; the next one will do it.
const RENEWAL_TIMEOUT: Duration = Duration::from_millis(500);

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The shopper; of a guest, who placed the order.
    pub shopper: Shopper,
    /// What there is for them.
    pub owner: Owner,
}

impl Store {
    /// Begins a session that lives until `expires`, and from each later use on for as long as from `now` to `expires`. A
    /// guest's ends at `expires`, however it is used.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the hash is taken, [`StoreError::Unavailable`].
    pub async fn create_session(
        &self,
        token_hash: &str,
        owner: impl Into<Owner> + Send,
        now: Instant,
        expires: Instant,
    ) -> Result<(), StoreError> {
        let owner = owner.into();
        let (now, expires) = (now.timestamp_millis(), expires.timestamp_millis());
        sqlx::query(
            "INSERT INTO sessions (token_hash, shopper, created_at, last_used_at, expires_at, lifetime, guest_order) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(token_hash)
        .bind(owner.shopper().as_str())
        .bind(now)
        .bind(now)
        .bind(expires)
        .bind(expires - now)
        .bind(owner.only().map(OrderId::as_str))
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Whose session it is; `None` when there is none or it is over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn session(
        &self,
        token_hash: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, StoreError> {
        if !storable(token_hash) {
            return Ok(None);
        }
        let now = now.timestamp_millis();
        let row = sqlx::query(
            "SELECT shoppers.id, display_name, last_used_at, guest_order FROM sessions \
             JOIN shoppers ON shoppers.id = sessions.shopper \
             WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash)
        .bind(now)
        .fetch_optional(&self.inner.reads)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let guest = get::<Option<String>>(&row, "guest_order")?.map(OrderId);
        let last_used: i64 = get(&row, "last_used_at")?;
        if guest.is_none() && last_used <= now - RENEWED_EVERY_MS {
            let renewed = tokio::time::timeout(RENEWAL_TIMEOUT, self.renew(token_hash, now)).await;
            // The session holds with or without it, so that a busy writer does not log anybody out.
            if !matches!(renewed, Ok(Ok(()))) {
                tracing::debug!("a session's use was not written down");
            }
        }
        let shopper = Shopper {
            id: ShopperId(get(&row, "id")?),
            display_name: get(&row, "display_name")?,
        };
        let owner = match guest {
            None => Owner::Account(shopper.id.clone()),
            Some(order) => Owner::Guest {
                shopper: shopper.id.clone(),
                order,
            },
        };
        Ok(Some(SignedIn { shopper, owner }))
    }

    /// Ends a session. Ending one that is not there is fine.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end_session(&self, token_hash: &str) -> Result<(), StoreError> {
        if !storable(token_hash) {
            return Ok(());
        }
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }

    /// Deletes sessions that are over; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_sessions(&self, now: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }

    async fn renew(&self, token_hash: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE sessions SET last_used_at = $1, expires_at = $2 + lifetime \
             WHERE token_hash = $3 AND last_used_at <= $4",
        )
        .bind(now)
        .bind(now)
        .bind(token_hash)
        .bind(now - RENEWED_EVERY_MS)
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }
}
