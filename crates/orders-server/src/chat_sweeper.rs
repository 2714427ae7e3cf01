//! What becomes of conversations while nobody does anything: words that nobody answers are work again, what somebody has who
//! was disabled is nobody's, what the closing time finds in the queue is promised an answer, and who was answered while they
//! were away is told.

use chrono::TimeDelta;
use orders_domain::{
    ChatRules, Conversation, ConversationId, ConversationMove, ConversationState, Instant, Message,
    Moved, ShopId, StaffId,
};
use orders_store::{Answer, Conversed, StoreError, Whose};

use crate::state::App;
use crate::sweeper::Behind;

/// For how many minutes what could not be moved is left alone: each try is a transaction.
const STUCK_MINUTES: i64 = 1;

/// What sweeps could not move, which the next ones pass over until a minute is over.
#[derive(Debug, Default)]
pub struct Stuck {
    behind: Behind<Row>,
    untold: Behind<ConversationId>,
    since: Option<Instant>,
}

/// A conversation that something is to become of; of what somebody has who was disabled, and whom.
type Row = (ConversationId, Option<StaffId>);

/// Why something is to become of a conversation.
#[derive(Debug)]
enum Due {
    /// Whoever has it owes an answer.
    Unanswered,
    /// Whoever has it cannot log in any more.
    OfDisabled,
    /// The closing time has found it in the queue of this shop.
    Unpromised(ShopId),
}

impl Stuck {
    /// Passes over nothing any more once a minute is over.
    fn wake(&mut self, now: Instant) {
        let over = |since: Instant| now - since >= TimeDelta::minutes(STUCK_MINUTES);
        if self.since.is_none_or(over) {
            *self = Self {
                since: Some(now),
                ..Self::default()
            };
        }
    }
}

impl Due {
    /// At most `limit` conversations that are due, in an order that stays.
    async fn rows(&self, app: &App, limit: u32) -> Result<Vec<Row>, StoreError> {
        let (store, now) = (&app.store, app.clock.now());
        let ids = match self {
            Self::Unanswered => store.conversations_unanswered(now, limit).await?,
            Self::Unpromised(shop) => store.conversations_unpromised(shop, limit).await?,
            Self::OfDisabled => {
                let rows = store.conversations_of_disabled(limit).await?.into_iter();
                return Ok(rows.map(|(id, staff)| (id, Some(staff))).collect());
            }
        };
        Ok(ids.into_iter().map(|id| (id, None)).collect())
    }
}

/// Moves all that is due, asking for `batch` at a time, and says how many that were.
///
/// # Errors
/// When the store fails; what was done before that stays done.
pub async fn sweep(app: &App, stuck: &mut Stuck, batch: u32) -> Result<usize, StoreError> {
    stuck.wake(app.clock.now());
    let (mut moved, mut again, behind) = (0, Vec::new(), &mut stuck.behind);
    let unpromised = shut(app).into_iter().map(Due::Unpromised);
    for due in [Due::Unanswered, Due::OfDisabled]
        .into_iter()
        .chain(unpromised)
    {
        loop {
            let rows = due.rows(app, behind.limit(batch)).await?;
            let Some(rows) = behind.fresh(rows, batch) else {
                break;
            };
            for row in rows {
                match make(app, &row).await {
                    Ok(true) => {
                        moved += 1;
                        continue;
                    }
                    // It is as it was found.
                    Ok(false) | Err(StoreError::Corrupt(_)) => {}
                    // That may be over in a moment.
                    Err(_) => again.push(row.clone()),
                }
                behind.leave(row);
            }
        }
    }
    for row in &again {
        behind.take_back(row);
    }
    Ok(moved)
}

/// Tells all who have not read an answer that has rested, asking for `batch` at a time, and says how many were told. Follows
/// [`sweep`], whose `stuck` it has, too.
///
/// # Errors
/// When the store fails.
pub async fn tell(app: &App, stuck: &mut Stuck, batch: u32) -> Result<usize, StoreError> {
    let (mut told, mut again, behind) = (0, Vec::new(), &mut stuck.untold);
    loop {
        let (store, now) = (&app.store, app.clock.now());
        let rows = store.conversations_untold(now, behind.limit(batch)).await?;
        let Some(rows) = behind.fresh(rows, batch) else {
            break;
        };
        for id in rows {
            match store.tell_of_answer(&id, now).await {
                Ok(tells) => told += usize::from(tells),
                // One conversation must not keep the others from hearing.
                Err(error) => {
                    tracing::error!(conversation = %id, %error, "cannot tell of an answer");
                    if !matches!(error, StoreError::Corrupt(_)) {
                        again.push(id.clone());
                    }
                    behind.leave(id);
                }
            }
        }
    }
    for id in &again {
        behind.take_back(id);
    }
    Ok(told)
}

/// The shops whose chat is shut: who waits while somebody is there needs no promise.
fn shut(app: &App) -> Vec<ShopId> {
    let (calendar, now) = (&app.shops.calendar, app.clock.now());
    let policies = app.shops.policies();
    let shut = policies.filter(|policy| policy.chat_is_open(calendar, now) == Some(false));
    shut.map(|policy| policy.shop.clone()).collect()
}

/// `None` when the shop has no policy any more.
fn rules<'a>(app: &'a App, conversation: &Conversation) -> Option<ChatRules<'a>> {
    Some(ChatRules {
        policy: app.shops.policy(&conversation.shop)?,
        calendar: &app.shops.calendar,
        now: app.clock.now(),
    })
}

/// What becomes of a conversation as it is by now: somebody may have answered, or given it to somebody else, since it was
/// found.
fn follows(app: &App, staff: Option<&StaffId>, found: &Conversation) -> Option<Moved> {
    let rules = rules(app, found)?;
    if staff.is_none() {
        return found.time_over(rules);
    }
    let has = found.state == ConversationState::Served && found.staff.as_ref() == staff;
    let back = ConversationMove::HandBack(None);
    has.then(|| found.make(&back, rules).ok()).flatten()
}

/// Moves a conversation, and says whether anything became of it.
///
/// # Errors
/// When the store fails, which was told: one conversation must not keep the others from their time.
async fn make(app: &App, (id, staff): &Row) -> Result<bool, StoreError> {
    let decide = |found: Option<&Conversation>| {
        let moved = found.and_then(|found| follows(app, staff.as_ref(), found));
        moved.ok_or(())
    };
    // Nobody asked.
    let answer = |_: &Conversation, _: Option<&Message>| Answer {
        status: 204,
        body: String::new(),
    };
    let now = app.clock.now();
    let done = app
        .store
        .converse(Whose::Any(id), None, None, now, decide, answer);
    let done = done.await.inspect_err(|error| {
        tracing::error!(conversation = %id, %error, "cannot move a conversation whose time has come");
    })?;
    Ok(matches!(done, Conversed::Done { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_moved_is_passed_over_for_a_minute() {
        let at = |seconds| Instant::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let row: Row = ("k1".into(), None);
        let mut stuck = Stuck::default();
        stuck.wake(at(0));
        stuck.behind.leave(row.clone());
        for (seconds, expected) in [(1, None), (59, None), (60, Some(vec![row.clone()]))] {
            stuck.wake(at(seconds));
            let found = stuck.behind.fresh(vec![row.clone()], 2);
            assert_eq!(found, expected, "after {seconds} seconds");
        }
    }
}
