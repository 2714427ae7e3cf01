//! What shoppers are told of: written with the timeline, listed newest first, and read up to a point.

use std::collections::HashMap;
use std::ops::Range;

use orders_domain::{Conversation, ConversationId, Instant, Order, OrderId, ShopperId};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::change::{Answer, Changed, Once};
use crate::conversations::{conversation, conversation_columns};
use crate::idempotency::{self, Known};
use crate::list::{Statement, refunds_of};
use crate::notification_id::{News, Notification, NotificationId};
use crate::rows::{self, get, order_columns};
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
        "conversation",
        "message",
        "told_at",
        "mail_due_at",
        "mail_tries",
    ],
};

pub(crate) const PAGE: &str = "SELECT notifications.seq AS seq, told_at, notifications.order_id AS order_id, \
     notifications.position AS position, notifications.conversation AS conversation, message, \
     timeline.at AS at, what, actor, detail, messages.at AS answered_at \
     FROM notifications LEFT JOIN timeline ON timeline.order_id = notifications.order_id \
     AND timeline.position = notifications.position \
     LEFT JOIN messages ON messages.conversation = notifications.conversation \
     AND messages.seq = notifications.message \
     WHERE shopper = $1 AND notifications.seq < $2 ORDER BY notifications.seq DESC LIMIT $3";
pub(crate) const UNREAD: &str = "SELECT COUNT(*) AS unread FROM notifications WHERE shopper = $1 \
     AND seq > COALESCE((SELECT read FROM inboxes WHERE inboxes.shopper = $1), 0)";

/// A page of a shopper's notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationPage {
    /// Newest first.
    pub items: Vec<Notification>,
    /// The orders that they are about, or their conversations, as they are now, with their refunds; their timelines are left
    /// empty.
    pub orders: HashMap<OrderId, Order>,
    /// The conversations that they are about.
    pub conversations: HashMap<ConversationId, Conversation>,
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
        let items = rows.iter().map(|row| notification(row, read));
        let items: Vec<Notification> = items.collect::<Result<_, _>>()?;
        let last: Option<i64> = rows.last().map(|row| get(row, "seq")).transpose()?;
        let conversations = conversations_of(&mut tx, &items).await?;
        let orders = orders_of(&mut tx, &about(&items, &conversations)).await?;
        let unread = count_unread(&mut tx, shopper).await?;
        tx.commit().await?;
        Ok(NotificationPage {
            items,
            orders,
            conversations,
            next_cursor: last.filter(|_| more).map(|last| last.to_string()),
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
        let (order, place, conversation, message) = up_to.columns();
        let row = sqlx::query(
            "SELECT seq FROM notifications WHERE shopper = $1 \
             AND (order_id = $2 AND position = $3 OR conversation = $4 AND message = $5)",
        )
        .bind(shopper.as_str())
        .bind(order)
        .bind(place)
        .bind(conversation)
        .bind(message)
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
            let id = NotificationId::Event {
                order: order.id.clone(),
                place: *place,
            };
            push(values, &order.shopper, *seq, &id, now, Some(now))
        })
        .await
}

/// Tells its shopper of the last answer in a conversation; likewise late in a transaction.
pub(crate) async fn tell_of_answer(
    tx: &mut Transaction<'static, Any>,
    conversation: &Conversation,
    now: Instant,
) -> Result<(), StoreError> {
    let shopper = &conversation.shopper;
    let seq = reserve(tx, shopper, 1).await?;
    let id = NotificationId::Answer {
        conversation: conversation.id.clone(),
        message: conversation.last_answer,
    };
    NOTIFICATIONS
        .insert(tx, &[id], |values, id| {
            push(values, shopper, seq, id, now, Some(now))
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
    let (order, place, conversation, message) = id.columns();
    values.push(order)?;
    values.push(place)?;
    values.push(conversation)?;
    values.push(message)?;
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

async fn conversations_of(
    tx: &mut Transaction<'static, Any>,
    items: &[Notification],
) -> Result<HashMap<ConversationId, Conversation>, StoreError> {
    let ids = items.iter().filter_map(|item| match &item.news {
        News::Answer { conversation, .. } => Some(conversation.as_str()),
        News::Event { .. } => None,
    });
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut statement = Statement::new(concat!(
        "SELECT ",
        conversation_columns!(),
        " FROM conversations"
    ));
    statement.and_one_of("id", ids.into_iter())?;
    let rows = statement.fetch(tx).await?;
    let each = rows.iter().map(|row| {
        let found = conversation(row)?;
        Ok((found.id.clone(), found))
    });
    each.collect()
}

/// The orders that notifications are about, and those of their conversations, each once.
fn about(
    items: &[Notification],
    conversations: &HashMap<ConversationId, Conversation>,
) -> Vec<OrderId> {
    let mut ids: Vec<OrderId> = Vec::new();
    for item in items {
        let order = match &item.news {
            News::Event { order, .. } => Some(order),
            News::Answer { conversation, .. } => conversations
                .get(conversation)
                .and_then(|conversation| conversation.order.as_ref()),
        };
        if let Some(order) = order
            && !ids.contains(order)
        {
            ids.push(order.clone());
        }
    }
    ids
}

fn notification(row: &AnyRow, read: i64) -> Result<Notification, StoreError> {
    let news = match NotificationId::of_row(row)? {
        NotificationId::Event { order, place } => News::Event {
            entry: rows::timeline_entry(&order, row)?,
            order,
            place,
        },
        NotificationId::Answer {
            conversation,
            message,
        } => News::Answer {
            conversation,
            message,
            at: instant_in(row, "answered_at")?,
        },
    };
    Ok(Notification {
        news,
        told_at: told_at(row)?,
        read: get::<i64>(row, "seq")? <= read,
    })
}

/// When the shopper was told.
pub(crate) fn told_at(row: &AnyRow) -> Result<Instant, StoreError> {
    instant_in(row, "told_at")
}

fn instant_in(row: &AnyRow, column: &str) -> Result<Instant, StoreError> {
    let at: i64 = get(row, column)?;
    let instant = rows::instant(at);
    instant.ok_or_else(|| StoreError::Corrupt(format!("a notification, {column} {at}")))
}

fn number(cursor: &str) -> Result<i64, StoreError> {
    let is_number = cursor.bytes().all(|byte| byte.is_ascii_digit());
    let number = cursor.parse().ok().filter(|_| is_number);
    number.ok_or(StoreError::InvalidCursor)
}
