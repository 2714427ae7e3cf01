//! What the shop has not decided in its time, found by index: some of it is complained about by itself.

use orders_domain::{Instant, OrderId, ShopId};

use crate::rows::{get, storable};
use crate::{Store, StoreError};

/// What is to be complained about by itself in a shop: its time has passed, and not longer ago than one complains.
pub(crate) const BROKEN: &str = "SELECT order_id FROM work \
     WHERE complains = 1 AND shop = $1 AND due_at > $2 AND due_at <= $3 ORDER BY due_at LIMIT $4";

impl Store {
    /// The orders of what was not decided in its time by `now` and is to be complained about by itself: of each shop what was
    /// due after the moment that stands with it, the longest overdue first. At most `limit` of each; fewer than `limit` are all.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn broken_dates(
        &self,
        after: &[(ShopId, Instant)],
        now: Instant,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let mut orders = Vec::new();
        for (shop, after) in after.iter().filter(|(shop, _)| storable(shop.as_str())) {
            if orders.len() >= limit as usize {
                break;
            }
            let rows = sqlx::query(BROKEN)
                .bind(shop.as_str())
                .bind(after.timestamp_millis())
                .bind(now.timestamp_millis())
                .bind(i64::from(limit))
                .fetch_all(&self.inner.reads)
                .await?;
            for row in &rows {
                orders.push(OrderId(get(row, "order_id")?));
            }
        }
        Ok(orders)
    }
}
