//! What was read of a conversation, and answers that their shoppers have not: found when they have rested, and told once.

use orders_domain::{Conversation, ConversationId, Instant, rested};

use crate::conversations::by_id;
use crate::notices::ChatNews;
use crate::notifications::tell_of_answer;
use crate::rows::get;
use crate::{Store, StoreError};

pub(crate) const UNTOLD: &str =
    "SELECT id FROM conversations WHERE tell_at <= $1 ORDER BY tell_at, id LIMIT $2";
const TOLD: &str = "SELECT told FROM conversations WHERE id = $1 AND tell_at <= $2";
const TOLD_LOCKED: &str =
    "SELECT told FROM conversations WHERE id = $1 AND tell_at <= $2 FOR UPDATE";

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The account.
    Shopper,
    /// A guest of the order: what they have no part in is unread for the account still.
    Guest,
    /// Somebody of the staff.
    Staff,
}

impl Store {
    /// Somebody has read up to the message `seq`. What was read stays read, and nobody has read what was not said.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn read_conversation(
        &self,
        id: &ConversationId,
        reader: Reader,
        seq: i64,
    ) -> Result<(), StoreError> {
        let statement = match reader {
            Reader::Shopper => {
                "UPDATE conversations SET shopper_read = $1, tell_at = CASE WHEN last_answer > $1 THEN tell_at END \
                 WHERE id = $2 AND shopper_read < $1 AND last_seq >= $1"
            }
            Reader::Guest => {
                "UPDATE conversations SET shopper_read = $1, tell_at = CASE WHEN last_answer > $1 THEN tell_at END \
                 WHERE id = $2 AND shopper_read < $1 AND last_seq >= $1 AND guest = 1"
            }
            Reader::Staff => {
                "UPDATE conversations SET staff_read = $1 WHERE id = $2 AND staff_read < $1 AND last_seq >= $1"
            }
        };
        let done = sqlx::query(statement)
            .bind(seq)
            .bind(id.as_str())
            .execute(&self.inner.writes)
            .await?;
        if done.rows_affected() == 1 {
            self.inner.notices.announce_chat(id, ChatNews::Changed);
        }
        Ok(())
    }

    /// Conversations in which an answer has rested at `now`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn conversations_untold(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        self.conversations_by(UNTOLD, now, limit).await
    }

    /// Tells the shopper of such a conversation of the answer, unless they have read it or know of one, and says whether they
    /// were told. It is not looked at again before there is another answer.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn tell_of_answer(
        &self,
        id: &ConversationId,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        // Whoever changes a conversation holds its row until the commit; of two who look, the second finds nothing.
        let find = match self.inner.dialect.for_update() {
            "" => TOLD,
            _ => TOLD_LOCKED,
        };
        let row = sqlx::query(find)
            .bind(id.as_str())
            .bind(now.timestamp_millis())
            .fetch_optional(&mut *tx)
            .await?;
        let found = by_id(&mut *tx, id).await?;
        let (Some(row), Some(found)) = (row, found) else {
            tx.rollback().await?;
            return Ok(false);
        };
        let told: i64 = get(&row, "told")?;
        let tells = found.is_to_tell(told);
        sqlx::query("UPDATE conversations SET tell_at = NULL, told = $1 WHERE id = $2")
            .bind(if tells { found.last_answer } else { told })
            .bind(id.as_str())
            .execute(&mut *tx)
            .await?;
        if tells {
            tell_of_answer(&mut tx, &found, now).await?;
        }
        tx.commit().await?;
        if tells {
            self.inner.notices.announce_told(&found.shopper);
        }
        Ok(tells)
    }
}

/// What a change that is made at `at` means for the look at whether its answer was read: whether one that is planned stays,
/// and when one is to be planned.
pub(crate) fn look(
    before: &Conversation,
    now: &Conversation,
    at: Instant,
) -> (bool, Option<Instant>) {
    let shopper_said = now.shopper_read > before.shopper_read;
    let answered = now.last_answer > before.last_answer;
    // Of several answers that were not read the first is looked at: the shopper has been away since then.
    let stays = !shopper_said && (before.has_news() || !answered);
    (stays, answered.then(|| rested(at)))
}
