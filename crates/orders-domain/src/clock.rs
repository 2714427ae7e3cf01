//! The time, as something that is handed in.

use chrono::{DateTime, SubsecRound, Utc};

/// An instant. Kept to the millisecond, so that both databases give back what they were given.
pub type Instant = DateTime<Utc>;

/// A calendar day in the shop's time zone.
pub type Day = chrono::NaiveDate;

/// Where "now" comes from: the system's clock in the server, a fixed one in tests.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;
}

/// `instant` cut to the millisecond.
pub fn to_millisecond(instant: Instant) -> Instant {
    instant.trunc_subsecs(3)
}
