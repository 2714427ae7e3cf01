//! Complaints of all orders: which are due, and page by page for the shop.

use orders_domain::{Complaint, ComplaintState, Instant, Order, OrderId, ShopId};
use sqlx::{Any, Transaction};

use crate::by_due::{self, DueTable, OVER, Wanted};
use crate::save::{Table, Values};
use crate::{Store, StoreError};

/// One before what is over: the column `due_at` of a complaint that waits without a date, because the shop was silent twice.
const WAITS: i64 = OVER - 1;

/// Their table.
pub(crate) const TABLE: DueTable = DueTable {
    name: "complaints",
    shop: "(SELECT shop FROM orders WHERE orders.id = complaints.order_id)",
};
const COMPLAINTS: Table = Table {
    name: TABLE.name,
    columns: &["id", "order_id", "state", "due_at"],
};

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

impl ComplaintQuery {
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            state: self.state.map(ComplaintState::code),
            shops: &self.shops,
            cursor: self.cursor.as_deref(),
            limit: self.limit,
        }
    }
}

impl Store {
    /// The orders of complaints whose time is over at `now`, the longest overdue first, of at most `limit` complaints.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn complaints_due(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        self.orders_due(&TABLE, now, limit).await
    }

    /// A page of the complaints of all shoppers: for the shop.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_complaints(
        &self,
        query: &ComplaintQuery,
    ) -> Result<ComplaintPage, StoreError> {
        let (complaints, next_cursor) = self.page_by_due(&TABLE, query.wanted()).await?;
        Ok(ComplaintPage {
            complaints,
            next_cursor,
        })
    }
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
            Some(_) => {
                let row = (
                    complaint.id.as_str(),
                    complaint.state.code(),
                    due_at(complaint),
                );
                by_due::update(tx, &TABLE, row).await?;
            }
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
