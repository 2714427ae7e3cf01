//! Orders as staff look for them: by what somebody tells them on the telephone.

use orders_domain::{Order, OrderId, ShopId, ShopperId, StaffMember};

use crate::cursor::Cursor;
use crate::list::{Statement, refunds_of};
use crate::rows::{self, get, order_columns, storable};
use crate::{Selector, Store, StoreError, marks};

/// The most orders on a page.
const MOST: u32 = 100;

/// What is looked for, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderSearch {
    /// A number, in whatever case, or the shop's id: the whole of it.
    pub text: String,
    /// The same as a shopper's log-in would be written; digits alone are a telephone number, too.
    pub login: String,
    /// Only orders of these shops; of all when empty.
    pub shops: Vec<ShopId>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, from 1 to 100.
    pub limit: u32,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundOrders {
    /// The orders, newest first, with their refunds; their timelines are left empty.
    pub orders: Vec<Order>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
}

/// By what an order is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Shopper,
    Number,
    External,
    Phone,
}

impl Store {
    /// The orders of the shopper who logs in with what is looked for, and those with that number or id of the shop, or that
    /// go to that telephone: a shopper may log in with what is the number of somebody else's order.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn find_orders(&self, search: &OrderSearch) -> Result<FoundOrders, StoreError> {
        let limit = search.limit.clamp(1, MOST);
        let cursor = search.cursor.as_deref().map(Cursor::decode).transpose()?;
        let shops_exist = search.shops.iter().all(|shop| storable(shop.as_str()));
        if !storable(&search.text) || !shops_exist {
            return Ok(FoundOrders {
                orders: Vec::new(),
                next_cursor: None,
            });
        }
        let shopper = self.shopper_by_login(&search.login).await?;
        let text = search.text.as_str();
        let shopper = shopper.as_ref().map(|found| found.shopper.id.as_str());
        let shopper = shopper.map(|shopper| (By::Shopper, shopper));
        let wanted = [(By::Number, text), (By::External, text)];
        let login = search.login.as_str();
        let digits = !login.is_empty() && login.bytes().all(|byte| byte.is_ascii_digit());
        let phone = digits.then_some((By::Phone, login));
        let mut tx = self.begin_read().await?;
        let mut orders: Vec<Order> = Vec::new();
        let mut after_sale = Vec::new();
        for (by, value) in shopper.into_iter().chain(wanted).chain(phone) {
            let statement = found_statement(by, value, &search.shops, cursor.as_ref(), limit)?;
            for row in &statement.fetch(&mut tx).await? {
                let order = rows::order(row)?;
                // One whose number is also its id at the shop, or its shopper's log-in, is found twice.
                if orders.iter().any(|found| found.id == order.id) {
                    continue;
                }
                if get::<i64>(row, "after_sale")? != 0 {
                    after_sale.push(order.id.clone());
                }
                orders.push(order);
            }
        }
        orders.sort_by(|a, b| (b.placed_at, &b.id).cmp(&(a.placed_at, &a.id)));
        let more = orders.len() > limit as usize;
        orders.truncate(limit as usize);
        let mut refunds = refunds_of(&mut tx, &after_sale).await?;
        marks::give(&mut tx, &mut orders).await?;
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
        Ok(FoundOrders {
            orders,
            next_cursor,
        })
    }

    /// The order of that id, when it is of a shop whose orders `staff` see.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn order_for_staff(
        &self,
        staff: &StaffMember,
        order: &OrderId,
    ) -> Result<Option<Order>, StoreError> {
        self.read_order(&Selector::by_staff(staff, order)).await
    }

    /// What a shopper logs in with: e-mail addresses and telephone numbers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn logins_of(&self, shopper: &ShopperId) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT login FROM logins WHERE shopper = $1 ORDER BY login")
            .bind(rows::clean(shopper.as_str()))
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter().map(|row| get(row, "login")).collect()
    }
}

/// One more than `limit` orders after the cursor.
pub(crate) fn found_statement(
    by: By,
    value: &str,
    shops: &[ShopId],
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new(concat!(
        "SELECT ",
        order_columns!(),
        ", after_sale FROM orders"
    ));
    let condition = match by {
        By::Shopper => "shopper = ",
        // Somebody reads it out, and nobody says which letters are large.
        By::Number => "lower(number) = lower(",
        By::External => "external_id = ",
        By::Phone => "phone = ",
    };
    statement.and(condition, value.to_owned())?;
    if by == By::Number {
        statement.sql.push(')');
    }
    statement.and_one_of("shop", shops.iter().map(ShopId::as_str))?;
    statement.and_newest(cursor, limit)?;
    Ok(statement)
}
