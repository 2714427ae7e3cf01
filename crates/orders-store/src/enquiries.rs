//! What the staff record of a question: entries that are added and never changed, each with the digest of the one before.

use orders_domain::{
    ConversationId, Enquiry, EnquiryEntry, EnquiryStep, Instant, OrderId, ShopId, StaffId,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::audit::chained;
use crate::desk_news::{DeskChange, DeskNews};
use crate::idempotency::{self, Known};
use crate::rows::{from_json, get, instant, storable, to_json};
use crate::{Answer, NoteAbout, Once, Store, StoreError};

/// The most enquiries that are shown about one thing, the newest first.
const MOST: i64 = 50;

/// The columns that [`load`] reads.
macro_rules! enquiry_query {
    ($rest:literal) => {
        concat!(
            "SELECT id, shop, order_id, conversation, entries FROM enquiries WHERE ",
            $rest
        )
    };
}

pub(crate) const OF_ORDER: &str =
    enquiry_query!("order_id = $1 ORDER BY begun_at DESC, id DESC LIMIT $2");
pub(crate) const OF_CONVERSATION: &str =
    enquiry_query!("conversation = $1 ORDER BY begun_at DESC, id DESC LIMIT $2");
pub(crate) const ENTRIES: &str = "SELECT seq, staff, at, detail, previous, hash FROM enquiry_entries \
     WHERE enquiry = $1 ORDER BY seq";
pub(crate) const AFTER: &str = "SELECT id FROM enquiries WHERE id > $1 ORDER BY id LIMIT $2";

/// An enquiry, and whether what was recorded is what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryRecord {
    /// The enquiry.
    pub enquiry: Enquiry,
    /// Whether no entry was changed, taken out or put in.
    pub whole: bool,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded<R> {
    /// It is recorded.
    Done(Answer),
    /// The same request was answered before.
    Replayed(Answer),
    /// The key belongs to another request. Nothing was done.
    KeyReused,
    /// Nothing was done.
    Refused(R),
}

impl Store {
    /// Begins an enquiry: `blank` says what it is about and has no entries.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`].
    pub async fn begin_enquiry<R>(
        &self,
        blank: &Enquiry,
        (staff, now): (&StaffId, Instant),
        step: &EnquiryStep,
        once: Option<&Once>,
        answer: impl Fn(&EnquiryRecord) -> Answer + Send,
    ) -> Result<Recorded<R>, StoreError> {
        let mut tx = self.begin_write().await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        sqlx::query(
            "INSERT INTO enquiries (id, shop, order_id, conversation, begun_at, entries) \
             VALUES ($1, $2, $3, $4, $5, 0)",
        )
        .bind(blank.id.as_str())
        .bind(blank.shop.as_str())
        .bind(blank.order.as_ref().map(OrderId::as_str))
        .bind(blank.conversation.as_ref().map(ConversationId::as_str))
        .bind(now.timestamp_millis())
        .execute(&mut *tx)
        .await?;
        let blank = EnquiryRecord {
            enquiry: blank.clone(),
            whole: true,
        };
        self.add(tx, blank, String::new(), (staff, now), step, once, answer)
            .await
    }

    /// Records the step that `decide` makes of an enquiry as it is; `None` when there is none. A refusal is not kept for the
    /// key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn record_enquiry<R>(
        &self,
        id: &str,
        (staff, now): (&StaffId, Instant),
        once: Option<&Once>,
        decide: impl Fn(Option<&Enquiry>) -> Result<EnquiryStep, R> + Send,
        answer: impl Fn(&EnquiryRecord) -> Answer + Send,
    ) -> Result<Recorded<R>, StoreError> {
        let mut tx = self.begin_write().await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        // Whoever adds an entry holds the row until the commit.
        let find = match self.inner.dialect.for_update() {
            "" => enquiry_query!("id = $1"),
            _ => enquiry_query!("id = $1 FOR UPDATE"),
        };
        let row = if storable(id) {
            let query = sqlx::query(find).bind(id);
            query.fetch_optional(&mut *tx).await?
        } else {
            None
        };
        let loaded = match &row {
            Some(row) => Some(load(&mut tx, row).await?),
            None => None,
        };
        let step = match decide(loaded.as_ref().map(|(record, _)| &record.enquiry)) {
            Ok(step) => step,
            Err(refused) => {
                tx.rollback().await?;
                return Ok(Recorded::Refused(refused));
            }
        };
        let (record, last) = loaded.ok_or(StoreError::Conflict)?;
        self.add(tx, record, last, (staff, now), &step, once, answer)
            .await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the transaction, what is there, and what is added to it"
    )]
    async fn add<R>(
        &self,
        mut tx: Transaction<'static, Any>,
        mut record: EnquiryRecord,
        previous: String,
        (staff, now): (&StaffId, Instant),
        step: &EnquiryStep,
        once: Option<&Once>,
        answer: impl Fn(&EnquiryRecord) -> Answer + Send,
    ) -> Result<Recorded<R>, StoreError> {
        let enquiry = &mut record.enquiry;
        let seq = i64::try_from(enquiry.entries.len()).unwrap_or(i64::MAX) + 1;
        let detail = to_json(step)?;
        let at = now.timestamp_millis();
        let hash = hash(enquiry, (seq, at), staff.as_str(), &detail, &previous)?;
        sqlx::query(
            "INSERT INTO enquiry_entries (enquiry, seq, staff, at, detail, previous, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(enquiry.id.as_str())
        .bind(seq)
        .bind(staff.as_str())
        .bind(at)
        .bind(detail.as_str())
        .bind(previous)
        .bind(hash)
        .execute(&mut *tx)
        .await?;
        if let EnquiryStep::LookedUp { order, .. } = step {
            enquiry.order.get_or_insert_with(|| order.id.clone());
        }
        let answered = matches!(step, EnquiryStep::Answered { .. });
        sqlx::query(
            "UPDATE enquiries SET entries = $1, order_id = $2, answered_at = COALESCE($3, answered_at) WHERE id = $4",
        )
        .bind(seq)
        .bind(enquiry.order.as_ref().map(OrderId::as_str))
        .bind(answered.then_some(at))
        .bind(enquiry.id.as_str())
        .execute(&mut *tx)
        .await?;
        enquiry.entries.push(EnquiryEntry {
            seq,
            staff: staff.clone(),
            at: now,
            step: step.clone(),
        });
        let answer = answer(&record);
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        tx.commit().await?;
        self.inner.notices.announce_to_staff(vec![DeskNews {
            shop: record.enquiry.shop.clone(),
            change: DeskChange::Enquiry {
                order: record.enquiry.order.clone(),
                conversation: record.enquiry.conversation.clone(),
            },
        }]);
        Ok(Recorded::Done(answer))
    }

    /// An enquiry.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn enquiry(&self, id: &str) -> Result<Option<EnquiryRecord>, StoreError> {
        if !storable(id) {
            return Ok(None);
        }
        let mut tx = self.begin_read().await?;
        let row = sqlx::query(enquiry_query!("id = $1"))
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let found = match &row {
            Some(row) => Some(load(&mut tx, row).await?.0),
            None => None,
        };
        tx.commit().await?;
        Ok(found)
    }

    /// What was asked about an order, or in a conversation: the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn enquiries(&self, about: &NoteAbout) -> Result<Vec<EnquiryRecord>, StoreError> {
        let (find, id) = match about {
            NoteAbout::Order(id) => (OF_ORDER, id.as_str()),
            NoteAbout::Conversation(id) => (OF_CONVERSATION, id.as_str()),
        };
        if !storable(id) {
            return Ok(Vec::new());
        }
        let mut tx = self.begin_read().await?;
        let rows = sqlx::query(find).bind(id).bind(MOST);
        let rows = rows.fetch_all(&mut *tx).await?;
        let mut records = Vec::with_capacity(rows.len());
        for row in &rows {
            records.push(load(&mut tx, row).await?.0);
        }
        tx.commit().await?;
        Ok(records)
    }

    /// All enquiries about an order, by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn enquiry_ids_of(&self, order: &OrderId) -> Result<Vec<String>, StoreError> {
        if !storable(order.as_str()) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query("SELECT id FROM enquiries WHERE order_id = $1 ORDER BY id")
            .bind(order.as_str())
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter().map(|row| get(row, "id")).collect()
    }

    /// Enquiries after the one of the id `after`, by id; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn enquiry_ids(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(AFTER)
            .bind(after.unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter().map(|row| get(row, "id")).collect()
    }
}

/// The digest of an entry, with where it was asked. As JSON, because there no text runs into the next.
fn hash(
    enquiry: &Enquiry,
    (seq, at): (i64, i64),
    staff: &str,
    detail: &str,
    previous: &str,
) -> Result<String, StoreError> {
    let conversation = enquiry.conversation.as_ref().map(ConversationId::as_str);
    let (id, shop) = (enquiry.id.as_str(), enquiry.shop.as_str());
    let canonical = to_json(&(id, shop, conversation, seq, at, staff, detail))?;
    Ok(chained(previous, &canonical))
}

/// An enquiry with its entries, and the digest of the last.
async fn load(
    tx: &mut Transaction<'static, Any>,
    row: &AnyRow,
) -> Result<(EnquiryRecord, String), StoreError> {
    let mut enquiry = Enquiry {
        id: get(row, "id")?,
        shop: ShopId(get(row, "shop")?),
        order: get::<Option<String>>(row, "order_id")?.map(OrderId),
        conversation: get::<Option<String>>(row, "conversation")?.map(ConversationId),
        entries: Vec::new(),
    };
    let corrupt = |what: &str| StoreError::Corrupt(format!("enquiry {}: {what}", enquiry.id));
    let rows = sqlx::query(ENTRIES).bind(enquiry.id.as_str());
    let rows = rows.fetch_all(&mut **tx).await?;
    let mut entries = Vec::with_capacity(rows.len());
    let mut whole = true;
    let mut last = String::new();
    for (expected, row) in (1_i64..).zip(&rows) {
        let seq: i64 = get(row, "seq")?;
        let (staff, detail): (String, String) = (get(row, "staff")?, get(row, "detail")?);
        let at: i64 = get(row, "at")?;
        let (previous, known): (String, String) = (get(row, "previous")?, get(row, "hash")?);
        let fits = hash(&enquiry, (seq, at), &staff, &detail, &previous)? == known;
        whole = whole && fits && seq == expected && previous == last;
        last = known;
        entries.push(EnquiryEntry {
            seq,
            staff: StaffId(staff),
            at: instant(at).ok_or_else(|| corrupt("at"))?,
            step: from_json(&detail, || format!("enquiry {}", enquiry.id))?,
        });
    }
    let counted = i64::try_from(entries.len()) == Ok(get(row, "entries")?);
    enquiry.entries = entries;
    let whole = whole && counted && is_about_what_was_looked_up(&enquiry);
    Ok((EnquiryRecord { enquiry, whole }, last))
}

/// Whether the order that it is about is the one that was looked up first: the row alone could be written over.
fn is_about_what_was_looked_up(enquiry: &Enquiry) -> bool {
    let mut steps = enquiry.entries.iter().map(|entry| &entry.step);
    let first = steps.find_map(|step| match step {
        EnquiryStep::LookedUp { order, .. } => Some(&order.id),
        EnquiryStep::Who { .. } | EnquiryStep::Answered { .. } => None,
    });
    first.is_none_or(|order| enquiry.order.as_ref() == Some(order))
}

async fn known<R>(
    tx: &mut Transaction<'static, Any>,
    once: Option<&Once>,
) -> Result<Option<Recorded<R>>, StoreError> {
    let Some(once) = once else {
        return Ok(None);
    };
    Ok(match idempotency::look_up(tx, once).await? {
        Known::New => None,
        Known::Answered(answer) => Some(Recorded::Replayed(answer)),
        Known::Reused => Some(Recorded::KeyReused),
    })
}
