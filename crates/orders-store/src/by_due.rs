//! Rows of a table that are found by when they are due: those whose time is over, and all of them page by page. After-sale
//! cases and complaints are kept so, each with the columns `id`, `order_id`, `state` and `due_at`.

use orders_domain::{Instant, OrderId, ShopId};
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::cursor::Cursor;
use crate::list::Statement;
use crate::rows::{get, instant, storable};
use crate::{Store, StoreError};

/// The most rows on a page.
const MOST: u32 = 100;
/// The last millisecond of the year 9999: the column `due_at` of what is over, behind all that is not.
pub(crate) const OVER: i64 = 253_402_300_799_999;

/// A table of such rows.
pub(crate) struct DueTable {
    /// Its name.
    pub(crate) name: &'static str,
    /// The shop of a row's order, as a query in it.
    pub(crate) shop: &'static str,
}

/// Which rows, and from where on.
pub(crate) struct Wanted<'a> {
    /// Only those in the state of this code.
    pub(crate) state: Option<&'static str>,
    /// Only those of orders of these shops; of all when empty.
    pub(crate) shops: &'a [ShopId],
    /// The `next_cursor` of the page before.
    pub(crate) cursor: Option<&'a str>,
    /// How many, from 1 to 100.
    pub(crate) limit: u32,
}

/// A page of rows, what is due next first: their ids and those of their orders, and where the next page begins.
pub(crate) type Page = (Vec<(String, OrderId)>, Option<String>);

/// The statement that finds what is due.
pub(crate) fn due_statement(table: &DueTable) -> String {
    let name = table.name;
    format!("SELECT order_id FROM {name} WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2")
}

/// One more than `wanted.limit` rows after the cursor.
pub(crate) fn page_statement(
    table: &DueTable,
    wanted: &Wanted<'_>,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new("SELECT id, order_id, due_at FROM ");
    statement.sql.push_str(table.name);
    if let Some(state) = wanted.state {
        statement.and("state = ", state)?;
    }
    let cursor = wanted.cursor.map(Cursor::decode).transpose()?;
    // Always a place to begin after, so that the index is searched.
    let (after, id) = cursor.map_or((i64::MIN, String::new()), |cursor| {
        (cursor.at.timestamp_millis(), cursor.id)
    });
    statement.and("(due_at, id) > (", after)?;
    statement.sql.push_str(", ");
    statement.push(id)?;
    statement.sql.push(')');
    let shops = wanted.shops.iter().map(ShopId::as_str);
    statement.and_one_of(table.shop, shops)?;
    statement.sql.push_str(" ORDER BY due_at, id LIMIT ");
    statement.push(i64::from(wanted.limit) + 1)?;
    Ok(statement)
}

impl Store {
    /// The orders of at most `limit` rows whose time is over at `now`, the longest overdue first: an order as often as it has
    /// such rows.
    pub(crate) async fn orders_due(
        &self,
        table: &DueTable,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(due_statement(table)))
            .bind(now.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let orders = rows.iter().map(|row| Ok(OrderId(get(row, "order_id")?)));
        orders.collect()
    }

    /// A page of rows, of the orders of all shoppers.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub(crate) async fn page_by_due(
        &self,
        table: &DueTable,
        wanted: Wanted<'_>,
    ) -> Result<Page, StoreError> {
        let limit = wanted.limit.clamp(1, MOST);
        let statement = page_statement(table, &Wanted { limit, ..wanted })?;
        if wanted.shops.iter().any(|shop| !storable(shop.as_str())) {
            return Ok((Vec::new(), None));
        }
        let mut tx = self.begin_read().await?;
        let rows = statement.fetch(&mut tx).await?;
        tx.commit().await?;
        let more = rows.len() > limit as usize;
        let mut found = Vec::with_capacity(rows.len());
        let mut next_cursor = None;
        for row in rows.iter().take(limit as usize) {
            let id: String = get(row, "id")?;
            let at = instant(get(row, "due_at")?);
            let at =
                at.ok_or_else(|| StoreError::Corrupt(format!("{} {id}: due_at", table.name)))?;
            next_cursor = more.then(|| Cursor { at, id: id.clone() }.encode());
            found.push((id, OrderId(get(row, "order_id")?)));
        }
        Ok((found, next_cursor))
    }
}

/// Brings a row up to date.
pub(crate) async fn update(
    tx: &mut Transaction<'static, Any>,
    table: &DueTable,
    (id, state, due_at): (&str, &'static str, i64),
) -> Result<(), StoreError> {
    let name = table.name;
    let statement = format!("UPDATE {name} SET state = $1, due_at = $2 WHERE id = $3");
    sqlx::query(AssertSqlSafe(statement))
        .bind(state)
        .bind(due_at)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
