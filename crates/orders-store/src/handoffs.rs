//! Log-ins on their way from a host app to a page: one-time codes, of which only hashes are stored.

use orders_domain::{Instant, ShopperId};

use crate::rows::{clean, get, storable};
use crate::{Shopper, Store, StoreError};

/// A code that waits for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOff {
    /// Who will be logged in.
    pub shopper: Shopper,
    /// What the page's secret has to fit.
    pub binding: String,
    /// Whether its time is over.
    pub expired: bool,
}

impl Store {
    /// Keeps a code until it is taken or `expires`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the hash is taken, [`StoreError::Unavailable`], also when there is no such shopper.
    pub async fn put_hand_off(
        &self,
        code_hash: &str,
        shopper: &ShopperId,
        binding: &str,
        expires: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO handoffs (code_hash, shopper, binding, expires_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(code_hash)
        .bind(shopper.as_str())
        .bind(clean(binding))
        .bind(expires.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Takes a code, whatever comes of it: nobody can take it a second time, two at the same moment neither.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_hand_off(
        &self,
        code_hash: &str,
        now: Instant,
    ) -> Result<Option<HandOff>, StoreError> {
        if !storable(code_hash) {
            return Ok(None);
        }
        let row = sqlx::query(
            "DELETE FROM handoffs WHERE code_hash = $1 RETURNING shopper, binding, expires_at, \
             (SELECT display_name FROM shoppers WHERE shoppers.id = handoffs.shopper) AS display_name",
        )
        .bind(code_hash)
        .fetch_optional(&self.inner.writes)
        .await?;
        row.map(|row| {
            Ok(HandOff {
                shopper: Shopper {
                    id: ShopperId(get(&row, "shopper")?),
                    display_name: get(&row, "display_name")?,
                },
                binding: get(&row, "binding")?,
                expired: get::<i64>(&row, "expires_at")? <= now.timestamp_millis(),
            })
        })
        .transpose()
    }

    /// Deletes codes whose time is over; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_hand_offs(&self, now: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM handoffs WHERE expires_at <= $1")
            .bind(now.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }
}
