//! What the staff write for one another. A note is added and never changed; shoppers see none.

use orders_domain::{ConversationId, Instant, OrderId, ShopId, StaffId};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::desk_news::{DeskChange, DeskNews};
use crate::idempotency::{self, Known};
use crate::rows::{clean, get, instant, storable};
use crate::{Answer, Once, Store, StoreError};

/// The most notes on a page.
const MOST: u32 = 100;
/// How often a number is tried for that others were faster to take.
const TRIES: u32 = 16;

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteAbout {
    /// An order.
    Order(OrderId),
    /// A conversation.
    Conversation(ConversationId),
}

impl NoteAbout {
    fn key(&self) -> (&'static str, &str) {
        match self {
            Self::Order(id) => ("order", id.as_str()),
            Self::Conversation(id) => ("conversation", id.as_str()),
        }
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Counts from 1 within what it is about.
    pub seq: i64,
    /// Who wrote it.
    pub staff: StaffId,
    /// When.
    pub at: Instant,
    /// What.
    pub text: String,
}

/// What became of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It is there.
    Done(Answer),
    /// The same request was answered before.
    Replayed(Answer),
    /// The key belongs to another request. Nothing was done.
    KeyReused,
}

impl Store {
    /// Adds a note about something of `shop`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`].
    pub async fn add_note(
        &self,
        shop: &ShopId,
        about: &NoteAbout,
        (staff, text): (&StaffId, &str),
        now: Instant,
        once: Option<&Once>,
        answer: impl Fn(&Note) -> Answer + Send + Sync,
    ) -> Result<Noted, StoreError> {
        for _ in 0..TRIES {
            match self
                .try_note(about, (staff, text), now, once, &answer)
                .await
            {
                Err(StoreError::Conflict) => {}
                Ok(noted) => {
                    if matches!(noted, Noted::Done(_)) {
                        self.inner.notices.announce_to_staff(vec![DeskNews {
                            shop: shop.clone(),
                            change: DeskChange::Note {
                                about: about.clone(),
                            },
                        }]);
                    }
                    return Ok(noted);
                }
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    async fn try_note(
        &self,
        about: &NoteAbout,
        (staff, text): (&StaffId, &str),
        now: Instant,
        once: Option<&Once>,
        answer: &(impl Fn(&Note) -> Answer + Send + Sync),
    ) -> Result<Noted, StoreError> {
        let mut tx = self.begin_write().await?;
        if let Some(once) = once {
            match idempotency::look_up(&mut tx, once).await? {
                Known::New => {}
                Known::Answered(answer) => return Ok(Noted::Replayed(answer)),
                Known::Reused => return Ok(Noted::KeyReused),
            }
        }
        let (kind, subject) = about.key();
        let text = clean(text);
        // Of two at once one takes the number, and the other tries again.
        let row = sqlx::query(
            "INSERT INTO notes (about, subject, seq, staff, at, text) \
             SELECT $1, $2, COALESCE(MAX(seq), 0) + 1, $3, $4, $5 FROM notes WHERE about = $6 AND subject = $7 \
             RETURNING seq",
        )
        .bind(kind)
        .bind(subject)
        .bind(staff.as_str())
        .bind(now.timestamp_millis())
        .bind(text.as_str())
        .bind(kind)
        .bind(subject)
        .fetch_one(&mut *tx)
        .await?;
        let note = Note {
            seq: get(&row, "seq")?,
            staff: staff.clone(),
            at: now,
            text,
        };
        let answer = answer(&note);
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        tx.commit().await?;
        Ok(Noted::Done(answer))
    }

    /// The notes after the one numbered `after`, oldest first; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn notes(
        &self,
        about: &NoteAbout,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Note>, StoreError> {
        let (kind, subject) = about.key();
        if !storable(subject) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(
            "SELECT seq, staff, at, text FROM notes WHERE about = $1 AND subject = $2 AND seq > $3 \
             ORDER BY seq LIMIT $4",
        )
        .bind(kind)
        .bind(subject)
        .bind(after)
        .bind(i64::from(limit.clamp(1, MOST + 1)))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter().map(note).collect()
    }
}

fn note(row: &AnyRow) -> Result<Note, StoreError> {
    let seq = get(row, "seq")?;
    let at = instant(get(row, "at")?);
    Ok(Note {
        seq,
        staff: StaffId(get(row, "staff")?),
        at: at.ok_or_else(|| StoreError::Corrupt(format!("note {seq}: its time")))?,
        text: get(row, "text")?,
    })
}
