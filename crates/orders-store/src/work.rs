//! The staff's queue: written with the things that wait, listed by index, and taken in hand by one at a time.

use chrono::TimeDelta;
use orders_domain::{
    CLAIM_MINUTES, Instant, Order, OrderId, ShopId, ShopperId, StaffId, Work, WorkKind, work_of,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::cursor::Cursor;
use crate::desk_news::DeskNews;
use crate::rows::{get, instant, storable};
use crate::save::{Table, Values};
use crate::work_page::{page_statement, place_of};
use crate::{Store, StoreError};

/// The most entries on a page.
const MOST: u32 = 100;
/// The last millisecond of the year 9999: the column `due_at` of what has no such time.
pub(crate) const NEVER: i64 = 253_402_300_799_999;
/// Up to how many entries of a kind are counted.
pub const WORK_COUNTED: u32 = 1000;

const WORK: Table = Table {
    name: "work",
    columns: &[
        "id",
        "kind",
        "shop",
        "shopper",
        "order_id",
        "subject",
        "since",
        "due_at",
        "complains",
    ],
};

/// The columns that [`entry`] reads.
macro_rules! work_columns {
    () => {
        "work.id AS id, kind, shop, shopper, order_id, subject, since, due_at, claimed_by, claimed_until, \
         (SELECT name FROM staff WHERE staff.id = claimed_by) AS claimed_name, \
         (SELECT display_name FROM shoppers WHERE shoppers.id = shopper) AS shopper_name"
    };
}
pub(crate) use work_columns;

pub(crate) const COUNT: &str = "SELECT COUNT(*) AS count FROM \
     (SELECT 1 FROM work WHERE shop = $1 AND kind = $2 LIMIT $3) AS counted";

/// By what the queue is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkOrder {
    /// What has to be done next comes first, and what has no such time last; of what is due at the same time, and of what
    /// never is, what has waited longest.
    #[default]
    Due,
    /// What has waited longest comes first.
    Age,
}

/// Which entries, by who has them in hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ClaimFilter {
    /// All.
    #[default]
    All,
    /// Those that nobody has.
    Free,
    /// Those that this one of the staff has.
    Of(StaffId),
}

/// Which entries, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkQuery {
    /// Of these shops; of none when empty.
    pub shops: Vec<ShopId>,
    /// Only of this kind.
    pub kind: Option<WorkKind>,
    /// By who has them in hand.
    pub claim: ClaimFilter,
    /// In which order.
    pub order: WorkOrder,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, from 1 to 100.
    pub limit: u32,
}

/// Who has an entry in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkClaim {
    /// Who.
    pub staff: StaffId,
    /// What to call them.
    pub name: String,
    /// Until when.
    pub until: Instant,
}

/// An entry, as it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkEntry {
    /// Which.
    pub id: String,
    /// What kind of thing.
    pub kind: WorkKind,
    /// Of which shop.
    pub shop: ShopId,
    /// Whose.
    pub shopper: ShopperId,
    /// What to call them; empty for one who never logged in.
    pub shopper_name: String,
    /// About which order.
    pub order: Option<OrderId>,
    /// The case, refund, complaint or conversation.
    pub subject: Option<String>,
    /// Since when it waits.
    pub since: Instant,
    /// Until when it has to be done.
    pub due_at: Option<Instant>,
    /// Who has it in hand.
    pub claim: Option<WorkClaim>,
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkPage {
    /// In the order that was asked for.
    pub items: Vec<WorkEntry>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// How many there are of each kind, up to [`WORK_COUNTED`] and one more.
    pub counts: Vec<(WorkKind, u32)>,
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is theirs.
    Done(Box<WorkEntry>),
    /// Somebody else has it in hand.
    ByAnother(WorkClaim),
    /// There is no such entry, or it is another shop's.
    NotThere,
}

impl Store {
    /// A page of the queue, and how many there are of each kind. As many short searches of an index as there are shops,
    /// however many entries.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_work(&self, query: &WorkQuery, now: Instant) -> Result<WorkPage, StoreError> {
        let limit = query.limit.clamp(1, MOST);
        let mut found: Vec<(i64, WorkEntry)> = Vec::new();
        let mut counts: Vec<_> = WorkKind::ALL.into_iter().map(|kind| (kind, 0)).collect();
        let mut tx = self.begin_read().await?;
        for shop in query.shops.iter().filter(|shop| storable(shop.as_str())) {
            let rows = page_statement(query, shop, now, limit)?
                .fetch(&mut tx)
                .await?;
            for row in &rows {
                let place = get(row, query.order.column())?;
                found.push((place, entry(row, now)?));
            }
            for (kind, counted) in &mut counts {
                let row = sqlx::query(COUNT)
                    .bind(shop.as_str())
                    .bind(kind.code())
                    .bind(i64::from(WORK_COUNTED) + 1)
                    .fetch_one(&mut *tx)
                    .await?;
                let count = u32::try_from(get::<i64>(&row, "count")?).unwrap_or(u32::MAX);
                *counted = (*counted + count).min(WORK_COUNTED + 1);
            }
        }
        tx.commit().await?;
        let place = |(at, entry): &(i64, WorkEntry)| (*at, entry.since, entry.id.clone());
        found.sort_by_cached_key(place);
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let last = found.last().filter(|_| more);
        let next_cursor = match last {
            Some((place, last)) => {
                let at = instant(*place).ok_or_else(|| corrupt(&last.id, "its place"))?;
                let id = place_of(query.order, last);
                Some(Cursor { at, id }.encode())
            }
            None => None,
        };
        Ok(WorkPage {
            items: found.into_iter().map(|(_, entry)| entry).collect(),
            next_cursor,
            counts,
        })
    }

    /// Takes an entry of one of `shops` in hand until ten minutes from `now`, or keeps it so; `take_over` takes it from
    /// whoever has it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn claim_work(
        &self,
        id: &str,
        staff: &StaffId,
        shops: &[ShopId],
        take_over: bool,
        now: Instant,
    ) -> Result<Claimed, StoreError> {
        if !storable(id) {
            return Ok(Claimed::NotThere);
        }
        let mut tx = self.begin_write().await?;
        let Some(found) = held(&mut tx, self.inner.dialect.for_update(), id, now).await? else {
            return Ok(Claimed::NotThere);
        };
        if !shops.contains(&found.shop) {
            return Ok(Claimed::NotThere);
        }
        if let Some(claim) = found.claim
            && claim.staff != *staff
            && !take_over
        {
            return Ok(Claimed::ByAnother(claim));
        }
        let until = now + TimeDelta::minutes(CLAIM_MINUTES);
        sqlx::query("UPDATE work SET claimed_by = $1, claimed_until = $2 WHERE id = $3")
            .bind(staff.as_str())
            .bind(until.timestamp_millis())
            .bind(id)
            .execute(&mut *tx)
            .await?;
        let taken = held(&mut tx, "", id, now).await?;
        tx.commit().await?;
        let news = taken.iter().map(DeskNews::of_entry);
        self.inner.notices.announce_to_staff(news.collect());
        Ok(taken.map_or(Claimed::NotThere, |taken| Claimed::Done(Box::new(taken))))
    }

    /// Lets go of an entry, so that others may take it. What somebody else has in hand stays theirs. `false` when there is no
    /// such entry in one of `shops`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn release_work(
        &self,
        id: &str,
        staff: &StaffId,
        shops: &[ShopId],
        now: Instant,
    ) -> Result<bool, StoreError> {
        if !storable(id) {
            return Ok(false);
        }
        let mut tx = self.begin_write().await?;
        let found = held(&mut tx, self.inner.dialect.for_update(), id, now).await?;
        let Some(found) = found.filter(|found| shops.contains(&found.shop)) else {
            return Ok(false);
        };
        let released = sqlx::query(
            "UPDATE work SET claimed_by = NULL, claimed_until = NULL WHERE id = $1 AND claimed_by = $2",
        )
        .bind(id)
        .bind(staff.as_str())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if released.rows_affected() == 1 {
            let news = vec![DeskNews::of_entry(&found)];
            self.inner.notices.announce_to_staff(news);
        }
        Ok(true)
    }
}

impl WorkOrder {
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Due => "due_at",
            Self::Age => "since",
        }
    }
}

/// Brings the entries of an order up to date: what is new comes, what is done goes, and what was decided in part is free.
pub(crate) async fn keep(
    tx: &mut Transaction<'static, Any>,
    old: Option<&Order>,
    new: &Order,
) -> Result<(), StoreError> {
    let before = old.map_or_else(Vec::new, work_of);
    let whose = Whose {
        shop: &new.shop,
        shopper: &new.shopper,
        order: Some(&new.id),
    };
    change(tx, whose, &before, &work_of(new)).await
}

/// Writes the entries of new orders.
pub(crate) async fn insert(
    tx: &mut Transaction<'static, Any>,
    orders: &[Order],
) -> Result<(), StoreError> {
    let rows: Vec<_> = orders
        .iter()
        .flat_map(|order| work_of(order).into_iter().map(move |work| (order, work)))
        .collect();
    WORK.insert(tx, &rows, |values, (order, work)| {
        let whose = Whose {
            shop: &order.shop,
            shopper: &order.shopper,
            order: Some(&order.id),
        };
        push(values, whose, work)
    })
    .await
}

/// Whose entries they are.
#[derive(Clone, Copy)]
pub(crate) struct Whose<'a> {
    pub(crate) shop: &'a ShopId,
    pub(crate) shopper: &'a ShopperId,
    pub(crate) order: Option<&'a OrderId>,
}

/// Puts the entries `after` in the place of those `before`, which were of the same thing. What changed is nobody's again, but
/// for what was only promised by a time: whoever has that in hand goes on with it.
pub(crate) async fn change(
    tx: &mut Transaction<'static, Any>,
    whose: Whose<'_>,
    before: &[Work],
    after: &[Work],
) -> Result<(), StoreError> {
    let same = |id: &str, among: &[Work]| among.iter().position(|work| work.id == id);
    for gone in before.iter().filter(|work| same(&work.id, after).is_none()) {
        sqlx::query("DELETE FROM work WHERE id = $1")
            .bind(gone.id.as_str())
            .execute(&mut **tx)
            .await?;
    }
    let mut come = Vec::new();
    for work in after {
        match same(&work.id, before).map(|place| &before[place]) {
            Some(known) if known == work => {}
            Some(known) if is_promised(known, work) => {
                sqlx::query("UPDATE work SET due_at = $1, complains = $2 WHERE id = $3")
                    .bind(due_at(work))
                    .bind(i64::from(work.complains))
                    .bind(work.id.as_str())
                    .execute(&mut **tx)
                    .await?;
            }
            Some(_) => {
                sqlx::query(
                    "UPDATE work SET since = $1, due_at = $2, complains = $3, claimed_by = NULL, \
                     claimed_until = NULL WHERE id = $4",
                )
                .bind(work.since.timestamp_millis())
                .bind(due_at(work))
                .bind(i64::from(work.complains))
                .bind(work.id.as_str())
                .execute(&mut **tx)
                .await?;
            }
            None => come.push(work),
        }
    }
    WORK.insert(tx, &come, |values, work| push(values, whose, work))
        .await
}

/// Whether all that happened is that there is a time now until when it has to be done, or a later one, or that somebody
/// complained.
fn is_promised(before: &Work, after: &Work) -> bool {
    let as_before = Work {
        due_at: before.due_at,
        complains: before.complains,
        ..after.clone()
    };
    let later = |was| after.due_at.is_some_and(|until| until >= was);
    *before == as_before && before.due_at.is_none_or(later)
}

/// Who else of the staff has one of the things in hand that a change of theirs decides: the entries `before` that are not the
/// same `after` it.
pub(crate) async fn in_the_way(
    tx: &mut Transaction<'static, Any>,
    lock: &str,
    staff: &StaffId,
    (before, after): (&[Work], &[Work]),
    now: Instant,
) -> Result<Option<WorkClaim>, StoreError> {
    for decided in before.iter().filter(|work| !after.contains(work)) {
        if let Some(found) = held(tx, lock, &decided.id, now).await?
            && let Some(claim) = found.claim
            && claim.staff != *staff
        {
            return Ok(Some(claim));
        }
    }
    Ok(None)
}

/// The entry of that id; its row is held until the commit where `lock` says so.
async fn held(
    tx: &mut Transaction<'static, Any>,
    lock: &str,
    id: &str,
    now: Instant,
) -> Result<Option<WorkEntry>, StoreError> {
    const ONE: &str = concat!("SELECT ", work_columns!(), " FROM work WHERE work.id = $1");
    const HELD: &str = concat!(
        "SELECT ",
        work_columns!(),
        " FROM work WHERE work.id = $1 FOR UPDATE OF work"
    );
    let row = sqlx::query(if lock.is_empty() { ONE } else { HELD })
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(|row| entry(row, now)).transpose()
}

fn push(values: &mut Values, whose: Whose<'_>, work: &Work) -> Result<(), StoreError> {
    values.push(work.id.as_str())?;
    values.push(work.kind.code())?;
    values.push(whose.shop.as_str())?;
    values.push(whose.shopper.as_str())?;
    values.push(whose.order.map(|order| order.as_str()))?;
    values.push(work.subject.as_deref())?;
    values.push(work.since.timestamp_millis())?;
    values.push(due_at(work))?;
    values.push(i64::from(work.complains))
}

fn due_at(work: &Work) -> i64 {
    work.due_at.map_or(NEVER, |due| due.timestamp_millis())
}

fn entry(row: &AnyRow, now: Instant) -> Result<WorkEntry, StoreError> {
    let id: String = get(row, "id")?;
    let kind: String = get(row, "kind")?;
    let due: i64 = get(row, "due_at")?;
    let claimed_by: Option<String> = get(row, "claimed_by")?;
    let until: Option<i64> = get(row, "claimed_until")?;
    let name: Option<String> = get(row, "claimed_name")?;
    let claim = match (claimed_by, until.and_then(instant)) {
        (Some(staff), Some(until)) if until > now => Some(WorkClaim {
            name: name.unwrap_or_else(|| staff.clone()),
            staff: StaffId(staff),
            until,
        }),
        _ => None,
    };
    Ok(WorkEntry {
        kind: WorkKind::from_code(&kind).ok_or_else(|| corrupt(&id, "kind"))?,
        shop: ShopId(get(row, "shop")?),
        shopper: ShopperId(get(row, "shopper")?),
        shopper_name: get::<Option<String>>(row, "shopper_name")?.unwrap_or_default(),
        order: get::<Option<String>>(row, "order_id")?.map(OrderId),
        subject: get(row, "subject")?,
        since: instant(get(row, "since")?).ok_or_else(|| corrupt(&id, "since"))?,
        due_at: instant(due).filter(|_| due < NEVER),
        claim,
        id,
    })
}

fn corrupt(id: &str, what: &str) -> StoreError {
    StoreError::Corrupt(format!("work {id}: {what} is no known value"))
}
