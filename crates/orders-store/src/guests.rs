//! One-time codes for guests: asked for, tried, used once.

use orders_domain::{Instant, Order, OrderId, ShopperId};

use crate::idempotency::{self, Known};
use crate::rows::{self, get, order_columns, storable};
use crate::{Answer, Changed, Once, Owner, Store, StoreError};

/// The most orders of one number that are looked at: numbers are the shops', and two may have given the same.
pub(crate) const NUMBERED: &str = concat!(
    "SELECT ",
    order_columns!(),
    " FROM orders WHERE number = $1 ORDER BY placed_at DESC, id DESC LIMIT 8"
);

/// A code that was asked for, at a try.
#[derive(Clone, PartialEq, Eq)]
pub struct GuestCode {
    /// The code's hash, in PHC form.
    pub code_hash: String,
    /// For whom it is; `None` when number and contact did not fit, so that no code does.
    pub owner: Option<Owner>,
}

impl std::fmt::Debug for GuestCode {
    // The hash stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GuestCode")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The orders with that number, newest first; their timelines and refunds are left empty.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn orders_numbered(&self, number: &str) -> Result<Vec<Order>, StoreError> {
        if !storable(number) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(NUMBERED)
            .bind(number)
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter().map(rows::order).collect()
    }

    /// Keeps that a code was asked for under `id`. It fits nothing until [`Store::grant_guest_code`]. The answer is kept for
    /// the key, as of other changes.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the id is taken or another request with the same key was faster,
    /// [`StoreError::Unavailable`].
    pub async fn begin_guest_code(
        &self,
        id: &str,
        code_hash: &str,
        expires: Instant,
        once: Option<&Once>,
        answer: Answer,
    ) -> Result<Changed, StoreError> {
        let mut tx = self.begin_write().await?;
        if let Some(once) = once {
            let known = idempotency::look_up(&mut tx, once).await?;
            let known = match known {
                Known::New => None,
                Known::Answered(answer) => Some(Changed::Replayed(answer)),
                Known::Reused => Some(Changed::KeyReused),
            };
            if let Some(known) = known {
                tx.rollback().await?;
                return Ok(known);
            }
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        sqlx::query(
            "INSERT INTO guest_codes (id, code_hash, expires_at, tries) VALUES ($1, $2, $3, 0)",
        )
        .bind(id)
        .bind(code_hash)
        .bind(expires.timestamp_millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Changed::Done {
            answer,
            notice: None,
        })
    }

    /// What was answered to the same request under this key; `None` when nothing was. Of another request under it,
    /// [`Changed::KeyReused`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn answered(&self, once: &Once) -> Result<Option<Changed>, StoreError> {
        let mut tx = self.begin_read().await?;
        let known = idempotency::look_up(&mut tx, once).await?;
        tx.commit().await?;
        Ok(match known {
            Known::New => None,
            Known::Answered(answer) => Some(Changed::Replayed(answer)),
            Known::Reused => Some(Changed::KeyReused),
        })
    }

    /// From here on the code lets a guest see this order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn grant_guest_code(
        &self,
        id: &str,
        shopper: &ShopperId,
        order: &OrderId,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE guest_codes SET shopper = $1, order_id = $2 WHERE id = $3")
            .bind(shopper.as_str())
            .bind(order.as_str())
            .bind(id)
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }

    /// Counts a try, before it is looked at: `None` when there is no such code, it is over, or it was tried `most` times.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn try_guest_code(
        &self,
        id: &str,
        now: Instant,
        most: i64,
    ) -> Result<Option<GuestCode>, StoreError> {
        if !storable(id) {
            return Ok(None);
        }
        let row = sqlx::query(
            "UPDATE guest_codes SET tries = tries + 1 WHERE id = $1 AND expires_at > $2 AND tries < $3 \
             RETURNING code_hash, shopper, order_id",
        )
        .bind(id)
        .bind(now.timestamp_millis())
        .bind(most)
        .fetch_optional(&self.inner.writes)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let shopper = get::<Option<String>>(&row, "shopper")?.map(ShopperId);
        let order = get::<Option<String>>(&row, "order_id")?.map(OrderId);
        Ok(Some(GuestCode {
            code_hash: get(&row, "code_hash")?,
            owner: shopper
                .zip(order)
                .map(|(shopper, order)| Owner::Guest { shopper, order }),
        }))
    }

    /// Uses a code up: `false` when somebody else was faster.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn use_guest_code(&self, id: &str) -> Result<bool, StoreError> {
        let used = sqlx::query("DELETE FROM guest_codes WHERE id = $1")
            .bind(id)
            .execute(&self.inner.writes)
            .await?;
        Ok(used.rows_affected() == 1)
    }

    /// Forgets codes that are over; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_guest_codes(&self, now: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM guest_codes WHERE expires_at <= $1")
            .bind(now.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }
}
