//! What the charts of the staff count, shop by shop: counts from indexes, and everything else in pages, so that a year of a
//! large shop takes no more memory than a day of a small one.

use chrono::{DateTime, TimeDelta};
use orders_domain::{
    Actor, CancelledBy, Channel, Day, FirstPromise, Instant, RefundFact, RefundState, ShopId,
    TalkFact, ThreadFact, TimelineEvent,
};
use serde::Deserialize;
use sqlx::any::AnyRow;

use crate::rows::{clean, get, instant};
use crate::{Store, StoreError};

/// How many rows are in memory at once.
const AT_ONCE: i64 = 1_000;
const DAY_MS: i64 = 86_400_000;

/// Orders that were placed, by day, from an index alone.
pub(crate) const PLACED: &str = "SELECT (placed_at + $4) / 86400000 AS day, COUNT(*) AS count FROM orders \
     WHERE shop = $1 AND placed_at >= $2 AND placed_at < $3 GROUP BY 1";
/// Those of which nothing is left, by day, by whom and why. A cross join is carried out as it is written.
pub(crate) const CANCELLED: &str = "SELECT (orders.placed_at + $4) / 86400000 AS day, timeline.actor AS actor, \
     timeline.detail AS reason, COUNT(*) AS count FROM orders CROSS JOIN timeline \
     WHERE orders.shop = $1 AND orders.state = 'cancelled' AND orders.placed_at >= $2 AND orders.placed_at < $3 \
     AND timeline.order_id = orders.id AND timeline.what = 'cancelled' GROUP BY 1, 2, 3";
pub(crate) const REFUNDS: &str = "SELECT refunds.id AS id, channel, refunds.state AS state, created_at, updated_at, starts_by, \
     arrives_by, course, (SELECT MIN(at) FROM timeline WHERE timeline.order_id = refunds.order_id AND timeline.detail = refunds.id \
     AND timeline.what IN ('refund_sent', 'refund_in_clearing', 'refund_arrived')) AS started_at \
     FROM refunds CROSS JOIN orders WHERE created_at >= $2 AND created_at < $3 AND (created_at, refunds.id) > ($4, $5) \
     AND orders.id = refunds.order_id AND orders.shop = $1 ORDER BY created_at, refunds.id LIMIT $6";
pub(crate) const TALKS: &str = "SELECT id, opened_at, closed_at, waited, rating, (SELECT at FROM messages \
     WHERE messages.conversation = conversations.id AND messages.author = 'staff' ORDER BY seq LIMIT 1) AS answered_at \
     FROM conversations WHERE shop = $1 AND opened_at >= $2 AND opened_at < $3 AND (opened_at, id) > ($4, $5) \
     ORDER BY opened_at, id LIMIT $6";
/// What the timeline tells of cases and their like, each whole and in order: those whose first entry is of that kind.
macro_rules! threads {
    ($opened:literal) => {
        concat!(
            "SELECT opened.at AS opened_at, opened.order_id AS order_id, opened.thread AS thread, timeline.what AS what, \
             timeline.actor AS actor FROM (SELECT timeline.at AS at, timeline.order_id AS order_id, \
             timeline.detail AS thread FROM timeline CROSS JOIN orders WHERE timeline.what = '",
            $opened,
            "' AND timeline.at >= $2 AND timeline.at < $3 \
             AND (timeline.at, timeline.order_id, timeline.detail) > ($4, $5, $6) AND orders.id = timeline.order_id \
             AND orders.shop = $1 ORDER BY timeline.at, timeline.order_id, timeline.detail LIMIT $7) AS opened \
             CROSS JOIN timeline WHERE timeline.order_id = opened.order_id AND timeline.detail = opened.thread \
             ORDER BY opened.at, opened.order_id, opened.thread, timeline.position"
        )
    };
}
pub(crate) const CASES: &str = threads!("case_opened");
pub(crate) const COMPLAINTS: &str = threads!("complaint_opened");

/// What is asked for: what began in a shop from one moment on and before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// In which shop.
    pub shop: ShopId,
    /// From when on.
    pub from: Instant,
    /// Until then, and not at that moment.
    pub until: Instant,
    /// How far the shop's days are ahead of UTC.
    pub offset: TimeDelta,
}

/// How many of the orders that were placed on a day were cancelled by somebody for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelledOn {
    /// The day on which they were placed.
    pub day: Day,
    /// By whom.
    pub by: CancelledBy,
    /// Why, as a code.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// What is read of a refund's course.
#[derive(Deserialize)]
struct Course {
    #[serde(default)]
    first: Option<FirstPromise>,
}

impl Store {
    /// How many orders were placed on each day of the shop that has any, in no order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn placed_by_day(&self, within: &Within) -> Result<Vec<(Day, u64)>, StoreError> {
        let rows = sqlx::query(PLACED)
            .bind(clean(within.shop.as_str()))
            .bind(within.from.timestamp_millis())
            .bind(within.until.timestamp_millis())
            .bind(within.offset.num_milliseconds())
            .fetch_all(&self.inner.reads)
            .await?;
        rows.iter()
            .map(|row| Ok((day(row)?, count(row)?)))
            .collect()
    }

    /// The same of those that were cancelled since, whenever that was, by whom and why.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn cancelled_by_day(&self, within: &Within) -> Result<Vec<CancelledOn>, StoreError> {
        let rows = sqlx::query(CANCELLED)
            .bind(clean(within.shop.as_str()))
            .bind(within.from.timestamp_millis())
            .bind(within.until.timestamp_millis())
            .bind(within.offset.num_milliseconds())
            .fetch_all(&self.inner.reads)
            .await?;
        let cancelled = rows.iter().map(|row| {
            let by = coded(row, "actor", Actor::from_code)?;
            let reason: Option<String> = get(row, "reason")?;
            Ok(CancelledOn {
                day: day(row)?,
                by: CancelledBy::of_actor(by)
                    .ok_or_else(|| StoreError::Corrupt(format!("cancelled by {}", by.code())))?,
                reason: reason.unwrap_or_default(),
                count: count(row)?,
            })
        });
        cancelled.collect()
    }

    /// Every refund that was made ready, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn each_refund(
        &self,
        within: &Within,
        mut each: impl FnMut(&RefundFact) + Send,
    ) -> Result<(), StoreError> {
        let mut after = (i64::MIN, String::new());
        loop {
            let rows = self.began(REFUNDS, within, &after).await?;
            for row in &rows {
                let made_at: i64 = get(row, "created_at")?;
                let started_at: Option<i64> = get(row, "started_at")?;
                let course: String = get(row, "course")?;
                let course: Course = serde_json::from_str(&course).map_err(|error| {
                    StoreError::Corrupt(format!("the course of a refund: {error}"))
                })?;
                // Of older refunds only the last promise is known.
                let last = || -> Result<FirstPromise, StoreError> {
                    Ok(FirstPromise {
                        starts_by: written_day(row, "starts_by")?,
                        arrives_by: written_day(row, "arrives_by")?,
                    })
                };
                each(&RefundFact {
                    channel: coded(row, "channel", Channel::from_code)?,
                    state: coded(row, "state", RefundState::from_code)?,
                    made_at: at(made_at)?,
                    started_at: started_at.map(at).transpose()?,
                    changed_at: at(get(row, "updated_at")?)?,
                    first: course.first.map_or_else(last, Ok)?,
                });
                after = (made_at, get(row, "id")?);
            }
            if is_last(&rows) {
                return Ok(());
            }
        }
    }

    /// Every conversation in the chat that began, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn each_talk(
        &self,
        within: &Within,
        mut each: impl FnMut(&TalkFact) + Send,
    ) -> Result<(), StoreError> {
        let mut after = (i64::MIN, String::new());
        loop {
            let rows = self.began(TALKS, within, &after).await?;
            for row in &rows {
                let opened_at: i64 = get(row, "opened_at")?;
                let answered_at: Option<i64> = get(row, "answered_at")?;
                let closed_at: Option<i64> = get(row, "closed_at")?;
                let rating: Option<i64> = get(row, "rating")?;
                each(&TalkFact {
                    opened_at: at(opened_at)?,
                    answered_at: answered_at.map(at).transpose()?,
                    closed_at: closed_at.map(at).transpose()?,
                    waited: get(row, "waited")?,
                    rating: rating.and_then(|rating| u8::try_from(rating).ok()),
                });
                after = (opened_at, get(row, "id")?);
            }
            if is_last(&rows) {
                return Ok(());
            }
        }
    }

    /// Every after-sale case that was opened, with what happened in it, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn each_case(
        &self,
        within: &Within,
        each: impl FnMut(&ThreadFact) + Send,
    ) -> Result<(), StoreError> {
        self.each_thread(CASES, within, each).await
    }

    /// Every complaint that was opened, with what happened in it, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn each_complaint(
        &self,
        within: &Within,
        each: impl FnMut(&ThreadFact) + Send,
    ) -> Result<(), StoreError> {
        self.each_thread(COMPLAINTS, within, each).await
    }

    async fn each_thread(
        &self,
        statement: &'static str,
        within: &Within,
        mut each: impl FnMut(&ThreadFact) + Send,
    ) -> Result<(), StoreError> {
        let mut after = (i64::MIN, String::new(), String::new());
        loop {
            let rows = sqlx::query(statement)
                .bind(clean(within.shop.as_str()))
                .bind(within.from.timestamp_millis())
                .bind(within.until.timestamp_millis())
                .bind(after.0)
                .bind(after.1.clone())
                .bind(after.2.clone())
                .bind(AT_ONCE)
                .fetch_all(&self.inner.reads)
                .await?;
            let (mut threads, mut last) = (0, None::<ThreadFact>);
            for row in &rows {
                let opened_at: i64 = get(row, "opened_at")?;
                let this = (opened_at, get(row, "order_id")?, get(row, "thread")?);
                let event = (
                    coded(row, "what", TimelineEvent::from_code)?,
                    coded(row, "actor", Actor::from_code)?,
                );
                match &mut last {
                    Some(thread) if this == after => thread.events.push(event),
                    _ => {
                        if let Some(done) = last.take() {
                            each(&done);
                        }
                        threads += 1;
                        after = this;
                        last = Some(ThreadFact {
                            opened_at: at(opened_at)?,
                            events: vec![event],
                        });
                    }
                }
            }
            if let Some(done) = last {
                each(&done);
            }
            if threads < AT_ONCE {
                return Ok(());
            }
        }
    }

    /// A page of what began, after the one before.
    pub(crate) async fn began(
        &self,
        statement: &'static str,
        within: &Within,
        after: &(i64, String),
    ) -> Result<Vec<AnyRow>, StoreError> {
        let rows = sqlx::query(statement)
            .bind(clean(within.shop.as_str()))
            .bind(within.from.timestamp_millis())
            .bind(within.until.timestamp_millis())
            .bind(after.0)
            .bind(after.1.clone())
            .bind(AT_ONCE)
            .fetch_all(&self.inner.reads)
            .await?;
        Ok(rows)
    }
}

pub(crate) fn is_last(rows: &[AnyRow]) -> bool {
    i64::try_from(rows.len()).is_ok_and(|rows| rows < AT_ONCE)
}

pub(crate) fn at(milliseconds: i64) -> Result<Instant, StoreError> {
    instant(milliseconds)
        .ok_or_else(|| StoreError::Corrupt(format!("{milliseconds} is not an instant")))
}

/// The column `day`: days since 1970.
fn day(row: &AnyRow) -> Result<Day, StoreError> {
    let days: i64 = get(row, "day")?;
    let begins = days
        .checked_mul(DAY_MS)
        .and_then(DateTime::from_timestamp_millis);
    begins
        .map(|begins| begins.date_naive())
        .ok_or_else(|| StoreError::Corrupt(format!("{days} is not a day")))
}

fn written_day(row: &AnyRow, name: &str) -> Result<Day, StoreError> {
    let text: String = get(row, name)?;
    text.parse()
        .map_err(|error| StoreError::Corrupt(format!("{name}: {text}: {error}")))
}

fn count(row: &AnyRow) -> Result<u64, StoreError> {
    let count: i64 = get(row, "count")?;
    Ok(u64::try_from(count).unwrap_or_default())
}

pub(crate) fn coded<T>(
    row: &AnyRow,
    name: &str,
    from: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let code: String = get(row, name)?;
    from(&code).ok_or_else(|| StoreError::Corrupt(format!("{name}: {code:?} is not a known value")))
}
