//! The queue of a chat: who is ahead of whom, and how long those waited who were taken from it lately.

use chrono::TimeDelta;
use orders_domain::{
    Conversation, ConversationState, Instant, QueueWait, ShopId, WAITS_CONSIDERED, WAITS_DAYS,
};
use sqlx::{Any, Transaction};

use crate::rows::get;
use crate::{Store, StoreError};

pub(crate) const AHEAD: &str = "SELECT COUNT(*) AS ahead FROM conversations \
     WHERE shop = $1 AND state = 'waiting' AND (place_since, id) < ($2, $3)";
/// What was taken before this was written down came as nobody knows which, and says nothing; nor does what waits again, which
/// has another place by now.
pub(crate) const WAITS: &str = "SELECT waited, came_as FROM conversations \
     WHERE shop = $1 AND taken_at IS NOT NULL AND taken_at > $2 AND came_as IS NOT NULL AND state <> 'waiting' \
     ORDER BY taken_at DESC LIMIT $3";
const CAME_AS: &str = "SELECT came_as FROM conversations WHERE id = $1";

/// What is known of a place in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// From 1 on.
    pub place: i64,
    /// Which place it was when it came into the queue.
    pub came_as: i64,
    /// How long those waited who were taken from it last, within [`WAITS_DAYS`].
    pub waits: Vec<QueueWait>,
}

impl Store {
    /// The place of a conversation in the queue of its shop; `None` when it is in none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn queue_of(
        &self,
        conversation: &Conversation,
        now: Instant,
    ) -> Result<Option<Queue>, StoreError> {
        let waits = conversation.state == ConversationState::Waiting;
        let Some(since) = conversation.place_since.filter(|_| waits) else {
            return Ok(None);
        };
        let mut tx = self.begin_read().await?;
        let at = (since, conversation.id.as_str());
        let place = place_of(&mut tx, &conversation.shop, at).await?;
        let row = sqlx::query(CAME_AS)
            .bind(conversation.id.as_str())
            .fetch_one(&mut *tx)
            .await?;
        let came_as: Option<i64> = get(&row, "came_as")?;
        let waits = waits_in(&mut tx, &conversation.shop, now).await?;
        tx.commit().await?;
        Ok(Some(Queue {
            place,
            came_as: came_as.unwrap_or(place),
            waits,
        }))
    }

    /// The place that whoever comes into the queue of a shop at `now` gets, with the waits of those answered last.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn queue_at(&self, shop: &ShopId, now: Instant) -> Result<Queue, StoreError> {
        let mut tx = self.begin_read().await?;
        // Behind whoever came at the same moment.
        let after = now + TimeDelta::milliseconds(1);
        let place = place_of(&mut tx, shop, (after, "")).await?;
        let waits = waits_in(&mut tx, shop, now).await?;
        tx.commit().await?;
        Ok(Queue {
            place,
            came_as: place,
            waits,
        })
    }
}

/// Which place in the queue of a shop it is to have wanted somebody since then.
pub(crate) async fn place_of(
    tx: &mut Transaction<'static, Any>,
    shop: &ShopId,
    (since, id): (Instant, &str),
) -> Result<i64, StoreError> {
    let row = sqlx::query(AHEAD)
        .bind(shop.as_str())
        .bind(since.timestamp_millis())
        .bind(id)
        .fetch_one(&mut **tx)
        .await?;
    Ok(get::<i64>(&row, "ahead")? + 1)
}

async fn waits_in(
    tx: &mut Transaction<'static, Any>,
    shop: &ShopId,
    now: Instant,
) -> Result<Vec<QueueWait>, StoreError> {
    let recent = now - TimeDelta::days(WAITS_DAYS);
    let rows = sqlx::query(WAITS)
        .bind(shop.as_str())
        .bind(recent.timestamp_millis())
        .bind(i64::try_from(WAITS_CONSIDERED).unwrap_or(i64::MAX))
        .fetch_all(&mut **tx)
        .await?;
    let waits = rows.iter().map(|row| {
        let waited: Option<i64> = get(row, "waited")?;
        Ok(QueueWait {
            waited: TimeDelta::milliseconds(waited.unwrap_or_default()),
            came_as: get(row, "came_as")?,
        })
    });
    waits.collect()
}
