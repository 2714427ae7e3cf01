//! My Orders: one page of a shopper's orders, newest first, and the counts of the tabs.

use std::collections::HashMap;

use orders_domain::{Instant, Order, OrderId, Refund, ShopperId};
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Transaction, Type};

use crate::cursor::Cursor;
use crate::rows::{self, get, order_columns, refund_columns, storable};
use crate::{Store, StoreError, Tab, TabCounts, marks};

/// The most orders on a page.
const MOST: u32 = 100;
/// SQLite refuses longer patterns; nothing that is searched for by hand comes near.
const LONGEST_SEARCH: usize = 10_000;

/// Which orders, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// The tab.
    pub tab: Tab,
    /// Part of the number, of the shop's id or of a title, whatever the case; empty for every order.
    pub q: String,
    /// Placed then or later.
    pub placed_from: Option<Instant>,
    /// Placed before.
    pub placed_to: Option<Instant>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, from 1 to 100.
    pub limit: u32,
}

/// A page of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPage {
    /// The orders, newest first, with their refunds; their timelines are left empty.
    pub orders: Vec<Order>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// The counts of every tab, under the same search and dates.
    pub counts: TabCounts,
}

impl Store {
    /// A page of the shopper's orders.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_orders(
        &self,
        shopper: &ShopperId,
        query: &OrderQuery,
    ) -> Result<OrderPage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let page = page_statement(shopper, query, limit)?;
        let counts = counts_statement(shopper, query)?;
        if query.q.len() > LONGEST_SEARCH || !storable(&query.q) || !storable(shopper.as_str()) {
            return Ok(OrderPage {
                orders: Vec::new(),
                next_cursor: None,
                counts: TabCounts::default(),
            });
        }

        let mut tx = self.begin_read().await?;
        let mut rows = page.fetch(&mut tx).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let mut orders = Vec::with_capacity(rows.len());
        // Most orders have no refund, and their own column says so.
        let mut after_sale = Vec::new();
        for row in &rows {
            let order = rows::order(row)?;
            if get::<i64>(row, "after_sale")? != 0 {
                after_sale.push(order.id.clone());
            }
            orders.push(order);
        }
        let mut refunds = refunds_of(&mut tx, &after_sale).await?;
        marks::give(&mut tx, &mut orders).await?;
        let counts = counts.fetch(&mut tx).await?;
        tx.commit().await?;

        for order in &mut orders {
            order.refunds = refunds.remove(&order.id).unwrap_or_default();
        }
        let next_cursor = orders.last().filter(|_| more).map(|last| {
            Cursor {
                at: last.placed_at,
                id: last.id.0.clone(),
            }
            .encode()
        });
        let mut sum = TabCounts::default();
        for row in &counts {
            sum.add(
                &get::<String>(row, "tab")?,
                get::<i64>(row, "after_sale")? != 0,
                get(row, "orders")?,
            );
        }
        Ok(OrderPage {
            orders,
            next_cursor,
            counts: sum,
        })
    }
}

/// One more than `limit` orders after the cursor: the one more tells whether there is a next page.
pub(crate) fn page_statement(
    shopper: &ShopperId,
    query: &OrderQuery,
    limit: u32,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new(concat!(
        "SELECT ",
        order_columns!(),
        ", after_sale FROM orders"
    ));
    statement.and("shopper = ", shopper.as_str())?;
    match query.tab {
        Tab::All => {}
        Tab::AfterSale => statement.sql.push_str(" AND after_sale = 1"),
        Tab::AwaitingPayment | Tab::ToShip | Tab::ToReceive | Tab::Cancelled => {
            statement.and("tab = ", query.tab.code())?;
        }
    }
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    // Only the tighter of the two upper bounds is asked for: with both, a database may search by the looser
    // one and walk through everything in between.
    let (before, cursor) = match (query.placed_to, cursor) {
        (Some(to), Some(cursor)) if to <= cursor.at => (Some(to), None),
        (_, Some(cursor)) => (None, Some(cursor)),
        (to, None) => (to, None),
    };
    statement.and_placed(query.placed_from, before)?;
    statement.and_found(&query.q)?;
    statement.and_newest(cursor.as_ref(), limit)?;
    Ok(statement)
}

/// The counts of every tab at once.
pub(crate) fn counts_statement(
    shopper: &ShopperId,
    query: &OrderQuery,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new("SELECT tab, after_sale, COUNT(*) AS orders FROM orders");
    statement.and("shopper = ", shopper.as_str())?;
    statement.and_placed(query.placed_from, query.placed_to)?;
    statement.and_found(&query.q)?;
    statement.sql.push_str(" GROUP BY tab, after_sale");
    Ok(statement)
}

/// The refunds of each of the orders.
pub(crate) async fn refunds_of(
    tx: &mut Transaction<'static, Any>,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Refund>>, StoreError> {
    let mut found: HashMap<OrderId, Vec<Refund>> = HashMap::new();
    if orders.is_empty() {
        return Ok(found);
    }
    let mut statement = Statement::new(concat!("SELECT ", refund_columns!(), " FROM refunds"));
    statement.and_one_of("order_id", orders.iter().map(OrderId::as_str))?;
    statement.sql.push_str(" ORDER BY order_id, position");
    for row in &statement.fetch(tx).await? {
        let (order, refund) = rows::refund(row)?;
        found.entry(order).or_default().push(refund);
    }
    Ok(found)
}

/// SQL that is put together from our own words, with everything that comes from outside as a parameter.
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) arguments: AnyArguments,
    count: usize,
    conditions: usize,
}

impl Statement {
    pub(crate) fn new(select: &'static str) -> Self {
        Self {
            sql: select.to_owned(),
            arguments: AnyArguments::default(),
            count: 0,
            conditions: 0,
        }
    }

    /// A parameter.
    pub(crate) fn push<'v, T: Encode<'v, Any> + Type<Any>>(
        &mut self,
        value: T,
    ) -> Result<(), StoreError> {
        self.arguments.add(value).map_err(StoreError::Unavailable)?;
        self.count += 1;
        self.sql.push_str(&format!("${}", self.count));
        Ok(())
    }

    /// Orders after the cursor, newest first: one more than `limit` of them.
    pub(crate) fn and_newest(
        &mut self,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<(), StoreError> {
        if let Some(cursor) = cursor {
            self.and("(placed_at, id) < (", cursor.at.timestamp_millis())?;
            self.sql.push_str(", ");
            self.push(cursor.id.clone())?;
            self.sql.push(')');
        }
        self.sql
            .push_str(" ORDER BY placed_at DESC, id DESC LIMIT ");
        self.push(i64::from(limit) + 1)
    }

    /// A condition that ends with a parameter.
    pub(crate) fn and<'v, T: Encode<'v, Any> + Type<Any>>(
        &mut self,
        condition: &'static str,
        value: T,
    ) -> Result<(), StoreError> {
        self.word();
        self.sql.push_str(condition);
        self.push(value)
    }

    /// A condition without a parameter, as an index names it.
    pub(crate) fn and_that(&mut self, condition: &'static str) {
        self.word();
        self.sql.push_str(condition);
    }

    /// What leads to the next condition.
    fn word(&mut self) {
        self.sql.push_str(if self.conditions == 0 {
            " WHERE "
        } else {
            " AND "
        });
        self.conditions += 1;
    }

    /// The condition that a column has one of the values, of which there must be some.
    pub(crate) fn and_one_of<'v>(
        &mut self,
        column: &'static str,
        mut values: impl Iterator<Item = &'v str>,
    ) -> Result<(), StoreError> {
        let Some(first) = values.next() else {
            return Ok(());
        };
        self.word();
        self.sql.push_str(column);
        self.sql.push_str(" IN (");
        self.push(first)?;
        for value in values {
            self.sql.push_str(", ");
            self.push(value)?;
        }
        self.sql.push(')');
        Ok(())
    }

    fn and_placed(&mut self, from: Option<Instant>, to: Option<Instant>) -> Result<(), StoreError> {
        if let Some(from) = from {
            self.and("placed_at >= ", from.timestamp_millis())?;
        }
        if let Some(to) = to {
            self.and("placed_at < ", to.timestamp_millis())?;
        }
        Ok(())
    }

    fn and_found(&mut self, q: &str) -> Result<(), StoreError> {
        let q = q.trim();
        if !q.is_empty() {
            self.and("search_text LIKE ", pattern(q))?;
            self.sql.push_str(" ESCAPE '\\'");
        }
        Ok(())
    }

    pub(crate) async fn fetch(
        self,
        tx: &mut Transaction<'static, Any>,
    ) -> Result<Vec<sqlx::any::AnyRow>, StoreError> {
        let query = sqlx::query_with(AssertSqlSafe(self.sql), self.arguments);
        Ok(query.fetch_all(&mut **tx).await?)
    }
}

/// `q` somewhere in the text, with nothing in it that `LIKE` would take for more than a character.
fn pattern(q: &str) -> String {
    let mut pattern = String::from("%");
    for character in q.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
