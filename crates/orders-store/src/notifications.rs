//! What shoppers are told of: written with the timeline, listed newest first, and read up to a point.

use std::collections::HashMap;
use std::ops::Range;

use orders_domain::{Instant, Order, OrderId, ShopperId, TimelineEntry};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::change::{Answer, Changed, Once};
use crate::idempotency::{self, Known};
use crate::list::{Statement, refunds_of};
use crate::rows::{self, get, order_columns, storable};
use crate::save::{Table, Values};
use crate::{Store, StoreError};

/// The most notifications on a page.
const MOST: u32 = 100;

const NOTIFICATIONS: Table = Table {
    name: "notifications",
    columns: &[
        "shopper",
        "seq",
        "order_id",
        "position",
        "told_at",
        "mail_due_at",
        "mail_tries",
    ],
};

pub(crate) const PAGE: &str = "SELECT seq, told_at, notifications.order_id, notifications.position, timeline.at, what, actor, detail \
     FROM notifications JOIN timeline ON timeline.order_id = notifications.order_id \
     AND timeline.position = notifications.position \
     WHERE shopper = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
pub(crate) const UNREAD: &str = "SELECT COUNT(*) AS unread FROM notifications WHERE shopper = $1 \
     AND seq > COALESCE((SELECT read FROM inboxes WHERE inboxes.shopper = $1), 0)";

/// What a shopper is told of: an entry of an order's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotificationId {
    /// Of which order.
    pub order: OrderId,
    /// Which entry, from 0.
    pub place: usize,
}

impl NotificationId {
    /// The id that text stands for; `None` when no notification can have it.
    pub fn parse(text: &str) -> Option<Self> {
        let (order, place) = text.rsplit_once("-N")?;
        let is_number = !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_digit());
        let place = place.parse().ok().filter(|_| is_number)?;
        (!order.is_empty() && storable(order)).then(|| Self {
            order: OrderId(order.to_owned()),
            place,
        })
    }
}

impl std::fmt::Display for NotificationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-N{}", self.order, self.place)
    }
}

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Which.
    pub id: NotificationId,
    /// What happened.
    pub entry: TimelineEntry,
    /// When the shopper was told: later than it happened, when the shop said so late.
    pub told_at: Instant,
    /// Whether it was read.
    pub read: bool,
}

/// A page of a shopper's notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationPage {
    /// Newest first.
    pub items: Vec<Notification>,
    /// The orders that they are about, as they are now, with their refunds; their timelines are left empty.
    pub orders: HashMap<OrderId, Order>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// How many were not read.
    pub unread: i64,
}

/// What was told before it could be told: for demo data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldNews {
    /// Of which entry.
    pub id: NotificationId,
    /// When it happened, and would have been told.
    pub at: Instant,
}

impl Store {
    /// A page of the shopper's notifications, at most `limit` (from 1 to 100), after the `next_cursor` of the page
    /// before.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn notifications(
        &self,
        shopper: &ShopperId,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<NotificationPage, StoreError> {
        let before = cursor.map_or(Ok(i64::MAX), number)?;
        let limit = limit.clamp(1, MOST);
        let mut tx = self.begin_read().await?;
        let mut rows = sqlx::query(PAGE)
            .bind(shopper.as_str())
            .bind(before)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *tx)
            .await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let read = read_up_to(&mut tx, shopper).await?;
        let mut items = Vec::with_capacity(rows.len());
        let mut ids: Vec<OrderId> = Vec::new();
        let mut last = 0;
        for row in &rows {
            last = get(row, "seq")?;
            let item = notification(row, read)?;
            if !ids.contains(&item.id.order) {
                ids.push(item.id.order.clone());
            }
            items.push(item);
        }
        let orders = orders_of(&mut tx, &ids).await?;
        let unread = count_unread(&mut tx, shopper).await?;
        tx.commit().await?;
        Ok(NotificationPage {
            items,
            orders,
            next_cursor: more.then(|| last.to_string()),
            unread,
        })
    }

    /// How many of the shopper's notifications were not read.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unread_notifications(&self, shopper: &ShopperId) -> Result<i64, StoreError> {
        let row = sqlx::query(UNREAD)
            .bind(shopper.as_str())
            .fetch_one(&self.inner.reads)
            .await?;
        get(&row, "unread")
    }

    /// Takes the shopper's notification `up_to` and all before it for read, and answers with what `answer` makes of the
    /// number of those that are not. What was read stays read. `None` when the shopper has no such notification.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`].
    pub async fn read_notifications(
        &self,
        shopper: &ShopperId,
        up_to: &NotificationId,
        once: Option<&Once>,
        answer: impl Fn(i64) -> Answer,
    ) -> Result<Option<Changed>, StoreError> {
        let mut tx = self.begin_write().await?;
        // The inbox comes first: those who sent the same request queue at its row.
        let held = sqlx::query("UPDATE inboxes SET read = read WHERE shopper = $1")
            .bind(shopper.as_str())
            .execute(&mut *tx)
            .await?;
        if let Some(once) = once {
            match idempotency::look_up(&mut tx, once).await? {
                Known::New => {}
                Known::Answered(answer) => {
                    tx.rollback().await?;
                    return Ok(Some(Changed::Replayed(answer)));
                }
                Known::Reused => {
                    tx.rollback().await?;
                    return Ok(Some(Changed::KeyReused));
                }
            }
        }
        let place = i64::try_from(up_to.place).unwrap_or(i64::MAX);
        let row = sqlx::query(
            "SELECT seq FROM notifications WHERE order_id = $1 AND position = $2 AND shopper = $3",
        )
        .bind(up_to.order.as_str())
        .bind(place)
        .bind(shopper.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let (1, Some(row)) = (held.rows_affected(), row) else {
            tx.rollback().await?;
            return Ok(None);
        };
        let seq: i64 = get(&row, "seq")?;
        sqlx::query("UPDATE inboxes SET read = $1 WHERE shopper = $2 AND read < $1")
            .bind(seq)
            .bind(shopper.as_str())
            .execute(&mut *tx)
            .await?;
        let answer = answer(count_unread(&mut tx, shopper).await?);
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        tx.commit().await?;
        Ok(Some(Changed::Done {
            answer,
            notice: None,
        }))
    }

    /// Writes what a shopper would have been told, oldest first, and takes all but the last `unread` for read. No mail is
    /// sent about it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them was told, [`StoreError::Unavailable`].
    pub async fn insert_old_news(
        &self,
        shopper: &ShopperId,
        news: &[OldNews],
        unread: usize,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_write().await?;
        let first = reserve(&mut tx, shopper, news.len()).await?;
        let rows: Vec<(i64, &OldNews)> = (first..).zip(news).collect();
        NOTIFICATIONS
            .insert(&mut tx, &rows, |values, (seq, news)| {
                push(values, shopper, *seq, &news.id, news.at, None)
            })
            .await?;
        let read = news.len().saturating_sub(unread);
        sqlx::query("UPDATE inboxes SET read = $1 WHERE shopper = $2")
            .bind(first - 1 + i64::try_from(read).unwrap_or_default())
            .bind(shopper.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what was told before `before`; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn prune_notifications(&self, before: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM notifications WHERE told_at < $1")
            .bind(before.timestamp_millis())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected())
    }
}

/// Tells the shopper what a change has `added` to the order's timeline, as far as they are told. To be called late in a
/// transaction: whoever numbers keeps the shopper's other orders waiting until the commit.
pub(crate) async fn tell(
    tx: &mut Transaction<'static, Any>,
    order: &Order,
    added: Range<usize>,
    now: Instant,
) -> Result<(), StoreError> {
    let places = order.told(added);
    if places.is_empty() {
        return Ok(());
    }
    let first = reserve(tx, &order.shopper, places.len()).await?;
    let rows: Vec<(i64, usize)> = (first..).zip(places).collect();
    NOTIFICATIONS
        .insert(tx, &rows, |values, (seq, place)| {
            let id = NotificationId {
                order: order.id.clone(),
                place: *place,
            };
            push(values, &order.shopper, *seq, &id, now, Some(now))
        })
        .await
}

/// Takes `count` numbers of the shopper's; gives back the first.
async fn reserve(
    tx: &mut Transaction<'static, Any>,
    shopper: &ShopperId,
    count: usize,
) -> Result<i64, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = sqlx::query(
        "INSERT INTO inboxes (shopper, last, read) VALUES ($1, $2, 0) \
         ON CONFLICT (shopper) DO UPDATE SET last = inboxes.last + excluded.last RETURNING last",
    )
    .bind(shopper.as_str())
    .bind(count)
    .fetch_one(&mut **tx)
    .await?;
    Ok(get::<i64>(&row, "last")? - count + 1)
}

fn push(
    values: &mut Values,
    shopper: &ShopperId,
    seq: i64,
    id: &NotificationId,
    told_at: Instant,
    mail_due_at: Option<Instant>,
) -> Result<(), StoreError> {
    values.push(shopper.as_str())?;
    values.push(seq)?;
    values.push(id.order.as_str())?;
    values.push(i64::try_from(id.place).unwrap_or(i64::MAX))?;
    values.push(told_at.timestamp_millis())?;
    values.push(mail_due_at.map(|at| at.timestamp_millis()))?;
    values.push(0_i64)
}

async fn read_up_to(
    tx: &mut Transaction<'static, Any>,
    shopper: &ShopperId,
) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT read FROM inboxes WHERE shopper = $1")
        .bind(shopper.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    row.map_or(Ok(0), |row| get(&row, "read"))
}

async fn count_unread(
    tx: &mut Transaction<'static, Any>,
    shopper: &ShopperId,
) -> Result<i64, StoreError> {
    let row = sqlx::query(UNREAD)
        .bind(shopper.as_str())
        .fetch_one(&mut **tx)
        .await?;
    get(&row, "unread")
}

async fn orders_of(
    tx: &mut Transaction<'static, Any>,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Order>, StoreError> {
    let mut orders = HashMap::new();
    if ids.is_empty() {
        return Ok(orders);
    }
    let mut statement = Statement::new(concat!("SELECT ", order_columns!(), " FROM orders"));
    statement.and_one_of("id", ids.iter().map(OrderId::as_str))?;
    let rows = statement.fetch(tx).await?;
    let mut refunds = refunds_of(tx, ids).await?;
    for row in &rows {
        let mut order = rows::order(row)?;
        order.refunds = refunds.remove(&order.id).unwrap_or_default();
        orders.insert(order.id.clone(), order);
    }
    Ok(orders)
}

fn notification(row: &AnyRow, read: i64) -> Result<Notification, StoreError> {
    let id = id(row)?;
    Ok(Notification {
        entry: rows::timeline_entry(&id.order, row)?,
        told_at: told_at(row)?,
        read: get::<i64>(row, "seq")? <= read,
        id,
    })
}

/// When the shopper was told.
pub(crate) fn told_at(row: &AnyRow) -> Result<Instant, StoreError> {
    let told_at: i64 = get(row, "told_at")?;
    let instant = rows::instant(told_at);
    instant.ok_or_else(|| StoreError::Corrupt(format!("a notification told at {told_at}")))
}

/// The id in the columns `order_id` and `position`.
pub(crate) fn id(row: &AnyRow) -> Result<NotificationId, StoreError> {
    let place: i64 = get(row, "position")?;
    Ok(NotificationId {
        order: OrderId(get(row, "order_id")?),
        place: usize::try_from(place)
            .map_err(|_| StoreError::Corrupt(format!("a notification of entry {place}")))?,
    })
}

fn number(cursor: &str) -> Result<i64, StoreError> {
    let is_number = cursor.bytes().all(|byte| byte.is_ascii_digit());
    let number = cursor.parse().ok().filter(|_| is_number);
    number.ok_or(StoreError::InvalidCursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went_and_others_are_none() {
        let id = NotificationId {
            order: OrderId::from("o-N1"),
            place: 12,
        };
        assert_eq!(id.to_string(), "o-N1-N12");
        assert_eq!(NotificationId::parse("o-N1-N12"), Some(id));
        for text in ["", "o", "-N1", "o-N", "o-N+1", "o-Nx", "o\0-N1"] {
            assert_eq!(NotificationId::parse(text), None, "{text:?}");
        }
    }
}
