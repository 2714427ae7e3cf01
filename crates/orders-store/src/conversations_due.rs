//! Conversations of which time makes something, or that whoever has them cannot go on with.

use chrono::TimeDelta;
use orders_domain::{ANSWER_MINUTES, ConversationId, Instant, ShopId, StaffId};

use crate::rows::get;
use crate::{Store, StoreError};

pub(crate) const UNANSWERED: &str = "SELECT id FROM conversations \
     WHERE state = 'served' AND unanswered_since <= $1 ORDER BY unanswered_since, id LIMIT $2";
pub(crate) const UNPROMISED: &str = "SELECT id FROM conversations \
     WHERE shop = $1 AND state = 'waiting' AND due_at IS NULL ORDER BY id LIMIT $2";
const OF_DISABLED: &str = "SELECT conversations.id AS id, staff.id AS staff FROM staff \
     JOIN conversations ON conversations.staff = staff.id AND conversations.state = 'served' \
     WHERE staff.disabled_at IS NOT NULL ORDER BY staff.id, conversations.id LIMIT $1";

impl Store {
    /// Those in which whoever has them has owed an answer for [`ANSWER_MINUTES`] at `now`, or longer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn conversations_unanswered(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let since = now - TimeDelta::minutes(ANSWER_MINUTES);
        self.conversations_by(UNANSWERED, since, limit).await
    }

    /// At most `limit` of those that `statement` finds by a moment of theirs that is not after `at`.
    pub(crate) async fn conversations_by(
        &self,
        statement: &'static str,
        at: Instant,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let rows = sqlx::query(statement)
            .bind(at.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let ids = rows.iter().map(|row| get(row, "id").map(ConversationId));
        ids.collect()
    }

    /// Those in the queue of a shop to which no answer was promised yet.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn conversations_unpromised(
        &self,
        shop: &ShopId,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let rows = sqlx::query(UNPROMISED)
            .bind(shop.as_str())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let ids = rows.iter().map(|row| get(row, "id").map(ConversationId));
        ids.collect()
    }

    /// Those that somebody has who cannot log in any more, and who that is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn conversations_of_disabled(
        &self,
        limit: u32,
    ) -> Result<Vec<(ConversationId, StaffId)>, StoreError> {
        let rows = sqlx::query(OF_DISABLED)
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let each = rows.iter().map(|row| {
            let id = ConversationId(get(row, "id")?);
            Ok((id, StaffId(get(row, "staff")?)))
        });
        each.collect()
    }
}
