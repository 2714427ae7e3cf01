//! What becomes of shoppers' photos and videos: begun, received piece by piece, cleaned, kept for a case, given up.

use std::collections::HashSet;

use orders_domain::{EvidenceId, Instant, Order, ShopperId};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Transaction};

use crate::evidence::KeptEvidence;
use crate::idempotency::{self, Known};
use crate::rows::get;
use crate::{Answer, Changed, Once, Owner, Store, StoreError};

/// What a shopper has sent, or is sending, that no case and no conversation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// How many files.
    pub files: i64,
    /// How many bytes: as announced until they are cleaned, then as kept.
    pub bytes: i64,
}

impl Store {
    /// Begins an upload when `decide` allows it in view of what else the shopper has pending; the answer of one that was
    /// begun is kept for the key. What was begun before `may_go` makes room when it has to, the oldest first and no more
    /// than needed: it is gone as if it had been given up.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the id is taken or another request with the same key was faster,
    /// [`StoreError::Unavailable`], also when there is no such shopper.
    pub async fn begin_upload(
        &self,
        owner: impl Into<Owner> + Send,
        (id, bytes): (&EvidenceId, i64),
        (at, may_go): (Instant, Instant),
        once: Option<&Once>,
        decide: impl Fn(Pending) -> Result<Answer, Answer> + Send,
    ) -> Result<Changed, StoreError> {
        let owner = owner.into();
        let shopper = owner.shopper();
        let mut tx = self.begin_write().await?;
        // One after the other: two that begin at once must not both be the last that is allowed.
        let lock = match self.inner.dialect.for_update() {
            "" => "SELECT 1 FROM shoppers WHERE id = $1",
            _ => "SELECT 1 FROM shoppers WHERE id = $1 FOR UPDATE",
        };
        sqlx::query(lock)
            .bind(shopper.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        let mut waiting = waiting(&mut tx, &owner).await?.into_iter().peekable();
        let mut pending = Pending { files: 0, bytes: 0 };
        for one in waiting.clone() {
            pending.files += 1;
            pending.bytes += one.bytes;
        }
        let answer = loop {
            match decide(pending) {
                Ok(answer) => break answer,
                Err(answer) => {
                    let Some(oldest) =
                        waiting.next_if(|one| one.begun_at < may_go.timestamp_millis())
                    else {
                        tx.rollback().await?;
                        return Ok(done(answer));
                    };
                    pending.files -= 1;
                    pending.bytes -= oldest.bytes;
                    release(&mut *tx, &oldest.id).await?;
                }
            }
        };
        sqlx::query(
            "INSERT INTO evidence (id, shopper, bytes, received, pieces, state, created_at, guest_order) \
             VALUES ($1, $2, $3, 0, '', 'receiving', $4, $5)",
        )
        .bind(id.as_str())
        .bind(shopper.as_str())
        .bind(bytes)
        .bind(at.timestamp_millis())
        .bind(owner.guest_order())
        .execute(&mut *tx)
        .await?;
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        tx.commit().await?;
        Ok(done(answer))
    }

    /// Writes evidence that is kept already, as in demo data.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the id is taken, [`StoreError::Unavailable`], also when there is no such shopper.
    pub async fn insert_evidence(
        &self,
        shopper: &ShopperId,
        kept: &KeptEvidence,
        at: Instant,
    ) -> Result<(), StoreError> {
        let evidence = &kept.evidence;
        sqlx::query(
            "INSERT INTO evidence \
             (id, shopper, bytes, received, pieces, state, kind, kept_bytes, width, height, created_at) \
             VALUES ($1, $2, $3, $3, '', 'ready', $4, $3, $5, $6, $7)",
        )
        .bind(evidence.id.as_str())
        .bind(shopper.as_str())
        .bind(kept.bytes)
        .bind(evidence.kind.code())
        .bind(i64::from(evidence.width))
        .bind(i64::from(evidence.height))
        .bind(at.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Counts a piece, when it begins where the last one ended: `false` when it does not, when it would be more than was
    /// announced, or when nothing more is taken. Of two pieces at the same place one counts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_piece(
        &self,
        id: &EvidenceId,
        offset: i64,
        bytes: i64,
        piece: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE evidence SET received = $1, pieces = pieces || $2 \
             WHERE id = $3 AND received = $4 AND state = 'receiving' AND bytes >= $1",
        )
        .bind(offset + bytes)
        .bind(format!("{piece}\n"))
        .bind(id.as_str())
        .bind(offset)
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// A whole file was cleaned, and what is safe to keep is kept. `false` when nobody waits for that any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn upload_cleaned(&self, kept: &KeptEvidence) -> Result<bool, StoreError> {
        let evidence = &kept.evidence;
        let done = sqlx::query(
            "UPDATE evidence SET state = 'ready', pieces = '', kind = $1, kept_bytes = $2, width = $3, height = $4 \
             WHERE id = $5 AND state = 'receiving' AND received = bytes",
        )
        .bind(evidence.kind.code())
        .bind(kept.bytes)
        .bind(i64::from(evidence.width))
        .bind(i64::from(evidence.height))
        .bind(evidence.id.as_str())
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// A file is not kept; `code` says why. `false` when nobody waits for that any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn upload_refused(&self, id: &EvidenceId, code: &str) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE evidence SET state = 'refused', pieces = '', refusal = $1 WHERE id = $2 AND state = 'receiving'",
        )
        .bind(code)
        .bind(id.as_str())
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The shopper gives an upload up. `None` when there is none, or when a case or a conversation has it: then it stays.
    /// From here on nobody can have it; its bytes are to be deleted, and then [`Store::forget_evidence`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another request with the same key was faster, [`StoreError::Unavailable`].
    pub async fn give_up_upload(
        &self,
        owner: impl Into<Owner> + Send,
        id: &EvidenceId,
        once: Option<&Once>,
        answer: Answer,
    ) -> Result<Option<Changed>, StoreError> {
        let owner = owner.into();
        let mut tx = self.begin_write().await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(Some(known));
        }
        let gone = sqlx::query(
            "UPDATE evidence SET state = 'gone' \
             WHERE id = $1 AND shopper = $2 AND guest_order = $3 \
             AND kept_for IS NULL AND kept_in IS NULL AND state <> 'gone'",
        )
        .bind(id.as_str())
        .bind(owner.shopper().as_str())
        .bind(owner.guest_order())
        .execute(&mut *tx)
        .await?;
        if gone.rows_affected() == 0 {
            tx.rollback().await?;
            return Ok(None);
        }
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        tx.commit().await?;
        Ok(Some(done(answer)))
    }

    /// Lets go of what no case and no conversation has, as [`Store::give_up_upload`] does: `false` when one has it meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn release_evidence(&self, id: &EvidenceId) -> Result<bool, StoreError> {
        release(&self.inner.writes, id).await
    }

    /// Forgets what is gone, when its bytes are deleted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_evidence(&self, id: &EvidenceId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM evidence WHERE id = $1 AND state = 'gone'")
            .bind(id.as_str())
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }
}

/// An upload that no case and no conversation has.
#[derive(Clone)]
struct Waiting {
    id: EvidenceId,
    /// As announced until it is cleaned, then as kept.
    bytes: i64,
    /// In milliseconds.
    begun_at: i64,
}

pub(crate) const WAITING: &str = "SELECT id, COALESCE(kept_bytes, bytes) AS size, created_at FROM evidence \
     WHERE shopper = $1 AND guest_order = $2 AND kept_for IS NULL AND kept_in IS NULL AND state IN ('receiving', 'ready') \
     ORDER BY created_at, id";

/// The owner's uploads that no case and no conversation has, the oldest first.
async fn waiting(
    tx: &mut Transaction<'static, Any>,
    owner: &Owner,
) -> Result<Vec<Waiting>, StoreError> {
    let rows = sqlx::query(WAITING)
        .bind(owner.shopper().as_str())
        .bind(owner.guest_order())
        .fetch_all(&mut **tx)
        .await?;
    let waiting = |row: &AnyRow| {
        Ok(Waiting {
            id: EvidenceId(get(row, "id")?),
            bytes: get(row, "size")?,
            begun_at: get(row, "created_at")?,
        })
    };
    rows.iter().map(waiting).collect()
}

/// From here on nobody can have it; `false` when a case or a conversation has it.
async fn release(
    database: impl Executor<'_, Database = Any>,
    id: &EvidenceId,
) -> Result<bool, StoreError> {
    let gone = sqlx::query(
        "UPDATE evidence SET state = 'gone' WHERE id = $1 AND kept_for IS NULL AND kept_in IS NULL",
    )
    .bind(id.as_str())
    .execute(database)
    .await?;
    Ok(gone.rows_affected() == 1)
}

/// Marks what the cases and complaints of `new` have and those of `old` had not as this order's, so that it stays.
///
/// # Errors
/// [`StoreError::Conflict`] when one of them is not there, not ready, not this shopper's, or another order's.
pub(crate) async fn keep(
    tx: &mut Transaction<'static, Any>,
    old: Option<&Order>,
    new: &Order,
) -> Result<(), StoreError> {
    let known: HashSet<&EvidenceId> = old.into_iter().flat_map(evidence_in).collect();
    for id in evidence_in(new).filter(|id| !known.contains(id)) {
        let marked = sqlx::query(
            "UPDATE evidence SET kept_for = $1 WHERE id = $2 AND shopper = $3 AND state = 'ready' \
             AND (kept_for IS NULL OR kept_for = $1)",
        )
        .bind(new.id.as_str())
        .bind(id.as_str())
        .bind(new.shopper.as_str())
        .execute(&mut **tx)
        .await?;
        if marked.rows_affected() != 1 {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

fn evidence_in(order: &Order) -> impl Iterator<Item = &EvidenceId> {
    let body = &order.body;
    let in_cases = body.cases.iter().flat_map(|case| &case.thread);
    let in_complaints = body.complaints.iter().flat_map(|one| &one.thread);
    let in_cases = in_cases.flat_map(|entry| &entry.evidence);
    let in_complaints = in_complaints.flat_map(|entry| &entry.evidence);
    in_cases.chain(in_complaints).map(|evidence| &evidence.id)
}

/// What was answered under this key, as far as it was used.
async fn known(
    tx: &mut Transaction<'static, Any>,
    once: Option<&Once>,
) -> Result<Option<Changed>, StoreError> {
    let Some(once) = once else {
        return Ok(None);
    };
    Ok(match idempotency::look_up(tx, once).await? {
        Known::New => None,
        Known::Answered(answer) => Some(Changed::Replayed(answer)),
        Known::Reused => Some(Changed::KeyReused),
    })
}

fn done(answer: Answer) -> Changed {
    Changed::Done {
        answer,
        notice: None,
    }
}
