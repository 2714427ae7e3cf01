//! After-sale cases of all orders: which are due, and page by page for the shop.

use orders_domain::{Case, CaseState, Instant, OrderId, ShopId};
use sqlx::{Any, Transaction};

use crate::by_due::{self, DueTable, OVER, Wanted};
use crate::rows::get;
use crate::{Store, StoreError};

/// Their table.
pub(crate) const TABLE: DueTable = DueTable {
    name: "cases",
    shop: "(SELECT shop FROM orders WHERE orders.id = cases.order_id)",
};

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

impl CaseQuery {
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            state: self.state.map(CaseState::code),
            shops: &self.shops,
            cursor: self.cursor.as_deref(),
            limit: self.limit,
        }
    }
}

impl Store {
    /// The orders of cases whose time is over at `now`, the longest overdue first, of at most `limit` cases.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn cases_due(&self, now: Instant, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        self.orders_due(&TABLE, now, limit).await
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
        let (cases, next_cursor) = self.page_by_due(&TABLE, query.wanted()).await?;
        Ok(CasePage { cases, next_cursor })
    }
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
    let row = (case.id.as_str(), case.state.code(), due_at(case));
    by_due::update(tx, &TABLE, row).await
}
