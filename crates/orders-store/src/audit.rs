//! The trail of an order: who changed it and when, each row with the digest of itself and of the one before.
//!
//! Whoever can write to the database can write all of it anew. What the chain shows is that a row was changed, taken out or
//! put in by itself; the order counts its rows and has the version of the last, so that none is missing at the end either. What
//! was said, why and how much is in the order, and each row has the digest of that, too ([`crate::audit_content`]).

use orders_domain::{Case, DraftState, Instant, Order, OrderId, StaffId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use crate::audit_content::Content;
use crate::rows::{clean, get, instant, storable, to_json};
use crate::{Selector, Store, StoreError, load};

/// The rows of an order's trail, oldest first.
macro_rules! row_query {
    () => {
        "SELECT seq, at, actor, staff, what, detail, version, previous, hash FROM audit \
         WHERE order_id = $1 ORDER BY seq"
    };
}

/// By which door a change came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Its shopper's.
    Shopper,
    /// A guest's, who has shown that they may see this order.
    Guest,
    /// The shop's systems'.
    Shop,
    /// The console.
    Staff,
    /// The program did it by itself.
    System,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 5] = [
        Self::Shopper,
        Self::Guest,
        Self::Shop,
        Self::Staff,
        Self::System,
    ];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Guest => "guest",
            Self::Shop => "shop",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }
}

/// A change of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counts from 1 within the order.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// By which door.
    pub door: Door,
    /// Who of the staff; as the shop's systems say, where they are the door.
    pub staff: Option<StaffId>,
    /// What, as codes: entries of the timeline, `case_…` for those of a case's thread; `update` else.
    pub what: Vec<String>,
    /// The order's version before; 0 when it came in.
    pub before: i64,
    /// The order's version after.
    pub version: i64,
}

/// The changes of an order since the trail is kept, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditTrail {
    /// The changes.
    pub entries: Vec<AuditEntry>,
    /// The first place at which the chain does not hold; `None` when nothing was changed, taken out or put in.
    pub broken_at: Option<i64>,
}

/// The column `detail`.
#[derive(Serialize, Deserialize)]
struct Detail {
    before: i64,
    /// Not of rows from before it was covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
}

/// A row as it is digested and stored.
struct Link<'a> {
    order: &'a str,
    seq: i64,
    at: i64,
    actor: &'a str,
    staff: Option<&'a str>,
    what: &'a str,
    detail: &'a str,
    version: i64,
    previous: &'a str,
}

impl Link<'_> {
    /// The digest of the row before and of this one. As JSON, because there no text runs into the next.
    fn hash(&self) -> Result<String, StoreError> {
        let canonical = to_json(&(
            self.order,
            self.seq,
            self.at,
            self.actor,
            self.staff,
            self.what,
            self.detail,
            self.version,
        ))?;
        Ok(chained(self.previous, &canonical))
    }
}

/// The digest of a row, given that of the row before and the row's own text.
pub(crate) fn chained(previous: &str, canonical: &str) -> String {
    let digest = Sha256::new()
        .chain_update(previous)
        .chain_update("\n")
        .chain_update(canonical)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Store {
    /// The trail of an order, and whether it holds. Empty for one that never changed since trails are kept.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]. What cannot be read breaks the chain.
    pub async fn audit_of(&self, order: &OrderId) -> Result<AuditTrail, StoreError> {
        if !storable(order.as_str()) {
            return Ok(AuditTrail::default());
        }
        let mut tx = self.begin_read().await?;
        let known = sqlx::query("SELECT audited, version FROM orders WHERE id = $1")
            .bind(order.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let rows = rows_of(&mut tx, order).await?;
        // One that cannot be read is not as it was.
        let whole = match load::order(&mut tx, &Selector::ById(order.clone()), "").await {
            Ok(whole) => whole,
            Err(StoreError::Corrupt(_)) => None,
            Err(error) => return Err(error),
        };
        tx.commit().await?;

        let mut trail = AuditTrail::default();
        let mut previous = String::new();
        let mut version = None;
        for (expected, row) in (1_i64..).zip(&rows) {
            let read = row
                .as_ref()
                .and_then(|row| entry(order, whole.as_ref(), row));
            let holds = read.as_ref().is_some_and(|(entry, chained)| {
                entry.seq == expected
                    && chained.previous == previous
                    && chained.holds
                    && version.is_none_or(|version| version == entry.before)
            });
            if !holds && trail.broken_at.is_none() {
                trail.broken_at = Some(expected);
            }
            if let Some((entry, chained)) = read {
                previous = chained.hash;
                version = Some(entry.version);
                trail.entries.push(entry);
            }
        }
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if let Some(known) = known {
            let counted = get(&known, "audited").ok() == Some(count);
            let newest = version.is_none_or(|last| get(&known, "version").ok() == Some(last));
            if !(counted && newest) && trail.broken_at.is_none() {
                trail.broken_at = Some(count + 1);
            }
        }
        Ok(trail)
    }

    /// Whether there is such an order, readable or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has_order(&self, order: &OrderId) -> Result<bool, StoreError> {
        if !storable(order.as_str()) {
            return Ok(false);
        }
        let found = sqlx::query("SELECT 1 FROM orders WHERE id = $1")
            .bind(order.as_str())
            .fetch_optional(&self.inner.reads)
            .await?;
        Ok(found.is_some())
    }

    /// Orders that have a trail, or should have one, after the order `after`, by id; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn audited_orders(
        &self,
        after: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        let rows = sqlx::query(
            "SELECT id FROM orders WHERE id > $1 \
             AND (audited > 0 OR EXISTS (SELECT 1 FROM audit WHERE audit.order_id = orders.id)) \
             ORDER BY id LIMIT $2",
        )
        .bind(after.map_or("", OrderId::as_str))
        .bind(i64::from(limit))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| Ok(OrderId(get(row, "id")?)))
            .collect()
    }
}

/// The rows of an order's trail, `None` for one that cannot even be fetched: SQLite keeps a text that is none.
async fn rows_of(
    tx: &mut Transaction<'static, Any>,
    order: &OrderId,
) -> Result<Vec<Option<AnyRow>>, StoreError> {
    let all = sqlx::query(row_query!())
        .bind(order.as_str())
        .fetch_all(&mut **tx)
        .await;
    match all.map_err(StoreError::from) {
        Ok(rows) => return Ok(rows.into_iter().map(Some).collect()),
        Err(StoreError::Corrupt(_)) => {}
        Err(error) => return Err(error),
    }
    // One of them fails all. It does so alone when each is fetched by itself.
    let count = sqlx::query("SELECT COUNT(*) AS count FROM audit WHERE order_id = $1")
        .bind(order.as_str())
        .fetch_one(&mut **tx)
        .await?;
    let count: i64 = get(&count, "count")?;
    let mut rows = Vec::new();
    for place in 0..count {
        let row = sqlx::query(concat!(row_query!(), " LIMIT 1 OFFSET $2"))
            .bind(order.as_str())
            .bind(place)
            .fetch_one(&mut **tx)
            .await;
        rows.push(match row.map_err(StoreError::from) {
            Ok(row) => Some(row),
            Err(StoreError::Corrupt(_)) => None,
            Err(error) => return Err(error),
        });
    }
    Ok(rows)
}

/// What ties a row to the one before.
struct Chained {
    previous: String,
    hash: String,
    /// Whether the digest is that of the row, and that of the order's content what is there.
    holds: bool,
}

/// A row; `None` when it says what no row of ours says. SQLite keeps a text in a column of numbers, too.
fn entry(order: &OrderId, whole: Option<&Order>, row: &AnyRow) -> Option<(AuditEntry, Chained)> {
    let actor: String = get(row, "actor").ok()?;
    let staff: Option<String> = get(row, "staff").ok()?;
    let what: String = get(row, "what").ok()?;
    let detail: String = get(row, "detail").ok()?;
    let hash: String = get(row, "hash").ok()?;
    let previous: String = get(row, "previous").ok()?;
    let link = Link {
        order: order.as_str(),
        seq: get(row, "seq").ok()?,
        at: get(row, "at").ok()?,
        actor: &actor,
        staff: staff.as_deref(),
        what: &what,
        detail: &detail,
        version: get(row, "version").ok()?,
        previous: &previous,
    };
    let read: Detail = serde_json::from_str(&detail).ok()?;
    let entry = AuditEntry {
        seq: link.seq,
        at: instant(link.at)?,
        door: Door::ALL.into_iter().find(|door| door.code() == actor)?,
        what: what.split(' ').map(str::to_owned).collect(),
        before: read.before,
        version: link.version,
        staff: staff.clone().map(StaffId),
    };
    let covered = read
        .content
        .as_ref()
        .is_none_or(|content| whole.is_some_and(|whole| content.holds(whole)));
    let holds = covered && link.hash().ok()? == hash;
    Some((
        entry,
        Chained {
            previous,
            hash,
            holds,
        },
    ))
}

/// Writes down who changed the order and what. To be called when the order itself is written: its row is ours until the
/// commit, so that the numbers have no gaps.
pub(crate) async fn write(
    tx: &mut Transaction<'static, Any>,
    selector: &Selector,
    old: Option<&Order>,
    new: &Order,
    now: Instant,
) -> Result<(), StoreError> {
    let (door, staff) = match selector {
        Selector::Owned { owner, .. } if owner.only().is_some() => (Door::Guest, None),
        Selector::Owned { .. } => (Door::Shopper, None),
        Selector::External(_) => (Door::Shop, None),
        Selector::ByShop { staff, .. } => (Door::Shop, staff.as_ref()),
        Selector::ByStaff { staff, .. } => (Door::Staff, Some(staff)),
        Selector::ById(_) => (Door::System, None),
    };
    let row =
        sqlx::query("UPDATE orders SET audited = audited + 1 WHERE id = $1 RETURNING audited")
            .bind(new.id.as_str())
            .fetch_one(&mut **tx)
            .await?;
    let seq: i64 = row.try_get("audited")?;
    let before = sqlx::query("SELECT hash FROM audit WHERE order_id = $1 AND seq = $2")
        .bind(new.id.as_str())
        .bind(seq - 1)
        .fetch_optional(&mut **tx)
        .await?;
    let previous: String = before.map_or_else(|| Ok(String::new()), |row| get(&row, "hash"))?;
    let what = what_is_new(old, new).join(" ");
    let detail = to_json(&Detail {
        before: old.map_or(0, |old| old.version),
        content: Some(Content::of(new)?),
    })?;
    let staff = staff.map(|staff| clean(staff.as_str()));
    let link = Link {
        order: new.id.as_str(),
        seq,
        at: now.timestamp_millis(),
        actor: door.code(),
        staff: staff.as_deref(),
        what: &what,
        detail: &detail,
        version: new.version,
        previous: &previous,
    };
    sqlx::query(
        "INSERT INTO audit (order_id, seq, at, actor, staff, what, detail, version, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(link.order)
    .bind(link.seq)
    .bind(link.at)
    .bind(link.actor)
    .bind(link.staff)
    .bind(link.what)
    .bind(link.detail)
    .bind(link.version)
    .bind(link.previous)
    .bind(link.hash()?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What is new in an order, as codes: of what staff drafted, too.
pub fn what_is_new(old: Option<&Order>, new: &Order) -> Vec<String> {
    let told = old.map_or(0, |old| old.timeline.len());
    let mut what: Vec<String> = new
        .timeline
        .iter()
        .skip(told)
        .map(|entry| entry.what.code().to_owned())
        .collect();
    for case in &new.body.cases {
        let known = old.and_then(|old| old.case(&case.id));
        let said = known.map_or(0, |known: &Case| known.thread.len());
        let acts = case.thread.iter().skip(said);
        // The timeline has most of them already, under the same name.
        for code in acts.map(|entry| format!("case_{}", entry.what.code())) {
            if !what.contains(&code) {
                what.push(code);
            }
        }
    }
    for complaint in &new.body.complaints {
        let known = old.and_then(|old| old.complaint(&complaint.id));
        let said = known.map_or(0, |known| known.thread.len());
        let acts = complaint.thread.iter().skip(said);
        for code in acts.map(|entry| format!("complaint_{}", entry.what.code())) {
            if !what.contains(&code) {
                what.push(code);
            }
        }
    }
    for (place, draft) in new.body.drafts.iter().enumerate() {
        let known = old.and_then(|old| old.body.drafts.get(place));
        let on = draft.on.code();
        match (known, draft.state()) {
            (None, _) => what.push(format!("{on}_drafted")),
            (Some(known), DraftState::Declined) if known.outcome.is_none() => {
                what.push(format!("{on}_draft_declined"));
            }
            // What is carried out has codes of its own.
            (Some(_), _) => {}
        }
    }
    if what.is_empty() {
        what.push("update".to_owned());
    }
    what
}
