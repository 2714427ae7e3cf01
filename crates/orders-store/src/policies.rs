//! The versions of the shops' policies and the drafts of new ones. What they say is for others to read.

use orders_domain::{Instant, Order, OrderId, ShopId, StaffId};
use sqlx::any::AnyRow;

use crate::rows::{clean, get, instant};
use crate::{Selector, Store, StoreError, load};

/// The orders of a shop that were placed since, newest first, page by page.
pub(crate) const PLACED_SINCE: &str = "SELECT id FROM orders WHERE shop = $1 AND placed_at >= $2 \
     AND (placed_at, id) < ($3, $4) ORDER BY placed_at DESC, id DESC LIMIT $5";

/// The row stays, and with it the count of revisions.
const DROP_DRAFT: &str =
    "UPDATE policy_drafts SET text = NULL WHERE shop = $1 AND revision = $2 AND text IS NOT NULL";

/// A version of a shop's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyText {
    /// Whose.
    pub shop: ShopId,
    /// Which.
    pub version: String,
    /// As it is written: TOML.
    pub text: String,
    /// From when on it holds for new orders, until a later one does.
    pub in_force_from: Instant,
    /// Who published it in the console; `None` for what a policy file says.
    pub published: Option<Publication>,
}

/// That a version was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Who of the staff did it.
    pub by: StaffId,
    /// When.
    pub at: Instant,
    /// Why, in their words.
    pub note: Option<String>,
}

/// A policy that is being prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDraft {
    /// As it is written; it may have mistakes.
    pub text: String,
    /// Counts the changes of the shop's drafts, from 1 on: no two texts have the same.
    pub revision: i64,
    /// Who changed it last.
    pub changed_by: StaffId,
    /// When.
    pub changed_at: Instant,
}

/// By which it shows whether a version has come to those that were read, or when one comes into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoliciesMark {
    versions: i64,
    /// Of all moments from which they hold, in milliseconds.
    sum: i64,
}

impl PoliciesMark {
    /// The mark of exactly these.
    pub fn of(policies: &[PolicyText]) -> Self {
        let moments = policies.iter();
        let moments = moments.map(|policy| policy.in_force_from.timestamp_millis());
        Self {
            versions: i64::try_from(policies.len()).unwrap_or(i64::MAX),
            sum: moments.sum(),
        }
    }
}

impl Store {
    /// The mark of all versions of all shops, as they are now: cheap, because nobody's text is read.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn policies_mark(&self) -> Result<PoliciesMark, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS versions, CAST(COALESCE(SUM(in_force_from), 0) AS BIGINT) AS sum FROM policies",
        )
        .fetch_one(&self.inner.reads)
        .await?;
        Ok(PoliciesMark {
            versions: get(&row, "versions")?,
            sum: get(&row, "sum")?,
        })
    }

    /// All versions of all shops, by shop and then by when they came into force.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn policies(&self) -> Result<Vec<PolicyText>, StoreError> {
        let rows = sqlx::query(
            "SELECT shop, version, text, in_force_from, published_by, published_at, note FROM policies \
             ORDER BY shop, in_force_from, COALESCE(published_at, 0), version",
        )
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter().map(policy).collect()
    }

    /// Keeps what a policy file says. The same version again takes the place of what a file said before; what was published
    /// in the console stays as it is, with its own moment. `false` when that is so and the texts differ.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`].
    pub async fn keep_policy_file(&self, policy: &PolicyText) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO policies (shop, version, text, in_force_from) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (shop, version) DO UPDATE SET text = excluded.text, in_force_from = \
             CASE WHEN policies.published_by IS NULL THEN excluded.in_force_from ELSE policies.in_force_from END \
             WHERE policies.published_by IS NULL OR policies.text = excluded.text",
        )
        .bind(clean(policy.shop.as_str()))
        .bind(clean(&policy.version))
        .bind(clean(&policy.text))
        .bind(policy.in_force_from.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The draft of a shop.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn policy_draft(&self, shop: &ShopId) -> Result<Option<PolicyDraft>, StoreError> {
        let row = sqlx::query(
            "SELECT text, revision, changed_by, changed_at FROM policy_drafts WHERE shop = $1 AND text IS NOT NULL",
        )
        .bind(clean(shop.as_str()))
        .fetch_optional(&self.inner.reads)
        .await?;
        row.as_ref().map(draft).transpose()
    }

    /// Writes the draft of a shop over its revision `over`, 0 where there is none yet, and gives it as it was written. `None`
    /// when that is not its revision (any more): somebody else was faster.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn save_policy_draft(
        &self,
        shop: &ShopId,
        text: &str,
        over: i64,
        by: &StaffId,
        now: Instant,
    ) -> Result<Option<PolicyDraft>, StoreError> {
        // A draft that begins counts on from the one before it: no revision ever means two texts.
        let row = sqlx::query(
            "INSERT INTO policy_drafts (shop, text, revision, changed_by, changed_at) \
             SELECT $1, $2, 1, $3, $4 WHERE $5 = 0 OR EXISTS (SELECT 1 FROM policy_drafts WHERE shop = $1) \
             ON CONFLICT (shop) DO UPDATE SET text = excluded.text, revision = policy_drafts.revision + 1, \
             changed_by = excluded.changed_by, changed_at = excluded.changed_at \
             WHERE CASE WHEN policy_drafts.text IS NULL THEN 0 ELSE policy_drafts.revision END = $5 \
             RETURNING text, revision, changed_by, changed_at",
        )
        .bind(clean(shop.as_str()))
        .bind(clean(text))
        .bind(by.as_str())
        .bind(now.timestamp_millis())
        .bind(over)
        .fetch_optional(&self.inner.writes)
        .await?;
        row.as_ref().map(draft).transpose()
    }

    /// Throws the draft of a shop away, if it is still of that revision. `false` when it is not.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`].
    pub async fn drop_policy_draft(
        &self,
        shop: &ShopId,
        revision: i64,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(DROP_DRAFT)
            .bind(clean(shop.as_str()))
            .bind(revision)
            .execute(&self.inner.writes)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Publishes the draft of that revision as `policy`, and the draft is gone. `false` when the draft is another by now, or
    /// the shop has that version already: then nothing has happened.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`].
    pub async fn publish_policy(
        &self,
        policy: &PolicyText,
        publication: &Publication,
        revision: i64,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        let gone = sqlx::query(DROP_DRAFT)
            .bind(clean(policy.shop.as_str()))
            .bind(revision)
            .execute(&mut *tx)
            .await?;
        let kept = sqlx::query(
            "INSERT INTO policies (shop, version, text, in_force_from, published_by, published_at, note) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop, version) DO NOTHING",
        )
        .bind(clean(policy.shop.as_str()))
        .bind(clean(&policy.version))
        .bind(clean(&policy.text))
        .bind(policy.in_force_from.timestamp_millis())
        .bind(publication.by.as_str())
        .bind(publication.at.timestamp_millis())
        .bind(publication.note.as_deref().map(clean))
        .execute(&mut *tx)
        .await?;
        let done = gone.rows_affected() == 1 && kept.rows_affected() == 1;
        if done {
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(done)
    }

    /// The orders of a shop that were placed since, newest first, whole, at most `limit` of them: the first, or those after
    /// the last of the page before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn orders_placed_since(
        &self,
        shop: &ShopId,
        since: Instant,
        after: Option<&Order>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let (at, id) = after.map_or((i64::MAX, ""), |last| {
            (last.placed_at.timestamp_millis(), last.id.as_str())
        });
        let mut tx = self.begin_read().await?;
        let rows = sqlx::query(PLACED_SINCE)
            .bind(clean(shop.as_str()))
            .bind(since.timestamp_millis())
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in &rows {
            let named = Selector::ById(OrderId(get(row, "id")?));
            orders.extend(load::order(&mut tx, &named, "").await?);
        }
        tx.commit().await?;
        Ok(orders)
    }
}

fn policy(row: &AnyRow) -> Result<PolicyText, StoreError> {
    let shop: String = get(row, "shop")?;
    let at = |column: &str, milliseconds: i64| {
        instant(milliseconds)
            .ok_or_else(|| StoreError::Corrupt(format!("a policy of {shop}: {column}")))
    };
    let by: Option<String> = get(row, "published_by")?;
    let published_at: Option<i64> = get(row, "published_at")?;
    let published = match (by, published_at) {
        (Some(by), Some(published_at)) => Some(Publication {
            by: by.as_str().into(),
            at: at("published_at", published_at)?,
            note: get(row, "note")?,
        }),
        _ => None,
    };
    Ok(PolicyText {
        version: get(row, "version")?,
        text: get(row, "text")?,
        in_force_from: at("in_force_from", get(row, "in_force_from")?)?,
        published,
        shop: ShopId(shop),
    })
}

fn draft(row: &AnyRow) -> Result<PolicyDraft, StoreError> {
    let by: String = get(row, "changed_by")?;
    Ok(PolicyDraft {
        text: get(row, "text")?,
        revision: get(row, "revision")?,
        changed_by: by.as_str().into(),
        changed_at: instant(get(row, "changed_at")?)
            .ok_or_else(|| StoreError::Corrupt("a policy draft: changed_at".to_owned()))?,
    })
}
