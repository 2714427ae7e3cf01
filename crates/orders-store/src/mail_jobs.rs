//! The mails about notifications: taken up by one server at a time, put off, and given up.

use orders_domain::{Instant, Language, ShopperId};
use sqlx::AssertSqlSafe;

use crate::notification_id::NotificationId;
use crate::notifications::told_at;
use crate::rows::{clean, get};
use crate::{Store, StoreError};

pub(crate) const DUE: &str = "SELECT shopper, seq FROM notifications \
     WHERE mail_due_at <= $2 ORDER BY mail_due_at LIMIT $3";
pub(crate) const WAITING: &str =
    "SELECT COUNT(*) AS waiting FROM notifications WHERE mail_due_at IS NOT NULL";

/// A mail that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailJob {
    /// About which notification.
    pub id: NotificationId,
    /// To whom.
    pub shopper: ShopperId,
    /// When its shopper was told in the page: how old the news is.
    pub told_at: Instant,
    /// Tries in vain.
    pub tries: u32,
    /// Its number among the shopper's.
    pub seq: i64,
    /// Until when it is nobody else's: the mark by which [`Store::put_off_mail`] knows that it still is ours.
    pub claimed_until: Instant,
}

/// How a shopper is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    /// Their e-mail address; `None` when they log in with a telephone number only.
    pub email: Option<String>,
    /// What they read; `None` when it is not known.
    pub language: Option<Language>,
    /// Whether they want to be told by e-mail.
    pub by_email: bool,
}

impl Store {
    /// Takes up at most `limit` mails that are due at `now`. Until `until` they are nobody else's; after that, whoever
    /// took them up is taken for dead. Oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn claim_mails(
        &self,
        now: Instant,
        until: Instant,
        limit: u32,
    ) -> Result<Vec<MailJob>, StoreError> {
        let statement = format!(
            "UPDATE notifications SET mail_due_at = $1 WHERE (shopper, seq) IN ({DUE}{}) \
             RETURNING shopper, seq, order_id, position, conversation, message, told_at, mail_tries",
            self.inner.dialect.skip_locked()
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(until.timestamp_millis())
            .bind(now.timestamp_millis())
            .bind(i64::from(limit))
            .fetch_all(&self.inner.writes)
            .await?;
        let mut jobs = Vec::with_capacity(rows.len());
        for row in &rows {
            let tries: i64 = get(row, "mail_tries")?;
            jobs.push(MailJob {
                id: NotificationId::of_row(row)?,
                shopper: ShopperId(get(row, "shopper")?),
                told_at: told_at(row)?,
                tries: u32::try_from(tries)
                    .map_err(|_| StoreError::Corrupt(format!("a mail after {tries} tries")))?,
                seq: get(row, "seq")?,
                claimed_until: until,
            });
        }
        jobs.sort_by_key(|job| job.seq);
        Ok(jobs)
    }

    /// Puts a mail that was taken up off until `due`; without one, there is none to send any more. Nothing happens when
    /// somebody else has it by now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_off_mail(
        &self,
        job: &MailJob,
        due: Option<Instant>,
        tries: u32,
        trouble: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE notifications SET mail_due_at = $1, mail_tries = $2, mail_trouble = $3 \
             WHERE shopper = $4 AND seq = $5 AND mail_due_at = $6",
        )
        .bind(due.map(|due| due.timestamp_millis()))
        .bind(i64::from(tries))
        .bind(trouble.map(clean))
        .bind(job.shopper.as_str())
        .bind(job.seq)
        .bind(job.claimed_until.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Gives up mails about what was told before `before`, which nobody has sent; returns how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn give_up_mails(&self, before: Instant) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE notifications SET mail_due_at = NULL WHERE mail_due_at IS NOT NULL AND told_at < $1",
        )
        .bind(before.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected())
    }

    /// How many mails wait to be sent.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn waiting_mails(&self) -> Result<i64, StoreError> {
        let row = sqlx::query(WAITING).fetch_one(&self.inner.reads).await?;
        get(&row, "waiting")
    }

    /// How a shopper is written to; `None` when nobody of that id is known.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn correspondent(
        &self,
        shopper: &ShopperId,
    ) -> Result<Option<Correspondent>, StoreError> {
        let row = sqlx::query(
            "SELECT language, notify_by_email, \
             (SELECT MIN(login) FROM logins WHERE shopper = shoppers.id AND login LIKE '%@%') AS email \
             FROM shoppers WHERE id = $1",
        )
        .bind(shopper.as_str())
        .fetch_optional(&self.inner.reads)
        .await?;
        row.map(|row| {
            let tag: Option<String> = get(&row, "language")?;
            Ok(Correspondent {
                email: get(&row, "email")?,
                language: tag.as_deref().and_then(Language::from_tag),
                by_email: get::<i64>(&row, "notify_by_email")? != 0,
            })
        })
        .transpose()
    }

    /// Keeps what a shopper reads.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_language(
        &self,
        shopper: &ShopperId,
        language: Language,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE shoppers SET language = $1 \
             WHERE id = $2 AND (language IS NULL OR language <> $1)",
        )
        .bind(language.tag())
        .bind(shopper.as_str())
        .execute(&self.inner.writes)
        .await?;
        Ok(())
    }

    /// Keeps whether a shopper wants to be told by e-mail.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_notify_by_email(
        &self,
        shopper: &ShopperId,
        by_email: bool,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE shoppers SET notify_by_email = $1 WHERE id = $2")
            .bind(i64::from(by_email))
            .bind(shopper.as_str())
            .execute(&self.inner.writes)
            .await?;
        Ok(())
    }
}
