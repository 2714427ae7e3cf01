//! What had to be decided in a shop and what ended the wait, read of the timelines by index and in pages.

use orders_domain::{Actor, DecisionFact, DecisionKind, TimelineEvent};

use crate::insight::{Within, at, coded, is_last};
use crate::rows::get;
use crate::{Store, StoreError};

/// What began of a kind, each with the first entry that ended it.
macro_rules! decisions {
    ($opened:literal, $ended:literal, $same:literal) => {
        concat!(
            "SELECT opened.at AS opened_at, opened.at AS since, opened.order_id AS id, ended.at AS ended_at, \
             ended.what AS what, ended.actor AS actor FROM (SELECT timeline.at AS at, timeline.order_id AS order_id, \
             timeline.position AS position, timeline.detail AS detail FROM timeline CROSS JOIN orders \
             WHERE timeline.what = '",
            $opened,
            "' AND timeline.at >= $2 AND timeline.at < $3 AND (timeline.at, timeline.order_id) > ($4, $5) \
             AND orders.id = timeline.order_id AND orders.shop = $1 ORDER BY timeline.at, timeline.order_id LIMIT $6) AS opened \
             LEFT JOIN timeline AS ended ON ended.order_id = opened.order_id AND ended.position = \
             (SELECT MIN(later.position) FROM timeline AS later WHERE later.order_id = opened.order_id \
             AND later.position > opened.position AND later.what IN (",
            $ended,
            ")",
            $same,
            ") ORDER BY opened.at, opened.order_id"
        )
    };
}

/// A case or a complaint is told by its id, which is the detail of its entries.
const CASES: &str = decisions!(
    "case_opened",
    "'case_approved', 'case_rejected', 'case_withdrawn', 'case_closed'",
    " AND later.detail = opened.detail"
);
const COMPLAINTS: &str = decisions!(
    "complaint_opened",
    "'complaint_proposed', 'complaint_resolved', 'complaint_withdrawn', 'complaint_closed'",
    " AND later.detail = opened.detail"
);
const REQUESTS: &str = decisions!(
    "cancellation_requested",
    "'cancellation_declined', 'cancellation_withdrawn', 'partly_cancelled', 'cancelled'",
    ""
);
/// An order that is held again for another cause waits since it was held first; after it was accepted, it waits anew. Nobody
/// waits for the shop before they have paid. What ends it may be the first thing that is told of it, however far that is: of
/// goods that are given out it is the last of them, when nothing else was left. Nobody pays more than a month after that
/// (31 days, in milliseconds): so far back is looked for what was held before it was paid.
const HELD: &str = "SELECT opened.at AS opened_at, opened.since AS since, opened.order_id AS id, ended.at AS ended_at, \
     ended.what AS what, ended.actor AS actor FROM (SELECT timeline.at AS at, timeline.order_id AS order_id, \
     timeline.position AS position, orders.state AS state, \
     CASE WHEN orders.paid_at > timeline.at THEN orders.paid_at ELSE timeline.at END AS since \
     FROM timeline CROSS JOIN orders WHERE timeline.what = 'held' \
     AND timeline.at >= $2 - 2678400000 AND timeline.at < $3 AND (timeline.at, timeline.order_id) > ($4, $5) \
     AND orders.id = timeline.order_id AND orders.shop = $1 AND orders.state <> 'awaiting_payment' \
     AND (timeline.at >= $2 OR orders.paid_at >= $2) \
     AND (orders.paid_at < $3 OR orders.paid_at IS NULL AND orders.state <> 'cancelled') \
     AND COALESCE((SELECT said.what FROM timeline AS said WHERE said.order_id = timeline.order_id \
     AND said.position < timeline.position AND said.what IN ('held', 'confirmed') \
     ORDER BY said.position DESC LIMIT 1), '') <> 'held' \
     ORDER BY timeline.at, timeline.order_id LIMIT $6) AS opened \
     LEFT JOIN timeline AS ended ON ended.order_id = opened.order_id AND ended.position = \
     (SELECT MIN(later.position) FROM timeline AS later WHERE later.order_id = opened.order_id \
     AND later.position > opened.position AND (later.what IN \
     ('confirmed', 'packing_started', 'shipped', 'delivered', 'completed', 'cancelled') \
     OR later.what IN ('issued', 'partly_cancelled') AND opened.state IN ('delivered', 'completed') \
     AND NOT EXISTS (SELECT 1 FROM timeline AS more WHERE more.order_id = later.order_id \
     AND more.position > later.position AND more.what IN \
     ('issued', 'partly_cancelled', 'confirmed', 'packing_started', 'shipped', 'delivered')))) \
     ORDER BY opened.at, opened.order_id";

/// The statement that finds those of a kind.
pub(crate) const fn statement(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::PendingConfirmation => HELD,
        DecisionKind::CancellationRequest => REQUESTS,
        DecisionKind::Case => CASES,
        DecisionKind::Complaint => COMPLAINTS,
    }
}

impl Store {
    /// Everything of that kind that began, with what ended the wait, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn each_decision(
        &self,
        kind: DecisionKind,
        within: &Within,
        mut each: impl FnMut(&DecisionFact) + Send,
    ) -> Result<(), StoreError> {
        let mut after = (i64::MIN, String::new());
        loop {
            let rows = self.began(statement(kind), within, &after).await?;
            for row in &rows {
                let (opened_at, since): (i64, i64) = (get(row, "opened_at")?, get(row, "since")?);
                let ended_at: Option<i64> = get(row, "ended_at")?;
                let ended = match ended_at {
                    None => None,
                    Some(ended_at) => Some((
                        at(ended_at)?,
                        coded(row, "what", TimelineEvent::from_code)?,
                        coded(row, "actor", Actor::from_code)?,
                    )),
                };
                // Who was accepted before they paid never waited.
                if ended_at.is_none_or(|ended_at| ended_at >= since) {
                    each(&DecisionFact {
                        opened_at: at(since)?,
                        ended,
                    });
                }
                after = (opened_at, get(row, "id")?);
            }
            if is_last(&rows) {
                return Ok(());
            }
        }
    }
}
