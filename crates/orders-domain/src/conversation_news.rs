//! Whether shoppers who have gone away are told, outside of the conversation, that they were answered.

use chrono::TimeDelta;

use crate::{Conversation, Instant};

/// For how many minutes an answer rests before its shopper is told of it elsewhere: who has the conversation before them has
/// read it by then.
const REST_MINUTES: i64 = 1;

impl Conversation {
    /// Whether the staff have said something that its shopper has not read.
    pub const fn has_news(&self) -> bool {
        self.last_answer > self.shopper_read
    }

    /// Whether its shopper is to be told elsewhere that there is an answer; `told` is the one that they were told of last, 0
    /// before any. Until they have read that one, they know.
    pub const fn is_to_tell(&self, told: i64) -> bool {
        self.has_news() && told <= self.shopper_read
    }
}

/// When it is looked whether an answer that was said at `at` has been read.
pub fn rested(at: Instant) -> Instant {
    at + TimeDelta::minutes(REST_MINUTES)
}
