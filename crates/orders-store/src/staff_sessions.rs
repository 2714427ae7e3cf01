//! Who of the staff is logged in: only hashes of tokens are stored, so that the database opens no door.

use std::time::Duration;

use chrono::TimeDelta;
use orders_domain::{Instant, StaffId, StaffMember};

use crate::rows::storable;
use crate::staff::{StaffSecrets, member};
use crate::{Store, StoreError};

/// A use is written down at most this often.
const RENEWED_EVERY_MS: i64 = 60_000;
/// A request does not wait longer than this for the writing down of its session's use; the next one will do it.
const RENEWAL_TIMEOUT: Duration = Duration::from_millis(500);

/// How long a session of the staff lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffTerm {
    /// Without being used.
    pub idle: TimeDelta,
    /// In any case.
    pub longest: TimeDelta,
}

impl Store {
    /// Uses up the code of `step` and begins a session with it, both or neither. `false` when the code of that step or of
    /// a later one was used already, or `secrets` are not theirs any more, or they are disabled.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the hash is taken, [`StoreError::Unavailable`].
    pub async fn begin_staff_session(
        &self,
        id: &StaffId,
        secrets: &StaffSecrets,
        step: i64,
        token_hash: &str,
        now: Instant,
        term: StaffTerm,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        let used = sqlx::query(
            "UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $3 AND totp_secret = $4 \
             AND password_hash = $5 AND disabled_at IS NULL",
        )
        .bind(step)
        .bind(id.as_str())
        .bind(step)
        .bind(secrets.totp_secret.as_str())
        .bind(secrets.password_hash.as_str())
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() != 1 {
            tx.rollback().await?;
            return Ok(false);
        }
        let at = now.timestamp_millis();
        sqlx::query(
            "INSERT INTO staff_sessions (token_hash, staff, created_at, last_used_at, expires_at, ends_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(token_hash)
        .bind(id.as_str())
        .bind(at)
        .bind(at)
        .bind((now + term.idle.min(term.longest)).timestamp_millis())
        .bind((now + term.longest).timestamp_millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Whose session it is; `None` when there is none or it is over. Using it lets it live for `idle` from `now` on, but
    /// never beyond its end.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn staff_session(
        &self,
        token_hash: &str,
        now: Instant,
        idle: TimeDelta,
    ) -> Result<Option<StaffMember>, StoreError> {
        let at = now.timestamp_millis();
        let Some((member, last_used)) = self.find_staff_session(token_hash, at).await? else {
            return Ok(None);
        };
        if last_used <= at - RENEWED_EVERY_MS {
            let renewed = self.renew_staff_session(token_hash, now, idle);
            let renewed = tokio::time::timeout(RENEWAL_TIMEOUT, renewed).await;
            // The session holds with or without it, so that a busy writer does not log anybody out.
            if !matches!(renewed, Ok(Ok(()))) {
                tracing::debug!("the use of a session of the staff was not written down");
            }
        }
        Ok(Some(member))
    }

    /// The same without using it: a page that is merely open keeps nobody logged in.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn look_at_staff_session(
        &self,
        token_hash: &str,
        now: Instant,
    ) -> Result<Option<StaffMember>, StoreError> {
        let found = self.find_staff_session(token_hash, now.timestamp_millis());
        Ok(found.await?.map(|(member, _)| member))
    }

    /// Whose session it is, and when it was used.
    async fn find_staff_session(
        &self,
        token_hash: &str,
        at: i64,
    ) -> Result<Option<(StaffMember, i64)>, StoreError> {
        if !storable(token_hash) {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT id, name, role, shops, last_used_at FROM staff_sessions \
             JOIN staff ON staff.id = staff_sessions.staff \
             WHERE token_hash = $1 AND expires_at > $2 AND ends_at > $3 AND disabled_at IS NULL",
        )
        .bind(token_hash)
        .bind(at)
        .bind(at)
        .fetch_optional(&self.inner.reads)
        .await?;
        row.map(|row| Ok((member(&row)?, crate::rows::get(&row, "last_used_at")?)))
            .transpose()
    }

    /// Ends a session. Ending one that is not there is fine.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end_staff_session(&self, token_hash: &str) -> Result<(), StoreError> {
        if !storable(token_hash) {
            return Ok(());
        }
        sqlx::query("DELETE FROM staff_sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }

    /// Deletes sessions that are over; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_staff_sessions(&self, now: Instant) -> Result<u64, StoreError> {
        // What is over in any case is over for want of use, too: that end is never put beyond the other.
        let done = sqlx::query("DELETE FROM staff_sessions WHERE expires_at <= $1")
            .bind(now.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }

    async fn renew_staff_session(
        &self,
        token_hash: &str,
        now: Instant,
        idle: TimeDelta,
    ) -> Result<(), StoreError> {
        let at = now.timestamp_millis();
        let expires = (now + idle).timestamp_millis();
        // The smaller of two, in words that both databases know.
        sqlx::query(
            "UPDATE staff_sessions SET last_used_at = $1, \
             expires_at = CASE WHEN ends_at < $2 THEN ends_at ELSE $3 END \
             WHERE token_hash = $4 AND last_used_at <= $5",
        )
        .bind(at)
        .bind(expires)
        .bind(expires)
        .bind(token_hash)
        .bind(at - RENEWED_EVERY_MS)
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }
}
