//! All SQL of Tepai: one implementation for SQLite and PostgreSQL, chosen by the URL.
//!
//! Orders change through one door, [`Store::change`]: one transaction that writes the order by compare-and-set,
//! its timeline, its refunds, its trail, what the shopper is told, what the shop has to do, and the answer that an idempotency key keeps.
//! A refund that Tepai makes has a job beside it, written and deleted in the same transaction.
//! Photos and videos that a case has are marked as its order's in the same transaction.
//! Conversations have a door of their own, [`Store::converse`]: moves and messages in one transaction, numbered without gaps.
//! What the staff record of a question ([`Store::record_enquiry`]) is chained like an order's trail.
//! What waits for the staff is written with the order or the conversation that it is about.
//! Everything else here reads, or keeps shoppers, staff, sessions and failed log-ins.
//! Time is always handed in; the store has no clock.

mod answers;
mod attempts;
mod audit;
mod audit_content;
mod broken_dates;
mod by_due;
mod cases;
mod change;
mod complaints;
mod connect;
mod conversation_moves;
mod conversations;
mod conversations_due;
mod conversations_for_staff;
mod cursor;
mod desk_news;
mod dialect;
mod enquiries;
mod error;
mod evidence;
mod evidence_moves;
mod guests;
mod handoffs;
mod idempotency;
mod insight;
mod insight_decisions;
mod list;
mod load;
mod mail_jobs;
mod marks;
mod messages;
mod notes;
mod notices;
mod notification_id;
mod notifications;
mod outbox;
mod owner;
mod phones;
mod policies;
mod queue;
mod reconciliations;
mod refund_jobs;
mod replies;
mod rows;
mod save;
mod sessions;
mod shoppers;
mod staff;
mod staff_search;
mod staff_sessions;
mod tab;
#[cfg(feature = "testing")]
pub mod testing;
mod work;
mod work_page;

use std::sync::Arc;

use orders_domain::{ConversationId, Side};
use sqlx::{Any, AnyPool, Transaction};
use tokio::sync::broadcast;

pub use answers::Reader;
pub use attempts::Failures;
pub use audit::{AuditEntry, AuditTrail, Door, what_is_new};
pub use cases::{CasePage, CaseQuery};
pub use change::{Answer, Changed, Once, Selector, Verdict};
pub use complaints::{ComplaintPage, ComplaintQuery};
pub use conversation_moves::{Conversed, Spoken, Whose};
pub use conversations::ConversationPage;
pub use desk_news::{DeskChange, DeskNews, DeskNotice};
pub use enquiries::{EnquiryRecord, Recorded};
pub use error::StoreError;
pub use evidence::{KeptEvidence, Upload, UploadState};
pub use evidence_moves::Pending;
pub use guests::GuestCode;
pub use handoffs::HandOff;
pub use insight::{CancelledOn, Within};
pub use list::{OrderPage, OrderQuery};
pub use mail_jobs::{Correspondent, MailJob};
pub use notes::{Note, NoteAbout, Noted};
pub use notices::{ChangeNotice, ChatNews, ChatNotice, Notice};
pub use notification_id::{News, Notification, NotificationId};
pub use notifications::{NotificationPage, OldNews};
pub use outbox::OutboxEntry;
pub use owner::Owner;
pub use policies::{PoliciesMark, PolicyDraft, PolicyText, Publication};
pub use queue::Queue;
pub use reconciliations::{Difference, DifferenceKind, Reconciliation, SentRefund};
pub use refund_jobs::{OpenWay, OpenWays, RefundJob, WaitingRefund};
pub use replies::{Reply, ReplySaved, ReplyText};
pub use sessions::SignedIn;
pub use shoppers::{Credentials, Shopper};
pub use staff::{StaffAccount, StaffChanges, StaffSecrets};
pub use staff_search::{FoundOrders, OrderSearch};
pub use staff_sessions::StaffTerm;
pub use tab::{Tab, TabCounts};
pub use work::{
    ClaimFilter, Claimed, WORK_COUNTED, WorkClaim, WorkEntry, WorkOrder, WorkPage, WorkQuery,
};

use connect::Missing;
use dialect::Dialect;
use notices::Notices;

/// The database. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    dialect: Dialect,
    /// Reads. On PostgreSQL the same pool as `writes`.
    reads: AnyPool,
    /// Writes. On SQLite a single connection, so that writers queue here, in order, instead of polling the file's lock.
    writes: AnyPool,
    notices: Notices,
}

impl Store {
    /// Opens the database at `url` (`sqlite://PATH`, created when missing, or `postgres://…`) and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the URL is not understood, the database cannot be reached or a migration fails.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::opened(url, Missing::Created).await
    }

    /// The same with a database that has to be there: a SQLite file is not created.
    ///
    /// # Errors
    /// As [`Store::connect`], and [`StoreError::Unavailable`] when there is no such file.
    pub async fn connect_existing(url: &str) -> Result<Self, StoreError> {
        Self::opened(url, Missing::Refused).await
    }

    async fn opened(url: &str, missing: Missing) -> Result<Self, StoreError> {
        let (dialect, reads, writes) = connect::open(url, missing).await?;
        let notices = Notices::start(dialect, url, &writes).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                dialect,
                reads,
                writes,
                notices,
            }),
        })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").fetch_one(&self.inner.reads).await?;
        Ok(())
    }

    /// Waits for what runs and closes every connection. Every call after it fails.
    pub async fn close(&self) {
        self.inner.notices.stop();
        self.inner.reads.close().await;
        self.inner.writes.close().await;
    }

    /// Whether there is neither a shopper nor an order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM shoppers UNION ALL SELECT 1 FROM orders LIMIT 1")
            .fetch_optional(&self.inner.reads)
            .await?;
        Ok(found.is_none())
    }

    /// Announces each change of an order, made by this process or, on PostgreSQL, by any other at the same database.
    /// A receiver that falls behind by a thousand notices is told so and should reload.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.inner.notices.subscribe()
    }

    /// Announces what happens in conversations, in this process or, on PostgreSQL, in any other at the same database. Whoever
    /// hears of a message reads what comes after the last one they have.
    pub fn chat_notices(&self) -> broadcast::Receiver<ChatNotice> {
        self.inner.notices.subscribe_to_chat()
    }

    /// Announces what the staff see change: orders, entries of the queue and conversations, in this process or, on
    /// PostgreSQL, in any other at the same database.
    pub fn desk_notices(&self) -> broadcast::Receiver<DeskNotice> {
        self.inner.notices.subscribe_to_desk()
    }

    /// Passes on that somebody is typing. Nothing of it is stored.
    pub fn tell_typing(&self, conversation: &ConversationId, side: Side) {
        self.inner
            .notices
            .announce_chat(conversation, ChatNews::Typing { side });
    }

    /// A transaction that sees one snapshot and writes nothing.
    async fn begin_read(&self) -> Result<Transaction<'static, Any>, StoreError> {
        begin(&self.inner.reads, self.inner.dialect.begin_read()).await
    }

    /// A transaction that writes.
    async fn begin_write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        begin(&self.inner.writes, self.inner.dialect.begin_write()).await
    }
}

/// Begins in a task of its own, because sqlx forgets a `BEGIN` whose caller goes away before PostgreSQL has
/// answered, and puts the connection back into the pool with the transaction open. A task always sees the
/// answer; a transaction that nobody waits for any more is dropped there, which rolls it back.
async fn begin(
    pool: &AnyPool,
    statement: &'static str,
) -> Result<Transaction<'static, Any>, StoreError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    let transaction = begun
        .await
        .map_err(|error| StoreError::Unavailable(Box::new(error)))??;
    Ok(transaction)
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("dialect", &self.inner.dialect)
            .finish_non_exhaustive()
    }
}
