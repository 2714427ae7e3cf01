//! `tepai audit verify`: whether the trails of orders hold.

use orders_domain::OrderId;
use orders_store::{Store, StoreError};

/// Orders that are looked up at a time.
const BATCH: u32 = 500;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many orders have a trail.
    pub orders: usize,
    /// How many changes those have.
    pub changes: usize,
    /// Orders whose trail does not hold, and where.
    pub broken: Vec<(OrderId, i64)>,
}

/// Verifies the trail of `order`, or of every order.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(database_url: &str, order: Option<OrderId>) -> Result<Verified, StoreError> {
    let store = Store::connect(database_url).await?;
    let mut verified = Verified {
        orders: 0,
        changes: 0,
        broken: Vec::new(),
    };
    let mut wanted: Vec<OrderId> = match &order {
        Some(order) => vec![order.clone()],
        None => store.audited_orders(None, BATCH).await?,
    };
    while let Some(last) = wanted.last().cloned() {
        for id in wanted {
            let trail = store.audit_of(&id).await?;
            verified.orders += 1;
            verified.changes += trail.entries.len();
            verified
                .broken
                .extend(trail.broken_at.map(|place| (id, place)));
        }
        wanted = match order {
            Some(_) => Vec::new(),
            None => store.audited_orders(Some(&last), BATCH).await?,
        };
    }
    store.close().await;
    Ok(verified)
}
