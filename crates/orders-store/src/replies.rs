//! Canned replies: written over the revision that they were made from, archived and never deleted.

use orders_domain::{Instant, ShopId, StaffId};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::idempotency::{self, Known};
use crate::list::Statement;
use crate::rows::{clean, get, instant, storable};
use crate::{Answer, Once, Store, StoreError};

/// The columns that [`reply`] reads.
macro_rules! reply_columns {
    () => {
        "id, shop, code, title, zh_cn, en, revision, changed_by, changed_at, archived"
    };
}

/// How many of those that are archived are shown, the latest first.
const ARCHIVED: i64 = 100;

pub(crate) const CODE_TAKEN: &str = "SELECT 1 FROM replies \
     WHERE code = $2 AND COALESCE(shop, '') = $1 AND archived = 0 AND id <> $3";

/// What a canned reply says, and how it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyText {
    /// The shop that uses it; every shop when `None`.
    pub shop: Option<ShopId>,
    /// What is typed for it.
    pub code: String,
    /// What the staff call it.
    pub title: String,
    /// In Chinese.
    pub zh_cn: Option<String>,
    /// In English.
    pub en: Option<String>,
}

/// A canned reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Opaque.
    pub id: String,
    /// What it says.
    pub text: ReplyText,
    /// Counts the changes, from 1 on.
    pub revision: i64,
    /// Who of the staff changed it last.
    pub changed_by: StaffId,
    /// When.
    pub changed_at: Instant,
    /// Whether it is not used any more.
    pub archived: bool,
}

/// What became of a change to a canned reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplySaved {
    /// It is as it was to be.
    Done(Answer),
    /// The same request was answered before.
    Replayed(Answer),
    /// The key belongs to another request. Nothing was done.
    KeyReused,
    /// There is no such reply.
    NotFound,
    /// Somebody else has changed it since that revision. Nothing was done.
    Changed,
    /// Another one in use has this code. Nothing was done.
    CodeTaken,
}

impl Store {
    /// The canned replies in use, or the latest of those that are archived: of these shops and of every shop; all when `shops`
    /// is empty. Those in use by their codes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn replies(
        &self,
        shops: &[ShopId],
        archived: bool,
    ) -> Result<Vec<Reply>, StoreError> {
        let statement = listed(shops, archived)?;
        let mut tx = self.begin_read().await?;
        let rows = statement.fetch(&mut tx).await?;
        tx.commit().await?;
        rows.iter().map(reply).collect()
    }

    /// A canned reply, archived or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn reply(&self, id: &str) -> Result<Option<Reply>, StoreError> {
        if !storable(id) {
            return Ok(None);
        }
        let mut tx = self.begin_read().await?;
        let found = by_id(&mut tx, id, "").await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Adds a canned reply under `id`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`].
    pub async fn add_reply(
        &self,
        id: &str,
        text: &ReplyText,
        (staff, now): (&StaffId, Instant),
        once: Option<&Once>,
        answer: impl Fn(&Reply) -> Answer + Send,
    ) -> Result<ReplySaved, StoreError> {
        let mut tx = self.begin_write().await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        let reply = Reply {
            id: id.to_owned(),
            text: cleaned(text),
            revision: 1,
            changed_by: staff.clone(),
            changed_at: now,
            archived: false,
        };
        if code_taken(&mut tx, &reply).await? {
            tx.rollback().await?;
            return Ok(ReplySaved::CodeTaken);
        }
        sqlx::query(
            "INSERT INTO replies (id, shop, code, title, zh_cn, en, revision, changed_by, changed_at, archived) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
        )
        .bind(reply.id.as_str())
        .bind(reply.text.shop.as_ref().map(|shop| shop.as_str()))
        .bind(reply.text.code.as_str())
        .bind(reply.text.title.as_str())
        .bind(reply.text.zh_cn.as_deref())
        .bind(reply.text.en.as_deref())
        .bind(reply.revision)
        .bind(staff.as_str())
        .bind(now.timestamp_millis())
        .execute(&mut *tx)
        .await?;
        finish(tx, once, answer(&reply)).await
    }

    /// Writes a canned reply over that revision of it; `text` is `None` to archive it as it is. With a text it is in use
    /// (again). Its shop stays what it is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn change_reply(
        &self,
        (id, revision): (&str, i64),
        text: Option<&ReplyText>,
        (staff, now): (&StaffId, Instant),
        once: Option<&Once>,
        answer: impl Fn(&Reply) -> Answer + Send,
    ) -> Result<ReplySaved, StoreError> {
        if !storable(id) {
            return Ok(ReplySaved::NotFound);
        }
        let mut tx = self.begin_write().await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        let lock = self.inner.dialect.for_update();
        let Some(before) = by_id(&mut tx, id, lock).await? else {
            tx.rollback().await?;
            return Ok(ReplySaved::NotFound);
        };
        if before.archived && text.is_none() {
            // There is nothing left to do.
            return finish(tx, once, answer(&before)).await;
        }
        if before.revision != revision {
            tx.rollback().await?;
            return Ok(ReplySaved::Changed);
        }
        let shop = before.text.shop.clone();
        let reply = Reply {
            text: match text {
                Some(text) => ReplyText {
                    shop,
                    ..cleaned(text)
                },
                None => before.text,
            },
            revision: revision + 1,
            changed_by: staff.clone(),
            changed_at: now,
            archived: text.is_none(),
            id: before.id,
        };
        if !reply.archived && code_taken(&mut tx, &reply).await? {
            tx.rollback().await?;
            return Ok(ReplySaved::CodeTaken);
        }
        sqlx::query(
            "UPDATE replies SET code = $1, title = $2, zh_cn = $3, en = $4, revision = $5, changed_by = $6, \
             changed_at = $7, archived = $8 WHERE id = $9",
        )
        .bind(reply.text.code.as_str())
        .bind(reply.text.title.as_str())
        .bind(reply.text.zh_cn.as_deref())
        .bind(reply.text.en.as_deref())
        .bind(reply.revision)
        .bind(staff.as_str())
        .bind(now.timestamp_millis())
        .bind(i64::from(reply.archived))
        .bind(reply.id.as_str())
        .execute(&mut *tx)
        .await?;
        finish(tx, once, answer(&reply)).await
    }
}

/// Those in use, or the latest that are archived, of these shops and of every shop.
pub(crate) fn listed(shops: &[ShopId], archived: bool) -> Result<Statement, StoreError> {
    const SELECT: &str = concat!("SELECT ", reply_columns!(), " FROM replies");
    let mut statement = Statement::new(SELECT);
    statement.and_that(if archived {
        "archived = 1"
    } else {
        "archived = 0"
    });
    if !shops.is_empty() {
        // One for every shop counts as of the shop without a name.
        let shops = shops.iter().map(ShopId::as_str).chain([""]);
        statement.and_one_of("COALESCE(shop, '')", shops)?;
    }
    if archived {
        statement
            .sql
            .push_str(" ORDER BY changed_at DESC, id DESC LIMIT ");
        statement.push(ARCHIVED)?;
    } else {
        statement.sql.push_str(" ORDER BY code, COALESCE(shop, '')");
    }
    Ok(statement)
}

async fn known(
    tx: &mut Transaction<'static, Any>,
    once: Option<&Once>,
) -> Result<Option<ReplySaved>, StoreError> {
    let Some(once) = once else {
        return Ok(None);
    };
    Ok(match idempotency::look_up(tx, once).await? {
        Known::New => None,
        Known::Answered(answer) => Some(ReplySaved::Replayed(answer)),
        Known::Reused => Some(ReplySaved::KeyReused),
    })
}

async fn finish(
    mut tx: Transaction<'static, Any>,
    once: Option<&Once>,
    answer: Answer,
) -> Result<ReplySaved, StoreError> {
    if let Some(once) = once {
        idempotency::remember(&mut tx, once, &answer).await?;
    }
    tx.commit().await?;
    Ok(ReplySaved::Done(answer))
}

/// Whether another one in use has its code, in the same shop or among those for every shop.
async fn code_taken(tx: &mut Transaction<'static, Any>, reply: &Reply) -> Result<bool, StoreError> {
    let found = sqlx::query(CODE_TAKEN)
        .bind(reply.text.shop.as_ref().map_or("", |shop| shop.as_str()))
        .bind(reply.text.code.as_str())
        .bind(reply.id.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

async fn by_id(
    tx: &mut Transaction<'static, Any>,
    id: &str,
    lock: &str,
) -> Result<Option<Reply>, StoreError> {
    const FIND: &str = concat!("SELECT ", reply_columns!(), " FROM replies WHERE id = $1");
    const FIND_LOCKED: &str = concat!(
        "SELECT ",
        reply_columns!(),
        " FROM replies WHERE id = $1 FOR UPDATE"
    );
    let row = sqlx::query(if lock.is_empty() { FIND } else { FIND_LOCKED })
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(reply).transpose()
}

fn cleaned(text: &ReplyText) -> ReplyText {
    ReplyText {
        shop: text.shop.clone(),
        code: text.code.clone(),
        title: clean(&text.title),
        zh_cn: text.zh_cn.as_deref().map(clean),
        en: text.en.as_deref().map(clean),
    }
}

fn reply(row: &AnyRow) -> Result<Reply, StoreError> {
    let id: String = get(row, "id")?;
    let changed_at = instant(get(row, "changed_at")?);
    Ok(Reply {
        text: ReplyText {
            shop: get::<Option<String>>(row, "shop")?.map(ShopId),
            code: get(row, "code")?,
            title: get(row, "title")?,
            zh_cn: get(row, "zh_cn")?,
            en: get(row, "en")?,
        },
        revision: get(row, "revision")?,
        changed_by: StaffId(get(row, "changed_by")?),
        changed_at: changed_at
            .ok_or_else(|| StoreError::Corrupt(format!("reply {id}: changed_at")))?,
        archived: get::<i64>(row, "archived")? != 0,
        id,
    })
}
