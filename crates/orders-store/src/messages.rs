//! What is said in conversations: read in order, written once, numbered without gaps.

use orders_domain::{
    Author, ChatNote, Conversation, ConversationId, Evidence, Instant, Message, OrderId, StaffId,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::evidence::evidence_for_message;
use crate::rows::{from_json, get, instant, storable, to_json};
use crate::{Spoken, Store, StoreError};

const AFTER: &str = "SELECT seq, author, staff, client_id, at, text, evidence FROM messages \
     WHERE conversation = $1 AND seq > $2 ORDER BY seq LIMIT $3";

impl Store {
    /// What was said in a conversation after the message `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn messages(
        &self,
        conversation: &ConversationId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let rows = sqlx::query(AFTER)
            .bind(conversation.as_str())
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter().map(message).collect()
    }
}

/// What its author has said under this name already.
pub(crate) async fn said(
    tx: &mut Transaction<'static, Any>,
    conversation: &ConversationId,
    author: &Author,
    client_id: &str,
) -> Result<Option<Message>, StoreError> {
    let (kind, staff) = columns(author);
    let row = sqlx::query(
        "SELECT seq, author, staff, client_id, at, text, evidence FROM messages \
         WHERE conversation = $1 AND author = $2 AND staff = $3 AND client_id = $4",
    )
    .bind(conversation.as_str())
    .bind(kind)
    .bind(staff)
    .bind(client_id)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(message).transpose()
}

/// Writes what the program says, and who of the staff did it.
pub(crate) async fn note(
    tx: &mut Transaction<'static, Any>,
    conversation: &mut Conversation,
    (note, by): (ChatNote, Option<&StaffId>),
    at: Instant,
) -> Result<Message, StoreError> {
    let message = Message {
        seq: conversation.last_seq + 1,
        // Its place is name enough: the program says nothing twice.
        client_id: (conversation.last_seq + 1).to_string(),
        author: Author::System(note, by.cloned()),
        at,
        text: String::new(),
        evidence: Vec::new(),
    };
    insert(tx, conversation, message).await
}

/// Writes a message under the next number, which it is given here.
pub(crate) async fn insert(
    tx: &mut Transaction<'static, Any>,
    conversation: &mut Conversation,
    message: Message,
) -> Result<Message, StoreError> {
    let message = Message {
        seq: conversation.last_seq + 1,
        ..message
    };
    let (kind, staff) = columns(&message.author);
    let text = match &message.author {
        Author::System(note, _) => note.code(),
        Author::Shopper | Author::Staff(_) => message.text.as_str(),
    };
    sqlx::query(
        "INSERT INTO messages (conversation, seq, author, staff, client_id, at, text, evidence) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(conversation.id.as_str())
    .bind(message.seq)
    .bind(kind)
    .bind(staff)
    .bind(message.client_id.as_str())
    .bind(message.at.timestamp_millis())
    .bind(text)
    .bind(to_json(&message.evidence)?)
    .execute(&mut **tx)
    .await?;
    conversation.last_seq = message.seq;
    Ok(message)
}

/// Marks the shopper's photos and videos as this conversation's, so that they stay; `None` when one of them is not there,
/// not ready, not theirs, or another conversation's. What waits is of whoever began it, the shopper or a guest; what a case has
/// is the order's.
pub(crate) async fn keep(
    tx: &mut Transaction<'static, Any>,
    conversation: &Conversation,
    spoken: &Spoken,
) -> Result<Option<Vec<Evidence>>, StoreError> {
    let mut kept = Vec::with_capacity(spoken.evidence.len());
    for id in &spoken.evidence {
        if !storable(id.as_str()) {
            return Ok(None);
        }
        let marked = sqlx::query(
            "UPDATE evidence SET kept_in = $1 WHERE id = $2 AND shopper = $3 AND state = 'ready' \
             AND (kept_in = $1 OR kept_in IS NULL AND (guest_order = $4 OR kept_for = $4 OR $4 = '' AND kept_for IS NOT NULL))",
        )
        .bind(conversation.id.as_str())
        .bind(id.as_str())
        .bind(conversation.shopper.as_str())
        .bind(spoken.guest.as_ref().map_or("", OrderId::as_str))
        .execute(&mut **tx)
        .await?;
        if marked.rows_affected() != 1 {
            return Ok(None);
        }
        let Some(evidence) = evidence_for_message(tx, id).await? else {
            return Ok(None);
        };
        kept.push(evidence);
    }
    Ok(Some(kept))
}

/// The columns `author` and `staff`.
fn columns(author: &Author) -> (&'static str, &str) {
    match author {
        Author::Shopper => ("shopper", ""),
        Author::Staff(staff) => ("staff", staff.as_str()),
        Author::System(_, by) => ("system", by.as_ref().map_or("", StaffId::as_str)),
    }
}

fn message(row: &AnyRow) -> Result<Message, StoreError> {
    let seq: i64 = get(row, "seq")?;
    let corrupt = |what: &str| StoreError::Corrupt(format!("message {seq}: {what}"));
    let kind: String = get(row, "author")?;
    let mut text: String = get(row, "text")?;
    let author = match kind.as_str() {
        "shopper" => Author::Shopper,
        "staff" => Author::Staff(StaffId(get(row, "staff")?)),
        "system" => {
            let note = ChatNote::from_code(&text).ok_or_else(|| corrupt("text"))?;
            text.clear();
            let by: String = get(row, "staff")?;
            Author::System(note, (!by.is_empty()).then_some(StaffId(by)))
        }
        _ => return Err(corrupt("author")),
    };
    Ok(Message {
        seq,
        client_id: get(row, "client_id")?,
        author,
        at: instant(get(row, "at")?).ok_or_else(|| corrupt("at"))?,
        text,
        evidence: from_json(&get::<String>(row, "evidence")?, || {
            format!("message {seq}")
        })?,
    })
}
