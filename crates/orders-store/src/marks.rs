//! What a shopper's standing at a shop follows from: read with each order, written with the change that adds to it.

use orders_domain::{Mark, MarkKind, Order, OrderId, ShopId, ShopperId};
use sqlx::{Any, Transaction};

use crate::StoreError;
use crate::rows::{get, instant};

/// How many are read, the newest: more than any policy counts to.
const MOST: i64 = 100;

/// The statement that reads them.
pub(crate) const NEWEST: &str = "SELECT number, at, what, order_id FROM cancel_marks \
     WHERE shopper = $1 AND shop = $2 ORDER BY number DESC LIMIT $3";

/// The marks of a shopper at a shop, oldest first.
async fn of(
    tx: &mut Transaction<'static, Any>,
    shopper: &ShopperId,
    shop: &ShopId,
) -> Result<Vec<Mark>, StoreError> {
    let rows = sqlx::query(NEWEST)
        .bind(shopper.as_str())
        .bind(shop.as_str())
        .bind(MOST)
        .fetch_all(&mut **tx)
        .await?;
    let corrupt =
        |what: String| StoreError::Corrupt(format!("mark of {shopper} at {shop}: {what}"));
    rows.iter()
        .rev()
        .map(|row| {
            let (at, what): (i64, String) = (get(row, "at")?, get(row, "what")?);
            Ok(Mark {
                number: get(row, "number")?,
                at: instant(at).ok_or_else(|| corrupt(format!("{at} is not an instant")))?,
                what: MarkKind::from_code(&what)
                    .ok_or_else(|| corrupt(format!("{what:?} is not a known value")))?,
                order: OrderId(get(row, "order_id")?),
            })
        })
        .collect()
}

/// Gives each of the orders the marks of its shopper at its shop. One look for each shopper and shop among them.
pub(crate) async fn give(
    tx: &mut Transaction<'static, Any>,
    orders: &mut [Order],
) -> Result<(), StoreError> {
    let mut known: Vec<(ShopperId, ShopId, Vec<Mark>)> = Vec::new();
    for order in orders {
        let is_known = known
            .iter()
            .find(|(shopper, shop, _)| *shopper == order.shopper && *shop == order.shop);
        order.marks = match is_known {
            Some((_, _, marks)) => marks.clone(),
            None => {
                let marks = of(tx, &order.shopper, &order.shop).await?;
                known.push((order.shopper.clone(), order.shop.clone(), marks.clone()));
                marks
            }
        };
    }
    Ok(())
}

/// Writes what a change has put on record. Where another order's change has used a number meanwhile, this fails with
/// [`StoreError::Conflict`], and the change is decided again on what is true then.
pub(crate) async fn add(
    tx: &mut Transaction<'static, Any>,
    order: &Order,
    added: &[Mark],
) -> Result<(), StoreError> {
    for mark in added {
        sqlx::query(
            "INSERT INTO cancel_marks (shopper, shop, number, at, what, order_id) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(order.shopper.as_str())
        .bind(order.shop.as_str())
        .bind(mark.number)
        .bind(mark.at.timestamp_millis())
        .bind(mark.what.code())
        .bind(mark.order.as_str())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
