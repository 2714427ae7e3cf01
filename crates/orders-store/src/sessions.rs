//! Who is logged in: only hashes of tokens are stored, so that the database opens no door.

use std::time::Duration;

use orders_domain::{Instant, OrderId, ShopperId};
use sqlx::any::AnyRow;

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
        match &owner {
            Owner::Account(shopper) => {
                sqlx::query(
                    "INSERT INTO sessions (token_hash, shopper, created_at, last_used_at, expires_at, lifetime) \
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(token_hash)
                .bind(shopper.as_str())
                .bind(now)
                .bind(now)
                .bind(expires)
                .bind(expires - now)
                .execute(&self.inner.writes)
                .await?;
            }
            Owner::Guest { shopper, order } => {
                let mut tx = self.begin_write().await?;
                // Orders come from the shop before their shopper does, and a guest may come first of all: what they send and
                // say is kept as of a shopper without a name and without a log-in.
                sqlx::query(
                    "INSERT INTO shoppers (id, display_name, password_hash) VALUES ($1, '', '') \
                     ON CONFLICT (id) DO NOTHING",
                )
                .bind(shopper.as_str())
                .execute(&mut *tx)
                .await?;
                sqlx::query(
                    "INSERT INTO guest_sessions (token_hash, shopper, order_id, created_at, expires_at) \
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(token_hash)
                .bind(shopper.as_str())
                .bind(order.as_str())
                .bind(now)
                .bind(expires)
                .execute(&mut *tx)
                .await?;
                tx.commit().await?;
            }
        }
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
            "SELECT shoppers.id, display_name, last_used_at FROM sessions \
             JOIN shoppers ON shoppers.id = sessions.shopper \
             WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash)
        .bind(now)
        .fetch_optional(&self.inner.reads)
        .await?;
        let Some(row) = row else {
            return self.guest_session(token_hash, now).await;
        };
        let last_used: i64 = get(&row, "last_used_at")?;
        if last_used <= now - RENEWED_EVERY_MS {
            let renewed = tokio::time::timeout(RENEWAL_TIMEOUT, self.renew(token_hash, now)).await;
            // The session holds with or without it, so that a busy writer does not log anybody out.
            if !matches!(renewed, Ok(Ok(()))) {
                tracing::debug!("a session's use was not written down");
            }
        }
        let shopper = shopper(&row)?;
        let owner = Owner::Account(shopper.id.clone());
        Ok(Some(SignedIn { shopper, owner }))
    }

    async fn guest_session(
        &self,
        token_hash: &str,
        now: i64,
    ) -> Result<Option<SignedIn>, StoreError> {
        let row = sqlx::query(
            "SELECT shoppers.id, display_name, order_id FROM guest_sessions \
             JOIN shoppers ON shoppers.id = guest_sessions.shopper \
             WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash)
        .bind(now)
        .fetch_optional(&self.inner.reads)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let shopper = shopper(&row)?;
        let owner = Owner::Guest {
            shopper: shopper.id.clone(),
            order: OrderId(get(&row, "order_id")?),
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
        for statement in [
            "DELETE FROM sessions WHERE token_hash = $1",
            "DELETE FROM guest_sessions WHERE token_hash = $1",
        ] {
            sqlx::query(statement)
                .bind(token_hash)
                .execute(&self.inner.writes)
                .await?;
        }
        Ok(())
    }

    /// Deletes sessions that are over; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_sessions(&self, now: Instant) -> Result<u64, StoreError> {
        let mut over = 0;
        for statement in [
            "DELETE FROM sessions WHERE expires_at <= $1",
            "DELETE FROM guest_sessions WHERE expires_at <= $1",
        ] {
            let done = sqlx::query(statement)
                .bind(now.timestamp_millis())
                .execute(&self.inner.writes)
                .await?;
            over += done.rows_affected();
        }
        Ok(over)
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

fn shopper(row: &AnyRow) -> Result<Shopper, StoreError> {
    Ok(Shopper {
        id: ShopperId(get(row, "id")?),
        display_name: get(row, "display_name")?,
    })
}
