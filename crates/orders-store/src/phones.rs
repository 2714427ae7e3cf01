//! The telephone of an order's address, by which staff find it: in a column, because the body is text.

use orders_domain::{OrderBody, normal_login};
use sqlx::AnyPool;

use crate::StoreError;
use crate::rows::{clean, get};

/// Orders that are looked at together.
const AT_ONCE: i64 = 500;

/// The column `phone`: as it is compared, and empty for what goes nowhere.
pub(crate) fn phone(body: &OrderBody) -> String {
    let address = body.address.as_ref();
    address.map_or_else(String::new, |to| clean(&normal_login(&to.phone)))
}

/// Fills the column in for orders from before there was one, and for those that a server of an older version added since. What
/// is changed meanwhile is filled in by that; what cannot be read is found by its number only. Two servers that start at once
/// go through them in the same order, so that neither waits for the other in turn.
pub(crate) async fn fill(writes: &AnyPool) -> Result<(), StoreError> {
    loop {
        let mut rows = sqlx::query("SELECT id, body FROM orders WHERE phone IS NULL LIMIT $1")
            .bind(AT_ONCE)
            .fetch_all(writes)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        rows.sort_by_cached_key(|row| get::<String>(row, "id").unwrap_or_default());
        let mut tx = writes.begin().await?;
        for row in &rows {
            let id: String = get(row, "id")?;
            let body = get::<String>(row, "body").ok();
            let body: Option<OrderBody> = body.and_then(|body| serde_json::from_str(&body).ok());
            sqlx::query("UPDATE orders SET phone = $1 WHERE id = $2 AND phone IS NULL")
                .bind(body.as_ref().map_or_else(String::new, phone))
                .bind(id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
    }
}
