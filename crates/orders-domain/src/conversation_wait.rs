//! How long somebody in the queue of a chat has to wait, as those did who were taken from it lately.

use chrono::TimeDelta;

use crate::{Calendar, Instant, Policy};

/// Of how many conversations a waiting time is worked out, taken from the queue within how many days, and of how few none.
pub const WAITS_CONSIDERED: usize = 20;
/// See [`WAITS_CONSIDERED`].
pub const WAITS_DAYS: i64 = 7;
const WAITS_NEEDED: usize = 3;
/// Nobody is told less than this.
const LEAST: TimeDelta = TimeDelta::minutes(1);

/// The wait of somebody who was taken from the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueWait {
    /// How long it was, while the chat was open.
    pub waited: TimeDelta,
    /// As which in the queue they came, from 1 on.
    pub came_as: i64,
}

/// A place in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    /// Which it is now, from 1 on.
    pub place: i64,
    /// Which it was at first.
    pub came_as: i64,
    /// For how long it has been waited there, while the chat was open.
    pub waited: TimeDelta,
}

/// What is to be expected of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LikelyWait {
    /// So many more minutes, at least one.
    Minutes(i64),
    /// It has taken longer already than it usually does.
    Longer,
}

/// What whoever has a place in the queue has to expect, as the `waits` of the last ones were. `None` when too few are known to
/// say anything honest.
///
/// Each wait tells how long the queue took to move on by one; their middle, times the place with which somebody came, less
/// the time that has passed since, is what is left, and never more than the places that are left take.
pub fn likely_wait(waits: &[QueueWait], at: QueuePlace) -> Option<LikelyWait> {
    if waits.len() < WAITS_NEEDED {
        return None;
    }
    let step = |wait: &QueueWait| wait.waited.num_milliseconds() / wait.came_as.max(1);
    let mut steps: Vec<i64> = waits.iter().map(step).collect();
    steps.sort_unstable();
    let middle = *steps.get(steps.len() / 2)?;
    let takes = |places: i64| {
        let all = middle.saturating_mul(places.max(1));
        all.max(LEAST.num_milliseconds())
    };
    let whole = takes(at.came_as.max(at.place));
    let left = (whole - at.waited.num_milliseconds()).min(takes(at.place));
    if left <= 0 {
        return Some(LikelyWait::Longer);
    }
    let minute = LEAST.num_milliseconds();
    Some(LikelyWait::Minutes((left + minute - 1) / minute))
}

impl LikelyWait {
    /// By when whoever has to expect this wait is answered who is likely still waiting when the chat, which is open at `now`,
    /// closes: the closing time turns their place into that promise. `None` where their turn comes before.
    pub fn answered_by(
        self,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Instant> {
        let closes = policy.chat_closes(calendar, now)?;
        let minutes = match self {
            Self::Minutes(minutes) => minutes,
            // Nobody knows how much longer.
            Self::Longer => 0,
        };
        let is_in_time = minutes.saturating_mul(60) < (closes - now).num_seconds();
        let due = policy.chat_answer_due(calendar, closes);
        due.filter(|_| !is_in_time)
    }
}
