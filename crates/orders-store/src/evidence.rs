//! Reads shoppers' photos and videos: how far an upload is, what was kept of it, and who may have it. The bytes are elsewhere.

use orders_domain::{ConversationId, Evidence, EvidenceId, EvidenceKind, Instant, OrderId};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::rows::{get, storable};
use crate::{Owner, Store, StoreError};

/// An upload, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub id: EvidenceId,
    /// How many bytes the file has.
    pub bytes: i64,
    /// How many of them are here.
    pub received: i64,
    /// The names of the pieces that they came in, in the order of the file.
    pub pieces: Vec<String>,
    /// What became of it.
    pub state: UploadState,
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// Bytes are missing, or nobody has looked into it yet.
    Receiving,
    /// It was cleaned, and is kept.
    Ready(KeptEvidence),
    /// It is not kept; the code says why.
    Refused(String),
}

/// A photo or video that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEvidence {
    /// What it is.
    pub evidence: Evidence,
    /// How many bytes it has.
    pub bytes: i64,
}

/// The columns that [`upload`] and [`kept`] read.
macro_rules! evidence_columns {
    () => {
        "id, bytes, received, pieces, state, refusal, kind, kept_bytes, width, height"
    };
}

pub(crate) const UNNEEDED: &str = "SELECT id FROM evidence \
     WHERE kept_for IS NULL AND kept_in IS NULL AND (created_at < $1 OR state = 'gone') \
     ORDER BY created_at, id LIMIT $2";

impl Store {
    /// An upload of this owner's; somebody else's does not exist. What waits is of whoever began it, the shopper or a guest;
    /// what the order has is of both.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn upload_of(
        &self,
        owner: impl Into<Owner> + Send,
        id: &EvidenceId,
    ) -> Result<Option<Upload>, StoreError> {
        let owner = owner.into();
        if !storable(id.as_str()) || !owner.is_storable() {
            return Ok(None);
        }
        let statement = match owner.only() {
            None => concat!(
                "SELECT ",
                evidence_columns!(),
                " FROM evidence WHERE id = $1 AND shopper = $2 AND state <> 'gone' \
                 AND (guest_order = $3 OR kept_for IS NOT NULL OR kept_in IS NOT NULL)"
            ),
            Some(_) => concat!(
                "SELECT ",
                evidence_columns!(),
                " FROM evidence WHERE id = $1 AND shopper = $2 AND state <> 'gone' \
                 AND (kept_for = $3 OR kept_in IN (SELECT id FROM conversations WHERE order_id = $3) \
                 OR guest_order = $3 AND kept_for IS NULL AND kept_in IS NULL)"
            ),
        };
        let row = sqlx::query(statement)
            .bind(id.as_str())
            .bind(owner.shopper().as_str())
            .bind(owner.guest_order())
            .fetch_optional(&self.inner.reads)
            .await?;
        row.as_ref().map(upload).transpose()
    }

    /// Of `ids` those that are this owner's and ready, and that no other order than `order` has, in the same order. What waits
    /// is of whoever began it, the shopper or a guest of the order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn evidence_ready(
        &self,
        owner: impl Into<Owner> + Send,
        order: &OrderId,
        ids: &[EvidenceId],
    ) -> Result<Vec<Evidence>, StoreError> {
        let owner = owner.into();
        let mut ready = Vec::with_capacity(ids.len());
        if !owner.sees(order) {
            return Ok(ready);
        }
        for id in ids.iter().filter(|id| storable(id.as_str())) {
            let row = sqlx::query(concat!(
                "SELECT ",
                evidence_columns!(),
                " FROM evidence WHERE id = $1 AND shopper = $2 AND state = 'ready' \
                 AND (kept_for = $3 OR kept_for IS NULL AND (guest_order = $4 \
                 OR $4 = '' AND kept_in IS NOT NULL \
                 OR kept_in IN (SELECT id FROM conversations WHERE order_id = $3)))"
            ))
            .bind(id.as_str())
            .bind(owner.shopper().as_str())
            .bind(order.as_str())
            .bind(owner.guest_order())
            .fetch_optional(&self.inner.reads)
            .await?;
            if let Some(row) = row {
                ready.push(kept(&row)?.evidence);
            }
        }
        Ok(ready)
    }

    /// A photo or video that a case or a conversation has, whoever's. What none has is its shopper's alone.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn evidence_for_shop(
        &self,
        id: &EvidenceId,
    ) -> Result<Option<KeptEvidence>, StoreError> {
        if !storable(id.as_str()) {
            return Ok(None);
        }
        let row = sqlx::query(concat!(
            "SELECT ",
            evidence_columns!(),
            " FROM evidence WHERE id = $1 AND state = 'ready' AND (kept_for IS NOT NULL OR kept_in IS NOT NULL)"
        ))
        .bind(id.as_str())
        .fetch_optional(&self.inner.reads)
        .await?;
        row.as_ref().map(kept).transpose()
    }

    /// The order with the case that has a photo or video.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn order_of_evidence(&self, id: &EvidenceId) -> Result<Option<OrderId>, StoreError> {
        if !storable(id.as_str()) {
            return Ok(None);
        }
        let row = sqlx::query("SELECT kept_for FROM evidence WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.inner.reads)
            .await?;
        match row {
            Some(row) => Ok(get::<Option<String>>(&row, "kept_for")?.map(OrderId)),
            None => Ok(None),
        }
    }

    /// The conversation that has a photo or video.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn conversation_of_evidence(
        &self,
        id: &EvidenceId,
    ) -> Result<Option<ConversationId>, StoreError> {
        if !storable(id.as_str()) {
            return Ok(None);
        }
        let row = sqlx::query("SELECT kept_in FROM evidence WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.inner.reads)
            .await?;
        match row {
            Some(row) => Ok(get::<Option<String>>(&row, "kept_in")?.map(ConversationId)),
            None => Ok(None),
        }
    }

    /// What nobody needs: begun before `before` and in no case and no conversation, or given up. At most `limit`, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unneeded_evidence(
        &self,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<EvidenceId>, StoreError> {
        let rows = sqlx::query(UNNEEDED)
            .bind(before.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter()
            .map(|row| Ok(EvidenceId(get(row, "id")?)))
            .collect()
    }

    /// Whether pieces of this upload may still be needed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_receiving(&self, id: &EvidenceId) -> Result<bool, StoreError> {
        if !storable(id.as_str()) {
            return Ok(false);
        }
        let row = sqlx::query("SELECT 1 FROM evidence WHERE id = $1 AND state = 'receiving'")
            .bind(id.as_str())
            .fetch_optional(&self.inner.reads)
            .await?;
        Ok(row.is_some())
    }
}

/// What was kept of a photo or video that is ready.
pub(crate) async fn evidence_for_message(
    tx: &mut Transaction<'static, Any>,
    id: &EvidenceId,
) -> Result<Option<Evidence>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        evidence_columns!(),
        " FROM evidence WHERE id = $1 AND state = 'ready'"
    ))
    .bind(id.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok(kept(&row)?.evidence)).transpose()
}

fn upload(row: &AnyRow) -> Result<Upload, StoreError> {
    let id = EvidenceId(get(row, "id")?);
    let state: String = get(row, "state")?;
    let state = match state.as_str() {
        "receiving" => UploadState::Receiving,
        "ready" => UploadState::Ready(kept(row)?),
        "refused" => {
            let code: Option<String> = get(row, "refusal")?;
            UploadState::Refused(code.ok_or_else(|| corrupt(&id, "refusal"))?)
        }
        _ => return Err(corrupt(&id, "state")),
    };
    let pieces: String = get(row, "pieces")?;
    Ok(Upload {
        bytes: get(row, "bytes")?,
        received: get(row, "received")?,
        pieces: pieces.lines().map(str::to_owned).collect(),
        state,
        id,
    })
}

fn kept(row: &AnyRow) -> Result<KeptEvidence, StoreError> {
    let id = EvidenceId(get(row, "id")?);
    let number = |name: &str| -> Result<i64, StoreError> {
        get::<Option<i64>>(row, name)?.ok_or_else(|| corrupt(&id, name))
    };
    let side = |name: &str| u32::try_from(number(name)?).map_err(|_| corrupt(&id, name));
    let kind: Option<String> = get(row, "kind")?;
    let kind = kind.as_deref().and_then(EvidenceKind::from_code);
    Ok(KeptEvidence {
        bytes: number("kept_bytes")?,
        evidence: Evidence {
            kind: kind.ok_or_else(|| corrupt(&id, "kind"))?,
            width: side("width")?,
            height: side("height")?,
            id,
        },
    })
}

fn corrupt(id: &EvidenceId, what: &str) -> StoreError {
    StoreError::Corrupt(format!(
        "evidence {id}: {what} is missing or no known value"
    ))
}
