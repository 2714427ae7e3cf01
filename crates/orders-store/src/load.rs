//! Reads whole orders: for a page, for the shop, for a change.

use orders_domain::{ExternalId, Instant, Order, OrderId, ShopId};
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::rows::{self, order_columns, refund_columns, storable};
use crate::{Owner, Selector, Store, StoreError, marks};

impl Store {
    /// The owner's order of that id; `None` when there is none or it is not theirs.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn order_of(
        &self,
        owner: impl Into<Owner> + Send,
        order: &OrderId,
    ) -> Result<Option<Order>, StoreError> {
        self.read_order(&Selector::Owned {
            owner: owner.into(),
            order: order.clone(),
        })
        .await
    }

    /// The order that the shop knows by that id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn order_by_external(
        &self,
        external: &ExternalId,
    ) -> Result<Option<Order>, StoreError> {
        self.read_order(&Selector::External(external.clone())).await
    }

    /// The order of that id, whoever's it is: for the shop, never for a shopper.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn order_by_id(&self, order: &OrderId) -> Result<Option<Order>, StoreError> {
        self.read_order(&Selector::ById(order.clone())).await
    }

    /// Orders that are unpaid at the end of their time (S4), the longest overdue first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unpaid_due(&self, now: Instant, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(UNPAID_DUE)
            .bind(now.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter()
            .map(|row| Ok(OrderId(rows::get(row, "id")?)))
            .collect()
    }

    /// The shops that have orders. As many steps through an index as there are shops, however many orders.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn shops(&self) -> Result<Vec<ShopId>, StoreError> {
        self.each_shop(NEXT_SHOP).await
    }

    /// The shops that `next` finds, each after the one before.
    pub(crate) async fn each_shop(&self, next: &'static str) -> Result<Vec<ShopId>, StoreError> {
        let mut shops: Vec<ShopId> = Vec::new();
        loop {
            let after = shops.last().map_or("", ShopId::as_str);
            let row = sqlx::query(next)
                .bind(after)
                .fetch_one(&self.inner.reads)
                .await?;
            match rows::get::<Option<String>>(&row, "shop")? {
                Some(shop) => shops.push(ShopId(shop)),
                None => return Ok(shops),
            }
        }
    }

    pub(crate) async fn read_order(
        &self,
        selector: &Selector,
    ) -> Result<Option<Order>, StoreError> {
        if !selector.is_storable() {
            return Ok(None);
        }
        let mut tx = self.begin_read().await?;
        let order = order(&mut tx, selector, "").await?;
        tx.commit().await?;
        Ok(order)
    }
}

pub(crate) const NEXT_SHOP: &str = "SELECT MIN(shop) AS shop FROM orders WHERE shop > $1";
pub(crate) const UNPAID_DUE: &str = "SELECT id FROM orders WHERE state = 'awaiting_payment' AND pay_by <= $1 ORDER BY pay_by LIMIT $2";

impl Selector {
    /// Whether an order with such ids can exist.
    pub(crate) fn is_storable(&self) -> bool {
        match self {
            Self::Owned { owner, order } => owner.is_storable() && storable(order.as_str()),
            Self::External(external) => storable(external.as_str()),
            Self::ByStaff { order, shops, .. } => {
                storable(order.as_str()) && shops.iter().all(|shop| storable(shop.as_str()))
            }
            Self::ByShop { order, .. } | Self::ById(order) => storable(order.as_str()),
        }
    }
}

/// The order that `selector` names, whole. `lock` ends the statement that reads its row.
pub(crate) async fn order(
    tx: &mut Transaction<'static, Any>,
    selector: &Selector,
    lock: &str,
) -> Result<Option<Order>, StoreError> {
    const SELECT: &str = concat!("SELECT ", order_columns!(), " FROM orders WHERE ");
    let query = match selector {
        Selector::Owned { owner, order } => {
            let only = if owner.only().is_some() {
                " AND id = $3"
            } else {
                ""
            };
            let statement = format!("{SELECT}id = $1 AND shopper = $2{only}{lock}");
            let query = sqlx::query(AssertSqlSafe(statement))
                .bind(order.as_str())
                .bind(owner.shopper().as_str());
            match owner.only() {
                Some(only) => query.bind(only.as_str()),
                None => query,
            }
        }
        Selector::External(external) => {
            sqlx::query(AssertSqlSafe(format!("{SELECT}external_id = $1{lock}")))
                .bind(external.as_str())
        }
        Selector::ByStaff { order, shops, .. } if !shops.is_empty() => {
            let places: Vec<String> = (2..shops.len() + 2).map(|n| format!("${n}")).collect();
            let places = places.join(", ");
            let statement = format!("{SELECT}id = $1 AND shop IN ({places}){lock}");
            let query = sqlx::query(AssertSqlSafe(statement)).bind(order.as_str());
            shops
                .iter()
                .fold(query, |query, shop| query.bind(shop.as_str()))
        }
        Selector::ByStaff { order, .. }
        | Selector::ByShop { order, .. }
        | Selector::ById(order) => {
            sqlx::query(AssertSqlSafe(format!("{SELECT}id = $1{lock}"))).bind(order.as_str())
        }
    };
    let Some(row) = query.fetch_optional(&mut **tx).await? else {
        return Ok(None);
    };
    let mut order = rows::order(&row)?;

    let entries = sqlx::query(
        "SELECT at, what, actor, detail FROM timeline WHERE order_id = $1 ORDER BY position",
    )
    .bind(order.id.as_str())
    .fetch_all(&mut **tx)
    .await?;
    for entry in &entries {
        order.timeline.push(rows::timeline_entry(&order.id, entry)?);
    }

    let refunds = sqlx::query(concat!(
        "SELECT ",
        refund_columns!(),
        " FROM refunds WHERE order_id = $1 ORDER BY position"
    ))
    .bind(order.id.as_str())
    .fetch_all(&mut **tx)
    .await?;
    for refund in &refunds {
        order.refunds.push(rows::refund(refund)?.1);
    }
    marks::give(tx, std::slice::from_mut(&mut order)).await?;
    Ok(Some(order))
}
