//! After-sale cases of all orders: which are due, and page by page for the shop.

use orders_domain::{Case, CaseState, Instant, OrderId, ShopId};
use sqlx::{Any, Transaction};

use crate::cursor::Cursor;
use crate::list::Statement;
use crate::rows::{get, instant, storable};
use crate::{Store, StoreError};

/// The most cases on a page.
const MOST: u32 = 100;
/// The last millisecond of the year 9999: the column `due_at` of a case that is over.
const OVER: i64 = 253_402_300_799_999;

pub(crate) const CASES_DUE: &str =
    "SELECT order_id FROM cases WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2";

/// Which cases, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Only those in this state.
    pub state: Option<CaseState>,
    /// Only those of orders of these shops; of all when empty.
    pub shops: Vec<ShopId>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, from 1 to 100.
    pub limit: u32,
}

/// A page of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePage {
    /// The ids of the cases and of their orders: what is due next comes first, what is over last.
    pub cases: Vec<(String, OrderId)>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
}

impl Store {
    /// Orders with a case whose time is over at `now`, the longest overdue first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn cases_due(&self, now: Instant, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(CASES_DUE)
            .bind(now.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let mut orders: Vec<OrderId> = Vec::with_capacity(rows.len());
        for row in &rows {
            let order = OrderId(get(row, "order_id")?);
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
        Ok(orders)
    }

    /// The shops that have a case which is not over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn shops_with_open_cases(&self) -> Result<Vec<ShopId>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT orders.shop AS shop FROM cases JOIN orders ON orders.id = cases.order_id \
             WHERE cases.due_at < $1",
        )
        .bind(OVER)
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| Ok(ShopId(get(row, "shop")?)))
            .collect()
    }

    /// A page of the cases of all shoppers: for the shop.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_cases(&self, query: &CaseQuery) -> Result<CasePage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let statement = page_statement(query, limit)?;
        if query.shops.iter().any(|shop| !storable(shop.as_str())) {
            return Ok(CasePage {
                cases: Vec::new(),
                next_cursor: None,
            });
        }
        let mut tx = self.begin_read().await?;
        let rows = statement.fetch(&mut tx).await?;
        tx.commit().await?;
        let more = rows.len() > limit as usize;
        let mut cases = Vec::with_capacity(rows.len());
        let mut next_cursor = None;
        for row in rows.iter().take(limit as usize) {
            let id: String = get(row, "id")?;
            let at = instant(get(row, "due_at")?);
            let at = at.ok_or_else(|| StoreError::Corrupt(format!("case {id}: due_at")))?;
            next_cursor = more.then(|| Cursor { at, id: id.clone() }.encode());
            cases.push((id, OrderId(get(row, "order_id")?)));
        }
        Ok(CasePage { cases, next_cursor })
    }
}

/// One more than `limit` cases after the cursor.
pub(crate) fn page_statement(query: &CaseQuery, limit: u32) -> Result<Statement, StoreError> {
    let mut statement = Statement::new("SELECT id, order_id, due_at FROM cases");
    if let Some(state) = query.state {
        statement.and("state = ", state.code())?;
    }
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    // Always a place to begin after, so that the index is searched.
    let (after, id) = cursor.map_or((i64::MIN, String::new()), |cursor| {
        (cursor.at.timestamp_millis(), cursor.id)
    });
    statement.and("(due_at, id) > (", after)?;
    statement.sql.push_str(", ");
    statement.push(id)?;
    statement.sql.push(')');
    statement.and_one_of(
        "(SELECT shop FROM orders WHERE orders.id = cases.order_id)",
        query.shops.iter().map(ShopId::as_str),
    )?;
    statement.sql.push_str(" ORDER BY due_at, id LIMIT ");
    statement.push(i64::from(limit) + 1)?;
    Ok(statement)
}

/// The column `due_at`.
pub(crate) fn due_at(case: &Case) -> i64 {
    case.until.map_or(OVER, |until| until.timestamp_millis())
}

/// Brings the row of a case up to date.
pub(crate) async fn update(
    tx: &mut Transaction<'static, Any>,
    case: &Case,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE cases SET state = $1, due_at = $2 WHERE id = $3")
        .bind(case.state.code())
        .bind(due_at(case))
        .bind(case.id.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
