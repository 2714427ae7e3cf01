//! Writes orders: one after a change, many at once.

use orders_domain::{Case, Lateness, Order, OrderId, OutboxMessage, Refund, TimelineEntry};
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Executor, Row, Transaction, Type};

use crate::phones::phone;
use crate::rows::{clean, to_json};
use crate::{Store, StoreError};
use crate::{cases, complaints, evidence_moves, refund_jobs, tab, work};

/// Rows in one `INSERT`: few statements, and far from the 32,766 parameters that SQLite allows.
const ROWS_AT_ONCE: usize = 50;

const ORDERS: Table = Table {
    name: "orders",
    columns: &[
        "id",
        "external_id",
        "number",
        "shop",
        "shopper",
        "state",
        "tab",
        "after_sale",
        "version",
        "placed_at",
        "pay_by",
        "paid_at",
        "delivered_at",
        "search_text",
        "body",
        "phone",
    ],
};
const TIMELINE: Table = Table {
    name: "timeline",
    columns: &["order_id", "position", "at", "what", "actor", "detail"],
};
const REFUNDS: Table = Table {
    name: "refunds",
    columns: &[
        "order_id",
        "position",
        "id",
        "amount",
        "currency",
        "channel",
        "account",
        "state",
        "created_at",
        "updated_at",
        "starts_by",
        "arrives_from",
        "arrives_by",
        "estimated",
        "course",
        "provider",
        "sent_at",
        "told_late",
        "way_asked_at",
    ],
};
const JOBS: Table = Table {
    name: "refund_jobs",
    columns: &["refund_id", "order_id", "provider", "due_at", "tries"],
};
const CASES: Table = Table {
    name: "cases",
    columns: &["id", "order_id", "state", "due_at"],
};
const OUTBOX: Table = Table {
    name: "outbox",
    columns: &["seq", "order_id", "message"],
};

impl Store {
    /// Inserts new orders with their timelines and refunds, all or none. Nothing is announced and nothing
    /// goes to the outbox: this is for orders that already are what they are, as in demo data.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them exists, or has evidence that is not there; [`StoreError::Unavailable`].
    pub async fn insert_orders(&self, orders: &[Order]) -> Result<(), StoreError> {
        let mut tx = self.begin_write().await?;
        ORDERS.insert(&mut tx, orders, push_order).await?;
        let entries: Vec<_> = orders
            .iter()
            .flat_map(|order| numbered(order, &order.timeline))
            .collect();
        TIMELINE.insert(&mut tx, &entries, push_entry).await?;
        let refunds: Vec<_> = orders
            .iter()
            .flat_map(|order| numbered(order, &order.refunds))
            .collect();
        REFUNDS.insert(&mut tx, &refunds, push_refund).await?;
        insert_jobs(&mut tx, &refunds).await?;
        let cases: Vec<_> = orders
            .iter()
            .flat_map(|order| numbered(order, &order.body.cases))
            .collect();
        CASES.insert(&mut tx, &cases, push_case).await?;
        complaints::insert(&mut tx, orders).await?;
        work::insert(&mut tx, orders).await?;
        for order in orders {
            evidence_moves::keep(&mut tx, None, order).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Brings the planner's statistics up to date; to be called after a bulk load.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn settle(&self) -> Result<(), StoreError> {
        let mut connection = self.inner.writes.acquire().await?;
        for statement in self.inner.dialect.settle() {
            connection.execute(*statement).await?;
        }
        Ok(())
    }
}

/// Writes `new` in place of `old`, or as a new order. `false` when `old` is not what the database holds any more.
pub(crate) async fn order(
    tx: &mut Transaction<'static, Any>,
    old: Option<&Order>,
    new: &Order,
) -> Result<bool, StoreError> {
    let (old_entries, old_refunds, old_cases): (_, &[Refund], &[Case]) = match old {
        Some(old) => {
            if !compare_and_set(tx, old, new).await? {
                return Ok(false);
            }
            (old.timeline.len(), &old.refunds, &old.body.cases)
        }
        None => {
            ORDERS
                .insert(tx, std::slice::from_ref(new), push_order)
                .await?;
            (0, &[], &[])
        }
    };
    let entries: Vec<_> = numbered(new, &new.timeline).skip(old_entries).collect();
    TIMELINE.insert(tx, &entries, push_entry).await?;

    let mut inserted = Vec::new();
    for row in numbered(new, &new.refunds) {
        match old_refunds.iter().find(|old| old.id == row.value.id) {
            Some(old) if old == row.value => {}
            Some(old) => {
                update_refund(tx, row.value).await?;
                if old.is_under_way() && !row.value.is_under_way() {
                    refund_jobs::delete(tx, &row.value.id).await?;
                }
            }
            None => inserted.push(row),
        }
    }
    REFUNDS.insert(tx, &inserted, push_refund).await?;
    insert_jobs(tx, &inserted).await?;

    let mut inserted = Vec::new();
    for row in numbered(new, &new.body.cases) {
        match old_cases.iter().find(|old| old.id == row.value.id) {
            Some(old) if (old.state, old.until) == (row.value.state, row.value.until) => {}
            Some(_) => cases::update(tx, row.value).await?,
            None => inserted.push(row),
        }
    }
    CASES.insert(tx, &inserted, push_case).await?;
    complaints::keep(tx, old, new).await?;
    work::keep(tx, old, new).await?;
    evidence_moves::keep(tx, old, new).await?;
    Ok(true)
}

/// Puts the refunds that the program has to make among its jobs.
async fn insert_jobs(
    tx: &mut Transaction<'static, Any>,
    refunds: &[Numbered<'_, Refund>],
) -> Result<(), StoreError> {
    let jobs: Vec<_> = refunds
        .iter()
        .filter(|row| row.value.is_under_way())
        .collect();
    JOBS.insert(tx, &jobs, |values, row| {
        values.push(row.value.id.as_str())?;
        values.push(row.order.as_str())?;
        values.push(provider_of(row.value))?;
        values.push(row.value.created_at.timestamp_millis())?;
        values.push(0_i64)
    })
    .await
}

/// The column `provider`.
fn provider_of(refund: &Refund) -> &str {
    refund
        .course
        .provider
        .as_ref()
        .map_or("", |provider| provider.as_str())
}

/// The column `told_late`.
fn told_late(refund: &Refund) -> i64 {
    match (refund.course.told_late, refund.course.complained) {
        (None, _) => 0,
        (Some(Lateness::NotSent), _) => 1,
        (Some(Lateness::NotArrived), false) => 2,
        (Some(Lateness::NotArrived), true) => 3,
    }
}

/// The column `way_asked_at`.
fn way_asked_at(refund: &Refund) -> Option<i64> {
    let open = refund.open_way();
    open.map(|change| change.asked_at.timestamp_millis())
}

/// Numbers what the shop has to do and puts it in the outbox. To be called last in a transaction:
/// whoever numbers keeps the others waiting until the commit.
pub(crate) async fn outbox(
    tx: &mut Transaction<'static, Any>,
    order: Option<&OrderId>,
    messages: &[OutboxMessage],
) -> Result<(), StoreError> {
    let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let row = sqlx::query(
        "UPDATE counters SET value = value + $1 WHERE name = 'outbox' RETURNING value AS last",
    )
    .bind(count)
    .fetch_one(&mut **tx)
    .await?;
    let last: i64 = row.try_get("last")?;
    let rows: Vec<(i64, &OutboxMessage)> = (last - count + 1..).zip(messages).collect();
    OUTBOX
        .insert(tx, &rows, |values, (seq, message)| {
            values.push(*seq)?;
            values.push(order.map(OrderId::as_str))?;
            values.push(to_json(message)?)
        })
        .await
}

/// Shop, shopper and the shop's id are what an order is recognised by, and never change.
async fn compare_and_set(
    tx: &mut Transaction<'static, Any>,
    old: &Order,
    new: &Order,
) -> Result<bool, StoreError> {
    // A rule that forgot to count on would let the next change overwrite this one unnoticed.
    if (&new.id, new.version) != (&old.id, old.version + 1) {
        return Err(StoreError::Corrupt(format!(
            "order {}: version {} would become version {} of order {}",
            old.id, old.version, new.version, new.id
        )));
    }
    let done = sqlx::query(
        "UPDATE orders SET number = $1, state = $2, tab = $3, after_sale = $4, version = $5, \
         placed_at = $6, pay_by = $7, paid_at = $8, delivered_at = $9, search_text = $10, body = $11, \
         phone = $12 WHERE id = $13 AND version = $14",
    )
    .bind(clean(&new.number))
    .bind(new.state.code())
    .bind(tab::column(new.state))
    .bind(i64::from(tab::is_after_sale(new)))
    .bind(new.version)
    .bind(new.placed_at.timestamp_millis())
    .bind(new.pay_by.map(|at| at.timestamp_millis()))
    .bind(new.paid_at.map(|at| at.timestamp_millis()))
    .bind(new.delivered_at.map(|at| at.timestamp_millis()))
    .bind(search_text(new))
    .bind(to_json(&new.body)?)
    .bind(phone(&new.body))
    .bind(old.id.as_str())
    .bind(old.version)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn update_refund(
    tx: &mut Transaction<'static, Any>,
    refund: &Refund,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE refunds SET channel = $1, account = $2, state = $3, updated_at = $4, starts_by = $5, \
         arrives_from = $6, arrives_by = $7, estimated = $8, course = $9, provider = $10, sent_at = $11, \
         told_late = $12, way_asked_at = $13 WHERE id = $14",
    )
    .bind(refund.channel.code())
    .bind(to_json(&refund.account)?)
    .bind(refund.state.code())
    .bind(refund.updated_at.timestamp_millis())
    .bind(refund.promise.starts_by.to_string())
    .bind(refund.promise.arrives_from.to_string())
    .bind(refund.promise.arrives_by.to_string())
    .bind(i64::from(refund.promise.estimated))
    .bind(to_json(&refund.course)?)
    .bind(provider_of(refund))
    .bind(refund.course.sent_at.map(|at| at.timestamp_millis()))
    .bind(told_late(refund))
    .bind(way_asked_at(refund))
    .bind(refund.id.as_str())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a search looks in: number, the shop's id and the titles in both languages. Lower-cased here,
/// because the databases do not agree on the lower case of anything beyond ASCII.
fn search_text(order: &Order) -> String {
    let mut text = format!("{}\n{}", order.number, order.external_id);
    for line in &order.body.lines {
        text.push('\n');
        text.push_str(&line.title.zh_cn);
        if let Some(en) = &line.title.en {
            text.push('\n');
            text.push_str(en);
        }
    }
    clean(&text.to_lowercase())
}

/// Something of an order and its place in the list there.
struct Numbered<'a, T> {
    order: &'a OrderId,
    position: i64,
    value: &'a T,
}

fn numbered<'a, T>(order: &'a Order, values: &'a [T]) -> impl Iterator<Item = Numbered<'a, T>> {
    (0..).zip(values).map(|(position, value)| Numbered {
        order: &order.id,
        position,
        value,
    })
}

fn push_order(values: &mut Values, order: &Order) -> Result<(), StoreError> {
    values.push(order.id.as_str())?;
    values.push(order.external_id.as_str())?;
    values.push(clean(&order.number))?;
    values.push(order.shop.as_str())?;
    values.push(order.shopper.as_str())?;
    values.push(order.state.code())?;
    values.push(tab::column(order.state))?;
    values.push(i64::from(tab::is_after_sale(order)))?;
    values.push(order.version)?;
    values.push(order.placed_at.timestamp_millis())?;
    values.push(order.pay_by.map(|at| at.timestamp_millis()))?;
    values.push(order.paid_at.map(|at| at.timestamp_millis()))?;
    values.push(order.delivered_at.map(|at| at.timestamp_millis()))?;
    values.push(search_text(order))?;
    values.push(to_json(&order.body)?)?;
    values.push(phone(&order.body))
}

fn push_entry(values: &mut Values, row: &Numbered<'_, TimelineEntry>) -> Result<(), StoreError> {
    values.push(row.order.as_str())?;
    values.push(row.position)?;
    values.push(row.value.at.timestamp_millis())?;
    values.push(row.value.what.code())?;
    values.push(row.value.by.code())?;
    values.push(row.value.detail.as_deref().map(clean))
}

fn push_refund(values: &mut Values, row: &Numbered<'_, Refund>) -> Result<(), StoreError> {
    let refund = row.value;
    values.push(row.order.as_str())?;
    values.push(row.position)?;
    values.push(refund.id.as_str())?;
    values.push(refund.amount.amount)?;
    values.push(refund.amount.currency.as_str())?;
    values.push(refund.channel.code())?;
    values.push(to_json(&refund.account)?)?;
    values.push(refund.state.code())?;
    values.push(refund.created_at.timestamp_millis())?;
    values.push(refund.updated_at.timestamp_millis())?;
    values.push(refund.promise.starts_by.to_string())?;
    values.push(refund.promise.arrives_from.to_string())?;
    values.push(refund.promise.arrives_by.to_string())?;
    values.push(i64::from(refund.promise.estimated))?;
    values.push(to_json(&refund.course)?)?;
    values.push(provider_of(refund))?;
    values.push(refund.course.sent_at.map(|at| at.timestamp_millis()))?;
    values.push(told_late(refund))?;
    values.push(way_asked_at(refund))
}

fn push_case(values: &mut Values, row: &Numbered<'_, Case>) -> Result<(), StoreError> {
    values.push(row.value.id.as_str())?;
    values.push(row.order.as_str())?;
    values.push(row.value.state.code())?;
    values.push(cases::due_at(row.value))
}

/// A table and the columns that are inserted.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
}

/// The values of an `INSERT`, row by row.
pub(crate) struct Values(AnyArguments);

impl Values {
    pub(crate) fn push<'v, T: Encode<'v, Any> + Type<Any>>(
        &mut self,
        value: T,
    ) -> Result<(), StoreError> {
        self.0.add(value).map_err(StoreError::Unavailable)
    }
}

impl Table {
    /// Inserts `rows`, many with each statement; `push` gives the values of one.
    pub(crate) async fn insert<T>(
        &self,
        tx: &mut Transaction<'static, Any>,
        rows: &[T],
        push: impl Fn(&mut Values, &T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let mut values = Values(AnyArguments::default());
            for row in rows {
                push(&mut values, row)?;
            }
            // Sizes that come once are not worth a place among the prepared statements.
            let usual = rows.len() <= 3 || rows.len() == ROWS_AT_ONCE;
            sqlx::query_with(AssertSqlSafe(self.statement(rows.len())), values.0)
                .persistent(usual)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    fn statement(&self, rows: usize) -> String {
        let width = self.columns.len();
        let places: Vec<String> = (0..rows)
            .map(|row| {
                let row: Vec<String> = (1..=width)
                    .map(|n| format!("${}", row * width + n))
                    .collect();
                format!("({})", row.join(", "))
            })
            .collect();
        format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.name,
            self.columns.join(", "),
            places.join(", ")
        )
    }
}
