//! What the shop's systems have to do, in the order in which it was decided.

use orders_domain::{OrderId, OutboxMessage};

use crate::rows::get;
use crate::{Store, StoreError};

/// One thing for the shop to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Grows with each entry; whoever has seen it has seen every smaller one.
    pub seq: i64,
    /// The order it is about; `None` of a conversation about none.
    pub order: Option<OrderId>,
    /// What.
    pub message: OutboxMessage,
}

impl Store {
    /// The entries after `seq` (0 for the first), oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn outbox_after(&self, seq: i64, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, order_id, message FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(seq)
        .bind(i64::from(limit))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| {
                let seq = get(row, "seq")?;
                let message: String = get(row, "message")?;
                Ok(OutboxEntry {
                    seq,
                    order: get::<Option<String>>(row, "order_id")?.map(OrderId),
                    message: serde_json::from_str(&message).map_err(|error| {
                        StoreError::Corrupt(format!("outbox entry {seq}: {error}"))
                    })?,
                })
            })
            .collect()
    }
}
