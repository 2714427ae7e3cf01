//! The jobs of refunds that Tepai makes: taken up by one at a time, put off, and never lost.

use orders_domain::{Day, Instant, OrderId, ProviderId, RefundId, ShopId};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::cursor::Cursor;
use crate::list::Statement;
use crate::rows::{clean, get, instant, storable};
use crate::{Store, StoreError};

/// A refund for which something has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundJob {
    /// Which.
    pub refund: RefundId,
    /// Of which order.
    pub order: OrderId,
    /// By which provider.
    pub provider: ProviderId,
    /// Tries in a row that the provider did not answer, or answered with "later".
    pub tries: u32,
    /// Until when it is nobody else's: the mark by which [`Store::put_off_refund`] knows that it still is ours.
    pub claimed_until: Instant,
}

/// A refund that is under way, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRefund {
    /// Which.
    pub refund: RefundId,
    /// Of which order.
    pub order: OrderId,
    /// By which provider.
    pub provider: ProviderId,
    /// When something is done for it next.
    pub due_at: Instant,
    /// Tries in a row that the provider did not answer, or answered with "later".
    pub tries: u32,
    /// What the last of them said.
    pub trouble: Option<String>,
}

/// A wish for another way that staff have not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWay {
    /// Which refund.
    pub refund: RefundId,
    /// Of which order.
    pub order: OrderId,
}

/// A page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWays {
    /// The one that has waited longest comes first.
    pub ways: Vec<OpenWay>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
}

/// Finds jobs that are due, but for those of so many providers.
pub(crate) fn due(except: usize) -> String {
    let others: String = (0..except)
        .map(|n| format!(" AND provider <> ${}", n + 4))
        .collect();
    format!("SELECT refund_id FROM refund_jobs WHERE due_at <= $2{others} ORDER BY due_at LIMIT $3")
}

pub(crate) const LATE_TO_SEND: &str = "SELECT order_id FROM refunds \
     WHERE told_late < 1 AND state IN ('requested', 'approved') AND starts_by < $1 \
     ORDER BY starts_by LIMIT $2";
pub(crate) const LATE_TO_ARRIVE: &str = "SELECT order_id FROM refunds \
     WHERE told_late < 2 AND state IN ('requested', 'approved', 'sent', 'in_clearing') AND arrives_by < $1 \
     ORDER BY arrives_by LIMIT $2";
/// What has not arrived, of which that was told, and about which nobody has complained by itself, in a shop. A cross join is
/// carried out as it is written.
pub(crate) const LONG_LATE: &str = "SELECT refunds.order_id AS order_id FROM refunds CROSS JOIN orders \
     WHERE told_late = 2 AND refunds.state IN ('requested', 'approved', 'sent', 'in_clearing') AND arrives_by < $1 \
     AND orders.id = refunds.order_id AND orders.shop = $3 ORDER BY arrives_by LIMIT $2";

impl Store {
    /// Takes up at most `limit` jobs that are due at `now`, the longest due first, but for those by the providers
    /// `except`. Until `until` they are nobody else's; after that, whoever took them up is taken for dead.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn claim_refunds(
        &self,
        now: Instant,
        until: Instant,
        limit: u32,
        except: &[ProviderId],
    ) -> Result<Vec<RefundJob>, StoreError> {
        let statement = format!(
            "UPDATE refund_jobs SET due_at = $1 WHERE refund_id IN \
             ({}{}) RETURNING refund_id, order_id, provider, tries",
            due(except.len()),
            self.inner.dialect.skip_locked()
        );
        let mut query = sqlx::query(AssertSqlSafe(statement))
            .bind(until.timestamp_millis())
            .bind(now.timestamp_millis())
            .bind(i64::from(limit));
        for provider in except {
            query = query.bind(provider.as_str());
        }
        let rows = query.fetch_all(&self.inner.writes).await?;
        rows.iter()
            .map(|row| {
                Ok(RefundJob {
                    refund: RefundId(get(row, "refund_id")?),
                    order: OrderId(get(row, "order_id")?),
                    provider: ProviderId(get(row, "provider")?),
                    tries: tries(row)?,
                    claimed_until: until,
                })
            })
            .collect()
    }

    /// Puts a job that was taken up off until `due`, after `tries` in vain. Nothing happens when it is done, or when
    /// somebody else has it by now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_off_refund(
        &self,
        job: &RefundJob,
        due: Instant,
        tries: u32,
        trouble: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE refund_jobs SET due_at = $1, tries = $2, trouble = $3 \
             WHERE refund_id = $4 AND due_at = $5",
        )
        .bind(due.timestamp_millis())
        .bind(i64::from(tries))
        .bind(trouble.map(clean))
        .bind(job.refund.as_str())
        .bind(job.claimed_until.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Makes the job of a refund due at `now`, because there is news of it; `false` when it has none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn hasten_refund(&self, refund: &RefundId, now: Instant) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE refund_jobs SET due_at = $1 WHERE refund_id = $2")
            .bind(now.timestamp_millis())
            .bind(refund.as_str())
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The refunds under way whose numbers come after `after`, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn waiting_refunds(
        &self,
        after: Option<&RefundId>,
        limit: u32,
    ) -> Result<Vec<WaitingRefund>, StoreError> {
        let rows = sqlx::query(
            "SELECT refund_id, order_id, provider, due_at, tries, trouble FROM refund_jobs \
             WHERE refund_id > $1 ORDER BY refund_id LIMIT $2",
        )
        .bind(after.map_or("", RefundId::as_str))
        .bind(i64::from(limit))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| {
                let due: i64 = get(row, "due_at")?;
                Ok(WaitingRefund {
                    refund: RefundId(get(row, "refund_id")?),
                    order: OrderId(get(row, "order_id")?),
                    provider: ProviderId(get(row, "provider")?),
                    due_at: instant(due).ok_or_else(|| {
                        StoreError::Corrupt(format!("a refund's job is due at {due}"))
                    })?,
                    tries: tries(row)?,
                    trouble: get(row, "trouble")?,
                })
            })
            .collect()
    }

    /// The order that a refund belongs to.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn order_of_refund(&self, refund: &RefundId) -> Result<Option<OrderId>, StoreError> {
        if !storable(refund.as_str()) {
            return Ok(None);
        }
        let row = sqlx::query("SELECT order_id FROM refunds WHERE id = $1")
            .bind(refund.as_str())
            .fetch_optional(&self.inner.reads)
            .await?;
        row.map(|row| Ok(OrderId(get(&row, "order_id")?)))
            .transpose()
    }

    /// Refunds for which shoppers ask for another way, of orders of `shops` (of all when there are none), at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn open_ways(
        &self,
        shops: &[ShopId],
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<OpenWays, StoreError> {
        let limit = limit.clamp(1, 100);
        let cursor = cursor.map(Cursor::decode).transpose()?;
        let mut open = OpenWays {
            ways: Vec::new(),
            next_cursor: None,
        };
        if shops.iter().any(|shop| !storable(shop.as_str())) {
            return Ok(open);
        }
        let statement = ways_statement(shops, cursor, limit)?;
        let mut tx = self.begin_read().await?;
        let rows = statement.fetch(&mut tx).await?;
        tx.commit().await?;
        let more = rows.len() > limit as usize;
        for row in rows.iter().take(limit as usize) {
            let id: String = get(row, "id")?;
            let at = instant(get(row, "way_asked_at")?);
            let at = at.ok_or_else(|| StoreError::Corrupt(format!("refund {id}: way_asked_at")))?;
            open.next_cursor = more.then(|| Cursor { at, id: id.clone() }.encode());
            open.ways.push(OpenWay {
                refund: RefundId(id),
                order: OrderId(get(row, "order_id")?),
            });
        }
        Ok(open)
    }

    /// The orders of refunds that may be later than was promised on `today`, and of which that was not told yet: an order as
    /// often as it has such refunds. The domain decides, by the shop's own day. At most twice `limit`; fewer than `limit` are
    /// all.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn late_refunds(&self, today: Day, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        let mut orders = self.orders_of_refunds(LATE_TO_SEND, today, limit).await?;
        orders.extend(self.orders_of_refunds(LATE_TO_ARRIVE, today, limit).await?);
        Ok(orders)
    }

    /// The orders of refunds that should have arrived before the day that stands with their shop, of which it was told that
    /// they are late, and that have led to no complaint by themselves: an order as often as it has such refunds. At most
    /// `limit` of each shop; fewer than `limit` are all.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn long_late_refunds(
        &self,
        before: &[(ShopId, Day)],
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let mut orders = Vec::new();
        for (shop, day) in before {
            if orders.len() >= limit as usize {
                break;
            }
            let rows = sqlx::query(LONG_LATE)
                .bind(day.to_string())
                .bind(i64::from(limit))
                .bind(clean(shop.as_str()))
                .fetch_all(&self.inner.reads)
                .await?;
            for row in &rows {
                orders.push(OrderId(get(row, "order_id")?));
            }
        }
        Ok(orders)
    }

    async fn orders_of_refunds(
        &self,
        statement: &'static str,
        today: Day,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(statement)
            .bind(today.to_string())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        let orders = rows.iter().map(|row| Ok(OrderId(get(row, "order_id")?)));
        orders.collect()
    }
}

/// Deletes the job of a refund that needs none any more.
pub(crate) async fn delete(
    tx: &mut Transaction<'static, Any>,
    refund: &RefundId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM refund_jobs WHERE refund_id = $1")
        .bind(refund.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn tries(row: &AnyRow) -> Result<u32, StoreError> {
    let tries: i64 = get(row, "tries")?;
    u32::try_from(tries).map_err(|_| StoreError::Corrupt(format!("a refund's job: {tries} tries")))
}

/// One more than `limit` open wishes after the cursor.
pub(crate) fn ways_statement(
    shops: &[ShopId],
    cursor: Option<Cursor>,
    limit: u32,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new("SELECT id, order_id, way_asked_at FROM refunds");
    // Always a place to begin after, so that the index is searched.
    let (at, id) = cursor.map_or((i64::MIN, String::new()), |cursor| {
        (cursor.at.timestamp_millis(), cursor.id)
    });
    statement.and("way_asked_at IS NOT NULL AND (way_asked_at, id) > (", at)?;
    statement.sql.push_str(", ");
    statement.push(id)?;
    statement.sql.push(')');
    statement.and_one_of(
        "(SELECT shop FROM orders WHERE orders.id = refunds.order_id)",
        shops.iter().map(ShopId::as_str),
    )?;
    statement.sql.push_str(" ORDER BY way_asked_at, id LIMIT ");
    statement.push(i64::from(limit) + 1)?;
    Ok(statement)
}
