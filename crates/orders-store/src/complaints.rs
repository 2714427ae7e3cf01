//! Complaints of all orders: which are due, and page by page for the shop.

use orders_domain::{Complaint, ComplaintState, Instant, Order, OrderId, ShopId};
use sqlx::{Any, Transaction};

use crate::cursor::Cursor;
use crate::list::Statement;
use crate::rows::{get, instant, storable};
use crate::save::{Table, Values};
use crate::{Store, StoreError};

/// The most complaints on a page.
const MOST: u32 = 100;
/// The last millisecond of the year 9999: the column `due_at` of a complaint that is over.
const OVER: i64 = 253_402_300_799_999;
/// The one before: of a complaint that waits without a date, because the shop was silent twice.
const WAITS: i64 = OVER - 1;

const COMPLAINTS: Table = Table {
    name: "complaints",
    columns: &["id", "order_id", "state", "due_at"],
};

pub(crate) const COMPLAINTS_DUE: &str =
    "SELECT order_id FROM complaints WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2";

/// Which complaints, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplaintQuery {
    /// Only those in this state.
    pub state: Option<ComplaintState>,
    /// Only those of orders of these shops; of all when empty.
    pub shops: Vec<ShopId>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, from 1 to 100.
    pub limit: u32,
}

/// A page of complaints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintPage {
    /// The ids of the complaints and of their orders: what is due next comes first, what is over last.
    pub complaints: Vec<(String, OrderId)>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
}

impl Store {
    /// Orders with a complaint whose time is over at `now`, the longest overdue first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn complaints_due(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(COMPLAINTS_DUE)
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

    /// A page of the complaints of all shoppers: for the shop.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_complaints(
        &self,
        query: &ComplaintQuery,
    ) -> Result<ComplaintPage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let statement = page_statement(query, limit)?;
        if query.shops.iter().any(|shop| !storable(shop.as_str())) {
            return Ok(ComplaintPage {
                complaints: Vec::new(),
                next_cursor: None,
            });
        }
        let mut tx = self.begin_read().await?;
        let rows = statement.fetch(&mut tx).await?;
        tx.commit().await?;
        let more = rows.len() > limit as usize;
        let mut complaints = Vec::with_capacity(rows.len());
        let mut next_cursor = None;
        for row in rows.iter().take(limit as usize) {
            let id: String = get(row, "id")?;
            let at = instant(get(row, "due_at")?);
            let at = at.ok_or_else(|| StoreError::Corrupt(format!("complaint {id}: due_at")))?;
            next_cursor = more.then(|| Cursor { at, id: id.clone() }.encode());
            complaints.push((id, OrderId(get(row, "order_id")?)));
        }
        Ok(ComplaintPage {
            complaints,
            next_cursor,
        })
    }
}

/// One more than `limit` complaints after the cursor.
pub(crate) fn page_statement(query: &ComplaintQuery, limit: u32) -> Result<Statement, StoreError> {
    let mut statement = Statement::new("SELECT id, order_id, due_at FROM complaints");
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
        "(SELECT shop FROM orders WHERE orders.id = complaints.order_id)",
        query.shops.iter().map(ShopId::as_str),
    )?;
    statement.sql.push_str(" ORDER BY due_at, id LIMIT ");
    statement.push(i64::from(limit) + 1)?;
    Ok(statement)
}

/// The column `due_at`.
fn due_at(complaint: &Complaint) -> i64 {
    match complaint.until {
        Some(until) => until.timestamp_millis(),
        None if complaint.state.is_final() => OVER,
        None => WAITS,
    }
}

/// Inserts the rows of the complaints of new orders.
pub(crate) async fn insert(
    tx: &mut Transaction<'static, Any>,
    orders: &[Order],
) -> Result<(), StoreError> {
    let rows: Vec<_> = orders.iter().flat_map(rows_of).collect();
    COMPLAINTS.insert(tx, &rows, push).await
}

/// Writes the rows of the complaints that are new or have moved.
pub(crate) async fn keep(
    tx: &mut Transaction<'static, Any>,
    old: Option<&Order>,
    new: &Order,
) -> Result<(), StoreError> {
    let known = old.map_or(&[][..], |old| &old.body.complaints);
    let mut inserted = Vec::new();
    for row in rows_of(new) {
        let (_, complaint) = row;
        match known.iter().find(|old| old.id == complaint.id) {
            Some(old) if (old.state, old.until) == (complaint.state, complaint.until) => {}
            Some(_) => update(tx, complaint).await?,
            None => inserted.push(row),
        }
    }
    COMPLAINTS.insert(tx, &inserted, push).await
}

fn rows_of(order: &Order) -> impl Iterator<Item = (&OrderId, &Complaint)> {
    order.body.complaints.iter().map(|one| (&order.id, one))
}

fn push(values: &mut Values, row: &(&OrderId, &Complaint)) -> Result<(), StoreError> {
    let (order, complaint) = row;
    values.push(complaint.id.as_str())?;
    values.push(order.as_str())?;
    values.push(complaint.state.code())?;
    values.push(due_at(complaint))
}

/// Brings the row of a complaint up to date.
async fn update(
    tx: &mut Transaction<'static, Any>,
    complaint: &Complaint,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE complaints SET state = $1, due_at = $2 WHERE id = $3")
        .bind(complaint.state.code())
        .bind(due_at(complaint))
        .bind(complaint.id.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
